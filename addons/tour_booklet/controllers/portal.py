from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.tour_file.file_types import SHOWN


class TourBookletPortal(CustomerPortal):
    @route(
        "/my/tour/bookings/<int:order_id>/booklet/<int:item_id>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
    )
    def tour_booklet_file(self, order_id, item_id, access_token=None, **kwargs):
        """A travel document: to staff, and to who may see the booking once the booklet
        is complete. What nobody may see and what is not there are answered alike."""
        try:
            order_sudo = self._document_check_access(
                "sale.order", order_id, access_token=access_token
            )
        except (AccessError, MissingError):
            raise request.not_found() from None
        item_sudo = self._get_booklet_item(order_sudo, item_id)
        if not item_sudo or not item_sudo._get_file():
            raise request.not_found()
        return self._make_booklet_response(item_sudo._get_file())

    def _get_booklet_item(self, order_sudo, item_id):
        items_sudo = order_sudo.with_context(active_test=False).booklet_item_ids
        item_sudo = items_sudo.filtered(lambda item: item.id == item_id)
        own = request.env["tour.booklet.item"].browse(item_sudo.id)
        if item_sudo and own.has_access("read"):
            return item_sudo
        if not order_sudo._is_booklet_shown():
            return None
        return item_sudo & order_sudo.booklet_ids._get_sent_items()

    def _make_booklet_response(self, attachment_sudo):
        stream = request.env["ir.binary"].sudo()._get_stream_from(attachment_sudo)
        response = stream.get_response(
            as_attachment=attachment_sudo.mimetype not in SHOWN
        )
        # A booklet may be opened again, and shared machines keep caches.
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
