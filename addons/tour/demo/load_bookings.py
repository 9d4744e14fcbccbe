"""Makes the bookings and takes them through their life by the mover."""

from collections import defaultdict
from datetime import datetime, time, timedelta

from odoo import fields
from odoo.fields import Command

from . import load_money, story_people
from . import story_bookings as story
from .story_bookings import Extra

# How long before the first day a booking is made, in days; the story goes round.
LEADS = (9, 6, 14, 4, 11, 7)
# Moves that come after the money: a booking is done when its invoice is paid.
AFTER_MONEY = {"done", "changed", "cancelled", "cancelled_penalty"}


def load(stage):
    return tell(stage, story.BOOKINGS)


def tell(stage, rows, start=0):
    """Make bookings and all that happened to them.

    :param rows: as those of `story_bookings.BOOKINGS`
    :param int start: number of the first
    :return: the makers of the bookings, in the order of the rows
    """
    makers = [
        BookingMaker(stage, number, *row) for number, row in enumerate(rows, start)
    ]
    for maker in makers:
        maker.make()
    _move(stage, makers, [maker.get_moves(before_money=True) for maker in makers])
    load_money.invoice(stage, makers)
    load_money.bill(stage, makers)
    _move(stage, makers, [maker.get_moves(before_money=False) for maker in makers])
    load_money.refund(stage, makers)
    _make_papers(stage, makers)
    stage.env.flush_all()
    for maker in makers:
        maker.set_dates()
    stage.env.invalidate_all()
    for maker in makers:
        maker.talk()
    return makers


def _move(stage, makers, paths):
    """Take each booking along its path; those of one user and status together."""
    for place in range(max(map(len, paths))):
        batches = defaultdict(list)
        for maker, path in zip(makers, paths, strict=True):
            if len(path) > place:
                state = path[place]
                batches[maker.get_mover(state), state, maker.is_russian].append(maker)
        for (login, state, is_russian), batch in batches.items():
            for maker in batch:
                maker.prepare_move(state)
            reason = story.REASONS.get(state)
            orders = get_orders(stage, batch, login)
            orders._move_to(state, reason and reason[is_russian])


def _make_papers(stage, makers):
    for extra, kinds in (
        (Extra.REQUEST, ["supplier_request"]),
        (Extra.PAPERS, ["voucher", "booking_sheet"]),
    ):
        wanted = [maker for maker in makers if extra in maker.extras]
        for login in {maker.manager for maker in wanted}:
            batch = [maker for maker in wanted if maker.manager == login]
            for kind in kinds:
                get_orders(stage, batch, login)._make_documents(kind)


def get_orders(stage, makers, login):
    """The bookings, as a user of the story sees them."""
    ids = [maker.order.id for maker in makers]
    return stage.as_user(login)["sale.order"].browse(ids)


class BookingMaker:
    """One booking of the story.

    :param number: its place in the story, from which what differs is taken
    """

    def __init__(
        self, stage, number, state, client, hotel, room, first, nights, guests, extras
    ):
        self.stage = stage
        self.number = number
        self.state = state
        self.client_key = client
        self.client = stage["client", client]
        self.hotel = stage["hotel", hotel]
        self.room = self.hotel.room_ids.sorted("sequence")[room]
        self.first = stage.day(first)
        self.last = stage.day(first + nights)
        self.guest_count = guests
        self.extras = extras
        self.is_russian = self.client.lang == "ru_RU"
        self.order = None

    # === Who === #

    @property
    def manager(self):
        """Login of who is responsible."""
        if Extra.SENIOR in self.extras:
            return "senior"
        return "manager_ru" if self.client.country_id.code == "RU" else "manager"

    @property
    def client_user(self):
        """The user of the client who ordered, if the story has one of this client."""
        owners = {
            login: curator
            for login, (_name, client, _lang, curator, _phone) in (
                story_people.CLIENT_USERS.items()
            )
            if client == self.client_key
        }
        wants_curator = Extra.CURATOR in self.extras
        logins = [
            login for login, curator in owners.items() if curator == wants_curator
        ]
        login = next(iter(logins or owners), None)
        return self.stage.get("user", login)

    def tell(self, texts):
        """The text in the language of the booking: (English, Russian)."""
        return texts[1] if self.is_russian else texts[0]

    # === Making === #

    def make(self):
        env = self.stage.as_user(self.manager)
        if Extra.UNASSIGNED in self.extras:
            env = self.stage.as_user("head")
        elif Extra.BY_CLIENT in self.extras:
            # In sudo, as the portal does it for him.
            env = self.stage.env(user=self.client_user.id, su=True)
        order = env["sale.order"].create(self._prepare_order())
        self.order = order.with_env(self.stage.env)

    def _prepare_order(self):
        vals = {
            "is_tour_booking": True,
            "partner_id": self.client.id,
            "date_order": self._get_created(),
            "client_order_ref": f"{self.client_key[:2].upper()}-{self.number + 101}",
            "order_line": [Command.create(line) for line in self._prepare_lines()],
        }
        if self.client_user:
            vals["client_user_id"] = self.client_user.id
        if Extra.BY_CLIENT not in self.extras:
            is_free = Extra.UNASSIGNED in self.extras
            user = self.stage["user", self.manager]
            vals["user_id"] = False if is_free else user.id
        if Extra.CONSIGNEE in self.extras:
            vals["consignee_id"] = self.client.consignee_ids[:1].id
        if Extra.NOTE in self.extras:
            vals["internal_note"] = self.tell(story.STAFF_NOTES)
        if self.hotel.currency_id.name == "EUR" and not self.is_russian:
            vals["pricelist_id"] = self.stage["pricelist", "euro"].id
        return vals

    def _get_created(self):
        """When the booking was made: some days before, and in the past."""
        lead = timedelta(days=LEADS[self.number % len(LEADS)])
        days = {"new": 0, "accepted": 1, "awaiting_client": 2}.get(self.state, 3)
        day = min(self.first - lead, self.stage.day(-days))
        moment = time(6 + self.number % 9, self.number * 7 % 60)
        return min(datetime.combine(day, moment), fields.Datetime.now())

    def _prepare_lines(self):
        lines = [self._prepare_stay()]
        first_guest = lines[0]["guest_ids"][:1]
        if Extra.TRANSFER in self.extras:
            lines.append(self._prepare_transfer(first_guest))
        if Extra.VISA in self.extras:
            lines.append(
                {
                    "service_type_id": self._get_type("other"),
                    "service_text": self.tell(story.VISA),
                    "date_from": self.first,
                    "supplier_price_total": 2500.0,
                    "price_unit": 4000.0,
                    "guest_ids": first_guest,
                }
            )
        return lines

    def _prepare_stay(self):
        is_net = Extra.NET in self.extras
        rates = self.room.rate_ids.filtered(lambda rate: rate.kind == "net")
        rate = is_net and rates or self.room.rate_ids
        vals = {
            "service_type_id": self._get_type("accommodation"),
            "hotel_id": self.hotel.id,
            "room_id": self.room.id,
            "rate_id": rate[:1].id,
            "rooms": -(-self.guest_count // self.room.capacity),
            "date_from": self.first,
            "date_to": self.last,
            "guest_ids": [Command.create(guest) for guest in self._prepare_guests()],
        }
        if Extra.EARLY in self.extras:
            vals["hour_from"] = 8.5
        if Extra.LATE in self.extras:
            vals["hour_to"] = 17.0
        if Extra.DISCOUNT in self.extras:
            vals["client_discount_percent"] = 5.0
        if Extra.TYPED in self.extras:
            vals["price_unit"] = 2 * rate[:1].rack_price * (self.last - self.first).days
        if Extra.NO_SUPPLIER in self.extras:
            vals["supplier_id"] = False
        return vals

    def _prepare_transfer(self, guests):
        city = self.hotel.city_id
        key = next(key for key in story.TRANSFERS if self.stage["city", key] == city)
        route, car_class, transport = story.TRANSFERS[key]
        return {
            "service_type_id": self._get_type("transfer"),
            "route": route,
            "car_class": car_class,
            "transport_number": transport,
            "date_from": self.first,
            "hour_from": 13.5,
            "hour_to": 13.5,
            "supplier_id": self._get_driver().id,
            "supplier_price_total": 30.0 if self._is_in_euro() else 2200.0,
            "price_unit": 42.0 if self._is_in_euro() else 3000.0,
            "guest_ids": guests,
        }

    def _get_driver(self):
        """Cars abroad come from an agent who is a supplier, too."""
        is_abroad = self.hotel.currency_id.name == "EUR"
        return (
            self.stage["client", "duna"]
            if is_abroad
            else self.stage["supplier", "cars"]
        )

    def _is_in_euro(self):
        return self.hotel.currency_id.name == "EUR" and not self.is_russian

    def _get_type(self, kind):
        return self.stage.env.ref(f"tour_booking.service_type_{kind}").id

    def _prepare_guests(self):
        names = story_people.GUESTS_RU if self.is_russian else story_people.GUESTS
        guests = []
        for place in range(self.guest_count):
            index = (self.number * 5 + place) % len(names)
            last, first, middle = names[index]
            guest = {
                "last_name": last,
                "first_name": first,
                "middle_name": middle,
                "document_number": f"00 00 {100000 + 7919 * (index + 1)}",
                "guest_properties": self._prepare_properties(index),
            }
            if Extra.CHILD in self.extras and place == self.guest_count - 1:
                guest |= {"guest_type": "child", "age": 9}
            guests.append(guest)
        return guests

    def _prepare_properties(self, index):
        properties = {}
        for field in self.client.company_group_id.guest_properties_definition or ():
            if field["type"] == "selection":
                choices = field["selection"]
                properties[field["name"]] = choices[index % len(choices)][0]
            else:
                properties[field["name"]] = f"{field['name'][:1].upper()}{1040 + index}"
        return properties

    # === Life === #

    def get_moves(self, before_money):
        """The part of the path before or after the money is in."""
        path = story.PATHS[self.state]
        if self.state == "cancelled" and Extra.PAID in self.extras:
            path = story.PATH_CANCELLED_LATE
        late = [place for place, state in enumerate(path) if state in AFTER_MONEY]
        place = min(late, default=len(path))
        return path[:place] if before_money else path[place:]

    def get_mover(self, state):
        """Login of who makes a move."""
        return "head" if state == "archive" else self.manager

    def prepare_move(self, state):
        """Enter what a move needs."""
        if state == "booked":
            self.order.order_line.write(
                {
                    "confirmation_number": f"HB-{47000 + 13 * self.number}",
                    "confirmed_on": min(self.stage.today, self.first),
                }
            )
        if state == "cancelled_penalty":
            self._enter_penalty()

    def _enter_penalty(self):
        stay = self.order.order_line[0]
        is_ours = Extra.PENALTY_US in self.extras
        self.order.write(
            {
                "penalty_from": "us" if is_ours else "hotel",
                "penalty_when": "before" if is_ours else "during",
                "penalty_amount": stay.price_total / max(stay.nights, 1),
                "nights_stayed": 0 if is_ours else 1,
            }
        )

    # === Afterwards === #

    def set_dates(self):
        """Spread the history over the days in which it would have happened."""
        start, now = self.order.date_order, fields.Datetime.now()
        events = self.order.status_event_ids.sorted("id")
        over = datetime.combine(self.last, time(15)) + timedelta(days=1)
        is_over = self.state in ("done", "reposting", "archive", "cancelled_penalty")
        end = min(over if is_over else start + timedelta(days=2), now)
        step = (end - start) / (len(events) + 1)
        for place, event in enumerate(events, 1):
            event.date = start + step * place
        self.stage.env.cr.execute(
            "UPDATE sale_order SET create_date = %s, write_date = %s WHERE id = %s",
            [start, end, self.order.id],
        )

    def talk(self):
        """What was said between the client and us, and how he rated us."""
        if self.extras & {Extra.UNREAD, Extra.TALK}:
            self._post(self._get_client_author(), story.CLIENT_SAYS)
        if Extra.TALK in self.extras:
            self._post(self.stage["user", self.manager].partner_id, story.STAFF_SAYS)
        if Extra.RATED in self.extras:
            self._rate(5)
        if Extra.RATED_LOW in self.extras:
            self._rate(2)

    def _get_client_author(self):
        return self.client_user.partner_id if self.client_user else self.client

    def _post(self, author, texts):
        user = author.user_ids[:1] or self.stage["user", "admin"]
        order = self.order.with_env(self.stage.env(user=user.id, su=True))
        order.message_post(
            body=self.tell(texts),
            author_id=author.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def _rate(self, stars):
        """As the client himself, who alone can; not all clients have a user."""
        if self.client_user:
            own = self.order.with_env(
                self.stage.env(user=self.client_user.id, su=False)
            )
            own._rate(stars, self.tell(story.FEEDBACK[stars]))
