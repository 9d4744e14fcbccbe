"""Making bookings that ended long ago, thousands at a time.

What is the same for many bookings (client, status, manager, kind of service …) is
their *shape*: the first booking of each shape is made by the ORM, the others are
copies of it with their own dates, services, prices and names (see ``bulk``). The
values of a service come from the very method that ``tour_booking`` prepares any new
service with.
"""

from odoo.fields import Command

from odoo.addons.tour_booking.booking_states import MOVER
from odoo.addons.tour_hotel.hotel_rules import search_text

from ..bulk import Prototypes, settle

ORDER_VARYING = (
    *("name", "date_order", "client_order_ref", "internal_note", "penalty_amount"),
    *("amount_untaxed", "amount_tax", "amount_total", "service_costs"),
    *("service_date_from", "service_date_to", "service_summary", "search_text"),
    *("has_accommodation", "has_transfer", "has_other_service", "statistic_nights"),
)
# These follow from the status and the penalty alone, which make the shape; the ORM
# thinks they may follow from the nights too.
ORDER_ALIKE = ("has_penalty", "counts_in_turnover", "counts_in_hotel_statistics")
LINE_VARYING = (
    *("order_id", "name", "service_text", "hotel_id", "city_id", "room_id", "rate_id"),
    *("meal", "rooms", "date_from", "date_to", "nights", "hour_from", "hour_to"),
    *("early_arrival", "late_departure", "supplier_id", "settlement"),
    *("price_unit", "price_subtotal", "price_tax", "price_total"),
    *("price_reduce_taxexcl", "price_reduce_taxinc", "supplier_price_night"),
    *("supplier_price_total", "commission_percent", "commission_amount"),
    *("supplier_due", "service_margin", "client_discount_percent"),
    *("client_discount_amount", "price_steps", "overwritten_fields"),
)
# Given for each copy, but in a table of their own.
LINE_ALIKE = ("tax_ids",)
GUEST_VARYING = (
    *("line_id", "order_id", "sequence", "last_name", "first_name", "middle_name"),
    *("full_name", "guest_type", "age", "nationality_id"),
)
EVENT_VARYING = ("order_id", "date", "comment")
MAX_SHAPES = 20_000


class BookingWriter:
    """Makes bookings of one company; see the module."""

    def __init__(self, env):
        # The mover's own sentinel: these bookings begin where they ended. It is an
        # object of this process, no caller over RPC can hand it in.
        self.env = env(
            context=dict(env.context, tour_booking_mover=MOVER, tour_import_quiet=MOVER)
        )
        self.orders = Prototypes(
            self.env, "sale.order", ORDER_VARYING, alike=ORDER_ALIKE
        )
        self.lines = Prototypes(
            self.env, "sale.order.line", LINE_VARYING, ["order_id"], LINE_ALIKE
        )
        self.guests = Prototypes(
            self.env, "tour.guest", GUEST_VARYING, ["line_id", "order_id"]
        )
        # Sudo: nobody has the right to write history himself, see `tour.booking.event`.
        sudo_env = self.env(su=True)
        self.events = Prototypes(sudo_env, "tour.booking.event", EVENT_VARYING)
        self.reset()

    def reset(self):
        """Forget the prototypes: they may have been undone."""
        self.shapes = {}
        self._guest_line_ids = []

    def close(self):
        """Drop what was kept aside."""
        for prototypes in (self.orders, self.lines, self.guests, self.events):
            prototypes.drop()
        self.reset()

    def make(self, bookings):
        """Make bookings, and return them in the order given.

        :param list bookings: for each a dict of ``order``, ``line``, ``guests`` and
            ``events``: values as for ``create``
        """
        if len(self.shapes) > MAX_SHAPES:
            self.close()
        by_shape = {}
        for booking in bookings:
            by_shape.setdefault(self._get_shape(booking), []).append(booking)
        new = {
            shape: group[0]
            for shape, group in by_shape.items()
            if shape not in self.shapes
        }
        # Numbers go by the order of the file, however the bookings are made.
        self._number(bookings)
        made = self._create_prototypes(new)
        copies = []
        for shape, group in by_shape.items():
            copies += [
                (self.shapes[shape], booking)
                for booking in (group[1:] if shape in new else group)
            ]
        made.update(self._copy(copies))
        return self.env["sale.order"].browse(made[id(booking)] for booking in bookings)

    def make_by_orm(self, bookings):
        """Make all bookings by the ORM: what ``make`` is measured by."""
        self._number(bookings)
        orders = self.env["sale.order"].create(
            [self._prepare_orm_vals(booking) for booking in bookings]
        )
        self.env["tour.booking.event"].sudo().create(
            [
                {**event, "order_id": order.id}
                for order, booking in zip(orders, bookings, strict=True)
                for event in booking["events"]
            ]
        )
        return orders

    # === Shapes === #

    def _get_shape(self, booking):
        """What a booking must have in common with another to be a copy of it."""
        order, line = booking["order"], booking["line"]
        return (
            frozenset(i for i in order.items() if i[0] not in ORDER_VARYING),
            frozenset(i for i in line.items() if i[0] not in LINE_VARYING),
            bool(booking["guests"]),
            tuple(
                frozenset(i for i in event.items() if i[0] not in EVENT_VARYING)
                for event in booking["events"]
            ),
        )

    def _number(self, bookings):
        free = [b["order"] for b in bookings if not b["order"].get("name")]
        names = self.env["sale.order"]._next_booking_names(self.env.company, len(free))
        for order, name in zip(free, names, strict=True):
            order["name"] = name

    # === Prototypes === #

    def _create_prototypes(self, new):
        if not new:
            return {}
        orders = self.make_by_orm(list(new.values()))
        self.env.flush_all()
        lines = orders.order_line
        self.orders.keep(orders)
        self.lines.keep(lines)
        guests = self.env["tour.guest"].concat(*(line.guest_ids[:1] for line in lines))
        if guests:
            self.guests.keep(guests)
        events = orders.sudo().status_event_ids
        if events:
            self.events.keep(events)
        made = {}
        for (shape, booking), order in zip(new.items(), orders, strict=True):
            line = order.order_line
            self.shapes[shape] = {
                "order": order.id,
                "line": line.id,
                "guest": line.guest_ids[:1].id,
                "events": order.sudo().status_event_ids.sorted("id").ids,
                "currency": order.currency_id,
                "client": order.client_name,
                "counted": order.state == "sale" and not order.penalty_from,
            }
            made[id(booking)] = order.id
        return made

    def _prepare_orm_vals(self, booking):
        guests = [Command.create(dict(guest)) for guest in booking["guests"]]
        line = {**booking["line"], "guest_ids": guests}
        return {
            **booking["order"],
            "is_tour_booking": True,
            "order_line": [Command.create(line)],
        }

    # === Copies === #

    def _copy(self, copies):
        """Copy prototypes; {id of the booking's dict: id of the order}."""
        if not copies:
            return {}
        lines, services = self._prepare_lines(copies)
        orders = self._copy_orders(copies, lines, services)
        order_lines = self._copy_lines(copies, lines, orders)
        guests = self._copy_guests(copies, orders, order_lines)
        events = self._copy_events(copies, orders)
        self._fill_caches(orders, order_lines, guests)
        settle(
            [
                (self.orders, orders),
                (self.lines, order_lines),
                (self.guests, guests),
            ]
        )
        events.invalidate_model()
        return {
            id(booking): order_id
            for (_shape, booking), order_id in zip(copies, orders.ids, strict=True)
        }

    def _fill_caches(self, orders, lines, guests):
        """Tell the ORM which lines and guests belong together, as `create` does: to
        ask the database costs more than all the rest."""
        by_line = {line_id: [] for line_id in lines.ids}
        for guest_id, line_id in zip(guests.ids, self._guest_line_ids, strict=True):
            by_line[line_id].append(guest_id)
        for order, line in zip(orders, lines, strict=True):
            order._fields["order_line"]._update_cache(order, (line.id,))
            line._fields["guest_ids"]._update_cache(line, tuple(by_line[line.id]))

    def _prepare_lines(self, copies):
        """Values of the services, as `tour_booking` prepares them for any new one."""
        lines = [
            {
                "rooms": 1,
                **booking["line"],
                "order_id": shape["order"],
                "guest_ids": [Command.create({}) for _guest in booking["guests"]],
            }
            for shape, booking in copies
        ]
        services = self.env["sale.order.line"]._add_service_values(lines)
        return lines, services

    def _copy_orders(self, copies, lines, services):
        convert = self._by_currency(self.orders)
        return self.orders.make_copies(
            [
                (
                    shape["order"],
                    convert(shape, self._prepare_order(shape, booking, line, service)),
                )
                for (shape, booking), line, service in zip(
                    copies, lines, services, strict=True
                )
            ]
        )

    def _prepare_order(self, shape, booking, line, service):
        """Values of a copy, with what follows from its one service and its guests."""
        order = booking["order"]
        words = (
            *(order["name"], order.get("client_order_ref"), shape["client"]),
            *(_get_full_name(guest) for guest in booking["guests"]),
            *(service.hotel.name, service.hotel.city_id.name),
        )
        is_stay = service.kind == "accommodation"
        counted = is_stay and shape["counted"]
        return {
            **order,
            "amount_untaxed": line["price_subtotal"],
            "amount_tax": line["price_tax"],
            "amount_total": line["price_total"],
            "service_costs": line["client_discount_amount"],
            "service_date_from": line["date_from"],
            "service_date_to": line["date_to"] or line["date_from"],
            "service_summary": service.short_name,
            "search_text": search_text(*words),
            "has_accommodation": is_stay,
            "has_transfer": service.kind == "transfer",
            "has_other_service": service.kind == "other",
            "statistic_nights": line["nights"] * line["rooms"] if counted else 0,
        }

    def _copy_lines(self, copies, lines, orders):
        convert = self._by_currency(self.lines)
        return self.lines.make_copies(
            [
                (shape["line"], convert(shape, {**line, "order_id": order_id}))
                for (shape, _booking), line, order_id in zip(
                    copies, lines, orders.ids, strict=True
                )
            ],
            {"tax_ids": [_get_tax_ids(line) for line in lines]},
        )

    def _by_currency(self, prototypes):
        """A converter of values that rounds each to the currency of its shape."""
        converters = {}

        def convert(shape, values):
            currency = shape["currency"]
            if currency.id not in converters:
                converters[currency.id] = prototypes.make_converter(currency)
            return converters[currency.id](values)

        return convert

    def _copy_guests(self, copies, orders, lines):
        convert = self.guests.make_converter(None)
        rows = []
        self._guest_line_ids = []
        for (shape, booking), order_id, line_id in zip(
            copies, orders.ids, lines.ids, strict=True
        ):
            for guest in booking["guests"]:
                values = {
                    **guest,
                    "line_id": line_id,
                    "order_id": order_id,
                    "full_name": _get_full_name(guest),
                }
                rows.append((shape["guest"], convert(values)))
                self._guest_line_ids.append(line_id)
        return self.guests.make_copies(rows)

    def _copy_events(self, copies, orders):
        convert = self.events.make_converter(None)
        rows = [
            (event_id, convert({**event, "order_id": order_id}))
            for (shape, booking), order_id in zip(copies, orders.ids, strict=True)
            for event_id, event in zip(shape["events"], booking["events"], strict=True)
        ]
        return self.events.make_copies(rows)


def _get_full_name(guest):
    names = (guest["last_name"], guest["first_name"], guest["middle_name"])
    return " ".join(filter(None, names))


def _get_tax_ids(line):
    """Ids of the one command ``set`` that services are prepared with."""
    [(_command, _zero, tax_ids)] = line["tax_ids"]
    return tax_ids
