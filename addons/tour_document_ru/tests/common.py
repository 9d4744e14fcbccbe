import re

from odoo.addons.tour_booking.booking_states import MOVER
from odoo.addons.tour_document.tests.common import TourDocumentCommon


class RussianDocumentCommon(TourDocumentCommon):
    """The booking of the papers: 18,300 and 1,220 with 22% of VAT in them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("ru_RU")
        cls.order.order_line.write({"client_discount_amount": 0})
        cls.stay.price_unit = 18300.0

    @classmethod
    def _invoice(cls, order=None, date="2026-10-08"):
        """Post the customer invoice of the booking."""
        order = order or cls.order
        if order.state != "sale":
            # Past the checks of the way there, which are not the matter here.
            order.with_context(tour_booking_mover=MOVER, tracking_disable=True).write(
                {"booking_state": "confirmed", "state": "sale"}
            )
        move = order._create_invoices()
        move.invoice_date = date
        move.action_post()
        return move

    @classmethod
    def _pay(cls, move):
        """Pay the whole invoice."""
        cls.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        ).create({})._create_payments()

    def _squeeze(self, document):
        """The drawn text without white space, as cells are broken into lines."""
        text = self._read(document).replace("\u00a0", " ")
        # Hyphens at the ends of lines, and those of the words, alike.
        return re.sub(r"[\s\u00ad\u2010-]+", "", text)

    def assert_shown(self, document, *words):
        text = self._squeeze(document)
        for word in words:
            self.assertIn(re.sub(r"[\s\u00a0-]+", "", word), text)

    def assert_in_order(self, document, marks):
        """Each of the marks is drawn, and in this order."""
        text = self._read(document)
        place = 0
        for mark in marks:
            found = text.find(mark, place)
            self.assertGreaterEqual(
                found, 0, f"{mark} after {text[place - 40 : place]}"
            )
            place = found + len(mark)
