"""Bills that suppliers owe us: how much, when, and when to pay them (BIL-17)."""

from odoo import api, fields, models
from odoo.tools.misc import format_date

WHY = [
    ("bill", "When the bill comes"),
    ("client", "After the client's money"),
    ("penalty", "Before cancelling costs"),
]


class TourExpectedBill(models.Model):
    """What a supplier has not billed yet of a booking.

    Worked out of the booking and kept up with it: it moves with the dates, and goes
    when a bill comes. Nobody writes it.
    """

    _name = "tour.expected.bill"
    _description = "Expected supplier bill"
    _order = "expected_date, id"

    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Supplier",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, index=True, string="Company"
    )
    user_id = fields.Many2one(
        related="order_id.user_id", store=True, string="Manager", index=True
    )
    currency_id = fields.Many2one(related="order_id.currency_id")
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of the company"
    )
    amount = fields.Monetary(readonly=True, help="What is not billed yet.")
    company_amount = fields.Monetary(
        string="In own currency",
        currency_field="company_currency_id",
        readonly=True,
        aggregator="sum",
    )
    expected_date = fields.Date(string="Expected on", readonly=True, index=True)
    pay_date = fields.Date(string="To be paid on", readonly=True, index=True)
    pay_why = fields.Selection(selection=WHY, string="Why then", readonly=True)
    is_at_risk = fields.Boolean(
        string="Before the client's money",
        readonly=True,
        help="It has to be paid before the client pays, or he was not asked to yet.",
    )
    money_date = fields.Date(
        string="Client's money",
        readonly=True,
        help="When the client's money is due that it is paid from; empty: it is here, "
        "or he was not asked.",
    )
    last_free_date = fields.Date(
        string="Last free day",
        readonly=True,
        help="From the next day on cancelling costs.",
    )
    reminded_on = fields.Date(readonly=True)
    late_days = fields.Integer(string="Late (days)", compute="_compute_late_days")

    _order_partner_unique = models.Constraint(
        "UNIQUE(order_id, partner_id)",
        "Of a booking and a supplier one bill is expected.",
    )

    # === Computes === #

    @api.depends("expected_date")
    def _compute_late_days(self):
        today = fields.Date.context_today(self)
        for bill in self:
            late = (today - bill.expected_date).days if bill.expected_date else 0
            bill.late_days = max(late, 0)

    @api.depends("order_id", "partner_id")
    def _compute_display_name(self):
        for bill in self:
            # In sudo: both names are told with it.
            known = bill.sudo()
            bill.display_name = f"{known.order_id.name} · {known.partner_id.name}"

    # === Actions === #

    def action_open_booking(self):
        """Open the booking that it is of."""
        self.ensure_one()
        self.check_access("read")
        return self.order_id.action_open_booking()

    # === Keeping it up === #

    @api.model
    def _update_for(self, orders):
        """Work out what is expected of these bookings; in sudo mode.

        Note: a fixed number of queries, however many there are.
        """
        orders = orders.exists().filtered("is_tour_booking")
        wanted = {}
        for company, own in orders.grouped("company_id").items():
            wanted |= own.with_company(company)._prepare_expected_bills()
        known = self.search([("order_id", "in", orders.ids)])
        gone = self.browse()
        for bill in known:
            vals = wanted.pop((bill.order_id.id, bill.partner_id.id), None)
            if vals is None:
                gone |= bill
                continue
            changed = {
                name: value
                for name, value in vals.items()
                if bill._fields[name].convert_to_write(bill[name], bill) != value
            }
            if "expected_date" in changed:
                # Whoever was reminded of another day is reminded of this one.
                changed["reminded_on"] = False
            if changed:
                bill.write(changed)
        gone.unlink()
        return self.create(
            [
                {"order_id": order_id, "partner_id": partner_id, **vals}
                for (order_id, partner_id), vals in wanted.items()
            ]
        )

    def _get_late_text(self):
        """The bill in a line, for a reminder."""
        self.ensure_one()
        return self.env._(
            "%(booking)s, %(supplier)s: expected on %(date)s",
            booking=self.order_id.name,
            supplier=self.partner_id.name,
            date=format_date(self.env, self.expected_date),
        )
