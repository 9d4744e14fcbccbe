"""What is refused of services and guests, and the paste of guests."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tools.misc import format_date

from ..guest_paste import parse

RIGHT_PAST = "tour_partner.tour_group_right_past_transfer"
# Nobody books further ahead, or into a past further back: such a date is a slip.
MAX_YEARS = 10


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    _service_dates = models.Constraint(
        "CHECK(date_to >= date_from)", "The departure is before the arrival."
    )
    _service_rooms = models.Constraint(
        "CHECK(service_type_id IS NULL OR rooms >= 1)", "Book one room at least."
    )
    _service_hours = models.Constraint(
        "CHECK(hour_from >= 0 AND hour_from < 24 AND hour_to >= 0 AND hour_to < 24)",
        "Hours are between 0:00 and 23:59.",
    )
    _service_needs_kind = models.Constraint(
        "CHECK(service_type_id IS NOT NULL OR hotel_id IS NULL)",
        "A hotel needs a service type.",
    )

    @api.constrains("date_from", "date_to", "hour_from", "hour_to", "service_type_id")
    def _check_service_dates(self):
        for line in self.filtered("service_type_id"):
            self._check_dates(line._prepare_service())

    # Constraints run in sudo: who may do what is checked where it is done.

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"date_from", "service_type_id"}:
            for line in self.filtered("service_type_id"):
                self._check_past_date(line._prepare_service())
        return result

    def _add_service_values(self, vals_list):
        """Refuse wrong dates by name, before the database does by its rule."""
        services = super()._add_service_values(vals_list)
        for service in services:
            self._check_dates(service)
            self._check_past_date(service)
        return services

    @api.model
    def _check_dates(self, service):
        start, end = service.date_from, service.date_to
        if end and not start:
            raise ValidationError(
                self.env._(
                    "%(service)s ends but does not begin. Enter its first day.",
                    service=service.short_name,
                )
            )
        if start and end and (end, service.end_hour) < (start, service.hour_from):
            raise ValidationError(
                self.env._(
                    "%(service)s: the departure, %(end)s, is before the arrival, "
                    "%(start)s.",
                    service=service.short_name,
                    start=format_date(self.env, start),
                    end=format_date(self.env, end),
                )
            )
        if self.env["sale.order"]._is_mover():
            # History that an import brings may be as old as it is.
            return
        today = fields.Date.context_today(self)
        span = relativedelta(years=MAX_YEARS)
        for date in filter(None, (start, end)):
            if not today - span <= date <= today + span:
                raise ValidationError(
                    self.env._(
                        "%(service)s: %(date)s is more than %(years)s years away. "
                        "Check the year.",
                        service=service.short_name,
                        date=format_date(self.env, date),
                        years=MAX_YEARS,
                    )
                )

    @api.model
    def _check_past_date(self, service):
        """A stay may be booked for the past by any manager, the rest by heads."""
        start = service.date_from
        if service.kind == "accommodation" or not start:
            return
        if start >= fields.Date.context_today(self) or self.env.su:
            return
        # What is loaded with its status, as by an import, is past for the most part.
        if self.env["sale.order"]._is_mover():
            return
        if not self.env.user.has_group(RIGHT_PAST):
            raise ValidationError(
                self.env._(
                    "%(service)s: only who has the right to may enter transfers and "
                    "other services dated in the past (%(date)s). Ask a head of "
                    "department.",
                    service=service.short_name,
                    date=format_date(self.env, start),
                )
            )

    @api.constrains("hotel_id", "room_id", "rate_id")
    def _check_hotel(self):
        for line in self:
            room, rate = line.room_id, line.rate_id
            if room and room.hotel_id != line.hotel_id:
                raise ValidationError(
                    self.env._(
                        "%(room)s is not a room of %(hotel)s.",
                        room=room.display_name,
                        hotel=line.hotel_id.name or self.env._("no hotel"),
                    )
                )
            if rate and rate.room_id != room:
                raise ValidationError(
                    self.env._(
                        "%(rate)s is not a rate of the room %(room)s.",
                        rate=rate.name,
                        room=room.name or "—",
                    )
                )

    @api.constrains("service_type_id", "order_id")
    def _check_service_of_booking(self):
        for line in self:
            if line.service_type_id and not line.order_id.is_tour_booking:
                raise ValidationError(
                    self.env._(
                        "%(order)s is an ordinary sales order. Services belong in "
                        "bookings.",
                        order=line.order_id.name,
                    )
                )

    # === Guests === #

    @api.onchange("guest_paste")
    def _onchange_guest_paste(self):
        """Take the guests that were pasted, and say what could not be read."""
        if not self.guest_paste:
            return
        pasted = parse(self.guest_paste)
        self.guest_ids = [
            Command.create(self._prepare_guest_vals(guest)) for guest in pasted.guests
        ]
        self.guest_paste = False
        if pasted.faults:
            return {
                "warning": {
                    "title": self.env._("Not all rows were taken"),
                    "message": "\n".join(map(self._explain_paste, pasted.faults)),
                }
            }

    @api.model
    def _prepare_guest_vals(self, guest):
        guest_type = "child" if guest.age else "adult"
        return {
            "last_name": guest.last_name,
            "first_name": guest.first_name,
            "middle_name": guest.middle_name,
            "guest_type": "infant" if guest.is_infant else guest_type,
            "age": guest.age,
        }

    @api.model
    def _explain_paste(self, fault):
        texts = {
            "no_name": self.env._("there is no last name in it"),
            "not_age": self.env._("this is no age of a child; taken as an adult"),
            "too_long": self.env._("a name is too long"),
            "too_many": self.env._("too many rows; the rest was left out"),
            "twice": self.env._("this guest is there already"),
        }
        return self.env._(
            "Row %(row)s, “%(text)s”: %(fault)s.",
            row=fault.row,
            text=fault.text,
            fault=texts[fault.code],
        )
