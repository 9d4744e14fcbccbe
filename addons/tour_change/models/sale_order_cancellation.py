"""What cancelling a service costs: its terms, its deadline, its fee at a moment."""

from datetime import time
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from odoo import api, fields, models
from odoo.tools.misc import format_datetime

from odoo.addons.tour_booking.models.sale_order import STAFF
from odoo.addons.tour_hotel.amounts import decimal

from ..cancellation import UTC, Stay, Step, evaluate, free_until, order_steps


class SaleOrder(models.Model):
    _inherit = "sale.order"

    free_until = fields.Datetime(
        string="Free cancellation until",
        compute="_compute_free_until",
        store=True,
        index="btree_not_null",
        help="The earliest of its services'.",
    )

    @api.depends("order_line.free_until")
    def _compute_free_until(self):
        for order in self:
            moments = [line.free_until for line in order.order_line if line.free_until]
            order.free_until = min(moments, default=False)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    # Not precomputed, as the supplier: that is done in the name of the user.
    cancellation_rule_id = fields.Many2one(
        comodel_name="tour.cancellation.rule",
        compute="_compute_cancellation_rule_id",
        store=True,
        readonly=False,
        # Salespeople without a role of ours copy ordinary lines, and may not read it.
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups=STAFF,
        help="The rate's, else the hotel's, else the service type's, unless another is "
        "chosen here.",
    )
    # Kept with the service: a rule that changes must not change the bookings made
    # before.
    cancellation_terms = fields.Json(
        compute="_compute_cancellation_terms", store=True, groups=STAFF
    )
    free_until = fields.Datetime(
        string="Free cancellation until",
        compute="_compute_free_until",
        store=True,
        index="btree_not_null",
        help="From this minute on cancelling costs.",
    )
    cancellation_text = fields.Char(
        string="Cancellation", compute="_compute_cancellation_text", compute_sudo=True
    )

    # === Computes === #

    @api.depends("rate_id", "hotel_id", "service_type_id")
    def _compute_cancellation_rule_id(self):
        for line in self:
            line.cancellation_rule_id = self._get_default_rule(
                line.rate_id, line.hotel_id, line.service_type_id
            )

    @api.model
    def _get_default_rule(self, rate, hotel, service_type):
        return (
            rate.cancellation_rule_id
            or hotel.cancellation_rule_id
            or service_type.cancellation_rule_id
        )

    @api.depends("cancellation_rule_id")
    def _compute_cancellation_terms(self):
        for line in self:
            line.cancellation_terms = line.cancellation_rule_id._get_terms()

    @api.depends(
        "cancellation_terms", "date_from", "city_id.tz", "company_id.partner_id.tz"
    )
    def _compute_free_until(self):
        for line in self:
            line.free_until = self._get_free_until(
                line.cancellation_terms,
                line.date_from,
                self._get_zone(line.city_id, line.company_id),
            )

    @api.depends("free_until", "cancellation_terms", "date_from")
    @api.depends_context("lang")
    def _compute_cancellation_text(self):
        for line in self:
            line.cancellation_text = line._describe_cancellation()

    # === The engine's input === #

    @api.model
    def _get_zone(self, city, company):
        """Where the hotel's clock stands; without a city's zone, ours."""
        # In sudo: the zone of the own company is no secret.
        for name in (city.tz, company.sudo().partner_id.tz):
            try:
                if name:
                    return ZoneInfo(name)
            except (ZoneInfoNotFoundError, ValueError):
                continue
        return ZoneInfo("UTC")

    @api.model
    def _get_steps(self, terms):
        """Steps of the engine from a service's terms."""
        return [
            Step(
                kind=step["kind"],
                value=Decimal(step["value"]),
                days=step["days"],
                at=time(*divmod(step["minute"], 60)),
                always=step["always"],
            )
            for step in (terms or {}).get("steps") or ()
        ]

    @api.model
    def _get_free_until(self, terms, day, zone):
        steps = self._get_steps(terms)
        if not (steps and day):
            return False
        moment = free_until(steps, Stay(day, 0, Decimal(0), zone))
        return moment.astimezone(UTC).replace(tzinfo=None) if moment else False

    def _get_cancellation_stay(self, price):
        """This service as the engine sees it, at a price."""
        self.ensure_one()
        is_stay = self.service_kind == "accommodation"
        return Stay(
            day=self.date_from or None,
            nights=self.nights if is_stay else 0,
            price=decimal(price),
            zone=self._get_zone(self.city_id, self.company_id),
            rounding=decimal(self.currency_id.rounding or 0.01),
        )

    def _get_cancellation_steps(self, moment):
        """The steps with sums in the currency of the booking."""
        self.ensure_one()
        # In sudo: the terms are for staff, and the client asks what it costs him.
        terms = self.sudo().cancellation_terms
        steps = self._get_steps(terms)
        if not any(step.kind == "sum" for step in steps):
            return steps
        currency = self._get_terms_currency(terms)
        if currency == self.currency_id:
            return steps
        return [
            step
            if step.kind != "sum"
            else step._replace(
                value=decimal(
                    currency._convert(
                        float(step.value),
                        self.currency_id,
                        self.company_id,
                        moment.date(),
                    )
                )
            )
            for step in steps
        ]

    def _get_terms_currency(self, terms):
        name = (terms or {}).get("currency")
        # In sudo: a currency that was archived since still is what was agreed.
        currencies = self.env["res.currency"].sudo().with_context(active_test=False)
        return currencies.search([("name", "=", name)], limit=1) or self.currency_id

    # === What it costs === #

    def _get_cancellation_outcome(self, moment, price=None):
        """What cancelling this service at ``moment`` costs.

        :param datetime moment: in UTC, as the ORM has it
        :param float price: what is scaled by the steps; the client's price by default
        :rtype: cancellation.Outcome
        """
        self.ensure_one()
        stay = self._get_cancellation_stay(self.price_total if price is None else price)
        steps = self._get_cancellation_steps(moment)
        return evaluate(steps, stay, moment.replace(tzinfo=UTC))

    def _describe_cancellation(self):
        """As 'Free until 12 Dec 18:00 (Moscow), then 1 night; from … the rest'."""
        self.ensure_one()
        terms = self.cancellation_terms
        steps = self._get_steps(terms)
        if not steps or not self.date_from:
            return False
        zone = self._get_zone(self.city_id, self.company_id)
        ordered = order_steps(steps, self.date_from, zone)
        currency = self._get_terms_currency(terms)
        describe = self.env["tour.cancellation.step"]._describe_fee
        parts = []
        for moment, number in ordered:
            step = steps[number]
            fee = describe(step.kind, step.value, currency)
            if step.always:
                parts.append(self.env._("Cancelling costs %(fee)s", fee=fee))
                continue
            local = self._format_local(moment, zone)
            if parts:
                text = self.env._("from %(moment)s %(fee)s", moment=local, fee=fee)
            else:
                text = self.env._(
                    "Free until %(moment)s (%(place)s), then %(fee)s",
                    moment=local,
                    place=self.city_id.name or zone.key,
                    fee=fee,
                )
            parts.append(text)
        return "; ".join(parts)

    def _format_local(self, moment, zone):
        return format_datetime(
            self.env,
            moment.astimezone(UTC).replace(tzinfo=None),
            tz=zone.key,
            dt_format="d MMM y HH:mm",
        )

    # === Bookings by the hundred === #

    def _add_service_values(self, vals_list):
        """Give new services their terms and their deadline at once."""
        services = super()._add_service_values(vals_list)
        # In sudo: a client's service has its terms too, which he may not read.
        rules = self.env["tour.cancellation.rule"].sudo()
        terms = {}
        for vals, service in zip(vals_list, services, strict=True):
            if "cancellation_rule_id" not in vals:
                vals["cancellation_rule_id"] = self._get_default_rule(
                    service.rate.sudo(),
                    service.hotel.sudo(),
                    service.service_type.sudo(),
                ).id
            rule_id = vals["cancellation_rule_id"]
            if rule_id not in terms:
                terms[rule_id] = rules.browse(rule_id or ())._get_terms()
            vals["cancellation_terms"] = terms[rule_id]
            vals["free_until"] = self._get_free_until(
                terms[rule_id],
                service.date_from,
                self._get_zone(service.hotel.sudo().city_id, service.company),
            )
        return services
