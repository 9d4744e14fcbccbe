"""The bank's file of payment orders: two find their bookings, two wait and say why."""

from html import escape

from odoo.addons.tour_document.pdf import render
from odoo.addons.tour_document.words import amount_in_words
from odoo.addons.tour_payment_order.engine.orders import iter_entries

from . import story_payments as story


def load(stage):
    stage.company.tour_payment_senders = story.SENDER
    lines = _find_services(stage)
    pages = [
        _draw(stage, line, number, purpose)
        for line, (number, purpose) in zip(lines, story.PURPOSES, strict=False)
    ]
    if pages:
        _read(stage, render("".join(pages)))


def _find_services(stage):
    """Stays of bookings that take payment orders, each of another one."""
    states = stage.env["tour.booking.status"]._get_payment_order_states()
    lines = stage.env["sale.order.line"].search(
        [
            ("order_id.booking_state", "in", states),
            ("order_id.company_id", "=", stage.company.id),
            ("supplier_id.vat", "!=", False),
            ("supplier_due", ">", 0),
            ("currency_id", "=", stage.company.currency_id.id),
            ("payment_order_state", "=", "none"),
        ],
        order="id",
        limit=100,
    )
    # Those with a Russian tax id, as the form has no others.
    russian = lines.filtered(lambda line: len(line.supplier_id.vat) in (10, 12))
    first = {line.order_id: line for line in reversed(russian)}
    return [first[order] for order in sorted(first, key=lambda order: order.id)]


def _draw(stage, line, number, purpose):
    values = {
        "number": number,
        "date": stage.day(-1).strftime("%d.%m.%Y"),
        "amount": f"{line.supplier_due:.2f}".replace(".", "-"),
        "words": amount_in_words(line.supplier_due, "RUB", "ru_RU"),
        "payer": stage.company.name,
        "payer_tax_id": stage.company.vat or "",
        "payee": line.supplier_id.name,
        "payee_tax_id": line.supplier_id.vat,
        "purpose": purpose.format(booking=line.order_id.name),
    }
    return story.FORM.format(**{name: escape(text) for name, text in values.items()})


def _read(stage, content):
    """As the worker reads it, but within the one transaction of the demo."""
    file = stage.env["tour.payment.order.file"]._receive(
        stage.company,
        [(story.FILE, content)],
        source="mail",
        sender=story.SENDER,
        is_trusted=True,
    )
    entries = list(iter_entries(content))
    file._set_state("reading", page_count=sum(entry.pages for entry in entries))
    for entry in entries:
        file._take(entry)
    file._set_state("done")
