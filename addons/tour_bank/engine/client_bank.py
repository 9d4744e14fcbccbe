"""Reading 1CClientBankExchange: what banks of Russia send, and what we send them.

>>> text = '''1CClientBankExchange
... ВерсияФормата=1.03
... РасчСчет=40702810200000000001
... СекцияДокумент=Платежное поручение
... Номер=57
... Дата=05.10.2026
... Сумма=10350.00
... ПлательщикСчет=40702810200000000001
... ПолучательСчет=40802810000000000002
... Получатель=ИНН 500100732259 ИП Иванов
... НазначениеПлатежа=По договору № 7=2026
... КонецДокумента
... КонецФайла'''
>>> [statement] = read(text.encode("cp1251"), orders=True)
>>> [line] = statement.lines
>>> line.amount, line.tax_id, line.name, line.purpose
(Decimal('-10350.00'), '500100732259', 'ИП Иванов', 'По договору № 7=2026')

What would lose money or take it twice is an error with the number of the line; what
says nothing of money is passed over with a note:

>>> try:
...     read(text.replace("10350.00", "10350.0O").encode("cp1251"), orders=True)
... except BankFileError as error:
...     print(error)
line 7: amount (10350.0O)
>>> cut = text.replace("КонецФайла", "").encode()
>>> [note.code for note in read(cut, orders=True)[0].notes]
['no_end']

What we send is no statement of what the bank did:

>>> try:
...     read(text.encode())
... except BankFileError as error:
...     print(error)
orders
"""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from . import client_bank_format as form
from .result import (
    MAX_LINES,
    MAX_TEXT,
    BankFileError,
    Line,
    Note,
    Statement,
    currency_of,
    give_keys,
)
from .text import amount, day, decode

TAX_ID_BEFORE = re.compile(r"(?:ИНН|INN)\s*[:№]?\s*(\d{10}(?:\d{2})?)\b[\s,;]*", re.I)
# Of these a document has one value: two that differ leave open which is true.
SINGLE = {
    "Номер",
    "Дата",
    "Сумма",
    "ПлательщикСчет",
    "ПолучательСчет",
    "ПлательщикРасчСчет",
    "ПолучательРасчСчет",
    "ДатаСписано",
    "ДатаПоступило",
}


# What needs no second look: most lines of a file begin with one of these.
KNOWN = frozenset(form.DOCUMENT)


@dataclass
class Block:
    """A section: its keys, and where it begins."""

    kind: str
    row: int
    lines: list[str] = field(repr=False)
    values: dict[str, str] = field(default_factory=dict)

    def at(self, key: str) -> int:
        """The line that the key stands in: looked for when there is an error only."""
        for row in range(self.row, len(self.lines)):
            found = self.lines[row].partition("=")[0].strip()
            if found == key:
                return row + 1
            if found in (form.ACCOUNT_END, form.DOCUMENT_END):
                break
        return self.row


@dataclass
class Exchange:
    """A whole file, taken apart but not yet understood."""

    header: Block
    own: list[str] = field(default_factory=list)
    accounts: list[Block] = field(default_factory=list)
    documents: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def is_ours(data: bytes) -> bool:
    """Whether the file says that it is one of these."""
    head = data[:100].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"")
    return head.startswith(form.HEAD.encode())


def read(data: bytes, strict: bool = True, orders: bool = False) -> list[Statement]:
    """The statements of the file, one for each of our accounts in it.

    :param strict: refuse totals that do not agree with the documents; else note them
    :param orders: take payment orders, too, of which no bank says yet that they went
    :raise BankFileError: with the number of the line
    """
    text = decode(data, form.ENCODING_KEY + "=", ("cp1251", "cp866", "utf-8"))
    exchange = parse(text)
    if "\ufffd" in text:
        row = text[: text.index("\ufffd")].count("\n") + 1
        exchange.notes.append(Note("letters", row))
    if not orders and not exchange.accounts and not any(map(_went, exchange.documents)):
        raise BankFileError("orders")
    return _Understanding(exchange, strict).statements()


def _went(block: Block) -> bool:
    """Whether the bank says when it moved the money."""
    return bool(block.values.get("ДатаСписано") or block.values.get("ДатаПоступило"))


# === Taking apart === #


def parse(text: str) -> Exchange:
    """The sections of the file with their keys."""
    return _Parser().parse(text)


class _Parser:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.exchange = Exchange(Block("", 1, self.lines))
        self.block: Block | None = None
        self.skipped = ""

    def parse(self, text: str) -> Exchange:
        text = text.replace("\x1a", "").replace("\0", "").replace("\r\n", "\n")
        self.lines.extend(text.split("\n" if "\n" in text else "\r"))
        lines = self.lines
        first = next((n for n, line in enumerate(lines) if line.strip()), 0)
        if lines[first].strip() != form.HEAD:
            raise BankFileError("no_head", first + 1, lines[first])
        row = self.take_all(first + 1)
        if self.block or self.skipped:
            raise BankFileError("section_open", row, self.skipped or self.block.kind)
        for after, line in enumerate(lines[row:], row + 1):
            if line.strip():
                self.note("after_end", after, line)
                break
        return self.exchange

    def take_all(self, start: int) -> int:
        """Take the lines up to the end of the file; the number of the last one."""
        values: dict[str, str] | None = None
        for row, line in enumerate(self.lines[start:], start + 1):
            key, equals, value = line.partition("=")
            # A file of 10,000 documents has 300,000 lines: this is where the time goes.
            if values is not None and key in KNOWN and key not in values and equals:
                if len(value) <= MAX_TEXT:
                    values[key] = value.strip()
                    continue
            line = line.strip()
            if line == form.TAIL:
                return row
            if line:
                self.take(line, row)
                values = self.block.values if self.block else None
        self.note("no_end", len(self.lines))
        return len(self.lines)

    def note(self, code: str, row: int, value: str = "") -> None:
        if len(self.exchange.notes) < 100:
            self.exchange.notes.append(Note(code, row, value[:60]))

    def take(self, line: str, row: int) -> None:
        key, equals, value = line.partition("=")
        key, value = key.rstrip(), value.strip()
        if key.startswith(form.SECTION):
            self.open(key, value, row)
        elif key.startswith(form.END) and not equals:
            self.close(key, row)
        elif self.skipped:
            return
        elif equals:
            self.put(key, value, row)
        else:
            self.go_on(line, row)

    def open(self, key: str, value: str, row: int) -> None:
        if self.block or self.skipped:
            raise BankFileError("section_in_section", row, key)
        if key == form.ACCOUNT_SECTION:
            self.block = Block(key, row, self.lines)
            self.exchange.accounts.append(self.block)
        elif key == form.DOCUMENT_SECTION:
            self.block = Block(value, row, self.lines)
            self.exchange.documents.append(self.block)
            if len(self.exchange.documents) > MAX_LINES:
                raise BankFileError("too_many", row, str(MAX_LINES))
        else:
            self.note("unknown_section", row, key)
            self.skipped = key

    def close(self, key: str, row: int) -> None:
        if self.skipped:
            # How the end of an unknown section is called is as unknown.
            if key in (form.ACCOUNT_END, form.DOCUMENT_END):
                raise BankFileError("section_open", row, self.skipped)
            self.skipped = ""
            return
        is_account = bool(self.block) and self.block in self.exchange.accounts[-1:]
        if not self.block or key not in (form.ACCOUNT_END, form.DOCUMENT_END):
            raise BankFileError("end_without", row, key)
        if is_account != (key == form.ACCOUNT_END):
            raise BankFileError("end_of_other", row, key)
        self.block = None

    def put(self, key: str, value: str, row: int) -> None:
        if len(value) > MAX_TEXT:
            raise BankFileError("too_long", row, key)
        block = self.block or self.exchange.header
        if block is self.exchange.header and key == "РасчСчет" and value:
            self.exchange.own.append(value)
        elif block.values.get(key) and value != block.values[key]:
            if self.block and key in SINGLE:
                raise BankFileError("twice", row, key)
            if value and key not in form.REPEATED:
                self.note("twice", row, key)
            return
        block.values[key] = value

    def go_on(self, line: str, row: int) -> None:
        """A line without a key: the purpose goes on, or nobody knows what it is."""
        last = next(reversed(self.block.values), "") if self.block else ""
        if last.startswith(form.PURPOSE):
            whole = f"{self.block.values[last]} {line}"
            if len(whole) > MAX_TEXT:
                raise BankFileError("too_long", row, last)
            self.block.values[last] = whole
        else:
            self.note("no_key", row, line)


# === Understanding === #


class _Understanding:
    """Whose accounts they are, and what came and went on each."""

    def __init__(self, exchange: Exchange, strict: bool):
        self.exchange, self.strict = exchange, strict
        self.found: dict[str, Statement] = {}
        self.sums: dict[str, list[tuple[Block, Decimal | None, Decimal | None]]] = {}

    def statements(self) -> list[Statement]:
        for block in self.exchange.accounts:
            self.take_account(block)
        for number in self.exchange.own:
            self.statement(number, self.exchange.header)
        if not self.found:
            raise BankFileError("no_account", self.exchange.header.row)
        for block in self.exchange.documents:
            self.take_document(block)
        for statement in self.found.values():
            self.check_totals(statement)
            give_keys(statement.lines)
        found = list(self.found.values())
        found[0].notes[:0] = self.exchange.notes
        return found

    def statement(self, number: str, block: Block) -> Statement:
        if number not in self.found:
            if not (number.isascii() and number.isalnum() and len(number) <= 34):
                raise BankFileError("account", block.at("РасчСчет"), number)
            header = self.exchange.header
            self.found[number] = Statement(
                number,
                currency_of(number) or "RUB",
                self.day(header, "ДатаНачала"),
                self.day(header, "ДатаКонца"),
                row=block.row,
            )
            self.sums[number] = []
        return self.found[number]

    def take_account(self, block: Block) -> None:
        """One section of balances: of an account, or of one day of it."""
        number = block.values.get("РасчСчет", "")
        if not number:
            raise BankFileError("no_account", block.row)
        is_first = number not in self.found
        statement = self.statement(number, block)
        begin, end = self.day(block, "ДатаНачала"), self.day(block, "ДатаКонца")
        start = self.amount(block, "НачальныйОстаток")
        final = self.amount(block, "КонечныйОстаток")
        came, went = (
            self.amount(block, "ВсегоПоступило"),
            self.amount(block, "ВсегоСписано"),
        )
        if not is_first and None not in (statement.end, start):
            if statement.end != start:
                self.doubt("balance_gap", block.at("НачальныйОстаток"), statement)
        if is_first:
            statement.start, statement.date_from = start, begin or statement.date_from
            statement.row = block.row
        statement.end = final if final is not None else statement.end
        statement.date_to = end or statement.date_to
        if None not in (start, came, went, final) and start + came - went != final:
            self.doubt("balance", block.at("КонечныйОстаток"), statement)
        self.sums[number].append((block, came, went))

    def take_document(self, block: Block) -> None:
        values = block.values
        payer, payee = (
            self.account(values, "Плательщик"),
            self.account(values, "Получатель"),
        )
        ours = [
            (number, sign)
            for number, sign in ((payee, 1), (payer, -1))
            if number in self.found
        ]
        if not ours:
            self.exchange.notes.append(
                Note("foreign", block.row, values.get("Номер", ""))
            )
            return
        total = self.amount(block, "Сумма")
        if total is None or total < 0:
            raise BankFileError("amount", block.at("Сумма"), values.get("Сумма", ""))
        if not total:
            self.exchange.notes.append(Note("zero", block.row, values.get("Номер", "")))
            return
        for number, sign in ours:
            self.found[number].lines.append(self.line(block, sign, total))

    def account(self, values: dict[str, str], side: str) -> str:
        """The account of a side, as it is known to us if it is ours."""
        given = values.get(f"{side}Счет", "")
        settled = values.get(f"{side}РасчСчет", "")
        return settled if settled in self.found else given or settled

    def line(self, block: Block, sign: int, total: Decimal) -> Line:
        values = block.values
        own_day, side = (
            ("ДатаПоступило", "Плательщик")
            if sign > 0
            else ("ДатаСписано", "Получатель")
        )
        on = self.day(block, own_day) or self.day(block, "Дата")
        if not on:
            raise BankFileError("date", block.at("Дата"), values.get("Дата", ""))
        name, tax_id = who(values, side)
        return Line(
            on,
            total * sign,
            name=name,
            tax_id=tax_id,
            account=values.get(f"{side}Счет") or values.get(f"{side}РасчСчет", ""),
            bic=values.get(f"{side}БИК", ""),
            purpose=purpose(values),
            number=values.get("Номер", ""),
            kind=block.kind,
            row=block.row,
        )

    def check_totals(self, statement: Statement) -> None:
        sums = self.sums[statement.account]
        given = [(came, went) for _block, came, went in sums]
        if not given or any(None in pair for pair in given):
            return
        came = sum(
            (line.amount for line in statement.lines if line.amount > 0), Decimal()
        )
        went = -sum(
            (line.amount for line in statement.lines if line.amount < 0), Decimal()
        )
        last = sums[-1][0]
        if sum(pair[0] for pair in given) != came:
            self.doubt("total_in", last.at("ВсегоПоступило"), statement, f"{came:.2f}")
        if sum(pair[1] for pair in given) != went:
            self.doubt("total_out", last.at("ВсегоСписано"), statement, f"{went:.2f}")

    def doubt(self, code: str, row: int, statement: Statement, value: str = "") -> None:
        if self.strict:
            raise BankFileError(code, row, value)
        statement.notes.append(Note(code, row, value))

    def amount(self, block: Block, key: str) -> Decimal | None:
        text = block.values.get(key, "")
        found = amount(text) if text else None
        if text and found is None:
            raise BankFileError("amount", block.at(key), text)
        return found

    def day(self, block: Block, key: str) -> date | None:
        text = block.values.get(key, "")
        found = day(text) if text else None
        if text and not found:
            raise BankFileError("date", block.at(key), text)
        return found


def who(values: dict[str, str], side: str) -> tuple[str, str]:
    """Name and tax id of a side, wherever the bank writes them.

    >>> who({"Плательщик": 'ИНН 7701234560 ООО "РОМАШКА"'}, "Плательщик")
    ('ООО "РОМАШКА"', '7701234560')
    >>> who({"Плательщик1": "ООО", "Плательщик2": "Ромашка"}, "Плательщик")
    ('ООО Ромашка', '')
    """
    whole = values.get(side, "")
    tax_id = values.get(f"{side}ИНН", "")
    if found := TAX_ID_BEFORE.match(whole):
        tax_id = tax_id or found[1]
        whole = whole[found.end() :].strip()
    if not whole:
        # 2 goes on with the name, or holds the account where 1 alone is the name.
        whole, more = values.get(f"{side}1", ""), values.get(f"{side}2", "")
        whole = f"{whole} {more}".strip() if not more.isdigit() else whole
    return whole, "" if tax_id.strip("0") == "" else tax_id


def purpose(values: dict[str, str]) -> str:
    """What the payment is for: whole, or put together from its parts.

    >>> purpose({"НазначениеПлатежа1": "Оплата", "НазначениеПлатежа3": "НДС нет"})
    'Оплата НДС нет'
    """
    parts = (values.get(f"{form.PURPOSE}{n}", "") for n in range(1, 7))
    return values.get(form.PURPOSE) or " ".join(filter(None, parts))
