"""Money in and out by day: what is due, planned and expected (BIL-17)."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

DIRECTIONS = [("in", "In"), ("out", "Out")]
SOURCES = [
    ("invoice", "Client's invoice"),
    ("supplier_refund", "Supplier's credit note"),
    ("bill", "Supplier bill"),
    ("order", "Payment order made"),
    ("expected", "Expected bill"),
    ("refund", "Refund to the client"),
]

# What is due by entries of the books, a row for each date. Bills that go through
# approval are planned by that, see below.
_DUE = """
    SELECT l.id * 4 AS id, l.date_maturity AS date,
           CASE WHEN l.amount_residual > 0 THEN 'in' ELSE 'out' END AS direction,
           CASE m.move_type WHEN 'out_invoice' THEN 'invoice'
                            WHEN 'out_refund' THEN 'refund'
                            WHEN 'in_refund' THEN 'supplier_refund'
                            ELSE 'bill' END AS source,
           abs(l.amount_residual) AS amount, l.amount_residual AS net,
           l.company_id, m.partner_id,
           CASE WHEN m.move_type IN ('out_invoice', 'out_refund')
                THEN (SELECT min(r.order_id) FROM tour_booking_invoice_rel AS r
                       WHERE r.move_id = m.id)
                ELSE (SELECT min(r.order_id) FROM tour_order_bill_rel AS r
                       WHERE r.move_id = m.id) END AS order_id,
           'account.move' AS res_model, m.id AS res_id
      FROM account_move_line AS l
      JOIN account_move AS m ON m.id = l.move_id
     WHERE l.display_type = 'payment_term' AND l.parent_state = 'posted'
       AND l.amount_residual <> 0
       AND m.move_type IN ('out_invoice', 'out_refund', 'in_refund', 'in_invoice')
       AND (m.move_type <> 'in_invoice' OR m.tour_bill_state IS NULL)
"""
# Of a bill what is left, on the day that was decided, or that its manager wants.
_BILLS = """
    SELECT m.id * 4 + 1,
           CASE WHEN m.tour_bill_state = 'accounting' THEN
                coalesce(m.tour_bill_pay_date, m.tour_bill_wanted_date)
                ELSE coalesce(m.tour_bill_wanted_date, m.invoice_date_due) END,
           'out', 'bill', v.amount, -v.amount, m.company_id, m.partner_id,
           (SELECT min(r.order_id) FROM tour_order_bill_rel AS r
             WHERE r.move_id = m.id),
           'account.move', m.id
      FROM account_move AS m
     CROSS JOIN LATERAL (
        SELECT abs(CASE WHEN m.state = 'posted' THEN m.amount_residual_signed
                        ELSE m.amount_total_signed END) AS amount) AS v
     WHERE m.tour_bill_state IN ('prepared', 'director', 'accounting')
       AND m.move_type = 'in_invoice' AND m.state <> 'cancel' AND v.amount <> 0
"""
# What was ordered, and the bank has not done yet.
_ORDERED = """
    SELECT p.id * 4 + 2, p.date, 'out', 'order', v.amount, -v.amount,
           p.company_id, p.partner_id, NULL::int, 'account.payment', p.id
      FROM account_payment AS p
     CROSS JOIN LATERAL (
        SELECT abs(p.amount_company_currency_signed) AS amount) AS v
     WHERE p.state = 'in_process' AND p.payment_type = 'outbound'
       AND p.tour_bill_confirmed_on IS NULL
       AND EXISTS (SELECT FROM tour_bill_event AS e WHERE e.payment_id = p.id)
"""
_EXPECTED = """
    SELECT e.id * 4 + 3, e.pay_date, 'out', 'expected', e.company_amount,
           -e.company_amount, e.company_id, e.partner_id, e.order_id,
           'tour.expected.bill', e.id
      FROM tour_expected_bill AS e
"""


class TourMoneyDayLine(models.Model):
    """What comes in or goes out on a day, in the currency of the company.

    It has no table: its rows are read from the ledger, from bills on their way and
    from expected bills, so that they go as soon as the money has moved.
    """

    _name = "tour.money.day.line"
    _description = "Money by day"
    _auto = False
    _order = "date, id"
    _rec_name = "source"
    _depends = {
        "account.move": [
            "amount_residual_signed",
            "amount_total_signed",
            "company_id",
            "invoice_date_due",
            "move_type",
            "partner_id",
            "state",
            "tour_bill_pay_date",
            "tour_bill_state",
            "tour_bill_wanted_date",
            "tour_booking_ids",
            "tour_order_ids",
        ],
        "account.move.line": [
            "amount_residual",
            "company_id",
            "date_maturity",
            "display_type",
            "parent_state",
        ],
        "account.payment": [
            "amount_company_currency_signed",
            "company_id",
            "date",
            "partner_id",
            "payment_type",
            "state",
            "tour_bill_confirmed_on",
        ],
        "tour.bill.event": ["payment_id"],
        "tour.expected.bill": [
            "company_amount",
            "company_id",
            "order_id",
            "partner_id",
            "pay_date",
        ],
    }

    date = fields.Date(readonly=True)
    direction = fields.Selection(selection=DIRECTIONS, readonly=True)
    source = fields.Selection(selection=SOURCES, string="What", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(readonly=True)
    net = fields.Monetary(
        string="In less out", readonly=True, help="What goes out is less than nothing."
    )
    partner_id = fields.Many2one(comodel_name="res.partner", readonly=True)
    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        readonly=True,
        help="Of several, the first.",
    )
    res_model = fields.Char(string="Model", readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", readonly=True
    )

    @property
    def _table_query(self):
        parts = (_DUE, _BILLS, _ORDERED, _EXPECTED)
        return SQL(" UNION ALL ").join(SQL(part) for part in parts)

    @api.depends("source", "partner_id")
    def _compute_display_name(self):
        names = dict(self._fields["source"]._description_selection(self.env))
        for row in self:
            partner = row.partner_id.sudo().name or ""  # In sudo: a name only.
            row.display_name = f"{names.get(row.source, '')} · {partner}".strip(" ·")

    def action_open(self):
        """Open what the row is of: an invoice, a bill, a payment or a booking."""
        self.ensure_one()
        self.check_access("read")
        if self.res_model == "tour.expected.bill":
            bill = self.env["tour.expected.bill"].browse(self.res_id)
            return bill.action_open_booking()
        if self.res_model not in ("account.move", "account.payment"):
            raise UserError(self.env._("There is nothing to open."))
        record = self.env[self.res_model].browse(self.res_id)
        record.check_access("read")
        views = [(False, "form")]
        # In sudo: where the bill is, is told with the row.
        if self.res_model == "account.move" and record.sudo().tour_bill_state:
            views = record._get_bill_form_views()[-1:]
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "view_mode": "form",
            "views": views,
        }
