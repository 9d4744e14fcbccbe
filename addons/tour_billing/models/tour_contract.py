"""The payment plan that a contract gives its client (BIL-14)."""

from odoo import fields, models

from odoo.addons.tour_partner.models.tour_contract import TERMS

# Both sides sign it, too: it changes by another contract only.
TERMS.add("payment_term_id")


class TourContract(models.Model):
    _inherit = "tour.contract"

    payment_term_id = fields.Many2one(
        comodel_name="account.payment.term",
        string="Payment plan",
        check_company=True,
        help="What is due when, for bookings made under this contract.",
    )
