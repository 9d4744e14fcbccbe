"""Run in Odoo's shell: the people, hotels and bookings that the tests meet.

No demo data: whatever a test looks at is made here or by the test itself.  What is
secret has the word SECRET in it, so that a leak shows wherever it comes out.
"""

import json
from base64 import b64encode
from datetime import date, timedelta
from io import BytesIO

from pypdf import PdfWriter

PASSWORD = "Outside-%s-7"
STAFF = {
    # login: role (a group of tour_partner, None: an employee outside Tour)
    "clerk": None,
    "staff": "staff",
    "own": "manager_own",
    "own2": "manager_own",
    "all": "manager_all",
    "head": "head",
    "director": "director",
    "accountant": "accountant",
    "editor": "hotel_editor",
    "boss": "admin",
    "russian": "head",
}
# Portal users by client, a curator each; the subsidiary's parent is Alpha.
CLIENTS = {
    "alpha": {"name": "Alpha Travel", "kind": "agent"},
    "alpha_sub": {"name": "Alpha North", "kind": "agent", "parent": "alpha"},
    "beta": {"name": "Beta Steel", "kind": "corporate"},
}


def make_staff(env):
    users = {}
    for login, role in STAFF.items():
        group = f"tour_partner.tour_group_{role}" if role else "base.group_user"
        users[login] = env["res.users"].create(
            {
                "name": f"{login.title()} Person",
                "login": login,
                "password": PASSWORD % login,
                "email": f"{login}@tour.example.com",
                "group_ids": [(6, 0, env.ref(group).ids)],
                "tz": "Europe/Moscow",
                "lang": "ru_RU" if login == "russian" else "en_US",
            }
        )
    return users


def make_clients(env):
    companies, users = {}, {}
    for code, client in CLIENTS.items():
        companies[code] = env["res.partner"].create(
            {
                "name": client["name"],
                "is_company": True,
                "email": f"{code}@clients.example.com",
                "phone": "+49 30 1234567",
                f"tour_client_{client['kind']}": True,
                "parent_id": companies[client["parent"]].id
                if "parent" in client
                else False,
            }
        )
        for role in ("user", "curator"):
            login = f"{code}_{role}"
            users[login] = env["res.users"].create(
                {
                    "name": f"{client['name']} {role}",
                    "login": login,
                    "password": PASSWORD % login,
                    "email": f"{login}@clients.example.com",
                    "group_ids": [(6, 0, env.ref("base.group_portal").ids)],
                    "is_curator": role == "curator",
                }
            )
            users[login].partner_id.parent_id = companies[code]
    return companies, users


def make_hotels(env):
    """A hotel in the company's currency, and one in a currency without a rate."""
    supplier = env["res.partner"].create(
        {
            "name": "SECRET Supplier Ltd",
            "is_company": True,
            "tour_supplier": True,
            "email": "supplier@hotels.example.com",
        }
    )
    cities = env["tour.city"].create(
        [
            {"name": "Lisbon", "country_id": env.ref("base.pt").id},
            {"name": "Porto", "country_id": env.ref("base.pt").id},
        ]
    )
    foreign = env["res.currency"].with_context(active_test=False)
    foreign = foreign.search([("name", "=", "CHF")])
    foreign.active = True
    hotels = env["tour.hotel"].create(
        [
            {
                "name": "Grand Ocean",
                "synonyms": "Gran Ocean, Atlantic Palace",
                "city_id": cities[0].id,
                "street": "Rua do Mar 1",
                "phone": "+351 21 123 4567",
                "email": "desk@ocean.example.com",
                "stars": "5",
                "supplier_id": supplier.id,
                "commission_percent": 10,
                "note": "SECRET hotel note",
            },
            {
                "name": "Alpine Lodge",
                "city_id": cities[1].id,
                "supplier_id": supplier.id,
                "currency_id": foreign.id,
                "commission_percent": 10,
            },
        ]
    )
    rooms = env["tour.room"].create(
        [
            {"name": "Double sea view", "hotel_id": hotels[0].id, "capacity": 2},
            {"name": "Single", "hotel_id": hotels[1].id, "capacity": 1},
        ]
    )
    rates = env["tour.rate"].create(
        [
            {
                "name": "Standard",
                "room_id": rooms[0].id,
                "kind": "rack",
                "rack_price": 100,
                "meal": "bb",
            },
            {
                "name": "Foreign",
                "room_id": rooms[1].id,
                "kind": "rack",
                "rack_price": 200,
            },
        ]
    )
    return {
        "supplier": supplier.id,
        "city": cities[0].id,
        "hotel": hotels[0].id,
        "room": rooms[0].id,
        "rate": rates[0].id,
        "foreign_hotel": hotels[1].id,
        "foreign_room": rooms[1].id,
        "foreign_rate": rates[1].id,
    }


def make_service(env, places, arrival, guest):
    service_type = env["tour.service.type"].search(
        [("kind", "=", "accommodation")], limit=1
    )
    return {
        "service_type_id": service_type.id,
        "product_id": service_type.product_id.id,
        "hotel_id": places["hotel"],
        "room_id": places["room"],
        "rate_id": places["rate"],
        "meal": "bb",
        "date_from": arrival,
        "date_to": arrival + timedelta(days=3),
        "guest_ids": [(0, 0, {"last_name": guest, "first_name": "Ann"})],
    }


def make_booking(env, manager, client, client_user, places, **values):
    arrival = date.today() + timedelta(days=40)
    guest = f"{client_user.login.title().replace('_', '')}guest"
    return (
        env["sale.order"]
        .with_user(manager)
        .create(
            {
                "is_tour_booking": True,
                "partner_id": client.id,
                "client_user_id": client_user.id,
                "user_id": manager.id,
                "internal_note": "SECRET note of staff",
                "order_line": [(0, 0, make_service(env, places, arrival, guest))],
                **values,
            }
        )
    )


def make_bookings(env, staff, companies, users, places):
    """One booking for each portal user, and one of another manager's."""
    bookings = {}
    for login, user in users.items():
        company = companies[login.rpartition("_")[0]]
        bookings[login] = make_booking(env, staff["own"], company, user, places)
    bookings["of_own2"] = make_booking(
        env, staff["own2"], companies["beta"], users["beta_user"], places
    )
    return bookings


def make_invoices(env, companies):
    """An invoice, posted, for each client."""
    return {
        code: env["account.move"]
        .create(
            {
                "move_type": "out_invoice",
                "partner_id": company.id,
                "invoice_line_ids": [(0, 0, {"name": "Fee", "price_unit": 10})],
            }
        )
        .id
        for code, company in companies.items()
    }


def make_documents(env, manager, order):
    """Papers of a booking: one open to the client, the others not."""
    order = order.with_user(manager)
    documents = {
        "open": order._make_documents("booking_sheet"),
        "closed": order._make_documents("voucher"),
        "supplier": order._make_documents("supplier_request"),
    }
    documents["open"].action_open_to_client()
    return {name: document.id for name, document in documents.items()}


def make_processes(env, staff, companies, users, places):
    """A contract, an offer, a request of a client's, a mass regularisation."""
    alpha = companies["alpha"]
    env["tour.contract"].with_user(staff["head"]).create(
        {"partner_id": alpha.id, "date_from": date.today()}
    )
    arrival = date.today() + timedelta(days=50)
    service = make_service(env, places, arrival, "")
    stay = ("service_type_id", "hotel_id", "room_id", "rate_id", "date_from", "date_to")
    variant = {
        "name": "Sea",
        "service_ids": [(0, 0, {name: service[name] for name in stay})],
    }
    env["tour.offer"].with_user(staff["own"]).create(
        {
            "partner_id": alpha.id,
            "valid_until": date.today() + timedelta(days=5),
            "variant_ids": [(0, 0, variant)],
        }
    )
    booking = make_booking(env, staff["own"], alpha, users["alpha_user"], places)
    line = booking.order_line
    booking.with_user(users["alpha_user"]).action_request_change(
        "A day longer",
        [{"service_id": line.id, "date_to": str(line.date_to + timedelta(days=1))}],
    )
    env["tour.regularisation"].create(
        {
            "reason": "City tax",
            "numbers": booking.name,
            "supplier_how": "add",
            "supplier_value": 1,
        }
    ).action_preview()


def make_provider(env):
    """The provider that clients pay by; it finds its journal when it is asked for."""
    provider = env.ref("payment.payment_provider_demo")
    provider.invalidate_recordset(["journal_id"])
    return provider.journal_id.id


def make_money(env, alpha, invoice):
    """A payment of a client, a top-up and a refund that he asked for, a gift cheque."""
    payment = env["account.payment"].create({"partner_id": alpha.id, "amount": 10})
    topup = env["tour.topup"].create({"partner_id": alpha.id, "amount": 10})
    values = {"move_id": invoice, "amount": 10, "by_client": True, "state": "asked"}
    refund = env["tour.refund"]._as_mover().create(values)
    cheque = env["tour.gift.cheque"].create({"partner_id": alpha.id, "value": 10})
    return [*payment.ids, *topup.ids, *refund.ids, *cheque.ids]


def make_archive(env, alpha):
    """A file of the archive that a client sees."""
    folder = env["tour.archive.folder"].create(
        {"name": "Prices", "client_ids": alpha.ids}
    )
    values = {"folder_id": folder.id, "upload_name": "prices.txt"}
    file = env["tour.archive.file"].create({**values, "upload": b64encode(b"100")})
    return file.ids


def make_payment_orders(env):
    """A file of scans, which nobody can read and people attach by hand."""
    writer, content = PdfWriter(), BytesIO()
    for _page in range(6):
        writer.add_blank_page(width=595, height=842)
    writer.write(content)
    file = env["tour.payment.order.file"]._receive(
        env.company, [("scans.pdf", content.getvalue())]
    )
    env.cr.commit()  # As the worker finds it.
    file._cron_read()
    return file.payment_order_ids.ids


def make_keys(env, users):
    """API keys, which stand for the user on JSON-2 and as his password on XML-RPC."""
    end = date.today() + timedelta(days=30)
    return {
        login: env(user=user.id)["res.users.apikeys"]
        .sudo()
        ._generate("rpc", "tests", end)
        for login, user in users.items()
    }


def main(env):
    """Make it all, and keep what the tests need to know of it."""
    env["account.chart.template"].try_loading(
        "generic_coa", env.company, install_demo=False
    )
    # Nobody is led around by the hand here.
    env["res.users"].search([]).tour_enabled = False
    staff = make_staff(env)
    companies, clients = make_clients(env)
    places = make_hotels(env)
    bookings = make_bookings(env, staff, companies, clients, places)
    env["sale.order"].create({"partner_id": companies["alpha"].id, "name": "PLAIN-1"})
    make_processes(env, staff, companies, clients, places)
    invoices = make_invoices(env, companies)
    env["account.move"].browse(invoices.values()).action_post()
    choice = env["tour.notification.choice"].create(
        {
            "category_id": env.ref("tour_notification.category_booking_status").id,
            "partner_id": clients["alpha_user"].partner_id.id,
            "choice": "send",
        }
    )
    users = staff | clients
    users["admin"] = env.ref("base.user_admin")
    for user in users.values():
        user.tour_enabled = False
    facts = {
        "users": {login: user.id for login, user in users.items()},
        "passwords": {login: PASSWORD % login for login in users} | {"admin": "admin"},
        "keys": make_keys(env, users),
        "partners": {code: company.id for code, company in companies.items()},
        "places": places,
        "people": {login: user.partner_id.id for login, user in users.items()},
        "lines": {key: order.order_line.ids for key, order in bookings.items()},
        "guests": {
            key: order.order_line.guest_ids.ids for key, order in bookings.items()
        },
        "documents": make_documents(env, staff["own"], bookings["alpha_user"]),
        "cards": make_provider(env),
        "archive": make_archive(env, companies["alpha"]),
        "money": make_money(env, companies["alpha"], invoices["alpha"]),
        "payment_orders": make_payment_orders(env),
        "choices": choice.ids,
        "invoices": invoices,
        "invoice_lines": {
            code: env["account.move"].browse(move_id).invoice_line_ids.ids
            for code, move_id in invoices.items()
        },
        "bookings": {key: order.id for key, order in bookings.items()},
        "surface": json.loads(
            env["ir.config_parameter"].get_param("tour.outside.surface")
        ),
    }
    env["ir.config_parameter"].set_param("tour.outside.world", json.dumps(facts))
    # Of two requests that are the first for a bundle, Odoo refuses one when the other
    # has half of the file written.
    env["ir.qweb"]._pregenerate_assets_bundles()
    env.cr.commit()


main(env)  # noqa: F821 - the shell's own name.
