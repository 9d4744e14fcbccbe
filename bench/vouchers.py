"""100 vouchers at once, as the Print menu makes them, beside Odoo's stock engine."""

import time
from datetime import date, timedelta
from unittest import mock

from . import odoo_process
from .measure import Result, details, get_memory, growth, middle, sample

BOOKINGS = 100
GUESTS = 2
# What the second half may need more than the first: what malloc gives back late.
MEMORY_MB = 16


def measure(pair, quick):
    """Yield what a voucher costs from the button to the stored file."""
    count = 10 if quick else 50
    with odoo_process.environment(pair.tour) as env:
        orders = make_bookings(env, BOOKINGS + 1)
        warm, orders = orders[:1], orders[1:]
        stock = Stock(env, warm._make_documents("voucher"))
        before = stock.draw(count)
        seconds, memory = _make(orders)
        after = stock.draw(count)
        hasty = stock.draw(count, delay=0)
        made = env["tour.document"].search([("order_id", "in", orders.ids)])
        if len(made.filtered("current_version_id")) != BOOKINGS:
            raise AssertionError(f"{len(made)} vouchers were made")
        env.cr.rollback()
    yield _compare(seconds, before + after, f"{BOOKINGS} vouchers at once; a voucher")
    yield _compare(seconds, hasty, "the same", in_haste=True)
    yield Result(
        group="papers",
        name="memory that the second half took more than the first, MB",
        ours=seconds,
        ratio=growth(memory),
        target=MEMORY_MB,
        note=f"from {memory[0]:.0f} to {memory[-1]:.0f} MB",
        details={"memory_mb": [round(value, 1) for value in memory]},
    )


def _compare(seconds, stock, name, in_haste=False):
    ours = seconds / BOOKINGS
    plain = middle(stock) if stock else None
    note = "data, drawing and storing, against wkhtmltopdf drawing the same HTML"
    if in_haste:
        note = "against wkhtmltopdf without the second that Odoo gives to scripts"
    if not stock:
        note = "wkhtmltopdf is not installed: there is nothing to compare with"
    return Result(
        group="papers",
        name=name,
        ours=ours,
        plain=plain,
        ratio=plain and ours / plain,
        target=None if in_haste else 1 / 3,
        note=note,
        details=(details(stock=stock) if stock else {}) | {"seconds": seconds},
    )


def make_bookings(env, count):
    """Accepted bookings of a stay of two guests each."""
    client = env["res.partner"].search([("ref", "=", "C1")], limit=1)
    rates = env["tour.rate"].search([], limit=count)
    kind = env.ref("tour_booking.service_type_accommodation").id
    start = date.today() + timedelta(days=10)
    vals_list = []
    for number in range(count):
        rate = rates[number % len(rates)]
        stay = {
            "service_type_id": kind,
            "hotel_id": rate.hotel_id.id,
            "room_id": rate.room_id.id,
            "rate_id": rate.id,
            "date_from": start,
            "date_to": start + timedelta(days=3),
            "guest_ids": [
                (0, 0, {"last_name": f"Гость{number}", "first_name": f"Анна{guest}"})
                for guest in range(GUESTS)
            ],
        }
        vals_list.append(
            {
                "is_tour_booking": True,
                "partner_id": client.id,
                "order_line": [(0, 0, stay)],
            }
        )
    orders = env["sale.order"].create(vals_list)
    for order in orders:
        if order.booking_state == "new":
            order._move_to("accepted")
    env.flush_all()
    env.invalidate_all()
    return orders


def _make(orders):
    """Press the button; return the seconds, and the memory behind each voucher."""
    from odoo.addons.tour_document import pdf

    memory = [get_memory()]
    render = pdf.render

    def noted(*args, **kwargs):
        content = render(*args, **kwargs)
        memory.append(get_memory())
        return content

    started = time.perf_counter()
    with mock.patch.object(pdf, "render", noted):
        orders.action_make_voucher()
        orders.env.flush_all()
    return time.perf_counter() - started, memory


class Stock:
    """Odoo's own engine with the HTML of a voucher, our style sheet in it.

    One document a call: where Qt is not patched, as Debian's, it takes no more.
    """

    def __init__(self, env, document):
        from odoo.addons.tour_document import pdf

        self.report = env["ir.actions.report"]
        self.is_there = self.report.get_wkhtmltopdf_state() != "install"
        html = document.template_id._render_html(document._get_facts())
        style = f"<style>{pdf.STYLE_SHEET.read_text()}</style></head>"
        self.html = html.replace("</head>", style, 1)

    def draw(self, count, delay=1000):
        """Draw it some times, waiting for scripts as long as Odoo does by default."""
        if not self.is_there:
            return []
        parameters = self.report.env["ir.config_parameter"]
        parameters.set_param("report.print_delay", str(delay))
        return [
            sample(self.report._run_wkhtmltopdf, [self.html])[0]
            for _number in range(count)
        ]
