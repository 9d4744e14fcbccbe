"""What clients send with their requests, looked at before anything is made of it."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.tour_booking.view_diff import get_title

from .tour_change_line import CLIENT_FIELDS

MAX_COMMENT = 5000
MAX_GUESTS_TEXT = 20000
CLIENT_KEYS = {*CLIENT_FIELDS, "service_id", "cancels", "comment"}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_request_form(self):
        """What a client may ask for of each service, as it is now.

        :return: dicts of ``id``, ``title``, ``meals`` (code and name of each, for
            stays) and ``values``: what the inputs of a page hold, as texts
        :rtype: list[dict]
        """
        self.ensure_one()
        # In sudo: services of his own booking, of which he is given what he sees.
        return [line._get_request_form() for line in self.sudo()._get_services()]

    @api.model
    def _check_comment(self, comment):
        if not isinstance(comment, str) or not comment.strip():
            raise UserError(self.env._("Say in a comment what you wish."))
        if len(comment) > MAX_COMMENT:
            raise UserError(
                self.env._(
                    "The comment is longer than %(count)s characters. Shorten it.",
                    count=MAX_COMMENT,
                )
            )
        return comment.strip()

    def _prepare_request_lines(self, services):
        """Values of proposals, after a look at all that came from outside."""
        # In sudo: lines of the booking, which the client sees.
        known = {line.id: line for line in self.sudo()._get_services()}
        if not isinstance(services or [], list) or len(services or []) > len(known):
            raise self._get_services_error()
        lines = []
        for service in services or []:
            if not isinstance(service, dict) or service.keys() - CLIENT_KEYS:
                raise UserError(
                    self.env._(
                        "Of a service only these can be asked for: %(keys)s.",
                        keys=", ".join(sorted(CLIENT_KEYS)),
                    )
                )
            line = known.pop(self._check_number(service.get("service_id")), None)
            if not line:
                raise self._get_services_error()
            vals = {key: self._check_value(key, service[key]) for key in service}
            vals["line_id"] = vals.pop("service_id")
            lines.append(vals)
        return lines

    @api.model
    def _get_services_error(self):
        return UserError(self.env._("Name each service of the booking once at most."))

    @api.model
    def _check_number(self, value):
        if isinstance(value, bool) or not isinstance(value, int):
            raise UserError(
                self.env._(
                    "A number is expected, not “%(value)s”.", value=str(value)[:50]
                )
            )
        return value

    @api.model
    def _check_value(self, key, value):
        """A value of the kind that ``key`` has; others are refused."""
        if key in ("service_id", "rooms"):
            value = self._check_number(value)
            if key == "rooms" and not 1 <= value <= 1000:
                raise UserError(self.env._("Book between 1 and 1000 rooms."))
            return value
        if key == "cancels":
            return bool(value)
        if not isinstance(value, str) or len(value) > MAX_GUESTS_TEXT:
            raise UserError(
                self.env._(
                    "A text is expected, not “%(value)s”.", value=str(value)[:50]
                )
            )
        if key.startswith("date_"):
            return self._check_date(value)
        meals = dict(self.env["tour.change.line"]._fields["meal"].selection)
        if key == "meal" and value not in meals:
            raise UserError(
                self.env._("A meal is one of: %(meals)s.", meals=", ".join(meals))
            )
        return value[:MAX_COMMENT] if key == "comment" else value

    @api.model
    def _check_date(self, value):
        try:
            date = fields.Date.to_date(value)
        except ValueError:
            date = None
        if not date:
            raise UserError(
                self.env._(
                    "“%(value)s” is no date. Write it as 2026-12-31.",
                    value=value[:50],
                )
            )
        return date


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_request_form(self):
        self.ensure_one()
        is_stay = self.service_kind == "accommodation"
        stay = {"rooms": str(self.rooms), "meal": self.meal or ""} if is_stay else {}
        return {
            "id": self.id,
            "title": get_title(self._client_view()),
            "meals": self._fields["meal"]._description_selection(self.env)
            if is_stay
            else [],
            "values": {
                "date_from": fields.Date.to_string(self.date_from) or "",
                "date_to": fields.Date.to_string(self.date_to) or "",
                **stay,
                "guest_names": self.env["tour.change.line"]._write_guests(
                    self.guest_ids
                ),
            },
        }
