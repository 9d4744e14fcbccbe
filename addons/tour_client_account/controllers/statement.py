from werkzeug.exceptions import NotFound
from werkzeug.wsgi import wrap_file

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import Controller, Response, content_disposition, request, route

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class StatementController(Controller):
    @route("/tour/statement/<int:statement_id>.xlsx", type="http", auth="user")
    def statement_xlsx(self, statement_id):
        """Send the statement as it is read from the file, not as a whole."""
        wizard = self._get_record("tour.statement", statement_id)
        file = wizard._open_xlsx()
        return Response(
            wrap_file(request.httprequest.environ, file),
            headers=self._get_headers(XLSX, wizard._get_file_name("xlsx")),
            direct_passthrough=True,
        )

    @route("/tour/statement/<int:statement_id>.pdf", type="http", auth="user")
    def statement_pdf(self, statement_id):
        wizard = self._get_record("tour.statement", statement_id)
        try:
            content = wizard._draw_pdf()
        except UserError as error:
            return Response(str(error), status=422, mimetype="text/plain")
        name = wizard._get_file_name("pdf")
        return request.make_response(content, self._get_headers(PDF, name))

    @route("/tour/topup/<int:topup_id>.pdf", type="http", auth="user")
    def topup_pdf(self, topup_id):
        name, content = self._get_record("tour.topup", topup_id)._draw()
        return request.make_response(content, self._get_headers(PDF, name))

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

    def _get_headers(self, mimetype, name):
        return [
            ("Content-Type", mimetype),
            ("Content-Disposition", content_disposition(name)),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
        ]
