from datetime import datetime, time

from odoo import fields

from odoo.addons.tour_booking.booking_states import ORDER_STATES

from .base import Loader, filled
from .booking_writer import BookingWriter
from .references import Unresolved

# Days come without an hour: at noon they are the same day in most time zones.
NOON = time(12)


class BookingLoader(Loader):
    """Bookings of one stay each, with guests, price and the status they ended in.

    They are history: made as they ended, past the moves that living bookings go
    through, with one event that says when. Bookings that are there are left alone.
    """

    kind = "booking"
    model = "sale.order"
    other_models = ("tour.city", "tour.hotel", "tour.room", "res.partner")

    def __init__(self, record):
        super().__init__(record)
        self.writer = BookingWriter(self.env)

    def _reset(self):
        self.writer.reset()
        return super()._reset()

    def close(self):
        self.writer.close()

    def _resolve(self, rows, dry):
        self._find_known(rows)
        for row in rows:
            if row.occurrence > 1 and not row.key.startswith("row:"):
                self._fault(row, "number", "key_twice", row.values["number"])
                continue
            if row.values["record_id"]:
                continue
            for step in (
                self._refer_client,
                self._refer_hotel,
                self._refer_currency,
                self._refer_manager,
            ):
                step(row, dry)
            row.values["nationality_id"] = self.references.country(
                row.values["nationality"]
            )

    def _is_repeated(self, row):
        """Equal rows are as many bookings."""
        return False

    def _load(self, rows):
        self._resolve(rows, dry=False)
        fresh = []
        for row in rows:
            if not row.is_good:
                continue
            row.outcome = "merged" if row.values["record_id"] else "made"
            if not row.values["record_id"]:
                fresh.append(row)
        if not fresh:
            return
        orders = self.writer.make([self._prepare_vals(row) for row in fresh])
        self.keys._name_records(
            self.record.id,
            self.model,
            [
                (row.key, order_id, row.number)
                for row, order_id in zip(fresh, orders.ids, strict=True)
            ],
        )

    # === What a row refers to === #

    def _refer_client(self, row, dry):
        try:
            row.values["client_id"] = self.references.client(row.values["client"], dry)
        except Unresolved as problem:
            name = row.values["client"]["name"]
            self._fault(row, "client", problem.rule, name, **problem.details)

    def _refer_hotel(self, row, dry):
        values = row.values
        values["room_id"] = values["rate_id"] = None
        try:
            values["hotel_id"] = self.references.hotel(
                values["hotel"], values["hotel_city"], values["hotel_country"], dry
            )
            if values["room"]:
                values["room_id"] = self.references.room(
                    values["hotel_id"], values["room"], dry
                )
            if values["rate"] and values["room_id"]:
                values["rate_id"] = self.references.rate(
                    values["room_id"], values["rate"]
                )
        except Unresolved as problem:
            column = "room" if problem.rule == "unknown_room" else "hotel"
            self._fault(row, column, problem.rule, values[column], **problem.details)

    def _refer_currency(self, row, dry):
        """A booking in another currency than the company's: by a pricelist in it, and
        with a rate for its day."""
        values = row.values
        values["pricelist_id"] = None
        code = values["currency"]
        if not code:
            return
        try:
            currency_id = self.references.currency(code)
        except Unresolved as problem:
            self._fault(row, "currency", problem.rule, code, **problem.details)
            return
        if currency_id == self.env.company.currency_id.id:
            return
        day = values["booked_on"] or fields.Date.today()
        if not self._has_rate(currency_id, day):
            self._fault(row, "currency", "currency_without_rate", code, code=code)
        elif not dry:
            values["pricelist_id"] = self.references.pricelist(currency_id, code)

    def _has_rate(self, currency_id, day):
        currency = self.env["res.currency"].browse(currency_id)
        return self.references._remember(
            ("rate", currency_id, day),
            lambda: currency._has_tour_rate(self.env.company, day),
        )

    def _refer_manager(self, row, dry):
        values = row.values
        values["user_id"] = self.env.uid
        if not values["manager"]:
            return
        try:
            values["user_id"] = self.references.manager(values["manager"])
        except Unresolved as problem:
            self._fault(row, "manager", problem.rule, values["manager"])

    # === What a booking is made of === #

    def _prepare_vals(self, row):
        """Values of the booking, its service, its guests and its history."""
        values = row.values
        state = values["state"]
        booked_on = _noon(values["booked_on"]) or fields.Datetime.now()
        order = {
            "partner_id": values["client_id"],
            "user_id": values["user_id"],
            "booking_state": state,
            "state": ORDER_STATES[state][0],
            "date_order": booked_on,
            "client_order_ref": values["client_reference"],
            "internal_note": values["note"],
            "pricelist_id": values["pricelist_id"],
        }
        if values["number"]:
            order["name"] = values["number"]
        if state == "cancelled_penalty":
            order |= self._prepare_penalty_vals(values)
        return {
            "order": filled(order),
            "line": self._prepare_line_vals(values),
            "guests": self._prepare_guest_vals(values),
            "events": self._prepare_event_vals(row, state, booked_on),
        }

    def _prepare_penalty_vals(self, values):
        """A penalty of the hotel's, before arrival or not by the date of the status."""
        day = values["status_date"]
        during = bool(day) and day >= values["date_from"]
        return {
            "penalty_from": "hotel",
            "penalty_when": "during" if during else "before",
            "penalty_amount": float(values["penalty"] or 0),
        }

    def _prepare_line_vals(self, values):
        kind = "other" if values["day_use"] else "accommodation"
        service_type = self._get_service_type(kind)
        line = {
            "service_type_id": service_type.id,
            "product_id": service_type.product_id.id,
            "hotel_id": values["hotel_id"],
            "room_id": values["room_id"],
            "rate_id": values["rate_id"],
            "meal": values["meal"],
            "rooms": values["rooms"],
            "date_from": values["date_from"],
            "date_to": values["date_to"],
            "hour_from": values["hour_from"],
            "hour_to": values["hour_to"],
        }
        if values["day_use"]:
            # The hotel's hours are those of stays, and the file tells none.
            line |= {"hour_from": 0.0, "hour_to": 0.0}
            line |= {"early_arrival": False, "late_departure": False}
            line["service_text"] = ", ".join(
                filter(
                    None,
                    (self.env._("Day use"), values["hotel"], values["room"]),
                )
            )
        for name, source in (
            ("price_unit", "price"),
            ("supplier_price_total", "supplier_total"),
            ("commission_percent", "commission_percent"),
        ):
            if values[source] is not None:
                line[name] = float(values[source])
        return filled(line)

    def _get_service_type(self, kind):
        def find():
            types = self.env["tour.service.type"]
            return types.search([("kind", "=", kind)], limit=1)

        found = self.references._remember(("type", kind), find)
        if not found:
            raise ValueError(f"There is no service type of the kind {kind!r}.")
        return found

    def _prepare_guest_vals(self, values):
        return [
            {
                "sequence": 10 * number,
                "last_name": guest["last_name"],
                "first_name": guest["first_name"] or False,
                "middle_name": guest["middle_name"] or False,
                "guest_type": guest["guest_type"],
                "age": guest["age"] or 0,
                "nationality_id": values["nationality_id"] or False,
            }
            for number, guest in enumerate(values["guests"], 1)
        ]

    def _prepare_event_vals(self, row, state, booked_on):
        """One event: when the booking came into the state it is in."""
        if state == "new":
            return []
        comment = self.env._(
            "Imported: %(file)s, row %(row)s.",
            file=self.record.name,
            row=row.number,
        )
        return [
            {
                "from_state": "new",
                "to_state": state,
                "user_id": self.env.uid,
                "date": _noon(row.values["status_date"]) or booked_on,
                "comment": comment,
            }
        ]


def _noon(day):
    return datetime.combine(day, NOON) if day else None
