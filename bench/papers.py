"""Papers: a voucher for 40 guests, an invoice of 60 rows."""

from datetime import date, timedelta

from . import odoo_process
from .measure import Result, details, interleave, middle, middle_ratio

GUESTS = 40
ROWS = 60


def measure(pair, quick):
    """Yield what drawing costs, from the booking's data to the PDF."""
    from odoo.addons.tour_document import pdf

    rounds = 2 if quick else 5
    with odoo_process.environment(pair.tour) as env:
        for name, kind, document in _make(env):
            template = document.template_id

            def ours(document=document, template=template):
                document.invalidate_recordset()
                return pdf.render(template._render_html(document._get_facts()))

            html = template._render_html(document._get_facts())

            def engine(html=html):
                return pdf.render(html)

            taken = interleave(rounds, ours=ours, engine=engine)
            pages = _count_pages(engine())
            yield Result(
                group="papers",
                name=name,
                ours=middle(taken["ours"]),
                limit=middle(taken["engine"]),
                ratio=middle_ratio(taken["ours"], taken["engine"]),
                target=1.5,
                note=f"against the engine alone; {kind}, pages: {pages}",
                details=details(**taken),
            )
        env.cr.rollback()


def _make(env):
    """Yield name, kind and document of a large booking of each sort."""
    client = env["res.partner"].search([("ref", "=", "C1")], limit=1)
    rate = env["tour.rate"].search([], limit=1)
    start = date.today() + timedelta(days=10)
    stay = {
        "service_type_id": env.ref("tour_booking.service_type_accommodation").id,
        "hotel_id": rate.hotel_id.id,
        "room_id": rate.room_id.id,
        "rate_id": rate.id,
        "date_from": start,
        "date_to": start + timedelta(days=3),
    }
    guests = [
        (0, 0, {"last_name": f"Гость{i}", "first_name": "Александр"})
        for i in range(GUESTS)
    ]
    many_guests, many_rows = env["sale.order"].create(
        [
            {
                "is_tour_booking": True,
                "partner_id": client.id,
                "order_line": [(0, 0, stay | {"guest_ids": guests})],
            },
            {
                "is_tour_booking": True,
                "partner_id": client.id,
                "order_line": [(0, 0, stay | {"guest_ids": guests[:1]})] * ROWS,
            },
        ]
    )
    for name, kind, order in (
        (f"voucher, {GUESTS} guests", "voucher", many_guests),
        (f"booking sheet, {GUESTS} guests", "booking_sheet", many_guests),
        (f"invoice, {ROWS} rows", "invoice", many_rows),
        (f"booking sheet, {ROWS} services", "booking_sheet", many_rows),
    ):
        if order.booking_state == "new":
            order._move_to("accepted")
        yield name, kind, order._make_documents(kind)[:1]


def _count_pages(content):
    import io

    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(content)).pages)
