from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import content_disposition, request

from ..models.tour_import_results import REFUSED_NAME

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TourImportController(http.Controller):
    @http.route(
        f"/tour_import/<int:import_id>/{REFUSED_NAME}",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def download_refused(self, import_id):
        """The refused rows of an import, for who may read it."""
        record = request.env["tour.import"].browse(import_id).exists()
        try:
            record.check_access("read")
        except (AccessError, MissingError) as error:
            raise NotFound() from error
        if not record:
            raise NotFound()
        return request.make_response(
            record._make_refused_file(),
            headers=[
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(REFUSED_NAME)),
            ],
        )
