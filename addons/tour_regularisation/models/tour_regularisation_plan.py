"""What a regularisation does to each booking: worked out, and shown before it is done.

Preview and run ask the same method, so that what was shown is what is done. It costs a
fixed number of queries, however many bookings it is asked for.
"""

from dataclasses import dataclass, field, replace

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.misc import format_datetime

from odoo.addons.tour_booking.models.sale_order_line_price import PRICE_FIELDS
from odoo.addons.tour_booking.view_diff import Row
from odoo.addons.tour_hotel.amounts import decimal
from odoo.addons.tour_hotel.price import PriceError

from ..operation import OperationError
from .tour_regularisation_find import ENDED

CHUNK = 200
# What follows from a price of the night, even if somebody typed it before.
SUPPLIER_TYPED = {"supplier_price_night", "supplier_price_total", "supplier_due"}
# The difference of these is what accounting and clients are told of.
SHOWN = ("date_from", "date_to", "supplier_price", "commission_amount", "price")


@dataclass
class Plan:
    """What is done to a booking: values to write by service, or why nothing is."""

    services: list = field(default_factory=list)
    vals: dict = field(default_factory=dict)
    fault: str = ""

    @property
    def is_empty(self):
        return not any(self.vals.values())


class TourRegularisation(models.Model):
    _inherit = "tour.regularisation"

    # === Preview === #

    def action_preview(self):
        """Show what would become of each booking, without changing any."""
        self.ensure_one()
        self._check_right()
        self._check_operation()
        self._refuse_if_applied()
        found = self._find()
        if not found.orders and not found.faults:
            raise UserError(
                self.env._("No booking is found. Look at the dates and the services.")
            )
        # In sudo: the preview is the suite's own.
        self.sudo().line_ids.unlink()
        self._set_state("ready", last_error=False, mark=self._get_mark())
        faults = [
            {
                "number": number,
                "state": "refused",
                "message": text,
                "currency_id": self.currency_id.id,
            }
            for number, text in found.faults
        ]
        self._add_lines(faults + self._preview(found.orders))
        return True

    def _add_lines(self, vals_list):
        for vals in vals_list:
            vals["regularisation_id"] = self.id
        # In sudo: the preview and the report are the suite's own.
        self.env["tour.regularisation.line"].sudo().create(vals_list)

    def _preview(self, found):
        """Values of the lines that show what becomes of these bookings.

        :param list found: bookings under their numbers, see `Found`
        """
        vals_list = []
        for start in range(0, len(found), CHUNK):
            vals_list += self._preview_chunk(found[start : start + CHUNK])
        return vals_list

    def _preview_chunk(self, found):
        orders = self.env["sale.order"].union(*(order for _number, order in found))
        plans = self._plan(orders)
        return [
            {
                "number": number,
                "order_id": order.id,
                **self._prepare_preview_vals(plans[order]),
            }
            for number, order in found
        ]

    def _prepare_preview_vals(self, plan):
        """Values of the line that shows a plan."""
        currency = plan.services[0].currency_id if plan.services else self.currency_id
        vals = {
            "currency_id": currency.id,
            "service_count": len(plan.services),
            "seen": self._get_seen(plan),
            **self._get_sums(plan),
        }
        if plan.fault:
            return {**vals, "state": "refused", "message": plan.fault}
        if plan.is_empty:
            text = self.env._("It is so already.")
            return {**vals, "state": "nothing", "message": text}
        return {**vals, "state": "ready", "details": self._get_details(plan)}

    def _get_sums(self, plan):
        lines = plan.services
        after = [{**_get_amounts(line), **plan.vals.get(line, {})} for line in lines]
        sums = {}
        for suffix, views in (
            ("before", [_get_amounts(line) for line in lines]),
            ("after", after),
        ):
            sale = sum(v["price_unit"] - v["client_discount_amount"] for v in views)
            purchase = sum(
                v["supplier_price_total"] - v["commission_amount"] for v in views
            )
            sums[f"sale_{suffix}"] = sale
            sums[f"purchase_{suffix}"] = purchase
            sums[f"margin_{suffix}"] = sum(v["service_margin"] for v in views)
        return sums

    def _get_details(self, plan):
        """What changes, as rows of a diff."""
        rows = []
        for line in plan.services:
            before = _get_view(line, {})
            after = _get_view(line, plan.vals[line])
            group = line._prepare_service().short_name
            rows += [
                Row(
                    f"services/{line.id}/{name}", name, before[name], after[name], group
                )
                for name in SHOWN
                if before[name] != after[name]
            ]
        return rows

    @api.model
    def _get_seen(self, plan):
        """What a plan was made of: if it is something else later, look again."""
        return {
            str(line.id): [
                fields.Date.to_string(line.date_from) or "",
                fields.Date.to_string(line.date_to) or "",
                *(round(amount, 2) for amount in _get_amounts(line).values()),
            ]
            for line in plan.services
        }

    # === Planning === #

    def _plan(self, orders):
        """What is done to each of these bookings.

        :rtype: dict[sale.order, Plan]
        """
        # What is out of the user's reach is not even read.
        writable = orders._filtered_access("write")
        text = self.env._("You may not change this booking.")
        plans = {order: Plan(fault=text) for order in orders - writable}
        repeated = self._get_repeated(writable)
        concerned = writable.order_line.filtered_domain(self._get_service_domain())
        by_order = concerned.grouped("order_id")
        for order in writable:
            services = by_order.get(order, concerned.browse())
            fault = self._get_fault(order, services)
            plans[order] = Plan(list(services), fault=fault or repeated.get(order, ""))
        possible = [order for order, plan in plans.items() if not plan.fault]
        self._add_values(plans, possible)
        return plans

    def _get_fault(self, order, services):
        """Why a booking is left out; empty if it is not. Override for more reasons."""
        if not order.is_tour_booking:
            return self.env._("It is an ordinary sales order.")
        if order.company_id != self.company_id:
            return self.env._(
                "It is a booking of %(company)s.", company=order.company_id.name
            )
        if order.booking_state in ENDED:
            return self.env._(
                "It is %(state)s: what has ended keeps its prices.",
                state=order._get_state_name(order.booking_state),
            )
        if order.locked:
            return self.env._("It is locked. Unlock it first.")
        if not services:
            return self.env._("It has no such service.")
        if self._has_sums() and order.currency_id != self.currency_id:
            return self.env._(
                "It is in %(currency)s, the sums are in %(own)s.",
                currency=order.currency_id.name,
                own=self.currency_id.name,
            )
        return ""

    def _has_sums(self):
        sums = ("add", "set")
        return self.supplier_how in sums or self.client_how in sums

    def _get_repeated(self, orders):
        """Bookings that were regularised by just this before, with the reason."""
        if self.allow_repeat:
            return {}
        # In sudo: whoever did it, it was done.
        lines = (
            self.env["tour.regularisation.line"]
            .sudo()
            .search(
                [
                    ("order_id", "in", orders.ids),
                    ("state", "=", "done"),
                    ("regularisation_id", "!=", self.id),
                    ("regularisation_id.mark", "=", self._get_mark()),
                    ("regularisation_id.reason", "=", self.reason),
                ],
                order="id",
            )
        )
        return {
            line.order_id.with_env(self.env): self.env._(
                "%(number)s has done the same to it, %(date)s.",
                number=line.regularisation_id.name,
                date=format_datetime(self.env, line.done_on, dt_format="short"),
            )
            for line in lines
        }

    def _get_mark(self):
        """What a regularisation of the same services in the same way is known by."""
        filters = (self.hotel_ids.ids, self.supplier_ids.ids, self.service_kind)
        filters += (self.arrival_from, self.arrival_to)
        return f"{self._get_operation().mark} {filters}"

    # === Values === #

    def _add_values(self, plans, orders):
        """Work out what to write, together; apart where one of them cannot be."""
        ids = [line.id for order in orders for line in plans[order].services]
        # As one recordset: what is read of one is read of all.
        lines = self.env["sale.order.line"].browse(ids)
        if not lines:
            return
        try:
            values = self._calculate(lines)
        except (PriceError, OperationError, ValidationError, OverflowError) as error:
            if len(orders) == 1:
                plans[orders[0]].fault = self._explain(error)
                return
            half = len(orders) // 2
            self._add_values(plans, orders[:half])
            self._add_values(plans, orders[half:])
            return
        for order in orders:
            plan = plans[order]
            plan.vals = {line: values[line] for line in plan.services}

    def _calculate(self, lines):
        """The values to write on each of these services; empty where it is so already.

        :rtype: dict[sale.order.line, dict]
        """
        Line = self.env["sale.order.line"]
        services = [self._move_dates(line) for line in lines]
        if self.dates_how == "keep":
            bases = [_get_prices(line) for line in lines]
        else:
            bases = [
                {PRICE_FIELDS[name]: calculation.values[name] for name in PRICE_FIELDS}
                for _stay, calculation in Line._calculate_services(services)
            ]
        wanted = []
        for index, service in enumerate(services):
            prices, given_up = self._get_wanted(lines[index], service, bases[index])
            wanted.append(prices)
            given_up |= prices.keys()
            service.overrides = {
                name: value
                for name, value in service.overrides.items()
                if PRICE_FIELDS[name] not in given_up
            }
        results = Line._calculate_services(services)
        return {
            line: self._get_changed(line, service, result, prices)
            for line, service, result, prices in zip(
                lines, services, results, wanted, strict=True
            )
        }

    def _move_dates(self, line):
        """The service that a line will be."""
        service = line._prepare_service()
        first, last = self._get_operation().dates.apply(
            line.date_from or None, line.date_to or None
        )
        if (first or False, last or False) == (line.date_from, line.date_to):
            return service
        service = replace(service, date_from=first or False, date_to=last or False)
        line._check_dates(service)
        line._check_past_date(service)
        return service

    def _get_wanted(self, line, service, base):
        """Prices that a service is to have, and typed ones that are given up.

        What was agreed stays agreed: rates and commissions that have changed since the
        booking was made are not taken over, unless prices are worked out anew.

        :param dict base: prices to start from, by field
        :rtype: tuple[dict, set]
        """
        operation, current = self._get_operation(), _get_prices(line)
        wanted, given_up = self._get_supplier_wanted(service, base, current)
        client = operation.client
        if client.how == "follow":
            given_up.add("price_unit")
        else:
            start = base if client.is_changing else current
            units = service.nights * service.rooms
            wanted["price_unit"] = client.apply(start["price_unit"], units)
        return {name: float(value) for name, value in wanted.items()}, given_up

    def _get_supplier_wanted(self, service, base, current):
        supplier = self._get_operation().supplier
        if supplier.how == "follow":
            return {}, set(SUPPLIER_TYPED)
        wanted = {"commission_percent": current["commission_percent"]}
        if supplier.is_changing and supplier.basis == "night":
            if not service.nights:
                raise OperationError("no_nights")
            night = supplier.apply(base["supplier_price_night"])
            return wanted | {"supplier_price_night": night}, set(SUPPLIER_TYPED)
        if self.dates_how == "keep":
            wanted["supplier_price_night"] = current["supplier_price_night"]
        start = base if supplier.is_changing else current
        wanted["supplier_price_total"] = supplier.apply(start["supplier_price_total"])
        return wanted, {"supplier_due"} if supplier.is_changing else set()

    def _get_changed(self, line, service, result, wanted):
        """What of a calculation differs from the line as it is."""
        stay, calculation = result
        names, calculation = line._find_typed(stay, calculation, wanted)
        vals = line._prepare_price_vals(calculation)
        vals |= {"date_from": service.date_from, "date_to": service.date_to}
        vals = {
            name: value
            for name, value in vals.items()
            if not _is_same(line[name], value)
        }
        # How it was worked out is not all of it: what people see has to differ.
        if not vals.keys() - {"price_steps"}:
            return {}
        known = line.overwritten_fields or []
        typed = {PRICE_FIELDS[name] for name in service.overrides} | set(names)
        kept = [name for name in known if name not in PRICE_FIELDS.values()]
        vals["overwritten_fields"] = kept + sorted(typed) or False
        return vals

    def _explain(self, error):
        if isinstance(error, PriceError):
            error = self.env["sale.order.line"]._get_price_error(error)
        if isinstance(error, ValidationError):
            return str(error)
        texts = {
            "negative": self.env._("The price would be less than nothing."),
            "no_nights": self.env._(
                "A service without nights has no price of a night. Choose 'In total'."
            ),
        }
        if isinstance(error, OverflowError):
            return self.env._("The new date is too far away.")
        return texts[str(error)]


def _get_prices(line):
    return {name: decimal(line[name]) for name in PRICE_FIELDS.values()}


def _get_amounts(line):
    names = ("price_unit", "client_discount_amount", "service_margin")
    names += ("supplier_price_total", "commission_amount")
    return {name: line[name] for name in names}


def _get_view(line, vals):
    """What is shown of a service, in names that the diff has labels for."""
    values = {
        name: vals.get(name, line[name])
        for name in (
            "date_from",
            "date_to",
            "supplier_price_total",
            "commission_amount",
            "price_unit",
        )
    }
    return {
        "date_from": fields.Date.to_string(values["date_from"]) or None,
        "date_to": fields.Date.to_string(values["date_to"]) or None,
        "supplier_price": round(values["supplier_price_total"], 6),
        "commission_amount": round(values["commission_amount"], 6),
        "price": round(values["price_unit"], 6),
    }


def _is_same(old, new):
    if isinstance(old, float) or isinstance(new, float):
        return abs((old or 0.0) - (new or 0.0)) < 0.00005
    return (old or False) == (new or False)
