"""The rows of `view_diff`, worded for people: one table for screens and mails."""

from odoo import fields, models
from odoo.tools.misc import format_amount, format_date, format_duration

from ..view_diff import PRECISION, Row

DATES = ("date_from", "date_to", "created_on", "birth_date", "confirmed_on")
HOURS = ("hour_from", "hour_to")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _render_diff(self, rows):
        """Rows of a diff as texts, in the language of the environment.

        :param rows: `view_diff.Row`, or what JSON made of them
        :return: for each a dict of texts: ``field``, ``before``, ``after``, ``group``,
            and ``kind``: added, removed or changed
        :rtype: list[dict]
        """
        rows = [Row(*row) for row in rows]
        labels = self._get_diff_labels()
        formats = self._get_diff_formats_of_both(rows)
        rendered = []
        for row in rows:
            before, after = (
                self._render_diff_value(value, row, own_formats)
                for value, own_formats in zip(
                    (row.before, row.after), formats, strict=True
                )
            )
            rendered.append(
                {
                    "field": self._get_diff_label(row, labels),
                    "before": before,
                    "after": after,
                    "group": row.group,
                    "kind": self._get_diff_kind(before, after),
                }
            )
        return rendered

    def _render_diff_table(self, rows):
        """The rows as a table of HTML, for mails, papers and pages."""
        return self.env["ir.qweb"]._render(
            "tour_booking.diff_table", {"diff": self._render_diff(rows)}
        )

    def _render_diff_value(self, value, row, formats):
        if value is None or value == "":
            return ""
        return formats.get(row.label_code, self._format_diff_value)(value)

    def _get_diff_formats_of_both(self, rows):
        """`_get_diff_formats` for what was before and for what is after: where the
        currency differs, each sum is worded in the currency that it had."""
        for row in rows:
            if row.path == "currency":
                # In sudo: see `_format_diff_money`.
                known = self.env["res.currency"].sudo()
                known = known.with_context(active_test=False)
                currencies = known.search([("name", "in", (row.before, row.after))])
                ids = {currency.name: currency.id for currency in currencies}
                return [
                    self.with_context(
                        tour_diff_currency_id=ids.get(name)
                    )._get_diff_formats()
                    for name in (row.before, row.after)
                ]
        return [self._get_diff_formats()] * 2

    def _get_diff_kind(self, before, after):
        if before and after:
            return "changed"
        return "added" if after else "removed"

    def _get_diff_label(self, row, labels):
        if row.label_code == "night":
            return self._get_night_label(*row.detail.split("/"))
        if row.detail:
            return row.detail
        return labels.get(row.label_code, row.label_code)

    def _get_night_label(self, first, end):
        first, end = fields.Date.to_date(first), fields.Date.to_date(end)
        return self.env._(
            "Nights %(first)s – %(end)s: %(count)s",
            first=format_date(self.env, first),
            end=format_date(self.env, end),
            count=(end - first).days,
        )

    def _get_diff_labels(self):
        """What the fields of views are called; override to add those of yours.

        :return: {label_code: text in the language of the environment}
        :rtype: dict[str, str]
        """
        return {
            "acquiring_cost": self.env._("Acquiring"),
            "age": self.env._("Age"),
            "amount_tax": self.env._("Taxes"),
            "amount_total": self.env._("Total"),
            "amount_untaxed": self.env._("Total without taxes"),
            "birth_date": self.env._("Birth date"),
            "car_class": self.env._("Car class"),
            "client": self.env._("Client"),
            "commission_amount": self.env._("Commission"),
            "confirmation_number": self.env._("Confirmation number"),
            "consignee": self.env._("Consignee"),
            "created_on": self.env._("Created on"),
            "currency": self.env._("Currency"),
            "date_from": self.env._("From"),
            "date_to": self.env._("To"),
            "discount_amount": self.env._("Discount"),
            "document": self.env._("Document"),
            "early_arrival": self.env._("Early arrival"),
            "first_name": self.env._("First name"),
            "guest": self.env._("Guest"),
            "hotel": self.env._("Hotel"),
            "hotel_address": self.env._("Address"),
            "hotel_city": self.env._("City"),
            "hotel_phone": self.env._("Phone"),
            "hour_from": self.env._("Hour of arrival"),
            "hour_to": self.env._("Hour of departure"),
            "kind": self.env._("Kind"),
            "last_name": self.env._("Last name"),
            "late_departure": self.env._("Late departure"),
            "legal_entity": self.env._("Legal entity"),
            "manager": self.env._("Manager"),
            "meal": self.env._("Meal"),
            "middle_name": self.env._("Middle name"),
            "nationality": self.env._("Nationality"),
            "nights": self.env._("Nights"),
            "nights_stayed": self.env._("Nights stayed"),
            "number": self.env._("Number"),
            "ordered_by": self.env._("Ordered by"),
            "penalty_amount": self.env._("Penalty"),
            "penalty_from": self.env._("Penalty from"),
            "penalty_when": self.env._("When cancelled"),
            "price": self.env._("Price"),
            "price_tax": self.env._("Taxes"),
            "price_untaxed": self.env._("Price without taxes"),
            "reference": self.env._("Client's reference"),
            "room": self.env._("Room"),
            "rooms": self.env._("Rooms"),
            "route": self.env._("Route"),
            "service": self.env._("Service"),
            "settlement": self.env._("Settlement"),
            "status": self.env._("Status"),
            "supplier": self.env._("Supplier"),
            "supplier_due": self.env._("Due to the supplier"),
            "supplier_price": self.env._("Supplier's price"),
            "taxes": self.env._("Taxes"),
            "terms": self.env._("Terms"),
            "text": self.env._("Description"),
            "transport_number": self.env._("Flight or train"),
            "type": self.env._("Kind"),
        }

    def _get_diff_formats(self):
        """How values are worded that are not plain; override to add those of yours.

        :return: {label_code: function of a value}
        :rtype: dict[str, callable]
        """
        return {
            **dict.fromkeys(DATES, self._format_diff_date),
            **dict.fromkeys(HOURS, format_duration),
            **{
                code: self._format_diff_money
                for code in self._get_diff_labels()
                if code.startswith(("amount_", "price", "supplier_"))
                or code.endswith(("_amount", "_cost"))
            },
            "type": self._format_diff_selection("tour.guest", "guest_type"),
            "kind": self._format_diff_selection("tour.service.type", "kind"),
            "penalty_from": self._format_diff_selection("sale.order", "penalty_from"),
            "penalty_when": self._format_diff_selection("sale.order", "penalty_when"),
            "settlement": self._format_diff_selection("sale.order.line", "settlement"),
        }

    def _format_diff_value(self, value):
        if isinstance(value, bool):
            return self.env._("Yes") if value else self.env._("No")
        if isinstance(value, list | tuple):
            return ", ".join(map(self._format_diff_value, value))
        if isinstance(value, float):
            # No more digits than what differs is told by, and all of those.
            return f"{round(value, PRECISION):.15g}"
        return str(value)

    def _format_diff_date(self, value):
        return format_date(self.env, value)

    def _format_diff_money(self, value):
        # In sudo: the currency, which a client may not read.
        order = self.sudo()
        given = order.env.context.get("tour_diff_currency_id")
        currency = order.env["res.currency"].browse(given or ())
        currency = currency or order.currency_id[:1] or order.env.company.currency_id
        return format_amount(self.env, value, currency)

    def _format_diff_selection(self, model, name):
        field = self.env[model]._fields[name]
        texts = dict(field._description_selection(self.env))
        return lambda value: texts.get(value, str(value))
