"""Makes our company, its staff, clients and suppliers."""

import json

from odoo.fields import Command
from odoo.tools import file_open

from . import story_people as story
from .stage import make_account, make_registry_number, make_tax_id

BIC = story.COMPANY["bic"]


def load(stage):
    _load_company(stage)
    _load_groups(stage)
    _load_companies(stage)
    _load_staff(stage)
    _load_client_users(stage)


def read_logins():
    """The demo's logins, as `./tour run` shows them."""
    with file_open("tour/demo/logins.json") as file:
        return json.load(file)


# === Our company === #


def _load_company(stage):
    data = story.COMPANY
    company = stage.company
    company.partner_id.write(
        {
            "name": data["name"],
            "street": data["street"],
            "city": data["city"],
            "zip": data["zip"],
            "country_id": stage.env.ref("base.ru").id,
            "phone": data["phone"],
            "email": data["email"],
            "website": data["website"],
            "vat": make_tax_id(data["number"]),
            "kpp": data["kpp"],
            "ogrn": make_registry_number(data["number"]),
        }
    )
    stage.keep("bank", "bank", _create_bank(stage))
    _add_account(stage, company.partner_id, data["number"])
    _set_currency(stage)
    company.write(
        {
            "tour_signatory_name": data["signatory"],
            "tour_accountant_name": data["accountant"],
        }
    )


def _set_currency(stage):
    """Roubles, unless there are entries in another currency already."""
    roubles = stage.env.ref("base.RUB")
    (roubles | stage.env.ref("base.EUR")).active = True
    entries = stage.env["account.move.line"].search_count(
        [("company_id", "=", stage.company.id)], limit=1
    )
    if entries:
        return
    stage.company.currency_id = roubles
    stage.env["product.pricelist"].search(
        [("company_id", "in", (stage.company.id, False))]
    ).currency_id = roubles


def _create_bank(stage):
    return stage.env["res.bank"].create(
        {
            "name": "Made-up Bank",
            "bic": BIC,
            "city": story.COMPANY["city"],
            "country": stage.env.ref("base.ru").id,
        }
    )


def _add_account(stage, partner, number):
    stage.env["res.partner.bank"].create(
        {
            "acc_number": make_account(number, BIC),
            "bank_id": stage["bank", "bank"].id,
            "partner_id": partner.id,
            "allow_out_payment": True,
        }
    )


# === Companies === #


def _load_groups(stage):
    for key, (name, properties) in story.GROUPS.items():
        group = stage.env["tour.company.group"].create({"name": name})
        group.guest_properties_definition = [
            {
                "name": prop,
                "string": label,
                "type": kind,
                **({"selection": choices} if choices else {}),
            }
            for prop, label, kind, choices in properties
        ]
        stage.keep("group", key, group)


def _load_companies(stage):
    kinds = [
        ("client", story.CLIENTS, []),
        ("supplier", story.SUPPLIERS, ["supplier"]),
        ("channel", story.CHANNEL_MANAGERS, ["channel_manager"]),
    ]
    for kind, companies, always in kinds:
        for key, data in companies.items():
            partner = _create_company(stage, data, always)
            stage.keep(kind, key, partner)
            if kind == "supplier" and "number" in data:
                _add_account(stage, partner, data["number"])
    _create_company(stage, story.TWIN, ["client_corporate"])


def _create_company(stage, data, kinds):
    number = data.get("number")
    sole_trader = data.get("sole_trader", False)
    parent = stage.get("client", data.get("parent"))
    group = stage.get("group", data.get("group"))
    vals = {
        "name": data["name"],
        "is_company": not data.get("person"),
        "parent_id": parent.id if parent else False,
        # A "contact" would take over the address of the company above it.
        "type": "other" if parent else "contact",
        "company_group_id": group.id if group else False,
        "country_id": stage.env.ref(f"base.{data['country']}").id,
        "lang": stage.lang(data.get("lang", "en_US")),
        "allow_cancel_penalty": data.get("penalty", False),
        "vat": number and make_tax_id(number, sole_trader),
        "ogrn": number and make_registry_number(number, sole_trader),
        "kpp": data.get("kpp") or (number and not sole_trader and "000001001"),
        "consignee_ids": [
            Command.create(
                {
                    "name": name,
                    "type": "consignee",
                    "country_id": stage.env.ref(f"base.{data['country']}").id,
                }
            )
            for name in data.get("consignees", ())
        ],
    }
    vals |= {f"tour_{kind}": True for kind in (*kinds, *data.get("kinds", ()))}
    vals |= {
        name: data[name]
        for name in ("city", "street", "zip", "email", "phone")
        if name in data
    }
    return stage.env["res.partner"].create(vals)


# === Users === #


def _load_staff(stage):
    passwords = {who["login"]: who["password"] for who in read_logins()}
    # His password is Odoo's own; setting it would send him a warning by mail.
    stage.records["user", "admin"] = stage.env.ref("base.user_admin")
    stage["user", "admin"].tz = story.TIME_ZONE
    stage["user", "admin"].action_id = stage.env.ref("tour.tour_home_action").id
    for login, (name, role, lang, phone, takes) in story.STAFF.items():
        user = _create_user(
            stage,
            {
                "login": login,
                "password": passwords[login],
                "name": name,
                "lang": stage.lang(lang),
                "phone": phone,
                "email": f"{login}@meridian.example",
                "may_take_bookings": takes,
                "group_ids": [
                    Command.set(
                        [
                            stage.env.ref("base.group_user").id,
                            stage.env.ref(f"tour_partner.tour_group_{role}").id,
                        ]
                    )
                ],
            },
        )
        stage.keep("user", login, user)
    for login, client in story.DEFAULT_CLIENTS.items():
        stage["user", login].default_client_id = stage["client", client]


def _load_client_users(stage):
    passwords = {who["login"]: who["password"] for who in read_logins()}
    for login, (name, company, lang, curator, phone) in story.CLIENT_USERS.items():
        partner = stage["client", company]
        # Who books for himself is the client; others are contacts of theirs.
        whose = "parent_id" if partner.is_company else "partner_id"
        user = _create_user(
            stage,
            {
                "login": login,
                "password": passwords[login],
                "name": name,
                whose: partner.id,
                "lang": stage.lang(lang),
                "phone": phone,
                "email": f"{login}@{partner.email.partition('@')[2]}",
                "is_curator": curator,
                "group_ids": [Command.set([stage.env.ref("base.group_portal").id])],
            },
        )
        stage.keep("user", login, user)


def _create_user(stage, vals):
    company = {"company_id": stage.company.id}
    company["company_ids"] = [Command.set([stage.company.id])]
    return stage.env["res.users"].create({"tz": story.TIME_ZONE, **company, **vals})
