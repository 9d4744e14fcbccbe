"""Makes taxes, invoices, payments, refunds and suppliers' bills."""

from datetime import timedelta

from odoo.fields import Command

from .story_bookings import Extra

# The rate of VAT changed at the beginning of 2026.
TAXES = [("20", 20.0, False, "2025-12-31"), ("22", 22.0, "2026-01-01", False)]
# Statuses that need a paid invoice, whatever the story says.
PAID_STATES = {"done", "reposting", "archive"}


def prepare(stage):
    """Make what invoices need: taxes, and prices in euros."""
    taxes = stage.env["account.tax"].create(
        [
            {
                "name": f"VAT {name}%",
                "invoice_label": f"VAT {name}%",
                "amount": amount,
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


def invoice(maker):
    """Invoice the booking, and register its payment, as the story says."""
    wants_paid = maker.state in PAID_STATES or Extra.PAID in maker.extras
    order = _as_accountant(maker)
    if order.invoice_ids or not (wants_paid or Extra.INVOICED in maker.extras):
        return
    move = order._create_invoices()
    # Two days before the stay, but not in the future.
    date = min(maker.first - timedelta(days=2), maker.stage.today)
    move.write({"invoice_date": date, "invoice_date_due": date + timedelta(days=10)})
    move.action_post()
    if wants_paid:
        _pay(maker, move, min(date + timedelta(days=1), maker.stage.today))


def bill(maker):
    """Enter the supplier's bill, and pay it, as the story says."""
    is_paid = Extra.BILL_PAID in maker.extras
    order = _as_accountant(maker)
    if order.bill_ids or not (is_paid or Extra.BILL in maker.extras):
        return
    stay = order.order_line[0]
    date = min(maker.last, maker.stage.today)
    move = order.env["account.move"].create(
        {
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
    )
    move.action_post()
    if is_paid:
        _pay(maker, move, date)


def refund(maker):
    """Give the client's money back, where the story says so."""
    is_done = Extra.REFUND_DONE in maker.extras
    if not is_done and Extra.REFUND_ASKED not in maker.extras:
        return
    order = _as_accountant(maker)
    paid = order.invoice_ids.filtered(lambda move: move.move_type == "out_invoice")
    back = paid._reverse_moves(
        [{"invoice_date": maker.stage.today, "date": maker.stage.today}]
    )
    if is_done:
        back.action_post()
        _pay(maker, back, maker.stage.today)


def _pay(maker, move, date):
    wizard = (
        move.env["account.payment.register"]
        .with_context(active_model="account.move", active_ids=move.ids)
        .create({"payment_date": date})
    )
    wizard.action_create_payments()


def _as_accountant(maker):
    return maker.order.with_env(maker.stage.as_user("accountant"))
