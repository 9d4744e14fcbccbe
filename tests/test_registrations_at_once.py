"""Two who decide on a registration at the same moment: one user, one mail."""

import pytest

from .rpc import Refused
from .test_at_once import _together

MAKE = """
request = env["tour.registration"].with_user(env.ref("base.public_user")).sudo()
request = request._receive(
    "person_client",
    {
        "name": "At Once",
        "email": "%(login)s@people.example.com",
        "phone": "+49 30 1112224",
        "country_id": str(env.ref("base.de").id),
        "city": "Berlin",
        "login": "%(login)s",
        "password": "Outside-once-7",
    },
    "203.0.113.8",
)
env.cr.commit()
print("REQUEST", request.id)
"""


def _make(world, login):
    said = world.shell(MAKE % {"login": login})
    line = next(line for line in said.splitlines() if "REQUEST " in line)
    return int(line.rpartition(" ")[2])


def _open(call, model, **values):
    (wizard,) = call(model, "create", vals_list=[values])
    return lambda: call(model, "action_apply", [wizard])


@pytest.mark.refusals
def test_two_approve(as_user, world):
    head, boss = as_user("head"), as_user("boss")
    for number in range(3):
        login = f"at.once.{number}"
        request = _make(world, login)
        acts = [
            _open(call, "tour.registration.approve", registration_id=request, how="new")
            for call in (head, boss)
        ]
        ends = _together(*acts)
        refused = [end for end in ends if isinstance(end, Refused)]
        assert len(refused) == 1, ends
        assert refused[0].kind in ("UserError", "LockError"), ends
        users = world.sql("SELECT id FROM res_users WHERE login = %s", login)
        assert len(users) == 1
        mails = world.sql(
            "SELECT count(*) FROM mail_mail AS m"
            " JOIN mail_message AS t ON t.id = m.mail_message_id"
            " WHERE t.model = 'tour.registration' AND t.res_id = %s"
            " AND t.subject LIKE '%%log in'",
            request,
        )
        assert mails == [(1,)]


@pytest.mark.refusals
def test_one_approves_another_rejects(as_user, world):
    head, boss = as_user("head"), as_user("boss")
    request = _make(world, "once.or.never")
    ends = _together(
        _open(head, "tour.registration.approve", registration_id=request, how="new"),
        _open(boss, "tour.registration.reject", registration_id=request, reason="No."),
    )
    assert sum(isinstance(end, Refused) for end in ends) == 1, ends
    ((state,),) = world.sql(
        "SELECT state FROM tour_registration WHERE id = %s", request
    )
    users = world.sql("SELECT id FROM res_users WHERE login = 'once.or.never'")
    assert bool(users) == (state == "approved")
