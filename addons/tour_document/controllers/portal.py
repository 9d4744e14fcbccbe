import re

from odoo.exceptions import AccessError, MissingError
from odoo.http import content_disposition, request, route
from odoo.tools.pdf import merge_pdf

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.tour_document_draw import MAX_TOGETHER

SERIAL = re.compile(r"[1-9]\d{0,8}", re.ASCII)

# What nobody may see and what is not there are answered alike, so that nobody can
# find out by trying which documents there are.


class TourDocumentPortal(CustomerPortal):
    @route(
        "/my/tour/documents/<int:document_id>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
    )
    def tour_document(
        self, document_id, access_token=None, version=None, download=None, **kwargs
    ):
        """The PDF of a document: to staff, to its client when it is open to him, and
        to who has its link."""
        try:
            document_sudo = self._document_check_access(
                "tour.document", document_id, access_token=access_token
            )
        except (AccessError, MissingError):
            raise request.not_found() from None
        attachment_sudo = self._get_tour_document_file(document_sudo, version)
        if not attachment_sudo:
            raise request.not_found()
        return self._make_tour_pdf_response(
            attachment_sudo.raw, attachment_sudo.name, download
        )

    def _get_tour_document_file(self, document_sudo, version):
        """The file to show, or nothing: old versions and what is closed are for staff.

        A link that was given away ends with the document being closed, too.
        """
        document = request.env["tour.document"].browse(document_sudo.id)
        if document.has_access("read") and request.env.user._is_internal():
            versions_sudo = document_sudo.version_ids
            if version:
                return versions_sudo.filtered(
                    lambda known: str(known.number) == version
                ).attachment_id
            return document_sudo.current_version_id.attachment_id
        if not document_sudo.is_open_to_client or not document_sudo.active:
            return None
        return document_sudo.current_version_id.attachment_id

    @route(
        "/tour/documents/together",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def tour_documents_together(self, ids="", **kwargs):
        """The current versions of many documents in one file, to be printed by staff
        who may read every one of them."""
        numbers = ids.split(",")[: MAX_TOGETHER + 1] if isinstance(ids, str) else []
        if len(numbers) > MAX_TOGETHER or not all(map(SERIAL.fullmatch, numbers)):
            raise request.not_found()
        documents = request.env["tour.document"].browse(map(int, numbers))
        if (
            not request.env.user._is_internal()
            or documents != documents.exists()
            or not documents.has_access("read")
        ):
            raise request.not_found()
        # In sudo: files of versions are read past the portal's own rules.
        attachments_sudo = documents.sudo().current_version_id.attachment_id
        if not attachments_sudo:
            raise request.not_found()
        content = merge_pdf([attachment.raw for attachment in attachments_sudo])
        name = request.env._("Documents")
        return self._make_tour_pdf_response(content, f"{name}.pdf")

    @route(
        "/tour/document/templates/<int:template_id>/preview",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def tour_document_template_preview(self, template_id, lang="en_US", **kwargs):
        """A template drawn with a made-up booking, for those who may read it."""
        template = request.env["tour.document.template"].browse(template_id)
        installed = {code for code, _name in request.env["res.lang"].get_installed()}
        try:
            template.check_access("read")
            if not template.exists() or lang not in installed:
                raise request.not_found()
            content = template._render_preview(lang)
        except (AccessError, MissingError):
            raise request.not_found() from None
        return self._make_tour_pdf_response(content, f"{template.name}.pdf")

    def _make_tour_pdf_response(self, content, name, download=None):
        return request.make_response(
            content,
            headers=[
                ("Content-Type", "application/pdf"),
                ("Content-Length", len(content)),
                (
                    "Content-Disposition",
                    content_disposition(name, "attachment" if download else "inline"),
                ),
                # A paper may be closed again, and shared machines keep caches.
                ("Cache-Control", "private, no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
