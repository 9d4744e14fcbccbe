"""The statement of mutual settlements, beside raw SQL of its rows and their XLSX."""

import io
from datetime import date

import xlsxwriter

from . import odoo_process
from .measure import (
    Result,
    details,
    get_memory,
    growth,
    interleave,
    middle,
    middle_ratio,
)

ROWS = 10_000
FEW = 1_000
MEMORY_MB = 16
DAY = date(2026, 6, 10)

#: As one would write it by hand for one client; numbers of bookings included.
ROWS_SQL = """
    SELECT line.date, move.name, STRING_AGG(DISTINCT orders.name, ', '),
           SUM(line.amount_currency)
      FROM account_move_line line
      JOIN account_account account ON account.id = line.account_id
      JOIN account_move move ON move.id = line.move_id
 LEFT JOIN tour_booking_invoice_rel rel ON rel.move_id = move.id
 LEFT JOIN sale_order orders ON orders.id = rel.order_id
     WHERE line.partner_id = %(partner)s AND line.company_id = %(company)s
       AND line.currency_id = %(currency)s AND line.parent_state = 'posted'
       AND account.account_type = 'asset_receivable'
       AND line.date BETWEEN %(start)s AND %(end)s
  GROUP BY line.date, move.id
  ORDER BY line.date, move.id
"""
#: Documents made by SQL, every other one an invoice of a booking.
FILL_SQL = """
    WITH moves AS (
        INSERT INTO account_move (name, state, move_type, date, journal_id, company_id,
                    currency_id, commercial_partner_id, auto_post)
             SELECT %(name)s || n, 'posted', 'entry', %(day)s, %(journal)s, %(company)s,
                    %(currency)s, %(partner)s, 'no'
               FROM GENERATE_SERIES(1, %(count)s) n
          RETURNING id, name
    ), lines AS (
        INSERT INTO account_move_line (move_id, move_name, parent_state, date,
                    journal_id, company_id, currency_id, company_currency_id,
                    partner_id, account_id, amount_currency, balance, debit, credit,
                    display_type)
             SELECT id, name, 'posted', %(day)s, %(journal)s, %(company)s, %(currency)s,
                    %(currency)s, %(partner)s, %(account)s, 1234.57, 1234.57, 1234.57,
                    0, 'payment_term'
               FROM moves
    )
    INSERT INTO tour_booking_invoice_rel (move_id, order_id)
         SELECT moves.id, orders.id
           FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS place FROM moves) moves
           JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS place
                   FROM sale_order WHERE is_tour_booking
                  LIMIT %(count)s) orders
             ON orders.place = moves.place AND moves.place %% 2 = 0
"""


def measure(pair, quick):
    """Yield what the files of long statements cost."""
    rounds = 3 if quick else 7
    with odoo_process.environment(pair.tour) as env:
        few, many = (_make(env, name, n) for name, n in (("few", FEW), ("many", ROWS)))
        memory = []
        taken = interleave(
            rounds,
            xlsx=lambda: _noted(memory, many.read_xlsx),
            raw=many.read_raw,
            few=few.read_xlsx,
        )
        yield Result(
            group="statement",
            name=f"XLSX, {ROWS:,} documents",
            ours=middle(taken["xlsx"]),
            limit=middle(taken["raw"]),
            ratio=middle_ratio(taken["xlsx"], taken["raw"]),
            target=1.5,
            note="against SQL by hand and xlsxwriter with constant memory",
            details=details(**taken),
        )
        queries, of_few = (middle(taken[name], "queries") for name in ("xlsx", "few"))
        yield Result(
            group="statement",
            name=f"queries, {ROWS:,} documents against {FEW:,}",
            ours=middle(taken["xlsx"], "sql"),
            limit=middle(taken["raw"], "sql"),
            ratio=queries / of_few,
            target=1.0,
            note=f"{queries:.0f} queries",
        )
        yield Result(
            group="statement",
            name="memory that later statements took more than the first, MB",
            ours=middle(taken["xlsx"]),
            ratio=growth(memory),
            target=MEMORY_MB,
            note=f"from {memory[0]:.0f} to {memory[-1]:.0f} MB",
            details={"memory_mb": [round(value, 1) for value in memory]},
        )
        yield from _measure_pdf(many, quick)
        env.cr.rollback()


def _measure_pdf(many, quick):
    memory = [get_memory()]
    taken = interleave(
        1 if quick else 3,
        pdf=lambda: _noted(memory, many.read_pdf),
        raw=many.read_raw,
    )
    yield Result(
        group="statement",
        name=f"PDF, {ROWS:,} documents",
        ours=middle(taken["pdf"]),
        limit=middle(taken["raw"]),
        ratio=middle_ratio(taken["pdf"], taken["raw"]),
        target=10.0,
        note=f"{_count_pages(many.read_pdf())} pages, against the same SQL and XLSX",
        details=details(**taken) | {"memory_mb": [round(value, 1) for value in memory]},
    )


class _Statement:
    """A client's statement, as the screen's buttons give it, and by hand."""

    def __init__(self, wizard):
        self.wizard = wizard
        self.env = wizard.env

    def read_xlsx(self):
        self.env.invalidate_all()
        with self.wizard._open_xlsx() as file:
            return len(file.read())

    def read_pdf(self):
        self.env.invalidate_all()
        return self.wizard._draw_pdf()

    def read_raw(self):
        wizard = self.wizard
        self.env.cr.execute(
            ROWS_SQL,
            {
                "partner": wizard.partner_id.id,
                "company": wizard.company_id.id,
                "currency": wizard.currency_id.id,
                "start": wizard.date_from,
                "end": wizard.date_to,
            },
        )
        file = io.BytesIO()
        book = xlsxwriter.Workbook(file, {"constant_memory": True})
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        balance = 0
        for place, row in enumerate(self.env.cr.fetchall()):
            balance += row[3]
            sheet.write_datetime(place, 0, row[0], day)
            sheet.write_string(place, 1, row[1])
            sheet.write_string(place, 2, row[2] or "")
            sheet.write_number(place, 3, row[3])
            sheet.write_number(place, 5, balance)
        book.close()
        return file.tell()


def _make(env, name, count):
    """A client with as many documents in June."""
    partner = env["res.partner"].create(
        {"name": f"Bench {name}", "is_company": True, "tour_client_corporate": True}
    )
    company = env.company
    journal = env["account.journal"].search(
        [("type", "=", "sale"), ("company_id", "=", company.id)], limit=1
    )
    env.flush_all()
    env.cr.execute(
        FILL_SQL,
        {
            "day": DAY,
            "journal": journal.id,
            "company": company.id,
            "currency": company.currency_id.id,
            "partner": partner.id,
            "account": partner.property_account_receivable_id.id,
            "count": count,
            "name": f"{name}/",
        },
    )
    for table in ("account_move", "account_move_line", "tour_booking_invoice_rel"):
        env.cr.execute(f"ANALYZE {table}")
    return _Statement(
        env["tour.statement"].create(
            {
                "partner_id": partner.id,
                "date_from": DAY.replace(day=1),
                "date_to": DAY.replace(day=30),
            }
        )
    )


def _noted(memory, function):
    function()
    memory.append(get_memory())


def _count_pages(content):
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(content)).pages)
