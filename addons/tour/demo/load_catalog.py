"""The catalogue: three categories, six services, a question and an order."""

from odoo.fields import Command

# key: (icon, name in English, in Russian, in French, in Hungarian)
CATEGORIES = {
    "airport": (
        "fa-plane",
        "At the airport",
        "В аэропорту",
        "À l'aéroport",
        "A repülőtéren",
    ),
    "around": (
        "fa-map-signs",
        "Sights and guides",
        "Экскурсии и гиды",
        "Visites et guides",
        "Látnivalók és idegenvezetők",
    ),
    "papers": (
        "fa-id-card-o",
        "Visas and insurance",
        "Визы и страховки",
        "Visas et assurances",
        "Vízum és biztosítás",
    ),
}
# key: (category, kind, price, is the price, paid, names, what it is)
SERVICES = {
    "lounge": (
        "airport",
        "other",
        4500,
        "fixed",
        "prepaid",
        ("Airport lounge", "Бизнес-зал", "Salon d'aéroport", "Repülőtéri váró"),
        (
            "Quiet seats, food and drinks before the flight",
            "Тихие места, еда и напитки перед вылетом",
            "Places calmes, repas et boissons avant le vol",
            "Csendes helyek, étel és ital az indulás előtt",
        ),
    ),
    "meeting": (
        "airport",
        "transfer",
        6000,
        "from",
        "later",
        (
            "Meeting with a sign",
            "Встреча с табличкой",
            "Accueil avec pancarte",
            "Fogadás névtáblával",
        ),
        (
            "A driver meets you and takes you to the hotel",
            "Водитель встретит и отвезёт в гостиницу",
            "Un chauffeur vous accueille et vous conduit à l'hôtel",
            "A sofőr fogadja és a szállodába viszi",
        ),
    ),
    "city": (
        "around",
        "other",
        9000,
        "from",
        "later",
        (
            "City tour with a guide",
            "Экскурсия по городу с гидом",
            "Visite guidée de la ville",
            "Városnézés idegenvezetővel",
        ),
        (
            "Three hours on foot or by car",
            "Три часа пешком или на машине",
            "Trois heures à pied ou en voiture",
            "Három óra gyalog vagy autóval",
        ),
    ),
    "theatre": (
        "around",
        "other",
        0,
        "from",
        "later",
        (
            "Theatre tickets",
            "Билеты в театр",
            "Billets de théâtre",
            "Színházjegyek",
        ),
        (
            "Tell us the evening and the play",
            "Назовите вечер и спектакль",
            "Indiquez la soirée et la pièce",
            "Mondja meg az estét és a darabot",
        ),
    ),
    "invitation": (
        "papers",
        "other",
        3500,
        "fixed",
        "prepaid",
        (
            "Visa invitation",
            "Визовое приглашение",
            "Invitation pour visa",
            "Vízummeghívó",
        ),
        (
            "Ready in three working days",
            "Готово за три рабочих дня",
            "Prête en trois jours ouvrables",
            "Három munkanap alatt elkészül",
        ),
    ),
    "insurance": (
        "papers",
        "other",
        900,
        "fixed",
        "later",
        (
            "Travel insurance",
            "Страховка путешественника",
            "Assurance voyage",
            "Utasbiztosítás",
        ),
        (
            "For one traveller and one trip",
            "На одного человека и одну поездку",
            "Pour un voyageur et un voyage",
            "Egy utasra és egy útra",
        ),
    ),
}
# service: (kind, required, labels, choices)
FIELDS = {
    "lounge": [
        (
            "text",
            True,
            ("Flight number", "Номер рейса", "Numéro de vol", "Járatszám"),
            (),
        ),
        ("number", False, ("Guests", "Гостей", "Personnes", "Vendégek"), ()),
    ],
    "meeting": [
        (
            "text",
            True,
            ("Flight number", "Номер рейса", "Numéro de vol", "Járatszám"),
            (),
        ),
        (
            "checkbox",
            False,
            ("Child seat", "Детское кресло", "Siège enfant", "Gyerekülés"),
            (),
        ),
    ],
    "city": [
        (
            "choice",
            True,
            ("Language", "Язык", "Langue", "Nyelv"),
            (
                "English\nRussian\nFrench",
                "Английский\nРусский\nФранцузский",
                "Anglais\nRusse\nFrançais",
                "Angol\nOrosz\nFrancia",
            ),
        ),
        (
            "text",
            False,
            ("Wishes", "Пожелания", "Souhaits", "Kívánságok"),
            (),
        ),
    ],
    "invitation": [
        (
            "file",
            False,
            (
                "Copy of the passport",
                "Копия паспорта",
                "Copie du passeport",
                "Az útlevél másolata",
            ),
            (),
        ),
    ],
}
LANGUAGES = ("en_US", "ru_RU", "fr_FR", "hu_HU")
CLIENT = "client"
MANAGER = "manager"


def load(stage):
    """Make the catalogue, then ask, answer and order as the story says."""
    for key, (icon, *names) in CATEGORIES.items():
        category = stage.env["tour.catalog.category"].create(
            {"name": names[0], "icon": icon}
        )
        _translate(stage, category, "name", names)
        stage.keep("category", key, category)
    for key in SERVICES:
        stage.keep("catalog_service", key, _make_service(stage, key))
    _ask(stage)
    _order(stage)


def _make_service(stage, key):
    category, kind, price, price_kind, payment, names, texts = SERVICES[key]
    service = stage.env["tour.catalog.service"].create(
        {
            "name": names[0],
            "summary": texts[0],
            "category_id": stage["category", category].id,
            "service_type_id": stage.env.ref(f"tour_booking.service_type_{kind}").id,
            "list_price": price,
            "price_kind": price_kind,
            "payment": payment,
            "asks_hour": kind == "transfer",
            "day_mode": "none" if category == "papers" else "required",
            "field_ids": [
                Command.create(
                    {
                        "sequence": 10 * place,
                        "kind": field_kind,
                        "required": required,
                        "label": labels[0],
                        "options": options[0] if options else False,
                    }
                )
                for place, (field_kind, required, labels, options) in enumerate(
                    FIELDS.get(key, ())
                )
            ],
        }
    )
    _translate(stage, service, "name", names)
    _translate(stage, service, "summary", texts)
    for field, (_kind, _required, labels, options) in zip(
        service.field_ids, FIELDS.get(key, ()), strict=True
    ):
        _translate(stage, field, "label", labels)
        if options:
            _translate(stage, field, "options", options)
    return service


def _translate(stage, record, name, texts):
    """Say it in those of the languages that are installed."""
    for code, text in zip(LANGUAGES, texts, strict=True):
        if stage.lang(code) == code:
            record.with_context(lang=code)[name] = text


def _ask(stage):
    """A client asks about the theatre; his manager answers."""
    client = stage["user", CLIENT]
    service = stage["catalog_service", "theatre"].with_env(
        stage.env(user=client.id, su=True)
    )
    question = service.env["tour.catalog.question"]._ask(
        service, "Are there two seats together for an opera next week?"
    )
    answering = question.with_env(stage.as_user(MANAGER))
    answering.write(
        {
            "answer": "Yes, in the stalls, from 60 each. Tell us the evening, and we "
            "keep them for a day.",
            "user_id": stage["user", MANAGER].id,
        }
    )
    answering.action_answer()


def _order(stage):
    """The same client orders a lounge, which waits for its payment."""
    client = stage["user", CLIENT]
    service = stage["catalog_service", "lounge"].with_env(
        stage.env(user=client.id, su=True)
    )
    answers = dict(
        zip(
            (field._get_input() for field in service.field_ids),
            ("BA 233", "2"),
            strict=True,
        )
    )
    form, _faults = service._read_order_form(
        {"day": str(stage.day(9)), **answers}, lambda _name: []
    )
    line = service._place_order(form, client)
    stage.keep("booking", "catalog", line.order_id.with_env(stage.env))
