"""Ticks tasks, puts off what is due, and lets guests and suppliers answer."""

from . import story_changes as story
from .load_changes import as_staff

OVER = ("done", "reposting", "archive")


def load(stage, makers):
    _tick(stage)
    for key, days in story.SNOOZED.items():
        _put_off(makers[key], days)
    _ask_guests(makers["guests_asked"])
    _fill_in(stage, makers["guests_filled"])
    for key, kind in (
        ("supplier_yes", "confirmed"),
        ("supplier_no", "refused"),
        ("supplier_other", "proposed"),
    ):
        _answer(stage, makers[key], key, kind)


# === Tasks, and what is put off === #


def _tick(stage):
    """All tasks of what is over; of what is to come the first of some bookings."""
    items = stage.env["tour.checklist.item"].search([("state", "=", "open")])
    for user, own in items.grouped(lambda item: item.order_id.user_id).items():
        own = own.with_env(stage.env(user=user.id or stage.env.uid, su=True))
        over = own.filtered(lambda item: item.order_id.booking_state in OVER)
        over.action_done()
        firsts = own.browse()
        for number, order in enumerate((own - over).order_id.sorted("id")):
            tasks = order.checklist_ids.filtered(lambda task: not task.is_waiting)
            if number % 2 == 0 and len(tasks) > 1:
                firsts |= tasks[:1].with_env(own.env)
        firsts.action_done()
        # Who brings his own car needs no driver.
        cars = (own - over - firsts).filtered(
            lambda item: item.service_kind == "transfer" and not item.is_waiting
        )
        cars[:1].action_drop()


def _put_off(maker, days):
    order = as_staff(maker)
    order.env.flush_all()
    row = order.env["tour.today"].search([("order_id", "=", order.id)], limit=1)
    order.env["tour.today.snooze"].create(
        {
            "row_id": row.id,
            "until": maker.stage.day(days),
            "reason": maker.tell(story.SNOOZE_REASON),
        }
    )


# === Guests, by their link === #


def _ask_guests(maker):
    """Make a link as the dialog does; its address is shown to nobody here."""
    order = as_staff(maker)
    wizard = order.env["tour.link.make"].create({"order_id": order.id})
    link, url = wizard._make_link(wizard.email)
    link._note_given(wizard.email)
    return url.rpartition("/")[2]


def _as_visitor(stage):
    return stage.env(user=stage.env.ref("base.public_user").id, su=True)


def _fill_in(stage, maker):
    """Fill in the page, as its visitor does."""
    token = _ask_guests(maker)
    env = _as_visitor(stage)
    link = env["tour.link"]._find(token)
    form = {}
    for guest, data in zip(link._get_guests(), story.GUEST_DATA, strict=False):
        own = {
            "last_name": guest.last_name,
            "first_name": guest.first_name,
            "middle_name": guest.middle_name or "",
            "nationality": maker.client.country_id.code,
            **data,
        }
        form |= {f"g{guest.id}-{name}": value for name, value in own.items()}
    uses = env["tour.link.use"]
    uses._log(link, token, story.GUEST_ADDRESS, "open")
    link._save_guests(form)
    uses._log(link, token, story.GUEST_ADDRESS, "save")


# === Suppliers, by theirs === #


def _answer(stage, maker, key, kind):
    request = as_staff(maker)._make_documents("supplier_request")[:1]
    _link, url = request._make_supplier_link()
    token = url.rpartition("/")[2]
    env = _as_visitor(stage)
    link = env["tour.link"]._find(token)
    env["tour.link.use"]._log(link, token, story.GUEST_ADDRESS, "answer")
    link._answer(kind, _prepare_answer(stage, maker, key, link))


def _prepare_answer(stage, maker, key, link):
    values = {"person": maker.tell(story.SUPPLIER_PERSON)}
    if key == "supplier_yes":
        lines = link._get_supplier_lines()
        values["numbers"] = {line: f"HB-{48000 + line.id}" for line in lines}
    else:
        values["text"] = maker.tell(story.SUPPLIER_SAYS[key])
    if key == "supplier_other":
        stay = link._get_supplier_lines()[:1]
        values["date_from"] = stage.day((stay.date_from - stage.today).days + 1)
        values["date_to"] = stage.day((stay.date_to - stage.today).days + 1)
    return values
