"""What rows refer to by name: found once, made once where the import may."""

from odoo.fields import Domain

from ..engine.pipeline import natural_key

# Stands for a record that a dry run would have made.
NEW = -1
MAX_CACHED = 20_000


class Unresolved(Exception):
    """A reference that leads nowhere, or to several records."""

    def __init__(self, rule, **details):
        super().__init__(rule)
        self.rule = rule
        self.details = details


class References:
    """Finds, and where allowed makes, the records that rows name.

    Each is looked for by the key of an earlier import, then by its name.
    """

    def __init__(self, env, record):
        self.env = env
        self.record = record
        self.keys = env["tour.import.key"]
        self.reset()

    def reset(self):
        """Forget all: what was made may have been undone."""
        self._cache = {}

    def _remember(self, key, finder):
        if key in self._cache:
            found = self._cache[key]
        else:
            if len(self._cache) > MAX_CACHED:
                self._cache.clear()
            try:
                found = finder()
            except Unresolved as problem:
                found = problem
            self._cache[key] = found
        if isinstance(found, Unresolved):
            raise found
        return found

    # === Codes === #

    def country(self, code):
        """A country by its code of two letters."""
        if not code:
            return None
        return self._remember(
            ("country", code),
            lambda: self.env["res.country"].search([("code", "=", code)], limit=1).id,
        )

    def currency(self, code):
        """An active currency by its code."""
        if not code:
            return None

        def find():
            found = self.env["res.currency"].search([("name", "=", code.upper())])
            if not found:
                raise Unresolved("currency", code=code)
            return found.id

        return self._remember(("currency", code), find)

    def pricelist(self, currency_id, code):
        """A pricelist in a currency: that is what gives an order its currency."""

        def find():
            # Sudo: a pricelist without a price says nothing but the currency, and
            # importers look after bookings, not after pricelists.
            pricelists_sudo = self.env["product.pricelist"].sudo()
            company = self.env.company
            domain = [
                ("currency_id", "=", currency_id),
                ("company_id", "in", (False, company.id)),
                ("item_ids", "=", False),
            ]
            found = pricelists_sudo.search(domain, limit=1)
            values = {"name": code, "currency_id": currency_id, "sequence": 1000}
            return (found or pricelists_sudo.create(values)).id

        return self._remember(("pricelist", currency_id), find)

    def manager(self, login):
        """A member of the staff by login or e-mail."""

        def find():
            users = self.env["res.users"].search(
                [
                    ("share", "=", False),
                    *Domain("login", "=ilike", _literal(login))
                    | Domain("email", "=ilike", _literal(login)),
                ],
                limit=2,
            )
            if len(users) != 1:
                raise Unresolved("unknown_manager")
            return users.id

        return self._remember(("manager", login.lower()), find)

    # === Names === #

    def city(self, name, region, country, dry):
        """A city; ``country`` is a code."""
        key = natural_key(name, region, country)
        return self._remember(
            ("city", key, dry), lambda: self._find_city(name, region, country, key, dry)
        )

    def _find_city(self, name, region, country, key, dry):
        domain = []
        if country:
            domain.append(("country_id.code", "=", country))
        if region:
            domain.append(("region", "=ilike", _literal(region)))
        found = self._by_name("tour.city", key, name, domain)
        if found:
            return self._only(found, "many_cities", name)
        if not self.record.create_missing:
            raise Unresolved("unknown_city", name=name)
        values = {
            "name": name,
            "region": region,
            "country_id": self.country(country) or self._default_country(),
        }
        return self._make("tour.city", key, values, dry)

    def hotel(self, name, city, country, dry):
        """A hotel, of a city where the row names one."""
        key = natural_key(name, city)
        return self._remember(
            ("hotel", key, dry), lambda: self._find_hotel(name, city, country, key, dry)
        )

    def _find_hotel(self, name, city, country, key, dry):
        domain = [("city_id.name", "=ilike", _literal(city))] if city else []
        found = self._by_name("tour.hotel", key, name, domain)
        if found:
            return self._only(found, "many_hotels", name)
        if not self.record.create_missing or not city:
            raise Unresolved("unknown_hotel", name=name, city=city or "")
        city_id = self.city(city, None, country, dry)
        supplier = {"key": natural_key(name), "name": name, "kind": "supplier"}
        values = {
            "name": name,
            "city_id": city_id,
            "supplier_id": self.client(supplier, dry),
        }
        if self.record.currency_id:
            values["currency_id"] = self.record.currency_id.id
        return self._make("tour.hotel", key, values, dry)

    def room(self, hotel_id, name, dry):
        """A room category of a hotel."""
        if hotel_id == NEW:
            return NEW
        key = f"room:{hotel_id}|{' '.join(name.lower().split())}"
        return self._remember(
            (key, dry), lambda: self._find_room(hotel_id, name, key, dry)
        )

    def _find_room(self, hotel_id, name, key, dry):
        found = self._by_name("tour.room", key, name, [("hotel_id", "=", hotel_id)])
        if found:
            return found[0]
        if not self.record.create_missing:
            raise Unresolved("unknown_room", name=name)
        return self._make("tour.room", key, {"name": name, "hotel_id": hotel_id}, dry)

    def rate(self, room_id, name):
        """A rate of a room by name, or None: prices come from the row anyway."""
        if room_id in (None, NEW):
            return None
        return self._remember(
            ("rate", room_id, name.lower()),
            lambda: (
                self.env["tour.rate"]
                .search(
                    [("room_id", "=", room_id), ("name", "=ilike", _literal(name))],
                    limit=1,
                )
                .id
            ),
        )

    def client(self, wanted, dry):
        """A company by the key an import gave it, its tax id, or its name.

        :param dict wanted: key, name, kind (agent, corporate, supplier), vat
        """
        return self._remember(
            ("client", wanted["key"], wanted["kind"], dry),
            lambda: self._find_client(wanted, dry),
        )

    def _find_client(self, wanted, dry):
        table = self.env["res.partner"]
        known = self.keys._find("res.partner", [wanted["key"]]).get(wanted["key"])
        if known:
            return known
        found = table
        if wanted.get("vat"):
            vat = "".join(wanted["vat"].split())
            found = table.search(
                [("vat", "=", vat), ("parent_id", "=", False)], limit=2
            )
        if not found:
            found = table.search(
                [
                    ("name", "=ilike", _literal(wanted["name"])),
                    ("parent_id", "=", False),
                    ("is_company", "=", True),
                ],
                limit=2,
            )
        if found:
            return self._only(found.ids, "many_clients", wanted["name"])
        if not self.record.create_missing:
            raise Unresolved("unknown_client", name=wanted["name"])
        return self._make("res.partner", wanted["key"], company_vals(wanted), dry)

    # === Parts === #

    def _by_name(self, model, key, name, domain):
        known = self.keys._find(model, [key]).get(key)
        if known:
            return [known]
        name_domain = Domain("name", "=ilike", _literal(name))
        return self.env[model].search(name_domain & Domain(domain), limit=2).ids

    def _only(self, found, rule, name):
        if len(found) > 1:
            raise Unresolved(rule, name=name)
        return found[0]

    def _make(self, model, key, values, dry):
        if dry:
            return NEW
        record = self.env[model].create(values)
        self.keys._name_records(self.record.id, model, [(key, record.id, 0)])
        return record.id

    def _default_country(self):
        return (self.record.country_id or self.env.company.country_id).id


def company_vals(wanted):
    """Values of a company of a kind."""
    kind = wanted["kind"]
    return {
        "name": wanted["name"],
        "is_company": True,
        "vat": wanted.get("vat") or False,
        "tour_client_agent": kind == "agent",
        "tour_client_corporate": kind == "corporate",
        "tour_supplier": kind == "supplier",
    }


def _literal(text):
    """A pattern of ``=ilike`` that means the text itself."""
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, f"\\{sign}")
    return text
