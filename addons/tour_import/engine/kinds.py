"""What can be imported: kinds of rows, their fields, and the fields' names abroad.

Aliases are compared after :func:`mapping.normalise`, so ``arrival_date_year`` and
``Arrival date (year)`` are one.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """A field a column can be meant for.

    ``type`` names a converter; a field that is ``many`` can take several columns,
    which are joined.
    """

    name: str
    label: str
    type: str = "text"
    aliases: tuple = ()
    many: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rows. ``required``: of each group one field must be mapped."""

    name: str
    fields: tuple
    required: tuple

    def get(self, name):
        return next((field for field in self.fields if field.name == name), None)


def _field(name, label, *aliases, kind="text", many=False):
    return Field(name, label, kind, aliases, many)


KEY = _field(
    "external_key",
    "Number in the other system",
    *("external id", "id", "code", "key", "uid", "guid", "внешний код", "код", "ключ"),
)

CITY = Kind(
    "city",
    (
        KEY,
        _field("name", "Name", "city name", "title", "название", "наименование"),
        _field("city", "City", "town", "город", "населенный пункт", "ville", "város"),
        _field("settlement", "Settlement in the city's area", "поселение"),
        _field("area", "Area, when it is the city", "район"),
        _field("area_type", "Type of the area", "тип района"),
        _field("region", "Region", "state", "province", "регион", "область", "край"),
        _field("region_type", "Type of the region", "тип региона"),
        _field("country", "Country", "страна", "pays", "ország"),
        _field("tz", "Time zone", "timezone", "часовой пояс", "utc"),
        _field("latitude", "Latitude", "lat", "geo lat", "широта", kind="coordinate"),
        _field(
            "longitude",
            "Longitude",
            *("lon", "lng", "long", "geo lon", "долгота"),
            kind="coordinate",
        ),
        _field("fias_id", "FIAS code", "fias", "фиас", "код фиас"),
    ),
    (("name", "city", "settlement"),),
)

CLIENT = Kind(
    "client",
    (
        KEY,
        _field(
            "name",
            "Name",
            *("company", "company name", "client", "client name", "customer", "title"),
            *("название", "наименование", "клиент", "компания", "организация"),
            *("контрагент", "nom", "név"),
        ),
        _field(
            "client_kind",
            "Kind: agent, corporate or supplier",
            *("kind", "type", "client type", "вид", "тип", "тип клиента"),
        ),
        _field("vat", "Tax id (INN)", "inn", "tax id", "vat number", "инн"),
        _field("kpp", "KPP", "кпп"),
        _field("ogrn", "OGRN", "огрн"),
        _field("email", "E-mail", "mail", "e mail", "почта", "эл почта", "емейл"),
        _field("phone", "Phone", "telephone", "tel", "mobile", "телефон", "тел"),
        _field("website", "Website", "site", "url", "сайт"),
        _field("street", "Street", "address", "адрес", "улица", "adresse", "cím"),
        _field("zip", "Postal code", "postcode", "postal code", "индекс"),
        _field("city", "City", "город", "ville", "város"),
        _field("country", "Country", "страна", "pays", "ország"),
        _field("group", "Group of companies", "company group", "группа", "холдинг"),
        _field(
            "note",
            "Notes",
            *("notes", "comment", "remark", "примечание", "комментарий"),
            kind="long_text",
            many=True,
        ),
    ),
    (("name",),),
)

HOTEL = Kind(
    "hotel",
    (
        KEY,
        _field(
            "name",
            "Name",
            *("hotel", "hotel name", "title", "название", "отель", "гостиница"),
            *("название отеля", "hôtel", "szálloda"),
        ),
        _field("synonyms", "Other names", "aliases", "синонимы"),
        _field("city", "City", "город", "ville", "város"),
        _field("region", "Region of the city", "регион", "область"),
        _field("country", "Country", "страна", "pays", "ország"),
        _field("street", "Street", "address", "адрес", "улица"),
        _field("zip", "Postal code", "postcode", "индекс"),
        _field("latitude", "Latitude", "lat", "широта", kind="coordinate"),
        _field("longitude", "Longitude", "lon", "lng", "долгота", kind="coordinate"),
        _field("stars", "Stars", "star rating", "category", "звезды", "звёзды"),
        _field("phone", "Phone", "tel", "telephone", "телефон"),
        _field("email", "E-mail", "mail", "почта", "e mail"),
        _field("website", "Website", "site", "url", "сайт"),
        _field(
            "check_in_hour",
            "Hour of arrival",
            *("check in", "checkin", "check in time", "заезд", "время заезда"),
            kind="hour",
        ),
        _field(
            "check_out_hour",
            "Hour of departure",
            *("check out", "checkout", "check out time", "выезд", "время выезда"),
            kind="hour",
        ),
        _field("description", "Description", "описание", kind="long_text"),
        _field(
            "commission_percent",
            "Commission, %",
            *("commission", "комиссия", "процент комиссии"),
            kind="percent",
        ),
        _field(
            "no_commission_on_meals",
            "No commission on meals",
            *("без комиссии на питание",),
            kind="boolean",
        ),
        _field("settlement", "Settlement: full or less", "расчеты", "расчёты"),
        _field("currency", "Currency", "валюта"),
        _field("supplier", "Supplier", "legal entity", "поставщик", "юр лицо"),
        _field("supplier_vat", "Supplier's tax id", "supplier inn", "инн поставщика"),
        _field(
            "note",
            "Notes",
            *("notes", "comment", "примечание", "комментарий"),
            kind="long_text",
            many=True,
        ),
    ),
    (("name",),),
)

ROOM = Kind(
    "room",
    (
        KEY,
        _field("hotel", "Hotel", "hotel name", "отель", "гостиница", "hôtel"),
        _field("city", "City of the hotel", "город"),
        _field(
            "room",
            "Room category",
            *("name", "room name", "room type", "category", "номер", "категория"),
            *("категория номера", "тип номера"),
        ),
        _field(
            "capacity",
            "Persons",
            *("guests", "max guests", "places", "вместимость", "мест", "гостей"),
            kind="count",
        ),
        _field("rate", "Rate", "rate name", "tariff", "rate plan", "тариф"),
        _field("rate_kind", "Kind of rate: rack, net or dynamic", "вид тарифа"),
        _field(
            "rack_price",
            "Rack price a night",
            *("price", "rack", "rack rate", "цена", "стойка", "цена стойки"),
            kind="number",
        ),
        _field(
            "net_price",
            "Net price a night",
            *("net", "net rate", "нетто", "цена нетто"),
            kind="number",
        ),
        _field("meal", "Meal", "board", "meal plan", "питание"),
        _field(
            "meal_included",
            "Meal is in the price",
            *("meal included", "питание включено"),
            kind="boolean",
        ),
    ),
    (("hotel",), ("room",)),
)

BOOKING = Kind(
    "booking",
    (
        KEY,
        _field(
            "number",
            "Booking number",
            *("booking", "booking number", "reservation number", "order number"),
            *("номер заявки", "заявка", "номер брони", "номер"),
        ),
        _field("client", "Client", "customer", "client name", "клиент", "заказчик"),
        _field("client_kind", "Kind of the client", "client type", "тип клиента"),
        _field("client_vat", "Client's tax id", "client inn", "инн клиента"),
        _field("agent", "Agent's number", "agent", "agent id", "агент"),
        _field("company", "Company's number", "company", "company id", "компания"),
        _field(
            "client_reference",
            "Client's own number",
            *("client reference", "reference", "номер клиента"),
        ),
        _field("hotel", "Hotel", "hotel name", "отель", "гостиница", "hôtel"),
        _field("hotel_city", "City of the hotel", "city", "город"),
        _field(
            "room",
            "Room category",
            *("reserved room type", "room type", "room category", "категория номера"),
            *("номер категория", "категория", "тип номера"),
        ),
        _field("rate", "Rate", "tariff", "rate plan", "тариф"),
        _field("meal", "Meal", "board", "meal plan", "питание"),
        _field("rooms", "Number of rooms", "rooms", "кол во номеров", kind="count"),
        _field(
            "date_from",
            "Arrival",
            *("arrival date", "check in", "checkin", "check in date", "date from"),
            *("заезд", "дата заезда", "дата прибытия"),
            kind="date",
        ),
        _field(
            "arrival_year",
            "Arrival: year",
            *("arrival date year",),
            kind="year",
        ),
        _field(
            "arrival_month",
            "Arrival: month",
            *("arrival date month",),
            kind="month",
        ),
        _field(
            "arrival_day",
            "Arrival: day",
            *("arrival date day of month", "arrival date day"),
            kind="count",
        ),
        _field(
            "date_to",
            "Departure",
            *("departure date", "check out", "checkout", "check out date", "date to"),
            *("выезд", "дата выезда", "дата отъезда"),
            kind="date",
        ),
        _field("nights", "Nights", "number of nights", "ночей", kind="count"),
        _field(
            "weekend_nights",
            "Nights at the weekend",
            *("stays in weekend nights",),
            kind="count",
        ),
        _field(
            "week_nights",
            "Nights on weekdays",
            *("stays in week nights",),
            kind="count",
        ),
        _field("hour_from", "Hour of arrival", "время заезда", kind="hour"),
        _field("hour_to", "Hour of departure", "время выезда", kind="hour"),
        _field("adults", "Adults", "взрослых", "взрослые", kind="count"),
        _field("children", "Children", "детей", "дети", kind="count"),
        _field("babies", "Babies", "infants", "младенцев", kind="count"),
        _field("child_ages", "Ages of children", "children ages", "возраст детей"),
        _field(
            "guests",
            "Guests' names",
            *("guest", "guest name", "guest names", "гости", "гость", "фио"),
            kind="long_text",
            many=True,
        ),
        _field("nationality", "Guests' country", "country", "nationality", "страна"),
        _field(
            "price_total",
            "Price of the stay",
            *("price", "total", "amount", "total price", "цена", "сумма", "итого"),
            kind="number",
        ),
        _field(
            "price_night",
            "Price a night",
            *("adr", "price per night", "rate per night", "цена за ночь"),
            kind="number",
        ),
        _field(
            "supplier_total",
            "Supplier's price of the stay",
            *("supplier price", "cost", "себестоимость", "цена поставщика"),
            kind="number",
        ),
        _field(
            "commission_percent",
            "Commission, %",
            *("commission", "комиссия"),
            kind="percent",
        ),
        _field("currency", "Currency", "валюта"),
        _field(
            "status", "Status", "reservation status", "state", "статус", "состояние"
        ),
        _field(
            "is_cancelled",
            "Cancelled",
            *("is canceled", "is cancelled", "canceled", "отменена"),
            kind="boolean",
        ),
        _field(
            "status_date",
            "Date of the status",
            *("reservation status date", "дата статуса"),
            kind="date",
        ),
        _field(
            "booked_on",
            "Date of the booking",
            *("booking date", "created", "created on", "дата заявки", "дата создания"),
            kind="date",
        ),
        _field(
            "lead_days",
            "Days from booking to arrival",
            *("lead time",),
            kind="count",
        ),
        _field("deposit", "Deposit", "deposit type", "депозит"),
        _field("penalty", "Penalty", "штраф", kind="number"),
        _field("manager", "Manager (login or e-mail)", "manager", "менеджер"),
        _field(
            "note",
            "Notes",
            *("notes", "comment", "remark", "примечание", "комментарий"),
            kind="long_text",
            many=True,
        ),
    ),
    (
        ("client", "agent", "company"),
        ("hotel",),
        ("date_from", "arrival_year"),
        ("date_to", "nights", "week_nights"),
    ),
)

KINDS = {kind.name: kind for kind in (CITY, CLIENT, HOTEL, ROOM, BOOKING)}
