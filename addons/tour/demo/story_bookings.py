"""What happened: some sixty bookings in all statuses, around today.

A row: status, client, hotel, room (its place in the hotel's list), first day (from
today), nights, guests, and what else there is to it (see `Extra`).
"""

from enum import Enum, auto


class Extra(Enum):
    """What makes a booking of the story special."""

    BY_CLIENT = auto()  # The client's user ordered it himself.
    UNASSIGNED = auto()  # Nobody took it yet.
    SENIOR = auto()  # It is the senior manager's.
    CURATOR = auto()  # The client's curator ordered it.
    TRANSFER = auto()  # With a car from the airport or the station.
    VISA = auto()  # With another service: visa support.
    CHILD = auto()  # One of the guests is a child.
    EARLY = auto()  # The guests come in the morning.
    LATE = auto()  # The guests leave in the evening.
    NET = auto()  # At the net rate.
    DISCOUNT = auto()  # With a discount to the client.
    TYPED = auto()  # The manager typed a price of his own.
    NO_SUPPLIER = auto()  # A hint: no supplier.
    INVOICED = auto()  # The invoice is sent and not paid.
    PAID = auto()  # The invoice is paid.
    BILL = auto()  # The supplier's bill is there.
    BILL_PAID = auto()  # It is paid, too.
    REFUND_ASKED = auto()
    REFUND_DONE = auto()
    UNREAD = auto()  # The client wrote, and nobody read it.
    TALK = auto()  # The client wrote and got an answer.
    NOTE = auto()  # An internal note.
    RATED = auto()
    RATED_LOW = auto()
    PAPERS = auto()  # Voucher and booking sheet were made.
    REQUEST = auto()  # The request to the supplier was made.
    CONSIGNEE = auto()
    PENALTY_US = auto()


X = Extra

# How a booking comes to each status; a reason stands after a colon.
PATHS = {
    "new": (),
    "accepted": ("accepted",),
    "awaiting_client": ("accepted", "awaiting_client"),
    "client_confirmed": ("accepted", "awaiting_client", "client_confirmed"),
    "confirmed": ("accepted", "awaiting_client", "client_confirmed", "confirmed"),
    "booked": ("accepted", "confirmed", "booked"),
    "changed": ("accepted", "confirmed", "booked", "changed"),
    "cancelled": ("accepted", "awaiting_client", "cancelled"),
    "cancelled_penalty": ("accepted", "confirmed", "booked", "cancelled_penalty"),
    "done": ("accepted", "confirmed", "booked", "done"),
    "refused": ("accepted", "refused"),
    "reposting": ("accepted", "confirmed", "booked", "done", "reposting"),
    "archive": ("accepted", "confirmed", "booked", "done", "archive"),
}

# A booking that was paid for before it was cancelled had been booked.
PATH_CANCELLED_LATE = ("accepted", "confirmed", "booked", "cancelled")

BOOKINGS = [
    # What came in today and is to be treated.
    ("new", "harbour", "gate", 1, 12, 3, 2, {X.BY_CLIENT, X.UNREAD, X.TRANSFER}),
    ("new", "steel", "quay", 0, 9, 2, 1, {X.BY_CLIENT, X.TRANSFER}),
    ("new", "blue", "ring", 1, 25, 4, 2, {X.BY_CLIENT}),
    ("new", "port", "crown", 0, 6, 1, 1, {X.UNASSIGNED}),
    ("new", "tandem", "fisher", 1, 31, 5, 4, {X.UNASSIGNED, X.CHILD}),
    ("new", "duna", "night", 1, 18, 3, 2, {X.SENIOR, X.NO_SUPPLIER}),
    # At work.
    ("accepted", "harbour", "ring", 0, 15, 2, 1, {X.REQUEST, X.TALK}),
    ("accepted", "harbour_logistics", "garden", 1, 8, 6, 4, {X.NET, X.NOTE}),
    ("accepted", "steel", "crown", 1, 11, 3, 2, {X.EARLY, X.REQUEST}),
    ("accepted", "cable", "yard", 1, 5, 2, 2, {X.TYPED}),
    ("accepted", "agency_ru", "admiral", 1, 40, 7, 2, {X.DISCOUNT, X.VISA}),
    ("accepted", "duna", "quay", 1, 22, 2, 2, {X.SENIOR, X.UNREAD}),
    # The client is asked.
    ("awaiting_client", "harbour", "prater", 1, 20, 2, 2, {X.CURATOR}),
    ("awaiting_client", "polar", "ring", 2, 28, 3, 1, {X.TRANSFER}),
    ("awaiting_client", "steel_logistics", "night", 1, 14, 4, 2, {X.NET}),
    ("awaiting_client", "port", "sloboda", 0, 17, 2, 4, {X.CHILD}),
    ("awaiting_client", "blue", "gate", 2, 35, 4, 2, {X.DISCOUNT, X.UNREAD}),
    # He said yes.
    ("client_confirmed", "harbour", "gate", 0, 10, 2, 1, {X.TALK}),
    ("client_confirmed", "steel", "admiral", 0, 13, 1, 2, {X.CURATOR, X.UNREAD}),
    ("client_confirmed", "cable", "crown", 0, 7, 2, 1, {X.LATE}),
    ("client_confirmed", "tandem", "garden", 0, 26, 3, 2, {X.NET}),
    # The hotel said yes.
    ("confirmed", "harbour_logistics", "gate", 1, 4, 5, 4, {X.INVOICED}),
    ("confirmed", "blue", "prater", 1, 16, 3, 2, {X.INVOICED, X.DISCOUNT}),
    ("confirmed", "steel", "night", 0, 3, 2, 1, {X.CONSIGNEE, X.TRANSFER}),
    ("confirmed", "agency_ru", "quay", 1, 19, 3, 2, {X.VISA}),
    ("confirmed", "duna", "ligovka", 1, 21, 4, 4, {X.SENIOR, X.NET}),
    # And wrote it.
    ("booked", "harbour", "gate", 1, 2, 3, 2, {X.PAID, X.PAPERS, X.TRANSFER}),
    ("booked", "harbour", "ring", 1, -1, 3, 2, {X.INVOICED, X.BILL, X.PAPERS}),
    ("booked", "polar", "fisher", 0, 6, 2, 2, {X.PAID, X.NET, X.BILL}),
    ("booked", "blue", "ring", 0, -2, 2, 1, {X.PAID, X.BILL_PAID, X.DISCOUNT}),
    ("booked", "steel", "crown", 2, 1, 4, 3, {X.PAID, X.PAPERS, X.CONSIGNEE}),
    ("booked", "steel_logistics", "yard", 1, -3, 2, 2, {X.INVOICED, X.BILL}),
    ("booked", "cable", "quay", 1, 5, 2, 2, {X.EARLY, X.INVOICED, X.UNREAD}),
    ("booked", "port", "night", 2, 8, 1, 3, {X.PAID}),
    ("booked", "agency_ru", "admiral", 1, 0, 3, 2, {X.PAID, X.BILL_PAID, X.VISA}),
    # It was changed after that.
    ("changed", "harbour", "fisher", 0, 9, 2, 2, {X.PAID, X.TALK}),
    ("changed", "steel", "quay", 1, 4, 3, 2, {X.INVOICED, X.UNREAD}),
    # It came to nothing.
    ("cancelled", "polar", "gate", 0, -6, 2, 1, {X.NOTE}),
    ("cancelled", "port", "crown", 1, 3, 2, 2, set()),
    ("cancelled", "blue", "garden", 1, 12, 4, 4, {X.PAID, X.REFUND_ASKED}),
    ("cancelled", "agency_ru", "night", 1, -4, 3, 2, {X.PAID, X.REFUND_DONE}),
    ("cancelled_penalty", "harbour", "ring", 1, -5, 2, 2, {X.PAID, X.BILL}),
    ("cancelled_penalty", "steel", "crown", 0, -8, 3, 1, {X.INVOICED, X.PENALTY_US}),
    ("refused", "tandem", "prater", 0, 5, 2, 1, {X.TALK}),
    ("refused", "cable", "admiral", 2, 2, 1, 4, {X.UNREAD}),
    # They stayed, and paid.
    ("done", "harbour", "gate", 1, -12, 3, 2, {X.BILL_PAID, X.RATED, X.PAPERS}),
    ("done", "harbour", "prater", 1, -9, 2, 2, {X.BILL, X.RATED_LOW, X.TALK}),
    ("done", "harbour_logistics", "garden", 1, -21, 7, 4, {X.NET, X.BILL_PAID}),
    ("done", "polar", "ring", 0, -15, 2, 1, {X.BILL_PAID, X.TRANSFER}),
    ("done", "blue", "fisher", 1, -18, 4, 4, {X.DISCOUNT, X.BILL, X.RATED}),
    ("done", "steel", "quay", 1, -11, 2, 2, {X.BILL_PAID, X.RATED, X.PAPERS}),
    ("done", "steel", "crown", 0, -20, 3, 1, {X.BILL_PAID, X.LATE, X.CONSIGNEE}),
    ("done", "steel_logistics", "night", 1, -7, 2, 2, {X.NET, X.BILL}),
    ("done", "cable", "yard", 0, -16, 1, 1, {X.BILL_PAID, X.RATED}),
    ("done", "duna", "ligovka", 0, -13, 3, 2, {X.SENIOR, X.NET, X.BILL}),
    ("done", "agency_ru", "admiral", 0, -25, 2, 2, {X.BILL_PAID, X.VISA}),
    ("reposting", "port", "sloboda", 1, -17, 2, 2, {X.BILL_PAID}),
    # Long ago.
    ("archive", "harbour", "gate", 0, -70, 2, 1, {X.BILL_PAID, X.RATED}),
    ("archive", "steel", "night", 0, -64, 3, 1, {X.BILL_PAID, X.NET}),
    ("archive", "blue", "ring", 1, -58, 2, 2, {X.BILL_PAID}),
    # Who books for herself: one to answer, one to rate.
    ("awaiting_client", "nora", "prater", 0, 24, 2, 1, {X.TRANSFER}),
    ("done", "nora", "fisher", 0, -6, 2, 1, {X.BILL_PAID}),
]

# What people wrote, in English and in Russian.
REASONS = {
    "cancelled": (
        "The meeting is off, the guests stay at home.",
        "Встреча отменена, гости не едут.",
    ),
    "cancelled_penalty": (
        "Cancelled on the day of arrival; the hotel keeps one night.",
        "Отмена в день заезда, гостиница удерживает одни сутки.",
    ),
    "refused": (
        "The hotel is full on these nights.",
        "На эти ночи свободных номеров нет.",
    ),
    "changed": (
        "The guests arrive a day later.",
        "Гости приезжают на день позже.",
    ),
    "reposting": (
        "The hotel corrected its bill after the report.",
        "Гостиница исправила счёт после отчёта.",
    ),
}
CLIENT_SAYS = (
    "Could the guests have rooms on a quiet floor, please?",
    "Можно ли поселить гостей на тихом этаже?",
)
STAFF_SAYS = (
    "Yes, the hotel has noted it. You will see it in the voucher.",
    "Да, гостиница учла пожелание, оно будет в ваучере.",
)
STAFF_NOTES = (
    "The contract with the hotel ends next month: ask for new prices.",
    "Договор с гостиницей кончается в следующем месяце: запросить новые цены.",
)
FEEDBACK = {
    5: ("Everything was ready when we came.", "К заезду всё было готово."),
    2: ("The voucher named another room.", "В ваучере был указан другой номер."),
}
TRANSFERS = {
    "spb": ("Аэропорт Пулково — гостиница", "Комфорт", "SU 6000"),
    "kazan": ("Вокзал Казань — гостиница", "Стандарт", "Поезд 100Г"),
    "budapest": ("Budapest Airport – hotel", "Sedan", "XX 1234"),
    "vienna": ("Vienna Airport – hotel", "Minivan", "XX 5678"),
}
VISA = ("Visa support", "Визовая поддержка")
