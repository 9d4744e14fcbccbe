from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class TourTodaySnooze(models.Model):
    """A row of 'Today' that somebody put off until a day, and why.

    It is put off for everybody, and comes back by itself.
    """

    _name = "tour.today.snooze"
    _description = "Put Off"
    _order = "until, id"
    _rec_name = "reason"

    row_id = fields.Integer(required=True, readonly=True)
    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    until = fields.Date(required=True, help="On this day the row is there again.")
    reason = fields.Char(required=True)

    _row_idx = models.Index("(row_id)")
    _until_idx = models.Index("(until) INCLUDE (row_id)")

    @api.constrains("until")
    def _check_until(self):
        today = fields.Date.context_today(self)
        if any(snooze.until <= today for snooze in self):
            raise ValidationError(
                self.env._("Choose a day after today, until which it is put off.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        ids = [vals.get("row_id") or 0 for vals in vals_list]
        rows = self.env["tour.today"].search([("id", "in", ids)])
        if set(rows.ids) != set(ids):
            raise UserError(
                self.env._("This is done already, or not yours. Reload the list.")
            )
        by_id = {row.id: row for row in rows}
        # In sudo: who put it off before may be anybody.
        self.sudo().search([("row_id", "in", ids)]).unlink()
        vals_list = [
            {
                **vals,
                "order_id": by_id[vals["row_id"]].order_id.id,
                "company_id": by_id[vals["row_id"]].company_id.id,
            }
            for vals in vals_list
        ]
        return super().create(vals_list)

    def write(self, vals):
        if vals.keys() & {"row_id", "order_id", "company_id"}:
            raise UserError(
                self.env._("What is put off cannot be changed. Put the other one off.")
            )
        return super().write(vals)

    @api.model
    def _get_row_ids(self):
        """Rows that are put off today, whoever did it."""
        # In sudo: it is put off for everybody.
        found = self.sudo().search_fetch(
            [("until", ">", fields.Date.context_today(self))], ["row_id"]
        )
        return found.mapped("row_id")

    @api.autovacuum
    def _gc_over(self):
        self.search([("until", "<", fields.Date.today())], limit=10000).unlink()
