"""Makes offers and contracts in each of their states, and the log of contacts."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from . import story_sales as story


def load(stage):
    for key, data in story.OFFERS.items():
        _load_offer(stage, key, *data)
    for key, data in story.CONTRACTS.items():
        _load_contract(stage, key, *data)
    # As the nightly action does: who is responsible gets something to do.
    stage.env["tour.contract"]._remind_of_ends(stage.today)
    _load_contacts(stage)


def _is_russian(client):
    return client.lang == "ru_RU"


def _get_manager(client):
    """Login of who looks after the client."""
    return "manager_ru" if client.country_id.code == "RU" else "manager"


# === Offers === #


def _load_offer(
    stage, key, client, first, nights, persons, variants, recommended, state
):
    client = stage["client", client]
    place = 1 if _is_russian(client) else 0
    env = stage.as_user(_get_manager(client))
    vals = {
        "partner_id": client.id,
        "valid_until": stage.day(story.OFFER_DAYS),
        "terms": story.OFFER_TERMS[place],
        "variant_ids": [
            Command.create(
                {
                    "name": names[place],
                    "sequence": 10 * (number + 1),
                    "is_recommended": number == recommended,
                    "service_ids": [
                        Command.create(
                            _prepare_service(stage, hotel, room, first, nights, persons)
                        )
                    ],
                }
            )
            for number, (names, hotel, room) in enumerate(variants)
        ],
    }
    if not place:
        vals["pricelist_id"] = stage["pricelist", "euro"].id
    offer = env["tour.offer"].create(vals)
    stage.keep("offer", key, offer)
    _live(stage, offer, state, place)


def _prepare_service(stage, hotel, room, first, nights, persons):
    hotel = stage["hotel", hotel]
    room = hotel.room_ids.sorted("sequence")[room]
    return {
        "service_type_id": stage.env.ref("tour_booking.service_type_accommodation").id,
        "hotel_id": hotel.id,
        "room_id": room.id,
        "rate_id": room.rate_ids[:1].id,
        "rooms": -(-persons // room.capacity),
        "persons": persons,
        "date_from": stage.day(first),
        "date_to": stage.day(first + nights),
    }


def _live(stage, offer, state, place):
    """Take the offer to its state, as its manager and its client do."""
    if state == "draft":
        return
    offer.action_send()
    if state in ("seen", "accepted", "declined"):
        visitor = stage.env(user=stage.env.ref("base.public_user").id, su=True)
        page = offer.with_env(visitor)
        page._mark_seen()
        if state == "accepted":
            number = 1 + offer.variant_ids.ids.index(offer._get_main_variant().id)
            order = page._accept_online(number, story.SIGNER[place])
            stage.keep("booking", "offered", order.with_env(stage.env))
        elif state == "declined":
            page._decline_online(story.OFFER_DECLINED[place], story.SIGNER[place])
    elif state == "cancelled":
        offer.action_move_to("cancelled", story.OFFER_CANCELLED[place])
    elif state == "expired":
        _let_lapse(stage, offer)


def _let_lapse(stage, offer):
    """It was sent two weeks ago, and its last day is over."""
    stage.env.flush_all()
    last = stage.day(story.OFFER_OVER)
    sent = fields.Datetime.to_datetime(last) - timedelta(days=story.OFFER_DAYS)
    stage.env.cr.execute(
        "UPDATE tour_offer SET create_date = %(sent)s, sent_on = %(sent)s,"
        " valid_until = %(last)s WHERE id = %(id)s",
        {"sent": sent, "last": last, "id": offer.id},
    )
    offer.invalidate_recordset()
    offer._move_to("expired", by_system=True)
    offer._tell_manager_of_answer()


# === Contracts === #


def _load_contract(stage, key, client, kind, first, days, terms, state):
    client = stage["client", client]
    env = stage.as_user("head")
    contract = env["tour.contract"].create(
        {
            "partner_id": client.id,
            "type_id": stage.env.ref(f"tour_partner.contract_type_{kind}").id,
            "date_from": stage.day(first),
            "date_to": stage.day(first + days - 1),
            "user_id": stage["user", _get_manager(client)].id,
            **terms,
        }
    )
    stage.keep("contract", key, contract)
    _sign(stage, contract, state, _is_russian(client))


def _sign(stage, contract, state, is_russian):
    if state == "draft":
        return
    contract.action_mark_sent()
    day = min(contract.date_from, stage.today)
    both = state not in ("sent", "signed_us", "signed_client")
    if both or state == "signed_client":
        contract._sign("client", day, story.SIGNER[is_russian])
    if both or state == "signed_us":
        contract._sign("us", day, stage["user", "director"])
    if state == "terminated":
        contract.action_move_to("terminated", story.TERMINATED[is_russian])


# === The contact log === #


def _load_contacts(stage):
    now = fields.Datetime.now()
    for client, login, kind, direction, days, subject in story.CONTACTS:
        stage.as_user(login)["tour.contact"].create(
            {
                "partner_id": stage["client", client].id,
                "kind": kind,
                "direction": direction,
                "date": now - timedelta(days=days),
                "subject": subject,
            }
        )
