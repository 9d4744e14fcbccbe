"""Makes the bookings that were changed, and changes them: clients confirm, clients and
suppliers ask, and one regularises many at once."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from . import load_bookings, story_bookings
from . import story_changes as story


def prepare(stage):
    """Make the cancellation rules, which services keep from the booking on."""
    stage.company.tour_confirm_may_withdraw = True
    for key, (names, steps) in story.RULES.items():
        rule = stage.env["tour.cancellation.rule"].create(
            {
                "name": names[0],
                "step_ids": [Command.create(_prepare_step(*step)) for step in steps],
            }
        )
        if stage.lang("ru_RU") == "ru_RU":
            rule.with_context(lang="ru_RU").name = names[1]
        stage.keep("rule", key, rule)
    for key, hotels in story.RULES_OF_HOTELS.items():
        for hotel in hotels:
            stage["hotel", hotel].cancellation_rule_id = stage["rule", key]
    rates = stage.env["tour.rate"].search([("kind", "=", "net")])
    rates.cancellation_rule_id = stage["rule", "no_refund"]
    cars = stage.env.ref("tour_booking.service_type_transfer")
    cars.cancellation_rule_id = stage["rule", "car"]


def _prepare_step(kind, value, days, hour):
    return {
        "kind": kind,
        "value": value,
        "always": days is None,
        "days": days or 0,
        "hour": hour,
    }


def load(stage):
    """Make the bookings, and let happen what the story says.

    :return: their makers by key
    """
    rows = story.BOOKINGS.values()
    start = len(story_bookings.BOOKINGS)
    makers = dict(
        zip(story.BOOKINGS, load_bookings.tell(stage, rows, start), strict=True)
    )
    for key, maker in makers.items():
        stage.keep("booking", key, maker.order)
    _confirm(stage, makers)
    for key, (texts, days) in story.REQUESTS.items():
        _request(makers[key], key, texts, days)
    for key, texts in story.CANCELLATIONS.items():
        _cancel(makers[key], key, texts)
    as_staff(makers["other_company"]).partner_id = stage["client", story.OTHER_COMPANY]
    for key, (texts, percent) in story.REGULARISATIONS.items():
        _regularise(makers[key], key, texts, percent)
    _regularise_many(stage, makers)
    return makers


# === Who acts on what === #


def as_staff(maker, login=None):
    """The booking, as its manager or another user of ours sees it."""
    return maker.order.with_env(maker.stage.as_user(login or maker.manager))


def as_client(maker):
    """The booking, as the client's user sees it on his page."""
    user = maker.client_user
    return maker.order.with_env(maker.stage.env(user=user.id, su=True))


def lengthen(maker, days, login=None):
    """Let the stay end so many days later, or earlier."""
    stay = as_staff(maker, login).order_line[0]
    stay.date_to += timedelta(days=days)


# === Confirmations by clients === #


def _confirm(stage, makers):
    for key in story.CHANGED_BY_STAFF:
        lengthen(makers[key], 1)
    lengthen(makers["changed_back"], -1)
    agreed = as_client(makers["agreed"])
    agreed.action_client_accept(
        makers["agreed"].tell(story.CLIENT_AGREES),
        agreed.get_pending_changes()["revision"],
    )
    as_client(makers["declined"]).action_client_decline(
        makers["declined"].tell(story.CLIENT_DECLINES)
    )
    taken_back = makers["taken_back"]
    lengthen(taken_back, 1)
    lengthen(taken_back, -1)
    as_staff(taken_back)._get_pending_confirmation().action_withdraw()


# === Requests of clients === #


def _request(maker, key, texts, days):
    stay = maker.order.order_line[0]
    departure = fields.Date.to_string(stay.date_to + timedelta(days=days))
    data = as_client(maker).action_request_change(
        maker.tell(texts), [{"service_id": stay.id, "date_to": departure}]
    )
    change = _get_change(maker, data["id"])
    if key == "with_supplier":
        change.action_ask_supplier()
    elif key == "change_priced":
        change.action_price()
    elif key in ("with_client", "with_client_ru", "change_applied"):
        change.action_price()
        change.action_ask_client()
    elif key == "change_refused":
        change.action_refuse(maker.tell(story.HOTEL_IS_FULL))
    if key == "change_applied":
        as_client(maker).action_accept_change(change.id, change.fingerprint)
    elif key == "change_withdrawn":
        as_client(maker).action_withdraw_change(
            change.id, maker.tell(story.CLIENT_STAYS)
        )


def _cancel(maker, key, texts):
    # A client without a user of his own calls his manager.
    order = as_client(maker) if maker.client_user else as_staff(maker)
    data = order.action_request_cancel(maker.tell(texts))
    if key != "cancel_asked":
        change = _get_change(maker, data["id"])
        change.action_price()
        change.action_apply()


def _get_change(maker, change_id):
    return as_staff(maker).env["tour.change"].browse(change_id)


# === Regularisations by suppliers === #


def _regularise(maker, key, texts, percent):
    order = as_staff(maker)
    stay = order.order_line[0]
    price = round(stay.supplier_price_total * (100 + percent) / 100, 2)
    change = order.env["tour.change"].create(
        {
            "order_id": order.id,
            "origin": "supplier",
            "comment": maker.tell(texts),
            "line_ids": [
                Command.create({"line_id": stay.id, "supplier_price_total": price})
            ],
        }
    )
    change.action_price()
    if key == "supplier_applied":
        change.action_apply()


def _regularise_many(stage, makers):
    """One is begun, one shown, one stopped, and one done, but for a booking."""
    right = stage.env.ref("tour_partner.tour_group_right_mass_regularisation")
    for login in ("head", "senior"):
        stage["user", login].group_ids = [Command.link(right.id)]
    keys = [key for key in makers if key.startswith("mass_")]
    _create_mass(stage, "draft", hotel_ids=[Command.set(stage["hotel", "gate"].ids)])
    danube = {"supplier_ids": [Command.set(stage["supplier", "danube"].ids)]}
    _create_mass(stage, "ready", **danube).action_preview()
    volga = {"supplier_ids": [Command.set(stage["supplier", "volga"].ids)]}
    stopped = _create_mass(stage, "stopped", supplier_how="keep", **volga)
    stopped.write({"client_how": "percent", "client_value": story.MASS_PERCENT})
    stopped.action_preview()
    stopped.action_run()
    stopped.action_stop()
    stopped._treat()
    names = [makers[key].order.name for key in keys]
    done = _create_mass(
        stage,
        "done",
        source="numbers",
        numbers=", ".join([*names, story.MASS_WRONG_NUMBER]),
    )
    done.action_preview()
    # What was changed since the preview is left as it is, and said.
    lengthen(makers[keys[-1]], 1)
    done.action_run()
    _work_off(done)


def _create_mass(stage, key, **values):
    record = stage.as_user("head")["tour.regularisation"].create(
        {
            "reason": story.MASS_REASON[0],
            "source": "filter",
            "supplier_how": "percent",
            "supplier_value": story.MASS_PERCENT,
            **values,
        }
    )
    return stage.keep("mass", key, record)


def _work_off(record):
    """What the scheduled action does, without its commits."""
    lines = record._get_next_lines()
    while lines:
        record._apply(lines)
        lines = record._get_next_lines()
    record._set_state("done")
    record._tell_done()
