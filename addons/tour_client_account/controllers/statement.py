from werkzeug.exceptions import NotFound
from werkzeug.wsgi import wrap_file

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import Controller, Response, content_disposition, request, route

from odoo.addons.tour_refund.controllers.portal import ID

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _get_headers(mimetype, name):
    return [
        ("Content-Type", mimetype),
        ("Content-Disposition", content_disposition(name)),
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store"),
    ]


def make_file_response(wizard, kind):
    """Send a statement as PDF, or as XLSX that is read from the file as it goes.

    :raise UserError: if it is too long for paper
    """
    name = wizard._get_file_name(kind)
    if kind == "pdf":
        return request.make_response(wizard._draw_pdf(), _get_headers(PDF, name))
    return Response(
        wrap_file(request.httprequest.environ, wizard._open_xlsx()),
        headers=_get_headers(XLSX, name),
        direct_passthrough=True,
    )


class StatementController(Controller):
    @route(
        f'/tour/statement/<{ID}:statement_id>.<any("pdf","xlsx"):kind>',
        type="http",
        auth="user",
    )
    def statement(self, statement_id, kind):
        wizard = self._get_record("tour.statement", statement_id)
        try:
            return make_file_response(wizard, kind)
        except UserError as error:
            return Response(str(error), status=422, mimetype="text/plain")

    @route(f"/tour/topup/<{ID}:topup_id>.pdf", type="http", auth="user")
    def topup_pdf(self, topup_id):
        name, content = self._get_record("tour.topup", topup_id)._draw()
        return request.make_response(content, _get_headers(PDF, name))

    def _get_record(self, model, record_id):
        """What is not there and what is not his look the same to who asks."""
        record = request.env[model].browse(record_id)
        try:
            record.check_access("read")
        except (AccessError, MissingError):
            raise NotFound() from None
        if not record.exists():
            raise NotFound()
        return record
