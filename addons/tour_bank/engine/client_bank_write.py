"""Writing payment orders as 1CClientBankExchange 1.03, for the bank's program.

>>> order = {
...     "Номер": "58",
...     "Дата": date(2026, 10, 5),
...     "Сумма": Decimal("18300"),
...     "ПлательщикСчет": "40702810200000000001",
...     "ПолучательСчет": "40702810800000000001",
...     "Получатель1": "ООО «Ромашка» — отель",
...     "НазначениеПлатежа": "По счёту № 77",
... }
>>> made = datetime(2026, 10, 5, 19, 5)
>>> written = write([order], "40702810200000000001", made, "DOS")
>>> print(written.data.decode("cp866"), end="")  # doctest: +NORMALIZE_WHITESPACE
1CClientBankExchange
ВерсияФормата=1.03
Кодировка=DOS
Отправитель=Tour
Получатель=
ДатаСоздания=05.10.2026
ВремяСоздания=19:05:00
ДатаНачала=05.10.2026
ДатаКонца=05.10.2026
РасчСчет=40702810200000000001
Документ=Платежное поручение
СекцияДокумент=Платежное поручение
Номер=58
Дата=05.10.2026
Сумма=18300.00
ПлательщикСчет=40702810200000000001
ПолучательСчет=40702810800000000001
Получатель1=ООО "Ромашка" - отель
НазначениеПлатежа=По счёту № 77
НазначениеПлатежа1=По счёту № 77
КонецДокумента
КонецФайла
>>> written.warnings
[]

A purpose that is too long is cut, and it is said; a number of an account never is:

>>> order["НазначениеПлатежа"] = "б" * 300
>>> [w.code for w in write([order], "4", datetime(2026, 10, 5), "DOS").warnings]
['cut']
>>> order["ПолучательСчет"] = "1" * 21
>>> try:
...     write([order], "4", datetime(2026, 10, 5), "DOS")
... except BankFileError as error:
...     print(error)
line 1: never_cut (ПолучательСчет=111111111111111111111)
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from . import client_bank_format as form
from .result import MAX_AMOUNT, BankFileError, Note

SENDER = "Tour"
Value = str | date | Decimal
# What neither old encoding has, or only one of them, and everybody reads as well.
PLAIN = str.maketrans(
    {
        "«": '"',
        "»": '"',
        "“": '"',
        "”": '"',
        "„": '"',
        "’": "'",
        "‘": "'",
        "–": "-",
        "—": "-",
        "−": "-",
        "‑": "-",
        "…": "...",
        "€": "EUR",
        "₽": "руб.",
        "\u00a0": " ",
        "\u202f": " ",
    }
)


@dataclass
class Written:
    """The file; ``warnings`` have the number of the order, from 1, as their row."""

    data: bytes
    warnings: list[Note] = field(default_factory=list)


def write(
    orders: Iterable[Mapping[str, Value]],
    account: str,
    made: datetime,
    encoding: str = "Windows",
    sender: str = SENDER,
    receiver: str = "",
) -> Written:
    """The file with the orders, each a mapping of the format's keys.

    :param encoding: one of `client_bank_format.ENCODINGS`
    :raise BankFileError: with the number of the order that cannot be written
    """
    return _Writer(encoding).draw(list(orders), account, made, sender, receiver)


def write_statement(
    documents: Iterable[Mapping[str, Value]],
    balances: Mapping[str, Value],
    made: datetime,
    encoding: str = "Windows",
) -> Written:
    """A statement as a bank sends it: for trying out what reads them."""
    writer = _Writer(encoding)
    account = str(balances["РасчСчет"])
    return writer.draw(list(documents), account, made, "", SENDER, balances)


class _Writer:
    def __init__(self, encoding: str):
        self.encoding = encoding
        self.codec = form.ENCODINGS[encoding]
        self.lines: list[str] = []
        self.warnings: list[Note] = []
        self.nth = 0

    def draw(
        self,
        orders: list[Mapping[str, Value]],
        account: str,
        made: datetime,
        sender: str,
        receiver: str,
        balances: Mapping[str, Value] | None = None,
    ) -> Written:
        days = [order["Дата"] for order in orders] or [made.date()]
        header = {
            "ВерсияФормата": form.VERSION,
            "Кодировка": self.encoding,
            "Отправитель": sender,
            "Получатель": receiver,
            "ДатаСоздания": made.date(),
            "ВремяСоздания": f"{made:%H:%M:%S}",
            "ДатаНачала": min(days),
            "ДатаКонца": max(days),
            "РасчСчет": account,
            "Документ": "" if balances else form.PAYMENT_ORDER,
        }
        self.lines.append(form.HEAD)
        for key in form.HEADER:
            if header[key] or key in ("Отправитель", "Получатель"):
                self.put(key, header[key])
        if balances:
            self.section(form.ACCOUNT_SECTION, form.ACCOUNT, balances, form.ACCOUNT_END)
        for self.nth, order in enumerate(orders, 1):
            self.document(order)
        self.lines.append(form.TAIL)
        # What is not there any more was refused by `plain`, letter by letter.
        return Written(
            "".join(f"{line}\r\n" for line in self.lines).encode(self.codec),
            self.warnings,
        )

    def document(self, order: Mapping[str, Value]) -> None:
        unknown = order.keys() - set(form.DOCUMENT) - {"Вид"}
        if unknown:
            raise BankFileError("unknown_key", self.nth, min(unknown))
        kind = self.plain(str(order.get("Вид", form.PAYMENT_ORDER)))
        values = dict(order)
        if purpose := str(order.get(form.PURPOSE, "")):
            purpose = self.cut(form.PURPOSE, self.plain(purpose))
            values[form.PURPOSE] = purpose
            for nth, part in enumerate(split_purpose(purpose), 1):
                values[f"{form.PURPOSE}{nth}"] = part
        self.section(
            f"{form.DOCUMENT_SECTION}={kind}", form.DOCUMENT, values, form.DOCUMENT_END
        )

    def section(
        self, head: str, keys: tuple[str, ...], values: Mapping[str, Value], end: str
    ) -> None:
        self.lines.append(head)
        for key in keys:
            if key in values and values[key] not in ("", None):
                self.put(key, values[key])
        self.lines.append(end)

    def put(self, key: str, value: Value) -> None:
        if isinstance(value, Decimal):
            if not 0 <= value < MAX_AMOUNT and key == "Сумма":
                raise BankFileError("amount", self.nth, str(value))
            text = f"{value:.2f}"
        elif isinstance(value, date):
            text = f"{value:%d.%m.%Y}"
        else:
            text = self.cut(key, self.plain(value))
        self.lines.append(f"{key}={text}")

    def cut(self, key: str, text: str) -> str:
        limit = form.LENGTHS.get(key, 0)
        if not limit or len(text) <= limit:
            return text
        if key in form.NEVER_CUT:
            raise BankFileError("never_cut", self.nth, f"{key}={text}")
        self.warnings.append(Note("cut", self.nth, f"{key}={text[limit:]}"))
        return text[:limit].rstrip()

    def plain(self, text: str) -> str:
        """The text on one line, in letters that the encoding has."""
        # Nothing that begins a new key, or ends the file.
        text = " ".join(text.replace("\x1a", " ").replace("\0", " ").split())
        if self.codec == "utf-8":
            return text.encode("utf-8", "ignore").decode()
        return text if self.has(text) else "".join(map(self.letter, text))

    def letter(self, letter: str) -> str:
        if self.has(letter):
            return letter
        plain = letter.translate(PLAIN)
        if plain != letter and self.has(plain):
            return plain
        base = unicodedata.normalize("NFKD", letter)
        base = "".join(part for part in base if not unicodedata.combining(part))
        # A space in another guise would be one again.
        if base.strip() == base and base and self.has(base):
            return base
        self.warnings.append(Note("letter", self.nth, letter))
        return "?"

    def has(self, text: str) -> bool:
        try:
            text.encode(self.codec)
        except UnicodeEncodeError:
            return False
        return True


def split_purpose(text: str) -> list[str]:
    """The purpose in the lines of the paper form: at spaces, where there are any.

    >>> split_purpose(
    ...     "Оплата по счету № 77 от 04.10.2026 за проживание гостей в гостинице "
    ...     "Ромашка, г. Суздаль. НДС не облагается"
    ... )  # doctest: +NORMALIZE_WHITESPACE
    ['Оплата по счету № 77 от 04.10.2026 за проживание гостей в гостинице',
     'Ромашка, г. Суздаль. НДС не облагается']
    >>> [len(part) for part in split_purpose("б" * 210)]
    [70, 70, 70]
    """
    parts: list[str] = []
    rest = text
    while rest and len(parts) < form.PURPOSE_PARTS - 1:
        if len(rest) <= form.PURPOSE_WIDTH:
            break
        cut = rest.rfind(" ", 0, form.PURPOSE_WIDTH + 1)
        cut = cut if cut > form.PURPOSE_WIDTH // 2 else form.PURPOSE_WIDTH
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*parts, rest] if rest else parts
