"""What became of plans: bookings that were changed, corrected, asked and answered.

`BOOKINGS` are rows as those of `story_bookings`, each with a key; the rest says by
their keys what happened to them. Texts are pairs: in English and in Russian.
"""

from .story_bookings import Extra

X = Extra

BOOKINGS = {
    # The client's own bookings that we changed: he has to confirm.
    "asked": ("accepted", "harbour", "gate", 1, 13, 3, 2, {X.BY_CLIENT}),
    "asked_ru": ("booked", "steel", "night", 1, 10, 3, 2, {X.BY_CLIENT}),
    "changed_back": ("client_confirmed", "steel", "quay", 1, 16, 3, 2, {X.BY_CLIENT}),
    "agreed": ("accepted", "steel", "crown", 1, 19, 3, 2, {X.BY_CLIENT}),
    "declined": ("accepted", "harbour", "ring", 1, 23, 3, 2, {X.BY_CLIENT}),
    "taken_back": ("accepted", "blue", "fisher", 0, 27, 3, 2, {X.BY_CLIENT}),
    # Requests of clients, in each state.
    "change_asked": ("booked", "harbour", "prater", 1, 12, 3, 2, set()),
    "cancel_asked": ("booked", "steel", "night", 1, 15, 3, 2, set()),
    "change_priced": ("booked", "harbour", "ring", 1, 17, 3, 2, set()),
    "with_supplier": ("confirmed", "steel", "crown", 1, 18, 3, 2, set()),
    "with_client": ("booked", "harbour", "gate", 1, 20, 4, 2, set()),
    "with_client_ru": ("booked", "steel", "quay", 1, 21, 2, 2, set()),
    "change_applied": ("booked", "steel", "quay", 1, 22, 2, 2, set()),
    "change_refused": ("booked", "blue", "ring", 1, 24, 2, 2, set()),
    "change_withdrawn": ("accepted", "harbour", "fisher", 0, 26, 2, 2, set()),
    "cancel_free": ("booked", "blue", "gate", 1, 30, 2, 2, {X.PAID}),
    "cancel_penalty": ("booked", "harbour", "garden", 1, 14, 3, 4, {X.NET, X.PAID}),
    "cancel_fee": ("booked", "cable", "yard", 1, 13, 2, 2, {X.NET}),
    # It goes to another company of the group, with its papers.
    "other_company": ("booked", "steel", "crown", 1, 28, 2, 2, {X.PAPERS}),
    # Suppliers regularised one booking, or many.
    "supplier_priced": ("booked", "polar", "prater", 1, 11, 2, 2, set()),
    "supplier_applied": ("booked", "port", "sloboda", 0, 12, 2, 4, set()),
    "mass_1": ("booked", "cable", "yard", 1, 32, 2, 2, set()),
    "mass_2": ("booked", "port", "yard", 1, 33, 3, 2, set()),
    "mass_3": ("confirmed", "agency_ru", "yard", 1, 34, 2, 2, set()),
    "mass_4": ("booked", "steel_logistics", "yard", 0, 35, 1, 1, set()),
    # Changed after they were done.
    "repost_open": ("done", "harbour", "gate", 1, -10, 2, 2, {X.BILL}),
    "repost_sent": ("done", "steel", "quay", 1, -9, 2, 2, {X.BILL}),
    "repost_nothing": ("done", "blue", "ring", 1, -14, 2, 2, {X.BILL}),
    # Paid to the supplier, and then shortened.
    "owed_open": ("booked", "harbour", "ring", 1, 9, 4, 2, {X.BILL_PAID}),
    "owed_letter": ("booked", "steel", "quay", 1, 10, 4, 2, {X.BILL_PAID}),
    "owed_paid_back": ("booked", "cable", "crown", 1, 11, 4, 2, {X.BILL_PAID}),
    "owed_set_off": ("booked", "agency_ru", "night", 1, 12, 3, 2, {X.BILL_PAID}),
    "owed_written_off": ("booked", "port", "sloboda", 1, 13, 3, 2, {X.BILL_PAID}),
    "owed_nothing": ("booked", "polar", "prater", 1, 21, 3, 2, {X.BILL_PAID}),
    # Guests and suppliers answer by private links.
    "guests_asked": ("booked", "harbour", "prater", 1, 15, 2, 2, set()),
    "guests_filled": ("confirmed", "steel", "crown", 0, 14, 2, 2, set()),
    "supplier_yes": ("accepted", "steel", "crown", 1, 24, 2, 2, set()),
    "supplier_no": ("accepted", "harbour", "ring", 1, 25, 2, 2, set()),
    "supplier_other": ("accepted", "blue", "gate", 1, 29, 3, 2, set()),
}

# === Cancellation rules === #

# key: names, steps (kind, value, days before arrival, hour; without days: always)
RULES = {
    "usual": (
        ("Free until the day before", "Бесплатно до кануна заезда"),
        [("nights", 1, 1, 18.0), ("percent", 100, 0, 14.0)],
    ),
    "strict": (
        ("A week before", "За неделю"),
        [("percent", 50, 7, 12.0), ("percent", 100, 2, 12.0)],
    ),
    "no_refund": (
        ("One night from the booking on", "Одни сутки сразу после брони"),
        [("nights", 1, None, 0.0), ("percent", 100, 3, 18.0)],
    ),
    "car": (
        ("Cars: half from the day before", "Трансферы: половина с кануна"),
        [("percent", 50, 1, 12.0), ("percent", 100, 0, 0.0)],
    ),
}
RULES_OF_HOTELS = {
    "usual": ("quay", "night", "crown", "gate", "ring", "prater", "sloboda"),
    "strict": ("admiral", "fisher", "garden"),
}

# === Confirmations === #

CHANGED_BY_STAFF = ("asked", "asked_ru", "changed_back", "agreed", "declined")
CLIENT_AGREES = ("Thank you, that suits us.", "Спасибо, нас устраивает.")
CLIENT_DECLINES = (
    "A night more is too much, we look for another hotel.",
    "Лишние сутки не нужны, поищем другую гостиницу.",
)

# === Requests of clients === #

# key: what was asked, days that the departure moves
REQUESTS = {
    "change_asked": (
        ("Could they stay a night longer?", "Можно ли продлить на сутки?"),
        1,
    ),
    "change_priced": (
        ("The meeting takes a day longer.", "Встреча продлится на день дольше."),
        1,
    ),
    "with_supplier": (
        ("One night more, ask the hotel.", "Нужны ещё одни сутки, спросите гостиницу."),
        1,
    ),
    "with_client": (("They leave a day earlier.", "Уезжают на день раньше."), -1),
    "with_client_ru": (
        ("Two nights more, please.", "Продлите, пожалуйста, на двое суток."),
        2,
    ),
    "change_applied": (
        ("The journey is a night longer.", "Командировка продлена на сутки."),
        1,
    ),
    "change_refused": (
        ("A night longer, at the same price.", "Ещё сутки по той же цене."),
        1,
    ),
    "change_withdrawn": (
        ("Two nights longer, perhaps.", "Возможно, ещё двое суток."),
        2,
    ),
}
CANCELLATIONS = {
    "cancel_asked": ("The journey is cancelled.", "Командировка отменена."),
    "cancel_free": (
        "The journey is put off until next year.",
        "Поездка перенесена на год.",
    ),
    "cancel_penalty": (
        "The project is stopped, nobody travels.",
        "Проект остановлен, никто не едет.",
    ),
    "cancel_fee": ("The guests fell ill.", "Сотрудники заболели, поездки не будет."),
}
HOTEL_IS_FULL = (
    "The hotel is full that night.",
    "На эту ночь в гостинице нет мест.",
)
CLIENT_STAYS = ("We leave it as it was.", "Оставляем как было.")

OTHER_COMPANY = "steel_logistics"

# === Regularisations by suppliers === #

# key: why, by how many percent the supplier's price rises
REGULARISATIONS = {
    "supplier_priced": (
        ("The hotel raised its price.", "Гостиница повысила цену."),
        8,
    ),
    "supplier_applied": (
        ("Weekends cost more.", "Гостиница повысила цену на выходные."),
        5,
    ),
}
MASS_REASON = (
    "Tourist tax of the city from next month on",
    "Туристический налог города со следующего месяца",
)
MASS_PERCENT = 2.0
# What was typed beside the numbers of bookings; the last is nobody's.
MASS_WRONG_NUMBER = "S99999"

# === What was done, and is corrected === #

OVERPAYMENT_REASON = (
    "The hotel has closed, and there is nobody to pay.",
    "Гостиница закрылась, возвращать некому.",
)
PAYMENT_REFERENCE = "1841"
PART_REFERENCE = "1907"

# === Tasks, and what is put off === #

SNOOZED = {
    "change_priced": 3,
    "guests_asked": 6,
}
SNOOZE_REASON = (
    "The hotel answers after its holidays.",
    "Гостиница ответит после праздников.",
)

# === Answers by private links === #

GUEST_DATA = [
    {"birth_date": "1984-05-17", "document_number": "00 00 700101"},
    {"birth_date": "1990-11-02", "document_number": "00 00 700202"},
]
GUEST_ADDRESS = "192.0.2.10"
SUPPLIER_PERSON = ("Ms Huber, front desk", "Гульнара, отдел бронирования")
SUPPLIER_SAYS = {
    "supplier_no": ("All rooms are taken on these nights.", "Мест нет."),
    "supplier_other": (
        "One day later the same room is free.",
        "На день позже такой же номер свободен.",
    ),
}
