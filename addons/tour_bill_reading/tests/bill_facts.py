"""What made-up bills say, from a seed: the same each time, and right in every digit."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from odoo.addons.tour_partner import requisites

# The company that is billed; never the payee.
OUR_TAX_ID = "7712345671"
OUR_KPP = "771201001"
OUR_NAME = "Тур Пример"
OUR_ACCOUNT = "40702810200000000001"

# Without the last digits of the BIC: they are drawn.
BANKS = (
    ("ПАО СБЕРБАНК Г. МОСКВА", "044525225"),
    ("АО «АЛЬФА-БАНК» Г. МОСКВА", "044525593"),
    ("ФИЛИАЛ ПАО БАНКА «НЕВА» Г. САНКТ-ПЕТЕРБУРГ", "044030653"),
    ("ЮЖНЫЙ БАНК ПАО Г. РОСТОВ-НА-ДОНУ", "046015602"),
    ("АО «КАМА БАНК» Г. ПЕРМЬ", "045773603"),
)
HOTELS = ("Жемчужина", "Белые ночи", "Отель Волга", "Амакс Юг", "Горный воздух")
PEOPLE = ("Иванов Иван Иванович", "Соколова Анна Петровна", "Ли Виктор Сергеевич")
FOREIGN = ("Blue Lake Hotel Kft", "Alpenhof Betriebs GmbH", "Old Town Rooms SARL")
IBANS = (
    "HU42117730161111101800000000",
    "DE89370400440532013000",
    "FR1420041010050500013M02606",
)
SWIFTS = ("OTPVHUHB", "COBADEFFXXX", "PSSTFRPPPAR")
VAT_RATES = ("22", "20", "10", "7", "5", "none", "none")
PREFIXES = ("", "", "СЧ-", "В-", "УТ00-", "А/")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Line:
    name: str
    quantity: int
    price: Decimal

    @property
    def amount(self):
        return self.price * self.quantity


@dataclass(frozen=True)
class Facts:
    """What one bill says. ``vat_rate`` is ``none`` where there is no VAT."""

    number: str
    date: date
    vat_rate: str
    tax_id: str
    name: str
    account: str
    bic: str
    bank: str
    corr_account: str = ""
    kpp: str = ""
    currency: str = "RUB"
    bookings: tuple = ()
    lines: tuple = field(default=())
    number_sign: str = "№"

    @property
    def amount(self):
        return sum(line.amount for line in self.lines)

    @property
    def vat_amount(self):
        """VAT within the sum."""
        if self.vat_rate == "none":
            return None
        rate = Decimal(self.vat_rate)
        share = self.amount * rate / (100 + rate)
        return share.quantize(CENT, ROUND_HALF_UP)

    @property
    def vat_words(self):
        if self.vat_rate == "none":
            return "НДС не облагается"
        kopecks = f"{self.vat_amount:.2f}".replace(".", "-")
        return f"В том числе НДС {self.vat_rate}% - {kopecks}"

    @property
    def purpose(self):
        return (
            f"Оплата по счету {self.number_sign} {self.number} от"
            f" {self.date:%d.%m.%Y} за проживание, заявка {self.bookings[0]}."
            f" {self.vat_words}"
        )


def make_tax_id(rng, length=10):
    """A Russian tax id whose check digits are right."""
    region = rng.choice(("77", "78", "23", "59", "61"))
    weights = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
    digits = region + "".join(rng.choices("0123456789", k=7 if length == 10 else 8))
    while len(digits) < length:
        used = weights[-len(digits) :]
        total = sum(w * int(d) for w, d in zip(used, digits, strict=True))
        digits += str(total % 11 % 10)
    assert requisites.check_tax_id("RU", digits) is None
    return digits


def make_account(rng, bic, head="40702810"):
    """An account whose key fits its bank."""
    tail = f"{rng.randrange(10**11):011d}"
    return _find_key(head, tail, bic)


def make_corr_account(bic):
    return _find_key("30101810", f"00000000{bic[-3:]}", bic)


def _find_key(head, tail, bic):
    tries = (f"{head}{key}{tail}" for key in range(10))
    return next(a for a in tries if requisites.check_account(a, bic) is None)


def make_facts(seed, **values):
    """A Russian bill: of a company, or of a person each third time.

    :param values: what is to be as given
    """
    rng = random.Random(f"bill {seed}")
    bank, bic = rng.choice(BANKS)
    is_person = rng.random() < 0.3
    tax_id = make_tax_id(rng, 12 if is_person else 10)
    name = f"ИП {rng.choice(PEOPLE)}" if is_person else f"ООО «{rng.choice(HOTELS)}»"
    number = rng.choice(PREFIXES) + str(rng.randrange(3, 99999))
    bookings = tuple(
        f"T{rng.randrange(1, 999999):06d}" for _n in range(rng.choice((1, 1, 2)))
    )
    return Facts(
        **{
            "number": number,
            "date": date(2026, 1, 12) + timedelta(days=rng.randrange(330)),
            "vat_rate": "none" if is_person else rng.choice(VAT_RATES),
            "tax_id": tax_id,
            "kpp": "" if is_person else f"{tax_id[:4]}0{rng.choice('15')}001",
            "name": name,
            "bank": bank,
            "bic": bic,
            "account": make_account(rng, bic, "40802810" if is_person else "40702810"),
            "corr_account": make_corr_account(bic),
            "bookings": bookings,
            "lines": _make_lines(rng, bookings),
            **values,
        }
    )


def make_foreign_facts(seed, **values):
    """A bill of a hotel abroad, in English."""
    rng = random.Random(f"foreign bill {seed}")
    which = rng.randrange(len(FOREIGN))
    bookings = (f"T{rng.randrange(1, 999999):06d}",)
    return Facts(
        **{
            "number": f"INV-{rng.randrange(2024, 2027)}-{rng.randrange(9999):04d}",
            "date": date(2026, 1, 12) + timedelta(days=rng.randrange(330)),
            "vat_rate": rng.choice(("27", "19", "10", "none")),
            "tax_id": "",
            "name": FOREIGN[which],
            "bank": "Central Bank Plc",
            "bic": SWIFTS[which],
            "account": IBANS[which],
            "currency": rng.choice(("EUR", "USD")),
            "bookings": bookings,
            "lines": _make_lines(rng, bookings, "Accommodation, booking {}, room {}"),
            **values,
        }
    )


def _make_lines(rng, bookings, text="Проживание, заявка {}, номер {}", count=0):
    """Each booking has a line at least, in turn."""
    return tuple(
        Line(
            text.format(bookings[place % len(bookings)], rng.randrange(101, 909)),
            rng.randrange(1, 9),
            Decimal(rng.randrange(150_000, 2_400_000)).scaleb(-2),
        )
        for place in range(count or rng.randrange(len(bookings), 4))
    )


def make_long_facts(seed):
    """A bill whose table goes over to the second page."""
    facts = make_facts(seed)
    rng = random.Random(f"long {seed}")
    lines = _make_lines(rng, facts.bookings, count=rng.randrange(36, 46))
    return make_facts(seed, lines=lines)
