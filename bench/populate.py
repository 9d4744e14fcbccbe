"""Fill a database by SQL: clients, hotels, bookings, guests, bills.

The same numbers make the same data. Rows are copies of the samples that Odoo made
(see `seeds`), with the columns named here replaced; of columns that a database does
not have (plain Odoo knows no hotels) nothing is said. What both databases have is the
same in both.
"""

from pathlib import Path

from setup import paths

from . import populate_changes, words
from . import populate_sql as sql

YEARS = 3


def key(size):
    """A hash of all that the data are made of."""
    return paths.digest(Path(__file__).parent / "words.py", *_SOURCES, str(size))


def fill(cr, size, ids):
    """Fill the database that ``cr`` is of.

    :param Size size: how much
    :param dict ids: the samples, as `seeds.make` names them
    """
    filler = _Filler(cr, size, ids)
    filler.prepare()
    filler.clients()
    if filler.has_suite:
        filler.hotels()
    filler.plan()
    filler.orders()
    filler.lines()
    if filler.has_suite:
        filler.guests()
        filler.events()
        filler.bills()
        populate_changes.fill(cr)
    filler.finish()


class _Filler:
    def __init__(self, cr, size, ids):
        self.cr = cr
        self.size = size
        self.ids = ids
        self.has_suite = "hotel" in ids
        self.first = {}

    def run(self, statement):
        self.cr.execute(statement)

    def prepare(self):
        """Functions that pick, and tables that other steps start from."""
        self.run(
            f"""
            CREATE FUNCTION pg_temp.r(i bigint, salt int) RETURNS float8
                LANGUAGE SQL IMMUTABLE AS $$
                SELECT (hashint8extended(i, {self.size.seed} * 1000 + salt)
                        & 1048575) / 1048576.0 $$;
            CREATE FUNCTION pg_temp.n(i bigint, salt int, count int) RETURNS int
                LANGUAGE SQL IMMUTABLE AS $$
                SELECT floor(pg_temp.r(i, salt) * count)::int $$;
            CREATE FUNCTION pg_temp.pick(words text[], i bigint, salt int) RETURNS text
                LANGUAGE SQL IMMUTABLE AS $$
                SELECT words[1 + pg_temp.n(i, salt, cardinality(words))] $$
            """
        )

    def copy(self, table, sample, source, start=None, **columns):
        """Insert a copy of the sample for each row of ``source``.

        :param start: name under which the first id is remembered; rows of ``source``
            have a number ``i`` from 1 on
        :param columns: what is not copied, as SQL over ``source``
        """
        self.cr.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = %s AND table_schema = 'public'",
            [table],
        )
        names = [name for (name,) in self.cr.fetchall()]
        if "id" in names:
            self.cr.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
            first = self.cr.fetchone()[0]
            columns.setdefault("id", f"{first} + i")
            if start:
                self.first[start] = first
        ours = {name: value for name, value in columns.items() if name in names}
        # In a query of their own, so that they never read the sample's columns.
        made = ", ".join(f'{value} AS "{name}"' for name, value in ours.items())
        values = [f'{"made" if n in ours else "sample"}."{n}"' for n in names]
        quoted = ", ".join(f'"{name}"' for name in names)
        self.cr.execute(
            f"INSERT INTO {table} ({quoted}) SELECT {', '.join(values)}"
            f" FROM (SELECT {made} FROM ({source}) AS source) AS made,"
            f" {table} AS sample WHERE sample.id = {sample}"
        )
        if "id" in names:
            self.cr.execute(
                f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))"
            )

    def clients(self):
        name = (
            f"pg_temp.pick({_array(words.COMPANY_WORDS)}, i, 1) || ' ' ||"
            f" pg_temp.pick({_array(words.COMPANY_NOUNS)}, i, 2) || ' ' || i"
        )
        mail = "'office' || i || '@client.example'"
        partners = {
            "name": name,
            "complete_name": name,
            "email": mail,
            "email_normalized": mail,
            "vat": "(7700000000 + i)::text",
            "ref": "'C' || i",
        }
        if self.has_suite:
            self.copy(
                "tour_company_group",
                self.ids["group"],
                "SELECT generate_series(1, 30) AS i",
                "groups",
                name="'Group ' || i",
            )
            groups = self.first["groups"]
            partners |= {
                "company_group_id": f"CASE WHEN i % 10 < 3 THEN {groups} + 1 + i % 30"
                " END",
                "tour_client_agent": "i % 2 = 0",
                "tour_client_corporate": "i % 2 = 1",
                "tour_less_discount": "i % 6 = 0",
            }
        self.partners("clients", "partner", self.size.clients, partners)
        if self.has_suite:
            name = f"'ООО ' || pg_temp.pick({_array(words.HOTEL_WORDS)}, i, 3) || i"
            suppliers = {"name": name, "complete_name": name, "ref": "'S' || i"}
            self.partners("suppliers", "supplier", self.size.suppliers, suppliers)

    def partners(self, start, sample, count, columns):
        self.copy(
            "res_partner",
            self.ids[sample],
            f"SELECT generate_series(1, {count}) AS i",
            start,
            **columns,
        )
        self.run(
            "UPDATE res_partner SET commercial_partner_id = id"
            f" WHERE id > {self.first[start]}"
        )

    def hotels(self):
        cities = words.CITIES
        self.copy(
            "tour_city",
            self.ids["city"],
            f"SELECT generate_series(1, {len(cities)}) AS i",
            "cities",
            name=f"({_array(cities)})[i]",
        )
        name = (
            f"pg_temp.pick({_array(words.HOTEL_WORDS)}, i, 4) || ' ' ||"
            f" pg_temp.pick({_array(words.HOTEL_NOUNS)}, i, 5) || ' ' || i"
        )
        city = f"pg_temp.pick({_array(cities)}, i, 6)"
        self.copy(
            "tour_hotel",
            self.ids["hotel"],
            f"SELECT generate_series(1, {self.size.hotels}) AS i",
            "hotels",
            name=name,
            synonyms="'Hotel' || i",
            city_id=f"{self.first['cities']} + 1 + pg_temp.n(i, 6, {len(cities)})",
            city_name=city,
            street=f"pg_temp.pick({_array(words.LAST_NAMES)}, i, 7)"
            " || 'ская, ' || i % 99",
            stars="(i % 6)::text",
            supplier_id=f"{self.first['suppliers']} + 1 + i % {self.size.suppliers}",
            search_text=_words(f"{name} || ' hotel' || i || ' ' || {city}"),
        )
        series = f"SELECT generate_series(1, {self.size.booked_hotels}) AS i"
        self.copy(
            "tour_room",
            self.ids["room"],
            series,
            "rooms",
            hotel_id=f"{self.first['hotels']} + i",
        )
        self.copy(
            "tour_rate",
            self.ids["rate"],
            series,
            "rates",
            hotel_id=f"{self.first['hotels']} + i",
            room_id=f"{self.first['rooms']} + i",
        )

    def plan(self):
        """What is booked, by whom and when, in tables that end with the session."""
        self.run(
            sql.PLAN.format(
                bookings=self.size.bookings,
                clients=self.size.clients,
                hotels=self.size.booked_hotels,
                years=YEARS,
                states=sql.STATES.format(orders=self.size.bookings),
                cities=_array(words.CITIES),
            )
        )
        if self.has_suite:
            self._plan_guests()

    def _plan_guests(self):
        last, first, middle = (
            f"pg_temp.pick({_array(names)}, n * 4 + guest, {salt})"
            for names, salt in (
                (words.LAST_NAMES, 30),
                (words.FIRST_NAMES, 31),
                (words.MIDDLE_NAMES, 32),
            )
        )
        self.run(
            f"""
            CREATE TEMP TABLE guests AS
            SELECT row_number() OVER (ORDER BY n, guest) AS g, n, services.i, guest,
                   {last} AS last_name, {first} AS first_name, {middle} AS middle_name
              FROM services,
                   generate_series(1, 1 + (pg_temp.r(n, 33) < 0.6)::int
                                        + (pg_temp.r(n, 34) < 0.15)::int) AS guest
             WHERE kind = 'accommodation';
            ANALYZE guests
            """
        )

    def orders(self):
        managers = f"({_array(self.ids['managers'], 'int')})[1 + manager]"
        client = f"{self.first['clients']} + client"
        columns = {
            "name": "'T' || lpad(i::text, 7, '0')",
            "partner_id": client,
            "partner_invoice_id": client,
            "partner_shipping_id": client,
            "user_id": managers,
            "create_date": "created",
            "date_order": "created",
            "write_date": "least(created + interval '20 days' * pg_temp.r(i, 40),"
            " NOW() AT TIME ZONE 'UTC')",
            "client_order_ref": "CASE WHEN i % 4 = 0 THEN 'REF-' || i END",
            "state": sql.ORDER_STATE,
            "amount_untaxed": "amount",
            "amount_tax": "0",
            "amount_total": "amount",
            "access_token": "NULL::varchar",
        }
        source = """
            SELECT plan.*, amount
              FROM plan
              JOIN (SELECT i, sum(price) AS amount FROM services GROUP BY i) AS sums
             USING (i)
        """
        if self.has_suite:
            columns |= {"portal_client_id": client} | self._booking_columns()
            source = sql.BOOKINGS.format(
                clients=self.first["clients"],
                hotels=self.first["hotels"],
            )
        self.copy("sale_order", self.ids["order"], source, "orders", **columns)
        first = self.first["orders"]
        tags = _array(self.ids["tags"], "int")
        self.run(
            f"INSERT INTO sale_order_tag_rel (order_id, tag_id)"
            f" SELECT {first} + i, ({tags})[1 + i % 5] FROM plan WHERE i % 10 = 0"
        )

    def _booking_columns(self):
        return {
            "is_tour_booking": "TRUE",
            "booking_state": "booking_state",
            "client_name": "client_name",
            "manager_name": "'Manager ' || lpad(manager::text, 2, '0')",
            "company_group_id": "company_group_id",
            "service_summary": "summary",
            "service_date_from": "first_day",
            "service_date_to": "last_day",
            "has_accommodation": "has_accommodation",
            "has_transfer": "has_transfer",
            "has_other_service": "has_other",
            "search_text": _words("'T' || lpad(i::text, 7, '0') || ' ' || texts"),
            "invoices_paid": "booking_state IN ('done', 'archive') AND r < 0.9",
            "service_costs": "round((amount * 0.05)::numeric, 2)",
            "refund_amount": "CASE WHEN i % 50 = 0 THEN 1000 ELSE 0 END",
            "refund_state": "CASE WHEN i % 50 = 0 THEN"
            " (ARRAY['asked', 'in_progress', 'done'])[1 + i % 3] END",
            "client_unread_count": "(i % 400 = 0)::int",
            "has_supplier_bill": f"i <= {self.size.bills}",
            "payment_order_state": "'none'",
            "lacks_supplier": "lacks_supplier",
            "created_by_client": "i % 7 = 0",
            "rating_last_value": "CASE WHEN i % 9 = 0 THEN 1 + i % 5 ELSE 0 END",
            **self._report_columns(),
            **self._desk_columns(),
        }

    def _report_columns(self):
        """What reports count: sold or not, and penalties of each kind."""
        penalty = "booking_state = 'cancelled_penalty'"
        during = "i % 4 = 1"
        return {
            "has_penalty": penalty,
            "penalty_from": f"CASE WHEN {penalty} THEN"
            " CASE WHEN i % 4 = 3 THEN 'us' ELSE 'hotel' END END",
            "penalty_when": f"CASE WHEN {penalty} THEN"
            f" CASE WHEN {during} THEN 'during' ELSE 'before' END END",
            "penalty_amount": f"CASE WHEN {penalty} THEN round(amount * 0.3) END",
            "nights_stayed": f"CASE WHEN {penalty} AND {during} THEN 1 ELSE 0 END",
            "is_reposting": "booking_state = 'reposting'",
            "counts_in_turnover": f"{sql.ORDER_STATE} = 'sale'",
            "counts_in_hotel_statistics": f"{sql.ORDER_STATE} = 'sale'"
            f" AND NOT ({penalty} AND i % 4 = 3)",
            "statistic_nights": f"CASE WHEN {sql.ORDER_STATE} <> 'sale' THEN 0"
            f" WHEN {penalty} THEN CASE WHEN {during} THEN 1 ELSE 0 END"
            " WHEN has_accommodation THEN last_day - first_day ELSE 0 END",
        }

    def _desk_columns(self):
        """What 'Today' and the profit read."""
        return {
            "booking_state_since": "created::date",
            "client_waiting_since": "CASE WHEN i % 400 = 0 THEN created::date END",
            "lacks_guests": "i % 12 = 0",
            "needs_client_confirmation": "booking_state = 'changed'",
            "option_until": "CASE WHEN i % 30 = 0 THEN first_day - 10 END",
            "planned_income": "amount",
            "planned_cost": "round((amount * 0.9)::numeric, 2)",
            "planned_due": "amount",
            "planned_profit": "round((amount * (0.1 - (i % 40 = 0)::int * 0.2))"
            "::numeric, 2)",
            "planned_margin": "10 - (i % 40 = 0)::int * 20",
            "is_loss": "i % 40 = 0",
            "lacks_cost": "i % 70 = 0",
        }

    def lines(self):
        order = f"{self.first['orders']} + i"
        columns = {
            "order_id": order,
            "order_partner_id": f"{self.first['clients']} + client",
            "sequence": "10 * seq",
            "price_unit": "price",
            "price_subtotal": "price",
            "price_total": "price",
            "price_reduce_taxexcl": "price",
            "price_reduce_taxinc": "price",
            "name": "kind || ' ' || n",
        }
        if not self.has_suite:
            products = f"({_array(self.ids['products'], 'int')})"
            columns["product_id"] = f"{products}[1 + n % 3]"
            source = "SELECT services.*, n AS i_line FROM services"
            columns["id"] = self._id_of("sale_order_line", "lines", "n")
            self.copy("sale_order_line", self.ids["line"], source, **columns)
            return
        self._service_lines(columns)

    def _service_lines(self, columns):
        columns["id"] = self._id_of("sale_order_line", "lines", "n")
        columns |= {
            "date_from": "first_day",
            "date_to": "last_day",
            "nights": "last_day - first_day",
            # Every second client is an agent, who keeps some of the price.
            "client_discount_percent": "CASE WHEN client % 2 = 0 THEN 7 ELSE 0 END",
            "client_discount_amount": "CASE WHEN client % 2 = 0"
            " THEN round(price * 0.07, 2) ELSE 0 END",
        }
        hotels = self.first["hotels"]
        stay = columns | {
            "hotel_id": f"{hotels} + hotel",
            "room_id": f"{self.first['rooms']} + hotel",
            "rate_id": f"{self.first['rates']} + hotel",
            "city_id": f"(SELECT city_id FROM tour_hotel WHERE id = {hotels} + hotel)",
            "supplier_id": "(SELECT supplier_id FROM tour_hotel"
            f" WHERE id = {hotels} + hotel)",
            "supplier_price_total": "price",
            "supplier_due": "price",
            "commission_percent": "10",
            "commission_amount": "round(price * 0.1, 2)",
            "free_until": "first_day - interval '6 hours'",
            "free_until_day": "first_day - 1",
        }
        source = "SELECT * FROM services WHERE kind {}"
        self.copy(
            "sale_order_line",
            self.ids["line"],
            source.format("= 'accommodation'"),
            **stay,
        )
        types, products = self.ids["types"], self.ids["type_products"]
        supplier = f"{self.first['suppliers']} + 1 + n % {self.size.suppliers}"
        other = columns | {
            "service_kind": "kind",
            "service_type_id": f"CASE kind WHEN 'transfer' THEN {types['transfer']}"
            f" ELSE {types['other']} END",
            "product_id": f"CASE kind WHEN 'transfer' THEN {products['transfer']}"
            f" ELSE {products['other']} END",
            "route": "CASE kind WHEN 'transfer' THEN route END",
            "service_text": "CASE kind WHEN 'other' THEN 'Visa support' END",
            "supplier_id": f"CASE WHEN n % 20 > 0 THEN {supplier} END",
        }
        self.copy(
            "sale_order_line",
            self.ids["transfer"],
            source.format("<> 'accommodation'"),
            **other,
        )

    def _id_of(self, table, start, number):
        if start not in self.first:
            self.cr.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
            self.first[start] = self.cr.fetchone()[0]
        return f"{self.first[start]} + {number}"

    def guests(self):
        self.copy(
            "tour_guest",
            self.ids["guest"],
            "SELECT guests.*, g AS i_guest FROM guests",
            id=self._id_of("tour_guest", "guests", "g"),
            line_id=f"{self.first['lines']} + n",
            order_id=f"{self.first['orders']} + i",
            sequence="10 * guest",
            last_name="last_name",
            first_name="first_name",
            middle_name="middle_name",
            full_name="last_name || ' ' || first_name || ' ' || middle_name",
            company_group_id="NULL::int",
        )

    def events(self):
        """A history of two moves for each booking."""
        columns = {
            "order_id": f"{self.first['orders']} + i",
            "date": "created + interval '1 hour' * step",
        }
        for step, (start, end) in enumerate(
            (("'new'", "'accepted'"), ("'accepted'",) * 2)
        ):
            self.copy(
                "tour_booking_event",
                self.ids["event"],
                f"SELECT plan.*, {step} AS step FROM plan WHERE booking_state <> 'new'",
                from_state=start,
                to_state=end if step == 0 else "booking_state",
                id=self._id_of("tour_booking_event", f"events{step}", "i"),
                **columns,
            )

    def bills(self):
        self.copy(
            "account_move",
            self.ids["bill"],
            f"SELECT generate_series(1, {self.size.bills}) AS i",
            "bills",
            ref="'A-' || i",
            name="'BILL/' || lpad(i::text, 7, '0')",
            partner_id=f"{self.first['suppliers']} + 1 + i % {self.size.suppliers}",
        )
        self.run(
            "INSERT INTO tour_order_bill_rel (order_id, move_id)"
            f" SELECT {self.first['orders']} + i, {self.first['bills']} + i"
            f" FROM generate_series(1, {self.size.bills}) AS i"
        )

    def finish(self):
        self.run("VACUUM ANALYZE")


def _words(text):
    """What `tour_hotel.hotel_rules.search_text` makes of a text, near enough."""
    return f"translate(unaccent(lower({text})), 'ёй', 'еи')"


def _array(values, kind="text"):
    """An array literal of words or numbers."""
    items = ", ".join(f"'{v}'" if kind == "text" else str(v) for v in values)
    return f"ARRAY[{items}]::{kind}[]"


_SOURCES = [
    Path(__file__).parent / f"{name}.py"
    for name in ("populate", "populate_changes", "populate_sql", "seeds")
]
