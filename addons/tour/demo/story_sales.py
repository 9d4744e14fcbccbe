"""How clients are won and kept: offers, contracts, and who talked to whom.

Texts are pairs: in English and in Russian. Days are counted from today.
"""

# === Offers === #

# key: client, first day, nights, persons, variants (names, hotel, room), which of them
# is recommended, how the offer went on
OFFERS = {
    "draft": (
        "polar",
        45,
        3,
        2,
        [
            (("By the ring", "У Ринга"), "ring", 1),
            (("In the park", "У парка"), "prater", 1),
        ],
        0,
        "draft",
    ),
    "draft_ru": (
        "cable",
        50,
        4,
        2,
        [
            (("By the quay", "На набережной"), "quay", 1),
            (("In the centre", "В центре"), "night", 1),
        ],
        1,
        "draft",
    ),
    "sent": (
        "harbour",
        38,
        3,
        2,
        [
            (("On the river", "На реке"), "gate", 1),
            (("Simple", "Простой"), "fisher", 0),
            (("Apartment", "Апартаменты"), "garden", 0),
        ],
        0,
        "sent",
    ),
    "seen": (
        "steel",
        42,
        2,
        2,
        [
            (("By the Kremlin", "Кремль рядом"), "yard", 1),
            (("View of the Volga", "С видом на Волгу"), "crown", 1),
        ],
        1,
        "seen",
    ),
    "accepted": (
        "steel_logistics",
        36,
        3,
        2,
        [
            (("Standard", "Стандарт"), "night", 1),
            (("Five stars", "Пять звёзд"), "admiral", 0),
            (("By the quay", "На набережной"), "quay", 1),
        ],
        2,
        "accepted",
    ),
    "declined": (
        "tandem",
        40,
        5,
        2,
        [
            (("Danube", "Дунай"), "gate", 1),
            (("Bastion", "Бастион"), "fisher", 0),
        ],
        0,
        "declined",
    ),
    "expired": (
        "blue",
        33,
        2,
        2,
        [
            (("Vienna", "Вена"), "ring", 1),
            (("Vienna, simple", "Вена, проще"), "prater", 1),
        ],
        0,
        "expired",
    ),
    "cancelled": (
        "port",
        37,
        2,
        2,
        [
            (("Manor", "Усадьба"), "sloboda", 1),
            (("In town", "В городе"), "crown", 0),
        ],
        0,
        "cancelled",
    ),
}
OFFER_TERMS = (
    "<p>Rooms are held until the last day of this offer.</p>",
    "<p>Номера удерживаются до последнего дня предложения.</p>",
)
OFFER_DECLINED = (
    "Another agency had a better price.",
    "У другого агентства дешевле.",
)
OFFER_CANCELLED = (
    "The hotel took the rooms back.",
    "Гостиница сняла номера.",
)
# Until when an offer is valid, and since when the one is over that nobody answered.
OFFER_DAYS = 10
OFFER_OVER = -3

# === Contracts === #

# key: client, type, first day, days that it runs, payment, state
CONTRACTS = {
    "draft": ("polar", "services", 10, 365, {}, "draft"),
    "sent": ("duna", "agency", 0, 365, {}, "sent"),
    "signed_us": ("cable", "services", 0, 365, {}, "signed_us"),
    "signed_client": ("tandem", "agency", 0, 365, {}, "signed_client"),
    "signed": (
        "agency_ru",
        "agency",
        20,
        365,
        {"payment_kind": "deferred", "deferral_days": 10},
        "signed",
    ),
    "in_force": (
        "harbour",
        "services",
        -120,
        365,
        {"payment_kind": "credit", "credit_limit": 2000000},
        "in_force",
    ),
    "expires_soon": (
        "steel",
        "services",
        -350,
        365,
        {"payment_kind": "deferred", "deferral_days": 15},
        "in_force",
    ),
    "expired": ("blue", "agency", -400, 365, {}, "expired"),
    "terminated": ("port", "services", -200, 365, {}, "terminated"),
}
SIGNER = ("A. Bell, director", "П. Громов, директор")
TERMINATED = (
    "The client has another agency.",
    "Клиент перешёл к другому агентству.",
)

# === The contact log === #

# client, user, kind, direction, days ago, subject
CONTACTS = [
    ("harbour", "manager", "call", "out", 1, "The new contract, and its credit limit"),
    ("harbour", "manager", "meeting", "out", 12, "Plans for the next quarter"),
    ("polar", "senior", "call", "in", 3, "Asks for an offer of Vienna"),
    ("blue", "manager", "mail", "out", 6, "Offer has run out: do they want another?"),
    ("duna", "senior", "message", "in", 2, "The contract is with their lawyer"),
    ("steel", "manager_ru", "call", "out", 1, "Договор кончается: продлеваем?"),
    ("steel", "manager_ru", "meeting", "in", 9, "Командировки следующего месяца"),
    ("cable", "manager_ru", "call", "in", 4, "Просят варианты Петербурга"),
    ("port", "manager_ru", "mail", "in", 20, "Письмо о расторжении договора"),
    ("agency_ru", "head", "meeting", "out", 15, "Условия нового договора"),
]
