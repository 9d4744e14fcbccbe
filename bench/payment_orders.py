"""A file of 500 payment orders, beside the bare reading of its pages."""

import io
from unittest import mock

from . import odoo_process
from .measure import Result, details, get_memory, growth, middle, middle_ratio, sample

PAGES = 500
# What a page in hand may need more than another: its text and its fonts.
MEMORY_MB = 32


def measure(pair, quick):
    """Yield what a page costs: cut out, read, matched, kept."""
    pages = 100 if quick else PAGES
    rounds = 2 if quick else 3
    with odoo_process.environment(pair.tour) as env:
        memory, ours, engine, bare = [], [], [], []
        for number in range(rounds):
            content = _draw(env, pages, number)
            bare.append(sample(_read_bare, content)[0])
            engine.append(sample(_read_engine, content)[0])
            taken, file = sample(_read, env, content, memory)
            ours.append(taken)
            if file.state != "done" or file.order_count != pages:
                raise AssertionError(f"{file.order_count} of {pages} were read")
            env.cr.rollback()
    for name, taken, target in (
        ("reading a page", engine, 1.5),
        ("the same, matched with bookings and kept", ours, 10.0),
    ):
        yield Result(
            group="payment orders",
            name=f"{pages} pages in one file: {name}",
            ours=middle(taken) / pages,
            limit=middle(bare) / pages,
            ratio=middle_ratio(taken, bare),
            target=target,
            note="against pypdfium2 cutting and pypdf reading each page",
            details=details(ours=taken, bare=bare),
        )
    yield Result(
        group="payment orders",
        name="memory that the second half took more than the first, MB",
        ours=middle(ours),
        ratio=growth(memory),
        target=MEMORY_MB,
        note=f"from {memory[0]:.0f} to {memory[-1]:.0f} MB",
        details={"memory_mb": [round(value, 1) for value in memory]},
    )


def _draw(env, pages, number):
    """A PDF of orders, each of another booking; another file each time."""
    from odoo.addons.tour_payment_order.tests import pdf_factory

    orders = env["sale.order"].search([("is_tour_booking", "=", True)], limit=pages)
    return pdf_factory.draw(
        *(
            {
                "number": str(number * pages + place),
                "purpose": f"Оплата за проживание, заявка {order.name}. Без НДС",
            }
            for place, order in enumerate(orders, 1)
        )
    )


def _read(env, content, memory):
    """Receive a file and let the worker read it, without its commits."""
    files = env["tour.payment.order.file"]
    cron = type(env["ir.cron"])

    def commit(_self, *_args, **_kwargs):
        env.flush_all()
        memory.append(get_memory())
        return 600.0

    with mock.patch.object(cron, "_commit_progress", commit):
        file = files._receive(env.company, [("orders.pdf", content)])
        files._cron_read()
    return file


def _read_engine(content):
    """What it says and what is wrong with it, with no records yet."""
    from odoo.addons.tour_payment_order.engine import orders

    return sum(len(entry.content) for entry in orders.iter_entries(content))


def _read_bare(content):
    """Each page as a file of its own, and its text: the libraries alone."""
    import pypdf
    import pypdfium2

    length = 0
    document = pypdfium2.PdfDocument(content)
    for index in range(len(document)):
        single = pypdfium2.PdfDocument.new()
        single.import_pages(document, [index])
        target = io.BytesIO()
        single.save(target)
        single.close()
        length += len(pypdf.PdfReader(target).pages[0].extract_text())
    document.close()
    return length
