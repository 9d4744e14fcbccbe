"""Reading CAMT.053, the statement of ISO 20022, of any version.

>>> xml = b'''<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
... <BkToCstmrStmt><Stmt>
... <Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>
... <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">10</Amt>
... <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-10-05</Dt></Dt></Bal>
... <Ntry><Amt Ccy="EUR">2.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
... <BookgDt><Dt>2026-10-05</Dt></BookgDt><NtryDtls><TxDtls>
... <RltdPties><Cdtr><Pty><Nm>Hotel</Nm></Pty></Cdtr></RltdPties>
... <RmtInf><Ustrd>INV 7</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
... </Stmt></BkToCstmrStmt></Document>'''
>>> [statement] = read(xml)
>>> [line] = statement.lines
>>> statement.start, line.amount, line.name, line.purpose, line.row
(Decimal('10.00'), Decimal('-2.50'), 'Hotel', 'INV 7', 7)

Nothing is fetched, and nothing unpacked, that a file names:

>>> try:
...     read(b'<!DOCTYPE a [<!ENTITY b "c">]><Document>&b;</Document>')
... except BankFileError as error:
...     print(error)
doctype
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from lxml import etree

from .result import (
    MAX_LINES,
    MAX_TEXT,
    BankFileError,
    Line,
    Note,
    Statement,
    give_keys,
)
from .text import amount, check_size, day

SIGNS = {"CRDT": 1, "DBIT": -1}
OPENING, CLOSING = ("OPBD", "PRCD", "ITBD"), ("CLBD", "ITBD")
NOT_GIVEN = {"", "NOTPROVIDED", "NONREF"}
SIGN = re.compile(rb"camt\.053|<(?:\w+:)?BkToCstmrStmt[\s>]")
Node = etree._Element


def is_ours(data: bytes) -> bool:
    """Whether the file looks like one of these, in whatever encoding."""
    return bool(SIGN.search(data[:4000].replace(b"\0", b"")))


def read(data: bytes, strict: bool = True) -> list[Statement]:
    """The statements of the file.

    :param strict: refuse balances that the entries do not lead to; else note them
    :raise BankFileError: with the number of the line
    """
    root = _parse(data)
    nodes = root.findall("BkToCstmrStmt/Stmt")
    if not nodes:
        raise BankFileError("no_statement", root.sourceline or 0)
    return [_statement(node, strict) for node in nodes]


def _parse(data: bytes) -> Node:
    check_size(data)
    # Before any of it is parsed: no statement has one.
    if b"<!DOCTYPE" in data.replace(b"\0", b"")[:100_000]:
        raise BankFileError("doctype")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data.strip(b"\x00\x1a \t\r\n"), parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        position = getattr(error, "position", None) or (0, 0)
        raise BankFileError("xml", position[0], str(error)) from error
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise BankFileError("doctype")
    for node in root.iter():
        # Versions differ in their namespace, and in little that matters here.
        if isinstance(node.tag, str):
            node.tag = node.tag.rpartition("}")[2]
    return root


def _statement(node: Node, strict: bool) -> Statement:
    account = _text(node, "Acct/Id/IBAN") or _text(node, "Acct/Id/Othr/Id")
    if not account:
        raise BankFileError("no_account", node.sourceline or 0)
    statement = Statement(
        account.replace(" ", ""),
        _text(node, "Acct/Ccy"),
        _day(node, "FrToDt/FrDtTm"),
        _day(node, "FrToDt/ToDtTm"),
        row=node.sourceline or 0,
    )
    balances = dict(reversed([_balance(each, statement) for each in node.iter("Bal")]))
    statement.start = _first(balances, OPENING)
    last = dict(_balance(each, statement) for each in node.iter("Bal"))
    statement.end = _first(last, CLOSING)
    for entry in node.findall("Ntry"):
        statement.lines.extend(_lines(entry, statement))
        if len(statement.lines) > MAX_LINES:
            raise BankFileError("too_many", entry.sourceline or 0, str(MAX_LINES))
    if not statement.currency:
        raise BankFileError("no_currency", statement.row)
    _check(node, statement, strict)
    give_keys(statement.lines)
    return statement


def _balance(node: Node, statement: Statement) -> tuple[str, Decimal]:
    code = _text(node, "Tp/CdOrPrtry/Cd") or _text(node, "Tp/CdOrPrtry/Prtry")
    return code, _amount(node, statement) * _sign(node)


def _first(balances: dict[str, Decimal], codes: tuple[str, ...]) -> Decimal | None:
    return next((balances[code] for code in codes if code in balances), None)


def _check(node: Node, statement: Statement, strict: bool) -> None:
    """What the file says of its sums and counts against what stands in it."""
    doubts = []
    total = sum((line.amount for line in statement.lines), Decimal())
    if None not in (statement.start, statement.end):
        if statement.start + total != statement.end:
            doubts.append(Note("balance", statement.row, f"{total:.2f}"))
    said = _text(node, "TxsSummry/TtlNtries/NbOfNtries")
    if said.isascii() and said.isdigit() and int(said[:9]) != len(node.findall("Ntry")):
        doubts.append(Note("count", statement.row, said))
    if doubts and strict:
        raise BankFileError(doubts[0].code, doubts[0].row, doubts[0].value)
    statement.notes.extend(doubts)


def _lines(entry: Node, statement: Statement) -> Iterator[Line]:
    """The lines of an entry: one for each payment, where the bank sums them up."""
    row = entry.sourceline or 0
    status = _text(entry, "Sts/Cd") or _text(entry, "Sts")
    if status not in ("", "BOOK"):
        statement.notes.append(Note("not_booked", row, status))
        return
    total, sign = _amount(entry, statement), _sign(entry)
    if not total:
        statement.notes.append(Note("zero", row))
        return
    on = _booked_on(entry)
    if not on:
        raise BankFileError("date", row, _text(entry, "BookgDt/Dt"))
    parts = list(_parts(entry, statement, total, sign))
    for part, value in parts or [(entry, total * sign)]:
        yield _line(entry, part, on, value)


def _parts(
    entry: Node, statement: Statement, total: Decimal, sign: int
) -> Iterator[tuple[Node, Decimal]]:
    details = entry.findall("NtryDtls/TxDtls")
    if len(details) == 1:
        yield details[0], total * sign
        return
    sums = []
    for node in details:
        holder = node if node.find("Amt") is not None else node.find("AmtDtls/TxAmt")
        found = holder is not None and holder.find("Amt")
        if found is None or found is False or found.get("Ccy") != statement.currency:
            return
        own_sign = SIGNS.get(_text(node, "CdtDbtInd"), sign)
        sums.append((node, _amount(holder, statement) * own_sign))
    # What does not add up is taken as the bank booked it: in one sum.
    if sums and sum(value for _node, value in sums) == total * sign:
        yield from (pair for pair in sums if pair[1])


def _line(entry: Node, part: Node, on: date, value: Decimal) -> Line:
    side = "Dbtr" if value > 0 else "Cdtr"
    party = _find(part, f"RltdPties/{side}/Pty", f"RltdPties/{side}")
    account = _find(part, f"RltdPties/{side}Acct/Id")
    agent = _find(part, f"RltdAgts/{side}Agt/FinInstnId")
    texts = [_clean(node) for node in part.findall("RmtInf/Ustrd")]
    texts += [_clean(node) for node in part.findall("RmtInf/Strd/CdtrRefInf/Ref")]
    own = _text(part, "Refs/AcctSvcrRef") or _text(part, "Refs/TxId")
    references = [_text(part, "Refs/EndToEndId"), _text(part, "Refs/InstrId")]
    return Line(
        on,
        value,
        name=_text(party, "Nm"),
        tax_id=_tax_id(party),
        account=_text(account, "IBAN") or _text(account, "Othr/Id"),
        bic=_text(agent, "BICFI")
        or _text(agent, "BIC")
        or _text(agent, "ClrSysMmbId/MmbId"),
        purpose=" ".join(filter(None, texts))[:MAX_TEXT]
        or _text(part, "AddtlTxInf")
        or _text(entry, "AddtlNtryInf"),
        number=next((ref for ref in references if ref not in NOT_GIVEN), ""),
        kind=_text(entry, "BkTxCd/Prtry/Cd"),
        reference=own or _text(entry, "AcctSvcrRef"),
        row=part.sourceline or entry.sourceline or 0,
    )


def _tax_id(party: Node | None) -> str:
    """The first id that is digits only: banks give others beside it."""
    if party is None:
        return ""
    found = (_clean(node) for node in party.findall("Id//Othr/Id"))
    return next((text for text in found if text.isdigit() and len(text) <= 12), "")


def _booked_on(entry: Node) -> date | None:
    for path in ("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm"):
        if found := _day(entry, path):
            return found
    return None


def _amount(node: Node, statement: Statement) -> Decimal:
    found = node.find("Amt")
    row = (node if found is None else found).sourceline or 0
    text = "" if found is None else _clean(found)
    value = amount(text)
    # The format has a point, and up to five digits behind it.
    if value is None and re.fullmatch(r"\d{1,13}\.\d{1,2}0{1,3}", text):
        value = amount(text.rstrip("0").ljust(text.index(".") + 2, "0"))
    if value is None or value < 0:
        raise BankFileError("amount", row, text)
    currency = found.get("Ccy") or statement.currency
    statement.currency = statement.currency or currency
    if currency != statement.currency:
        raise BankFileError("currency", row, currency)
    return value


def _sign(node: Node) -> int:
    text = _text(node, "CdtDbtInd")
    if text not in SIGNS:
        raise BankFileError("direction", node.sourceline or 0, text)
    return SIGNS[text]


def _day(node: Node, path: str) -> date | None:
    return day(_text(node, path)[:10])


def _find(node: Node, *paths: str) -> Node | None:
    return next((found for p in paths if (found := node.find(p)) is not None), None)


def _text(node: Node | None, path: str) -> str:
    found = None if node is None else node.find(path)
    return "" if found is None else _clean(found)


def _clean(node: Node) -> str:
    return " ".join((node.text or "").split())[:MAX_TEXT]
