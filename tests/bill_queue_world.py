"""Run in Odoo's shell: 16 accountants with keys, and a bill that is to be copied."""

import json
from base64 import b64encode
from datetime import date, timedelta
from io import BytesIO

from pypdf import PdfWriter

ACCOUNTANTS = 16


def make_accountants(env):
    group = env.ref("tour_partner.tour_group_accountant")
    users = env["res.users"].create(
        [
            {
                "name": f"Accountant {number}",
                "login": f"queue{number}",
                "email": f"queue{number}@tour.example.com",
                "group_ids": [(6, 0, group.ids)],
                "tz": "Europe/Moscow",
                "lang": "en_US",
            }
            for number in range(ACCOUNTANTS)
        ]
    )
    end = date.today() + timedelta(days=30)
    return {
        user.login: {
            "id": user.id,
            "key": env(user=user.id)["res.users.apikeys"]
            .sudo()
            ._generate("rpc", "queue", end),
        }
        for user in users
    }


def make_pdf():
    """A file that the browser can show: forms draw its first page."""
    writer, content = PdfWriter(), BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(content)
    return content.getvalue()


def make_bill(env, world):
    """A bill that accounting is to pay today."""
    manager = env(user=world["users"]["own"])
    order = world["bookings"]["alpha_user"]
    manager["ir.attachment"].create(
        {
            "name": "bill.pdf",
            "datas": b64encode(make_pdf()),
            "res_model": "sale.order",
            "res_id": order,
            "tour_incoming_type": "bill",
        }
    )
    bill = manager["sale.order"].browse(order).bill_ids.sorted("id")[-1:]
    manager["tour.bill.prepare"].create(
        {
            "move_id": bill.id,
            "partner_id": world["places"]["supplier"],
            "ref": "Q-0",
            "invoice_date": date.today(),
            "wanted_date": date.today(),
            "amount": 4321,
        }
    ).action_apply_and_hand_over()
    state = bill.sudo().tour_bill_state
    assert state == "accounting", state
    return bill.id


def main(env):
    parameters = env["ir.config_parameter"]
    if parameters.get_param("tour.outside.queue"):
        return
    world = json.loads(parameters.get_param("tour.outside.world"))
    facts = {"people": make_accountants(env), "bill": make_bill(env, world)}
    parameters.set_param("tour.outside.queue", json.dumps(facts))
    env.cr.commit()


main(env)  # noqa: F821 - the shell's own name.
