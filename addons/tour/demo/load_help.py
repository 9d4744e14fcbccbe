"""Lets clients ask for help: one request is new, one late, one answered, one closed."""

from datetime import timedelta

from odoo import fields

# Who asks, kind, days ago, how far it came, subject, message, our answer; each text as
# (English, Russian).
REQUESTS = (
    (
        "client",
        "complaint",
        3,
        "in_work",
        ("The driver did not come", "Водитель не приехал"),
        (
            "We waited at the airport for an hour and took a taxi. Who pays for it?",
            "Мы ждали в аэропорту час и поехали на такси. Кто его оплатит?",
        ),
        ("", ""),
    ),
    (
        "client_ru",
        "question",
        0,
        "new",
        ("Late departure", "Поздний выезд"),
        (
            "Can our guest keep the room until 18:00 on the last day?",
            "Может ли гость остаться в номере до 18:00 в последний день?",
        ),
        ("", ""),
    ),
    (
        "client",
        "question",
        1,
        "answered",
        ("Invoice for two companies", "Счёт на две компании"),
        (
            "Can the next invoice be divided between our two companies?",
            "Можно ли разделить следующий счёт между двумя нашими компаниями?",
        ),
        (
            "Yes. Name the consignee when you book, and each company gets its own.",
            "Да. Укажите грузополучателя при бронировании, и счета будут раздельными.",
        ),
    ),
    (
        "agent",
        "question",
        6,
        "closed",
        ("How to change a guest's name", "Как изменить имя гостя"),
        (
            "A name is misspelt in a booking. Do I have to cancel it?",
            "В бронировании ошибка в имени. Нужно ли его отменять?",
        ),
        (
            "No: press 'Change this booking' on its page, and write the right name.",
            "Нет: нажмите «Изменить бронирование» и напишите верное имя.",
        ),
    ),
)


def load(stage):
    """Make the requests as their clients do, and answer as staff."""
    staff = stage["user", "manager"] | stage["user", "head"]
    staff.may_take_help = True
    for row in REQUESTS:
        request = _ask(stage, *row)
        if request.is_overdue:
            request._report_overdue()


def _ask(stage, login, kind, days, state, subject, text, answer):
    user = stage["user", login]
    russian = login.endswith("_ru")
    # In sudo, as his page does it for him.
    requests = stage.env(user=user.id, su=True)["tour.help.request"]
    request = requests._make_by_client(
        {
            "subject": subject[russian],
            "description": text[russian],
            "kind_id": stage.env.ref(f"tour_help.kind_{kind}").id,
            "order_id": _find_booking(stage, user).id,
        },
        [],
    ).with_env(stage.env)
    _set_back(request, days)
    if state != "new":
        own = request.with_env(stage.env(user=request.user_id.id, su=True))
        own.action_take()
        if answer[russian]:
            own.message_post(
                body=answer[russian],
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )
    if state == "closed":
        request.with_env(requests.env)._close_by_client()
    return request


def _find_booking(stage, user):
    """The latest booking of a client's user, if he has one."""
    return stage.env["sale.order"].search(
        [("is_tour_booking", "=", True), ("client_user_id", "=", user.id)],
        order="id desc",
        limit=1,
    )


def _set_back(request, days):
    """Let it have been asked so many days ago."""
    if not days:
        return
    moment = fields.Datetime.now() - timedelta(days=days)
    request._as_mover().write(
        {
            "waiting_since": moment,
            "client_wrote_on": moment,
            "answer_due": request._get_own_due(moment),
        }
    )
    request.env.flush_all()
    values = {"on": moment, "id": request.id}
    request.env.cr.execute(
        "UPDATE tour_help_request SET create_date = %(on)s WHERE id = %(id)s", values
    )
    request.env.cr.execute(
        "UPDATE mail_message SET create_date = %(on)s, date = %(on)s "
        "WHERE model = 'tour.help.request' AND res_id = %(id)s",
        values,
    )
    request.env.invalidate_all()
