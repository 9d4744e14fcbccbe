"""Every change of a booking, its services and its guests is watched from here.

Loaded last, so that all that `tour_booking` itself does is within the watch.
"""

from odoo import api, models

from .sale_order_watch import CREATING


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model_create_multi
    def create(self, vals_list):
        if self._get_watch() is CREATING:
            return super().create(vals_list)
        orders = self.with_context(tour_booking_watch=CREATING)
        return super(SaleOrder, orders).create(vals_list).with_env(self.env)

    def write(self, vals):
        if self._is_mover():
            return super().write(vals)
        with self._watching(vals) as context:
            return super(SaleOrder, self.with_context(**context)).write(vals)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        orders = self.env["sale.order"].browse(
            _get_parent_ids(self.env, vals_list, "order_id")
        )
        with orders._watching() as context:
            lines = self.with_context(**context)
            lines = super(SaleOrderLine, lines).create(vals_list)
        return lines.with_env(self.env)

    def write(self, vals):
        # In sudo: see `_add_to_watch`. A line may come to another booking, too.
        orders = self.sudo().order_id
        if vals.get("order_id"):
            orders |= orders.browse(vals["order_id"])
        with orders.sudo(False)._watching() as context:
            return super(SaleOrderLine, self.with_context(**context)).write(vals)

    def unlink(self):
        with self.sudo().order_id.sudo(False)._watching() as context:
            return super(SaleOrderLine, self.with_context(**context)).unlink()


class TourGuest(models.Model):
    _inherit = "tour.guest"

    @api.model_create_multi
    def create(self, vals_list):
        lines = self.env["sale.order.line"].browse(
            _get_parent_ids(self.env, vals_list, "line_id")
        )
        with lines.sudo().order_id.sudo(False)._watching() as context:
            guests = self.with_context(**context)
            guests = super(TourGuest, guests).create(vals_list)
        return guests.with_env(self.env)

    def write(self, vals):
        orders = self.sudo().order_id
        if vals.get("line_id"):
            orders |= (
                self.env["sale.order.line"].sudo().browse(vals["line_id"]).order_id
            )
        with orders.sudo(False)._watching() as context:
            return super(TourGuest, self.with_context(**context)).write(vals)

    def unlink(self):
        with self.sudo().order_id.sudo(False)._watching() as context:
            return super(TourGuest, self.with_context(**context)).unlink()


def _get_parent_ids(env, vals_list, name):
    """Ids of what new parts belong to, be it by a default of the context."""
    default = env.context.get(f"default_{name}")
    return {vals.get(name, default) for vals in vals_list} - {None, False}
