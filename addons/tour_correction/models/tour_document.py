"""Letters of refund: requests to a supplier with a template of their own."""

from odoo import api, models
from odoo.exceptions import UserError

from ..correction_states import OWED


class TourDocument(models.Model):
    _inherit = "tour.document"

    def _is_refund_letter(self):
        self.ensure_one()
        # In sudo: clients read their papers, and not what these are drawn by.
        return self.sudo().template_id.is_refund_letter

    @api.depends("template_id.is_refund_letter")
    def _compute_display_name(self):
        """Call a letter of refund by what it is."""
        result = super()._compute_display_name()
        for document in self:
            if document._is_refund_letter():
                document.display_name = self.env._(
                    "Refund letter %(number)s", number=document.number or ""
                )
        return result

    def _get_title(self):
        """What the supplier calls it, in the language of the letter."""
        if not self._is_refund_letter():
            return super()._get_title()
        document = self.with_context(lang=self.lang)
        return document.env._("Refund of overpayment %(number)s", number=self.number)

    # What it says

    def _get_facts(self):
        """Add what has to be given back."""
        facts = super()._get_facts()
        if self._is_refund_letter():
            facts["refund"] = self._get_refund_facts()
        return facts

    def _get_refund_facts(self):
        order = self.order_id
        overpayments = self._get_overpayments()
        # In sudo: bills are for accountants, their numbers are the supplier's own.
        bills = order.sudo().bill_ids.filtered(
            lambda bill: bill.state == "posted"
            and bill.move_type == "in_invoice"
            and bill.commercial_partner_id == self.partner_id.commercial_partner_id
        )
        return {
            "rows": [o._get_letter_row() for o in overpayments]
            or [line._get_letter_row() for line in self._get_supplier_lines()],
            "bills": [bill.ref or bill.name for bill in bills],
        }

    def _get_overpayments(self):
        """What the letter asks for: what is still owed of its own, else all its own;
        of a letter made by hand, what the supplier owes of the booking."""
        # In sudo: whoever may read the letter may read what it asks for.
        own = (
            self.env["tour.overpayment"]
            .sudo()
            .search([("letter_id", "=", self.id)], order="id")
        )
        own = own or own.search(
            [
                ("order_id", "=", self.order_id.id),
                ("supplier_id", "=", self.partner_id.id),
                ("state", "in", OWED),
            ],
            order="id",
        )
        return own.filtered(lambda overpayment: overpayment.state in OWED) or own

    def _get_supplier_lines(self):
        return self.order_id._get_services().filtered(
            lambda line: line.supplier_id == self.partner_id
        )

    # Sending

    @api.depends("template_id.is_refund_letter")
    def _compute_wants_answer(self):
        """A letter of refund asks for money, and for no confirmation."""
        result = super()._compute_wants_answer()
        letters = self.filtered(lambda document: document._is_refund_letter())
        letters.wants_answer = False
        return result

    def _get_mail_template(self):
        """The mail that goes with a letter of refund."""
        if not self._is_refund_letter():
            return super()._get_mail_template()
        template = self.env.ref(
            "tour_correction.mail_template_refund_letter", raise_if_not_found=False
        )
        if not template:
            raise UserError(
                self.env._("The mail template of refund letters was deleted.")
            )
        return template

    def _get_mail_addresses(self):
        """A letter of refund goes to all addresses of the hotels, too."""
        if not self._is_refund_letter():
            return super()._get_mail_addresses()
        hotels = self._get_overpayments().hotel_id | self._get_supplier_lines().hotel_id
        own = self.partner_id.email_normalized
        addresses = ",".join(filter(None, hotels.mapped("email"))).split(",")
        others = dict.fromkeys(address.strip() for address in addresses)
        return ",".join(a for a in others if a and a.lower() != own)

    def _note_sent(self, message):
        """What the letter asks for waits for an answer now."""
        result = super()._note_sent(message)
        if self._is_refund_letter():
            overpayments = self._get_overpayments().filtered(
                lambda overpayment: overpayment.state == "open"
            )
            overpayments.filtered(lambda o: not o.letter_id)._link_letter(self)
            overpayments.sudo(self.env.su)._move_to("letter_sent")
        return result
