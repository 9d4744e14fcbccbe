from odoo import fields, models

TERMS = [
    ("booking", "The booking"),
    ("arrival", "Arrival"),
    ("departure", "Departure"),
    ("month_end", "The end of the month of departure"),
]
TERM_FIELDS = {"tour_bill_term", "tour_bill_term_days"}
# No contract says more than a year.
MAX_DAYS = 366


class ResPartner(models.Model):
    _inherit = "res.partner"

    tour_bill_term = fields.Selection(
        selection=TERMS,
        string="Bills count from",
        groups="base.group_user",
        help="Empty: as the settings of the company say.",
    )
    tour_bill_term_days = fields.Integer(
        string="Bills come after (days)",
        groups="base.group_user",
        help="Days after that; less than nothing are days before.",
    )
    expected_bill_ids = fields.One2many(
        comodel_name="tour.expected.bill",
        inverse_name="partner_id",
        string="Expected bills",
        readonly=True,
        groups="base.group_user",
    )

    _tour_bill_term_days = models.Constraint(
        f"CHECK(tour_bill_term_days BETWEEN -{MAX_DAYS} AND {MAX_DAYS})",
        "Bills come within a year of what they count from.",
    )

    def write(self, vals):
        """Move the supplier's expected bills when his terms change."""
        result = super().write(vals)
        if vals.keys() & TERM_FIELDS:
            # In sudo: of all bookings, whoever keeps the supplier.
            bills = self.sudo().commercial_partner_id.expected_bill_ids
            bills.order_id._expect_bills_later()
        return result

    def _get_bill_terms(self, company):
        """What the bills of this supplier count from, and the days; in sudo mode.

        :rtype: tuple[str, int]
        """
        self.ensure_one()
        known = self if self.tour_bill_term else company
        return known.tour_bill_term, known.tour_bill_term_days
