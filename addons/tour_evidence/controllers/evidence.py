from tempfile import TemporaryFile

from werkzeug.wsgi import wrap_file

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import Controller, Response, content_disposition, request, route

from ..evidence import make_safe_name


class TourEvidence(Controller):
    @route(
        "/tour/bookings/<int:order_id>/evidence",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def tour_evidence(self, order_id, **kwargs):
        """The evidence of a booking; what nobody may see and what is not there are
        answered alike."""
        order = request.env["sale.order"].browse(order_id).exists()
        # On disk, whatever its size; it is gone once it was sent.
        file = TemporaryFile()
        try:
            if not order:
                raise request.not_found()
            order._write_evidence(file)
        except (AccessError, MissingError, UserError):
            file.close()
            raise request.not_found() from None
        except Exception:
            file.close()
            raise
        size = file.tell()
        file.seek(0)
        name = make_safe_name(f"{order.name.replace('/', '-')} evidence.zip")
        return Response(
            wrap_file(request.httprequest.environ, file),
            headers=[
                ("Content-Type", "application/zip"),
                ("Content-Length", size),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "private, no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
            direct_passthrough=True,
        )
