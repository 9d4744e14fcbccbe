from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    tour_order_ids = fields.Many2many(
        comodel_name="sale.order",
        relation="tour_order_bill_rel",
        column1="move_id",
        column2="order_id",
        string="Bookings",
        copy=False,
        help="Bookings that this supplier bill is for.",
    )

    # How many payments there are is read with the form: without this, a manager who
    # makes an invoice gets an access error instead of it, as Odoo's own sellers do.
    payment_count = fields.Integer(compute_sudo=True)

    def _is_tour_paid(self):
        """Whether all of these are posted and nothing of them is left to pay."""
        return all(
            move.state == "posted"
            and move.payment_state in ("paid", "in_payment", "reversed")
            for move in self
        )
