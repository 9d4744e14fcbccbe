import json
from io import BytesIO

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request
from odoo.tools.osutil import clean_filename

from ..models.tour_report_run_make import MIME


class MetricsController(http.Controller):
    @http.route(
        "/tour_report/metrics/xlsx",
        type="http",
        auth="user",
        methods=["POST"],
        readonly=True,
    )
    def tour_report_metrics_xlsx(self, metric="", params="", **_other):
        """Figures of a metric as XLSX; what stands in the way for the client."""
        file = BytesIO()
        try:
            name = request.env["tour.report.metric"]._write_xlsx(
                file, metric, _parse(params)
            )
        except UserError as error:
            return request.make_json_response(
                {
                    "code": 0,
                    "message": str(error),
                    "data": http.serialize_exception(error),
                },
                status=422,
            )
        return request.make_response(
            file.getvalue(),
            headers=[
                ("Content-Type", MIME),
                (
                    "Content-Disposition",
                    content_disposition(clean_filename(f"{name}.xlsx")),
                ),
            ],
        )


def _parse(text):
    """Parameters as they were sent; what cannot be read is refused as such later."""
    try:
        return json.loads(text)
    except (RecursionError, TypeError, ValueError):
        return None
