"""Feeds broken files to the readers of bank files, for as long as one likes.

    python bench/fuzz_bank.py --minutes 60 --log fuzz.log

Whatever comes, a reader gives statements or its own error, soon. In pieces of a minute,
each with its seed: `--seed N --minutes 1` does the piece N again.
"""

import argparse
import random
import sys
import time
import traceback
from decimal import Decimal
from importlib import import_module
from pathlib import Path

# The readers need no Odoo: they are taken from their folder, not from the add-on.
sys.path.insert(0, str(Path(__file__).parents[1] / "addons" / "tour_bank"))
camt, client_bank, result, swift, table = (
    import_module(f"engine.{name}")
    for name in ("camt", "client_bank", "result", "swift", "table")
)

SLOW = 5.0
CLIENT_BANK = """1CClientBankExchange
ВерсияФормата=1.03
Кодировка=Windows
ДатаНачала=05.10.2026
ДатаКонца=05.10.2026
РасчСчет=40702810200000000001
СекцияРасчСчет
ДатаНачала=05.10.2026
РасчСчет=40702810200000000001
НачальныйОстаток=100000.00
ВсегоПоступило=24400.00
ВсегоСписано=10350.00
КонечныйОстаток=114050.00
КонецРасчСчет
СекцияДокумент=Платежное поручение
Номер=214
Дата=05.10.2026
Сумма=24400.00
ПлательщикСчет=40702810800000000001
Плательщик=ИНН 7701234560 ООО "РОМАШКА"
ПлательщикИНН=7701234560
ПолучательСчет=40702810200000000001
ДатаПоступило=05.10.2026
НазначениеПлатежа=Оплата по счету № ТУР-000123 (бронь 20261010-7291-12345678)
КонецДокумента
СекцияДокумент=Банковский ордер
Номер=57
Дата=05.10.2026
Сумма=10350.00
ПлательщикСчет=40702810200000000001
ДатаСписано=05.10.2026
Получатель1=ИП Иванов
ПолучательРасчСчет=40802810000000000002
НазначениеПлатежа1=По договору № 7=2026
НазначениеПлатежа2=НДС не облагается
КонецДокумента
КонецФайла
""".replace("\n", "\r\n")
CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">10.00</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-10-05</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">12.50</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-10-05</Dt></Dt></Bal>
<Ntry><Amt Ccy="EUR">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-10-05</Dt></BookgDt><NtryDtls>
<TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">2.00</Amt></TxAmt></AmtDtls>
<RltdPties><Dbtr><Nm>Kovács</Nm><Id><OrgId><Othr><Id>7707083893</Id></Othr></OrgId></Id>
</Dbtr></RltdPties><RmtInf><Ustrd>T000123</Ustrd></RmtInf></TxDtls>
<TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">3.00</Amt></TxAmt></AmtDtls></TxDtls>
</NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">2.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><DtTm>2026-10-05T10:00:00</DtTm></BookgDt></Ntry>
</Stmt></BkToCstmrStmt></Document>"""
MT940 = """{1:F01X}{2:I940}{4:
:20:START
:25:NL08DEUT0319809633EUR
:28C:1/1
:60F:C261005EUR10,00
:61:2610051005D2,50NTRFINV7//B1
:86:106?00X?20SVWZ+Hotel Romashka?21INV 7?30DEUTDEFF?31NL08?32Hotel
:61:261005C5,NTRFNONREF
/extra/
:86:Free text
of two lines
:62F:C261005EUR12,50
-}"""
TABLE = """Выписка
Дата;Сумма;ИНН;Назначение
05.10.2026;-1 234,50;7707083893;"Оплата; счёт 7"
05.10.2026;10;;Возврат
;;;Итого"""
COLUMNS = {"date": "Дата", "amount": "Сумма", "purpose": "Назначение"}


def _read_table(data: bytes) -> list[result.Statement]:
    return table.read(data, table.Table(COLUMNS), "40702810200000000001")


# For each reader what it begins with, in the encodings it comes in.
SEEDS = [
    (client_bank.read, CLIENT_BANK.encode("cp1251")),
    (client_bank.read, CLIENT_BANK.replace("Windows", "DOS").encode("cp866")),
    (client_bank.read, CLIENT_BANK.encode("utf-8-sig")),
    (lambda data: client_bank.read(data, strict=False), CLIENT_BANK.encode("utf-16")),
    (camt.read, CAMT.encode()),
    (lambda data: camt.read(data, strict=False), CAMT.encode("utf-16")),
    (swift.read, MT940.encode()),
    (lambda data: swift.read(data, strict=False), MT940.encode()),
    (_read_table, TABLE.encode("cp1251")),
    (_read_table, TABLE.encode()),
]
WORDS = [
    *(b"=", b"\r\n", b"\n", b"\r", b"\x00", b"\x1a", b"\xff", b"\xef\xbb\xbf", b"\x98"),
    *(b"0", b"-", b"+", b",", b".", b"1e9", b"NaN", b"Infinity", b"9" * 40, b" "),
    *(b"31.02.2026", b"00.00.0000", b"99999999", b"<", b">", b"&a;", b"<!DOCTYPE a>"),
    *(b":61:", b":86:", b":20:", b":25:", b":60F:", b":62M:", b":NS:", b"-}", b"?20"),
    *(b'"', b";", b"\xc2\xa0", "٣".encode(), "Секция".encode("cp1251")),
    *("КонецДокумента\r\n".encode("cp1251"), "Сумма=".encode("cp1251")),
    *(b"<Ntry>", b"</Ntry>", b"<Amt>", b"</Amt>", b'Ccy="USD"', b"CRDT", b"DBIT"),
]


def broken(data: bytes, dice: random.Random) -> bytes:
    """The file after one to eight misfortunes."""
    for _ in range(dice.choice((1, 1, 1, 2, 3, 5, 8))):
        data = dice.choice(MISFORTUNES)(data, dice)[:200_000]
    return data


def _place(data: bytes, dice: random.Random) -> tuple[int, int]:
    start = dice.randrange(len(data) + 1)
    return start, min(len(data), start + dice.choice((1, 2, 4, 16, 64, 256)))


def _flip(data: bytes, dice: random.Random) -> bytes:
    if not data:
        return b"?"
    at = dice.randrange(len(data))
    return data[:at] + bytes((dice.randrange(256),)) + data[at + 1 :]


def _drop(data: bytes, dice: random.Random) -> bytes:
    start, end = _place(data, dice)
    return data[:start] + data[end:]


def _double(data: bytes, dice: random.Random) -> bytes:
    start, end = _place(data, dice)
    return data[:end] + data[start:end] * dice.choice((1, 1, 2, 50)) + data[end:]


def _insert(data: bytes, dice: random.Random) -> bytes:
    start, _end = _place(data, dice)
    return data[:start] + dice.choice(WORDS) + data[start:]


def _replace(data: bytes, dice: random.Random) -> bytes:
    start, end = _place(data, dice)
    return data[:start] + dice.choice(WORDS) + data[end:]


def _move(data: bytes, dice: random.Random) -> bytes:
    start, end = _place(data, dice)
    rest = data[:start] + data[end:]
    at = dice.randrange(len(rest) + 1)
    return rest[:at] + data[start:end] + rest[at:]


def _lines(data: bytes, dice: random.Random) -> bytes:
    lines = data.split(b"\n")
    first, second = dice.randrange(len(lines)), dice.randrange(len(lines))
    act = dice.randrange(4)
    if act == 0:
        lines[first], lines[second] = lines[second], lines[first]
    elif act == 1:
        del lines[first]
    elif act == 2:
        lines.insert(second, lines[first])
    else:
        lines[first] = lines[first][: dice.randrange(len(lines[first]) + 1)]
    return b"\n".join(lines)


def _splice(data: bytes, dice: random.Random) -> bytes:
    _read, other = dice.choice(SEEDS)
    start, _end = _place(data, dice)
    return data[:start] + other[_place(other, dice)[0] :]


def _digit(data: bytes, dice: random.Random) -> bytes:
    places = [at for at, byte in enumerate(data) if 48 <= byte <= 57]
    if not places:
        return data
    at = dice.choice(places)
    return data[:at] + dice.choice((b"", b"0", b"9", b"-", b".", b",")) + data[at + 1 :]


MISFORTUNES = [_flip, _drop, _double, _insert, _replace, _move, _lines, _splice, _digit]


def check(statements: list[result.Statement]) -> int:
    """What comes out can be entered into the books."""
    lines = 0
    for statement in statements:
        assert statement.account and statement.currency, "no account"
        keys = set()
        for line in statement.lines:
            assert isinstance(line.amount, Decimal) and line.amount.is_finite()
            assert line.amount and abs(line.amount) < result.MAX_AMOUNT * 2, line.amount
            assert line.amount == line.amount.quantize(Decimal("0.01"))
            assert 1990 <= line.date.year < 2100, line.date
            assert line.row > 0 and line.key and line.key not in keys, line
            assert len(line.purpose) <= result.MAX_TEXT * 8, len(line.purpose)
            keys.add(line.key)
            lines += 1
    return lines


def piece(seed: int, seconds: float, found: list[str]) -> dict[str, int]:
    """So many seconds of processor time from one seed."""
    dice = random.Random(seed)
    counts = {"files": 0, "read": 0, "refused": 0, "lines": 0, "slowest_ms": 0}
    end = time.process_time() + seconds
    while time.process_time() < end:
        read, data = dice.choice(SEEDS)
        data = broken(data, dice)
        begun = time.process_time()
        try:
            counts["lines"] += check(read(data))
            counts["read"] += 1
        except result.BankFileError:
            counts["refused"] += 1
        except Exception:
            found.append(f"{traceback.format_exc()}\n{data[:5000]!r}\n")
        took = time.process_time() - begun
        counts["files"] += 1
        counts["slowest_ms"] = max(counts["slowest_ms"], round(took * 1000))
        if took > SLOW:
            found.append(f"slow: {took:.1f} s\n{data[:5000]!r}\n")
    return counts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--log", type=Path)
    options = parser.parse_args()
    found: list[str] = []
    left, seed = options.minutes * 60, options.seed
    while left > 0 and len(found) < 20:
        counts = piece(seed, min(60.0, left), found)
        line = f"seed {seed}: {counts}, {len(found)} found"
        print(line, flush=True)
        if options.log:
            with options.log.open("a") as log:
                log.write(line + "\n")
        left, seed = left - 60, seed + 1
    for text in found:
        print(text)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
