"""Statements of banks: read and matched, beside the bare reading of their lines."""

from base64 import b64encode
from datetime import date, datetime
from decimal import Decimal

from . import odoo_process
from .measure import Result, details, interleave, middle, middle_ratio, sample

LINES = 10_000
IN_BOOKS = 1_000
FEW = 100
OWN = "40702810200000000001"
DAY = date(2026, 10, 5)
CLIENTS = ("7701234560", "7707083893", "7712345671", "500100732259")


def measure(pair, quick):
    """Yield what statements cost to read, to match, and to enter into the books."""
    # The engines are taken from the add-on, which needs Odoo to be imported.
    with odoo_process.environment(pair.tour) as env:
        yield from _measure_engines(3 if quick else 7)
        yield from _measure_books(env, FEW if quick else IN_BOOKS)
        env.cr.rollback()


def _measure_engines(rounds):
    from odoo.addons.tour_bank.engine import client_bank, matching

    data = _write(LINES, OWN)
    items = list(_open_items(matching.Item, LINES))

    def read():
        return client_bank.read(data)[0].lines

    def read_and_match():
        moved = [
            matching.Moved(n, x.amount, x.purpose, x.tax_id, x.account, x.number)
            for n, x in enumerate(read())
        ]
        return matching.decide(moved, items)

    found = read_and_match()
    certain = sum(bool(each) and each[0].certain for each in found.values())
    if certain < LINES * 0.7:
        raise AssertionError(f"{certain} of {LINES} lines were recognised")
    taken = interleave(
        rounds,
        ours=read_and_match,
        reading=read,
        raw=lambda: [row.partition("=") for row in data.decode("cp1251").splitlines()],
    )
    for name, key in (("read", "reading"), ("read and matched", "ours")):
        yield Result(
            group="bank",
            name=f"{LINES:,} lines of a statement: {name}",
            ours=middle(taken[key]),
            limit=middle(taken["raw"]),
            ratio=middle_ratio(taken[key], taken["raw"]),
            target=10.0,
            note=f"against decoding and splitting the file; {certain:,} are certain",
            details=details(**taken),
        )


def _measure_books(env, count):
    """The same in the books, beside Odoo's own making of as many lines."""
    journal = _make_journal(env)
    own = journal.bank_account_id.acc_number
    Line = env["account.bank.statement.line"]

    def take_in(lines, start):
        wizard = env["account.statement.import"].create(
            {
                "statement_file": b64encode(_write(lines, own, start)),
                "statement_filename": "bench.txt",
            }
        )
        result = wizard.with_context(journal_id=journal.id)._import_file()
        env.flush_all()
        return Line.search([("statement_id", "in", result["statement_ids"])])

    bare, lines_bare = sample(_create_bare, env, journal, count)
    ours, lines = sample(take_in, count, 1_000_000)
    few = take_in(FEW // 10, 2_000_000)
    matched = sample(lines._propose, journal, journal.company_id.currency_id)[0]
    matched_few = sample(few._propose, journal, journal.company_id.currency_id)[0]
    if len(lines) != count or len(lines_bare) != count:
        raise AssertionError("Not all lines were taken in")
    yield Result(
        group="bank",
        name=f"{count:,} lines taken into the books",
        ours=ours.wall,
        plain=bare.wall,
        ratio=ours.cpu / bare.cpu,
        target=1.5,
        note="against Odoo's own making of the same lines",
    )
    yield Result(
        group="bank",
        name=f"{count:,} lines matched with what is open, beside taking them in",
        ours=matched.wall,
        plain=bare.wall,
        ratio=matched.cpu / bare.cpu,
        target=1.0,
        note="proposals kept",
    )
    yield Result(
        group="bank",
        name=f"queries to match {count:,} lines more than {FEW // 10}",
        ours=matched.sql,
        ratio=float(matched.queries - matched_few.queries),
        # Rows are written in batches of some hundreds.
        target=float(4 + 4 * count // 100),
        note=f"{matched.queries} against {matched_few.queries}",
    )


def _create_bare(env, journal, count):
    lines = env["account.bank.statement.line"].create(
        [
            {
                "journal_id": journal.id,
                "date": DAY,
                "payment_ref": f"Line {n}",
                "amount": n + 1,
            }
            for n in range(count)
        ]
    )
    env.flush_all()
    return lines


def _make_journal(env):
    account = env["res.partner.bank"].create(
        {
            "acc_number": {"RUB": OWN, "EUR": "40702978500000000001"}.get(
                env.company.currency_id.name, "40702840500000000001"
            ),
            "partner_id": env.company.partner_id.id,
        }
    )
    return env["account.journal"].create(
        {
            "name": "Bench",
            "type": "bank",
            "code": "BNCH",
            "bank_account_id": account.id,
        }
    )


def _write(count, own, start=0):
    """A statement of as many lines, half of them in: invoices, and payment orders."""
    from odoo.addons.tour_bank.engine import client_bank_write

    documents = [_document(start + n, own) for n in range(count)]
    came = sum(d["Сумма"] for d in documents if "ДатаПоступило" in d)
    went = sum(d["Сумма"] for d in documents if "ДатаСписано" in d)
    balances = {
        "ДатаНачала": DAY,
        "ДатаКонца": DAY,
        "РасчСчет": own,
        "НачальныйОстаток": Decimal(0),
        "ВсегоПоступило": Decimal(came),
        "ВсегоСписано": Decimal(went),
        "КонечныйОстаток": Decimal(came - went),
    }
    made = datetime(2026, 10, 6, 9, 0)
    return client_bank_write.write_statement(documents, balances, made).data


def _document(n, own):
    other = {
        "Счет": "40702810800000000001",
        "ИНН": CLIENTS[n % len(CLIENTS)],
        "1": f"ООО Клиент {n % 500}",
        "РасчСчет": "40702810800000000001",
        "Банк1": "АО АЛЬФА-БАНК",
        "БИК": "044525593",
        "Корсчет": "30101810200000000593",
    }
    came = n % 2 == 0
    side, ours = ("Плательщик", "Получатель") if came else ("Получатель", "Плательщик")
    # One in ten says nothing that can be recognised.
    number = f"INV/2026/{n:06}" if n % 10 else "договору"
    return {
        "Номер": str(n % 1_000_000),
        "Дата": DAY,
        "Сумма": Decimal(1000 + n),
        **{f"{side}{key}": value for key, value in other.items()},
        f"{ours}Счет": own,
        f"{ours}ИНН": "7712345671",
        f"{ours}1": 'ООО "ТУР ПРИМЕР"',
        "ДатаПоступило" if came else "ДатаСписано": DAY,
        "ВидОплаты": "01",
        "Очередность": "5",
        "НазначениеПлатежа": f"Оплата по {number} от 04.10.2026 за проживание "
        f"(бронь T{n:06}). В том числе НДС 22% - 3300-00",
    }


def _open_items(item, count):
    for n in range(count):
        came = n % 2 == 0
        yield item(
            n,
            "invoice" if came else "payment",
            Decimal(1000 + n) * (1 if came else -1),
            numbers=(f"INV/2026/{n:06}",) if came else (),
            bookings=(f"T{n:06}",),
            order="" if came else str(n % 1_000_000),
            tax_id=CLIENTS[n % len(CLIENTS)],
            partner=n % 500 + 1,
        )
