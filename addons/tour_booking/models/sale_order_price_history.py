"""Enters in the price history what changes of the services' prices."""

from odoo import fields, models
from odoo.exceptions import UserError

from .sale_order import SEES_HISTORY
from .sale_order_line_price import INPUTS, TYPED_FIELDS
from .tour_price_entry import KINDS, PriceCause

# What a booking is written that its services' prices may follow from.
DECISIVE = {"company_id", "currency_id", "order_line", "partner_id", "pricelist_id"}
# What, without a change of, a price was changed by hand. Guests are not among them:
# where they change a price, nothing typed changes.
STORED_INPUTS = sorted(INPUTS - {"guest_ids"})
AMOUNTS = ("sale_price", "purchase_price", "margin")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    price_history_ids = fields.One2many(
        comodel_name="tour.price.history",
        inverse_name="order_id",
        string="Price history",
        readonly=True,
        groups=SEES_HISTORY,
    )

    def _with_price_cause(self, kind, reason=""):
        """These bookings in a context in which changed prices are entered as ``kind``.

        :param str kind: one of `tour_price_entry.KINDS`
        :param str reason: kept with the entries
        """
        if kind not in dict(KINDS):
            raise UserError(
                self.env._("%(kind)s is no kind of a price entry.", kind=kind)
            )
        return self.with_context(tour_price_cause=PriceCause(kind, reason or ""))

    def _take_snapshots(self, vals):
        snapshots = super()._take_snapshots(vals)
        if vals is None or DECISIVE & vals.keys():
            for order_id, prices in self._get_price_views().items():
                snapshots.setdefault(order_id, {})["prices"] = prices
        return snapshots

    def _follow_changes(self, before):
        result = super()._follow_changes(before)
        seen = {
            order_id: views["prices"]
            for order_id, views in before.items()
            if "prices" in views
        }
        if seen:
            self.filtered(lambda order: order.id in seen)._enter_prices(seen)
        return result

    def _get_price_views(self):
        """The prices of these bookings' services, by id of the booking and the service.

        :rtype: dict[int, dict[int, dict]]
        """
        # In sudo: what a service costs us is entered whoever changes it.
        orders = self.sudo()
        return {
            order.id: {
                line.id: line._get_price_view()
                for line in order.order_line
                if line.service_type_id
            }
            for order in orders
        }

    def _enter_prices(self, before):
        """Append what differs from the prices ``before``.

        :param dict before: what `_get_price_views` returned
        """
        after = self._get_price_views()
        changed = []
        for order in self:
            old, new = before[order.id], after[order.id]
            changed += [
                (order, line_id, old.get(line_id), new.get(line_id))
                for line_id in {**old, **new}
                if _get_amounts(old.get(line_id)) != _get_amounts(new.get(line_id))
            ]
        if not changed:
            return
        known = self._get_lines_with_prices([line_id for _o, line_id, *_v in changed])
        rows = []
        for order, line_id, old, new in changed:
            if old and line_id not in known:
                rows.append(order._prepare_first_price_vals(line_id, old, bool(new)))
            rows += order._prepare_price_vals(line_id, old, new)
        self.env["tour.price.entry"]._enter(rows)
        self.invalidate_recordset(["price_history_ids"], flush=False)

    def _get_lines_with_prices(self, line_ids):
        # In sudo, as above. By number: a service that was removed is known by it still.
        groups = (
            self.env["tour.price.entry"]
            .sudo()
            ._read_group([("service_number", "in", line_ids)], ["service_number"])
        )
        return {number for (number,) in groups}

    def _prepare_first_price_vals(self, line_id, view, is_there):
        return {
            **self._prepare_entry_vals(line_id, is_there, view, 1),
            "kind": "first",
            "user_id": view["user_id"],
            "date": view["date"],
        }

    def _prepare_price_vals(self, line_id, old, new):
        """Values of the entries that lead from a price to another: most often one."""
        cause = self.env.context.get("tour_price_cause")
        if not isinstance(cause, PriceCause):
            cause = PriceCause(_guess_kind(old, new))
        values = {
            "kind": cause.kind,
            "reason": cause.reason,
            "user_id": self.env.uid,
            "date": fields.Datetime.now(),
        }
        is_there = bool(new)
        if old and new and old["currency_id"] == new["currency_id"]:
            entry = self._prepare_entry_vals(line_id, is_there, new, 1)
            for name in AMOUNTS:
                entry[name] -= old[name]
            return [{**entry, **values}]
        steps = [(old, -1)] * bool(old) + [(new, 1)] * bool(new)
        return [
            {**self._prepare_entry_vals(line_id, is_there, view, sign), **values}
            for view, sign in steps
        ]

    def _prepare_entry_vals(self, line_id, is_there, view, sign):
        return {
            "order_id": self.id,
            "line_id": line_id if is_there else False,
            "service_number": line_id,
            "name": view["name"],
            "currency_id": view["currency_id"],
            **{name: sign * view[name] for name in AMOUNTS},
        }


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_price_view(self):
        """What the history keeps of this service's price; note: in sudo."""
        self.ensure_one()
        typed = self.overwritten_fields or []
        return {
            "name": self.name or self.service_type_id.name,
            "sale_price": self.price_unit - self.client_discount_amount,
            "purchase_price": self.supplier_price_total - self.commission_amount,
            "margin": self.service_margin,
            "currency_id": self.currency_id.id,
            "user_id": self.create_uid.id or self.env.uid,
            "date": self.create_date,
            "inputs": [
                value.id if isinstance(value := self[name], models.BaseModel) else value
                for name in STORED_INPUTS
            ],
            "typed": {name: self[name] for name in sorted(TYPED_FIELDS & set(typed))},
        }


def _get_amounts(view):
    """What two views of a price are compared by."""
    if not view:
        return None
    return (view["currency_id"], *(round(view[name], 6) for name in AMOUNTS))


def _guess_kind(old, new):
    """Whether a price was adjusted by hand, or follows from a change of the service."""
    if old and new and old["inputs"] == new["inputs"] and old["typed"] != new["typed"]:
        return "adjustment"
    return "change"
