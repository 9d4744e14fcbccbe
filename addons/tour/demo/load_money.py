"""Makes taxes, invoices, payments, refunds and suppliers' bills."""

from collections import defaultdict
from datetime import timedelta

from odoo.fields import Command
from odoo.tools import SQL

from .story_bookings import Extra

# The rate of VAT changed at the beginning of 2026.
TAXES = [("20", 20.0, False, "2025-12-31"), ("22", 22.0, "2026-01-01", False)]
# Statuses that need a paid invoice, whatever the story says.
PAID_STATES = {"done", "reposting", "archive"}
# What Odoo joins to find the payments of invoices.
TABLES = (
    "account_move",
    "account_move_line",
    "account_partial_reconcile",
    "account_payment",
)


def prepare(stage):
    """Make what invoices need: taxes, and prices in euros."""
    group = stage.env["account.tax.group"].create(
        {"name": "VAT", "company_id": stage.company.id}
    )
    taxes = stage.env["account.tax"].create(
        [
            {
                "name": f"VAT {name}%",
                "invoice_label": f"VAT {name}%",
                "amount": amount,
                "tax_group_id": group.id,
                "type_tax_use": "sale",
                "price_include_override": "tax_included",
                "tour_date_from": first,
                "tour_date_to": last,
                "company_id": stage.company.id,
            }
            for name, amount, first, last in TAXES
        ]
    )
    for kind in ("accommodation", "transfer", "other"):
        product = stage.env.ref(f"tour_booking.product_{kind}")
        product.taxes_id = [Command.set(taxes.ids)]
        product.supplier_taxes_id = [Command.clear()]
    euro = stage.env["product.pricelist"].create(
        {
            "name": "Euro",
            "currency_id": stage.env.ref("base.EUR").id,
            "company_id": stage.company.id,
        }
    )
    stage.keep("pricelist", "euro", euro)
    _make_plan(stage)
    _issue_cheque(stage)


def _make_plan(stage):
    """A deposit and a balance, which is collected from the saved card."""
    rows = [
        ("percent", 30.0, "days_after_booking", 3),
        ("percent", 70.0, "days_before_arrival", 7),
    ]
    names = ("value", "value_amount", "delay_type", "nb_days")
    plan = stage.env["account.payment.term"].create(
        {
            "name": "30% in 3 days, the rest a week before arrival",
            "company_id": stage.company.id,
            "tour_auto_collect": True,
            "line_ids": [
                Command.create(dict(zip(names, row, strict=True))) for row in rows
            ],
        }
    )
    stage.keep("payment_plan", "deposit", plan)


def _issue_cheque(stage):
    """A gift cheque, bought and paid for."""
    cheque = stage.as_user("accountant")["tour.gift.cheque"].create(
        {
            "value": 10000.0,
            "partner_id": stage["client", "harbour"].id,
            "expires_on": stage.day(365),
            "note": "For the best traveller of the year",
        }
    )
    cheque.action_issue()
    _pay(stage, [cheque.move_id])


def invoice(stage, makers):
    """Invoice bookings, and register their payments, as the story says."""
    paid = [maker for maker in makers if _is_paid(maker)]
    sent = [maker for maker in makers if Extra.INVOICED in maker.extras]
    if not (paid or sent):
        return
    _plan(stage, sent)
    orders = _as_accountant(stage, [maker.order for maker in (*paid, *sent)])
    moves = orders._create_invoices(grouped=True)
    by_order = {order.id: order.invoice_ids for order in orders}
    for maker in (*paid, *sent):
        # Two days before the stay, but not in the future.
        date = min(maker.first - timedelta(days=2), stage.today)
        vals = {"invoice_date": date}
        if not maker.order.payment_term_id:
            vals["invoice_date_due"] = date + timedelta(days=10)
        by_order[maker.order.id].write(vals)
    moves.action_show_to_client()
    _analyze(stage)
    _pay(stage, [by_order[maker.order.id] for maker in paid])


def _plan(stage, makers):
    """Give those a plan that are early enough for it."""
    for maker in makers:
        if maker.first > stage.day(10):
            maker.order.payment_term_id = stage["payment_plan", "deposit"]


def _is_paid(maker):
    return maker.state in PAID_STATES or Extra.PAID in maker.extras


def bill(stage, makers):
    """Enter suppliers' bills, and pay them, as the story says."""
    paid = [maker for maker in makers if Extra.BILL_PAID in maker.extras]
    billed = [maker for maker in makers if Extra.BILL in maker.extras]
    moves = stage.as_user("accountant")["account.move"].create(
        [_prepare_bill(stage, maker) for maker in (*paid, *billed)]
    )
    moves.action_post()
    _pay(stage, list(moves[: len(paid)]))


def _prepare_bill(stage, maker):
    order = maker.order
    stay = order.order_line[0]
    date = min(maker.last, stage.today)
    return {
        "move_type": "in_invoice",
        "partner_id": stay.supplier_id.id,
        "ref": f"{2600 + maker.number}/{maker.hotel.id}",
        "invoice_date": date,
        "date": date,
        "invoice_date_due": date + timedelta(days=7),
        "currency_id": order.currency_id.id,
        "tour_order_ids": [Command.set(order.ids)],
        "invoice_line_ids": [
            Command.create(
                {
                    "product_id": stay.product_id.id,
                    "name": stay.name,
                    "quantity": 1.0,
                    "price_unit": stay.supplier_due,
                    "tax_ids": [Command.clear()],
                }
            )
        ],
    }


def refund(stage, makers):
    """Give clients' money back, where the story says so."""
    done = [maker for maker in makers if Extra.REFUND_DONE in maker.extras]
    asked = [maker for maker in makers if Extra.REFUND_ASKED in maker.extras]
    if not (done or asked):
        return
    orders = _as_accountant(stage, [maker.order for maker in (*done, *asked)])
    paid = [order.invoice_ids for order in orders]
    dates = {"invoice_date": stage.today, "date": stage.today}
    moves = orders.env["account.move"].concat(*paid)._reverse_moves([dates] * len(paid))
    back = moves[: len(done)]
    back.action_post()
    _pay(stage, list(back))


def _pay(stage, moves):
    """Pay each on the day after it was made; those of one week together."""
    weeks = defaultdict(list)
    for move in moves:
        weeks[(stage.today - move.invoice_date).days // 7].append(move)
    for batch in weeks.values():
        date = max(move.invoice_date for move in batch) + timedelta(days=1)
        wizards = _as_accountant(stage, batch).env["account.payment.register"]
        ids = [move.id for move in batch]
        wizards.with_context(active_model="account.move", active_ids=ids).create(
            {"payment_date": min(date, stage.today), "group_payment": False}
        ).action_create_payments()
    _analyze(stage)


def _analyze(stage):
    """Let PostgreSQL count what this transaction made, of which it knows nothing.

    Where it once found these tables empty, it would go through all of their rows for
    each of their rows.
    """
    stage.env.flush_all()
    for table in TABLES:
        stage.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))


def _as_accountant(stage, records):
    """The records together, as the accountant sees them."""
    ids = [record.id for record in records]
    return stage.as_user("accountant")[records[0]._name].browse(ids)
