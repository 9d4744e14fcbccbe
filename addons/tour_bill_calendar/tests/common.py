from odoo.addons.tour_bill_matching.tests.common import MatchCommon


class CalendarCommon(MatchCommon):
    """Stays from tomorrow for two nights; bills come three days after departure."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"tour_bill_term": "departure", "tour_bill_term_days": 3})
        cls._settle()

    @classmethod
    def _settle(cls):
        """What is done before a transaction is committed."""
        cls.env.flush_all()
        cls.env.cr.precommit.run()
        cls.env.invalidate_all()

    def _expected(self, booking=None):
        self._settle()
        return (booking or self.booking).sudo().expected_bill_ids.sorted("id")

    def _create_invoice(self, booking, amount, due):
        """An invoice to the client that is due on a day, in the books."""
        invoice = self._invoice(booking).sudo()
        invoice.invoice_line_ids[0].price_unit = amount
        invoice.write({"invoice_payment_term_id": False, "invoice_date_due": due})
        invoice.action_post()
        return invoice
