"""An order from the catalogue: a service in a booking, and its invoice if prepaid.

Clients and staff order by the same `_place_order`.
"""

from dataclasses import dataclass, field
from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.tour_change.change_states import AGREED
from odoo.addons.tour_partner.defaults import plain

from ..order_form import Fault, clean, read_date, read_time, to_hour

MAX_YEARS = 2
# So many bookings are offered to choose from.
SHOWN_BOOKINGS = 50


@dataclass
class OrderForm:
    """What was filled in.

    :param answers: as `sale.order.line.catalog_answers` keeps them
    :param files: of answers that are files, (place in ``answers``, checked file)
    """

    day: date | None = None
    hour: float = 0.0
    answers: list = field(default_factory=list)
    files: list = field(default_factory=list)


class TourCatalogService(models.Model):
    _inherit = "tour.catalog.service"

    # === Reading the form === #

    def _read_order_form(self, values, files):
        """Check what was filled in; note: in sudo.

        :param values: {name of the input: text}
        :param files: function of an input's name that gives the files sent in it
        :return: the form, and {name of the input: what is wrong}
        :rtype: tuple[OrderForm, dict]
        """
        self.ensure_one()
        form, faults = OrderForm(), {}
        self._read_day(form, values, faults)
        for question in self.field_ids:
            name = question._get_input()
            answer = {"label": question.label, "kind": question.kind}
            if question.kind == "file":
                fault = self._read_file(form, question, answer, files(name))
            else:
                answer["value"], fault = question._read_answer(values.get(name))
            if fault:
                faults[name] = fault
            elif answer["value"] != "":
                form.answers.append(answer)
        return form, faults

    def _get_client_form(self):
        """The inputs of the order form, as plain data; note: in sudo.

        :rtype: list[dict]
        """
        self.ensure_one()
        inputs = []
        if self.day_mode != "none":
            today = fields.Date.context_today(self)
            inputs.append(
                {
                    "name": "day",
                    "label": self.env._("Day"),
                    "type": "date",
                    "required": self.day_mode == "required",
                    "attrs": {"min": fields.Date.to_string(today)},
                }
            )
            if self.asks_hour:
                inputs.append(
                    {"name": "hour", "label": self.env._("Hour"), "type": "time"}
                )
        return inputs + [question._get_client_input() for question in self.field_ids]

    def _read_day(self, form, values, faults):
        if self.day_mode == "none":
            return
        text = clean(values.get("day"))
        today = fields.Date.context_today(self)
        if text:
            try:
                form.day = date.fromisoformat(read_date(text))
            except Fault:
                faults["day"] = self.env._("Day: enter a date, as 2026-12-31.")
        elif self.day_mode == "required":
            faults["day"] = self.env._("Day: say when you need it.")
        if form.day and form.day < today:
            faults["day"] = self.env._("Day: this day is past.")
        elif form.day and form.day > today + relativedelta(years=MAX_YEARS):
            faults["day"] = self.env._(
                "Day: this is more than %(years)s years ahead. Check the year.",
                years=MAX_YEARS,
            )
        if self.asks_hour:
            try:
                hour = clean(values.get("hour"))
                form.hour = to_hour(read_time(hour)) if hour else 0.0
            except Fault:
                faults["hour"] = self.env._("Hour: enter a time, as 14:30.")

    def _read_file(self, form, question, answer, sent):
        """Take the file of an answer; return what is wrong with it."""
        answer["value"] = ""
        try:
            checked = self.env["tour.portal.upload"]._check(sent, max_files=1)
        except UserError as error:
            return str(error)
        if checked:
            answer["value"] = checked[0][0]
            form.files.append((len(form.answers), checked[0]))
        elif question.required:
            return question._explain_fault("required")
        return ""

    # === Where it goes === #

    @api.model
    def _get_open_bookings(self, user):
        """Bookings of a client's user that services may be added to, the latest.

        :return: the bookings, in sudo
        """
        # In sudo: the client's companies; who asks may work in others besides.
        company = self.env.company & user.sudo().company_ids
        if not company:
            return self.env["sale.order"].sudo()  # In sudo: as below.
        found, _last = (
            self.env["sale.order"]
            # As the client's user, whoever asks: whose bookings they are is his matter.
            .with_env(self.env(user=user.id, su=False))
            .with_context(allowed_company_ids=company.ids)
            ._find_tour_page(("working",), "newest", size=SHOWN_BOOKINGS)
        )
        # In sudo: the status of a booking is for staff.
        return (
            self.env["sale.order"]
            .sudo()
            .browse(found.ids)
            .filtered(
                lambda order: (
                    order._takes_catalog_services()
                    and order.company_id == self.env.company
                )
            )
        )

    # === Ordering === #

    def _place_order(self, form, user, order=None, question=None):
        """Order it for a client's user; note: in sudo.

        :param OrderForm form: what was filled in, and found right
        :param user: the client's user whose order it is
        :param order: a booking of his; a new one is made without it
        :param question: the question that the order is made from
        :return: the service in the booking
        :raise UserError: if it cannot be ordered
        """
        self.ensure_one()
        self = plain(self).with_context(tour_change_mode=AGREED)
        if order:
            order = order.with_env(self.env)
            order._lock_for_catalog()
        else:
            order = self._make_booking(user)
        line = self.env["sale.order.line"].create(self._prepare_line_vals(form, order))
        line._keep_catalog_files(form.files)
        if self.payment == "prepaid":
            line._invoice_catalog_order()
        line._tell_of_catalog_order(question)
        return line

    @api.model
    def _get_takers(self, company):
        """Who is told where nobody is responsible; note: in sudo."""
        return self.env["res.users"].search(
            [
                ("may_take_bookings", "=", True),
                ("share", "=", False),
                ("company_ids", "in", company.ids),
            ],
            limit=50,
        )

    def _make_booking(self, user):
        client = user.commercial_partner_id
        company = self.company_id or self.env.company
        return self.env["sale.order"].create(
            {
                "is_tour_booking": True,
                "company_id": company.id,
                "partner_id": client.id,
                "client_user_id": user.id,
            }
        )

    def _prepare_line_vals(self, form, order):
        """Values of the service in the booking; its price is ours to say."""
        prices, _currency, _fiscal = self._get_client_prices(order)
        price = prices[self.id]
        is_free = order.currency_id.compare_amounts(price, 0.0) <= 0
        if self.payment == "prepaid" and is_free:
            raise UserError(
                self.env._(
                    "%(service)s has no price now, and cannot be paid. Ask a question "
                    "about it, and order it later.",
                    service=self.name,
                )
            )
        lang = order.partner_id.lang or self.env.lang
        name = self.with_context(lang=lang).name
        # What a transfer is called is its route; twice would be once too often.
        is_transfer = self.service_type_id.kind == "transfer"
        return {
            "order_id": order.id,
            "service_type_id": self.service_type_id.id,
            "product_id": self.product_id.id,
            "catalog_service_id": self.id,
            "catalog_prepaid": self.payment == "prepaid",
            "catalog_answers": form.answers or False,
            "date_from": form.day or False,
            "hour_from": form.hour,
            "price_unit": price,
            "overwritten_fields": ["price_unit"],
            "route" if is_transfer else "service_text": name,
        }
