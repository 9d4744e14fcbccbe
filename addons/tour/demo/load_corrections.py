"""Corrects what was done, and asks suppliers for what they owe."""

from odoo.fields import Command

from . import story_changes as story
from .load_changes import as_staff, lengthen


def load(stage, makers):
    _repost(makers)
    keys = [key for key in makers if key.startswith("owed_")]
    for key in keys:
        lengthen(makers[key], -1)
    lengthen(makers["owed_nothing"], 1)
    _send_letter(makers["owed_letter"])
    owed = _get_overpayment(makers["owed_letter"]).amount
    _close(
        makers["owed_letter"],
        how="payment",
        payment_date=stage.today,
        payment_reference=story.PART_REFERENCE,
        settled_amount=round(owed / 3, 2),
    )
    _close(
        makers["owed_paid_back"],
        how="payment",
        payment_date=stage.today,
        payment_reference=story.PAYMENT_REFERENCE,
    )
    set_off = makers["owed_set_off"]
    _close(set_off, how="setoff", setoff_bill_id=_find_bill(stage, set_off).id)
    written_off = makers["owed_written_off"]
    _close(
        written_off,
        "head",
        how="write_off",
        reason=written_off.tell(story.OVERPAYMENT_REASON),
    )


def _repost(makers):
    _reprice(makers["repost_open"], 0.95)
    _reprice(makers["repost_sent"], 0.9)
    as_staff(makers["repost_sent"]).action_finish_reposting()
    nothing = makers["repost_nothing"]
    price = nothing.order.order_line[0].price_unit
    _reprice(nothing, 1.1)
    as_staff(nothing).order_line[0].price_unit = price
    as_staff(nothing).action_finish_reposting()


def _reprice(maker, factor):
    stay = as_staff(maker).order_line[0]
    stay.price_unit = round(stay.price_unit * factor, 2)


def _get_overpayment(maker, login=None):
    return as_staff(maker, login).overpayment_ids


def _send_letter(maker):
    """Send it as the mail composer does, when it is opened and sent at once."""
    overpayment = _get_overpayment(maker)
    context = overpayment.action_send_letter()["context"]
    composer = overpayment.env["mail.compose.message"].with_context(**context)
    composer.create({}).action_send_mail()


def _close(maker, login="accountant", **values):
    overpayment = _get_overpayment(maker, login)
    overpayment.env["tour.overpayment.close"].create(
        {"overpayment_ids": [Command.set(overpayment.ids)], **values}
    ).action_apply()


def _find_bill(stage, maker):
    """The largest bill of the supplier for another booking that still has room."""
    supplier = maker.order.order_line[0].supplier_id.commercial_partner_id
    bills = stage.env["account.move"].search(
        [
            ("move_type", "=", "in_invoice"),
            ("state", "=", "posted"),
            ("commercial_partner_id", "=", supplier.id),
            ("tour_order_ids", "not in", maker.order.ids),
            (
                "amount_residual",
                ">=",
                sum(_get_overpayment(maker).mapped("due_amount")),
            ),
        ]
    )
    return bills.sorted("amount_total")[-1:]
