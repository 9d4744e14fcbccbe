"""Run in Odoo's shell: clients whose every word says whose it is.

What one orders, writes and is billed for has his word in it; what the whole company may
know has the company's; what is for staff only has SECRET, or one of the sums below.  So
any answer of the server can be read for what is not the asker's.
"""

import json
from base64 import b64encode
from datetime import date, timedelta

PASSWORD = "Office-%s-7"
# login: client, curator, word. The client's own word is in `CLIENTS`.
PEOPLE = {
    "gamma_user": ("gamma", False, "Quokka"),
    "gamma_other": ("gamma", False, "Numbat"),
    "gamma_curator": ("gamma", True, "Wombat"),
    # Has not agreed to what one agrees to before anything else.
    "gamma_fresh": ("gamma", False, "Kowari"),
    "delta_user": ("delta", False, "Bandicoot"),
    # A client who is a person, and no company.
    "single": ("single", False, "Potoroo"),
}
CLIENTS = {"gamma": "Pangolin", "delta": "Echidna", "single": "Potoroo"}
# Three nights at 1,000, of which 7.77 % are ours: what a night is, all may know.
NIGHT, COMMISSION = 1000, 7.77
SECRET = ["SECRET", "233.10", "2766.90"]
# How a booking comes into each status.
PATHS = {
    "new": "",
    "accepted": "accepted",
    "awaiting_client": "awaiting_client",
    "client_confirmed": "awaiting_client client_confirmed",
    "confirmed": "accepted confirmed",
    "booked": "accepted confirmed booked",
    "cancelled": "accepted cancelled",
    "cancelled_penalty": "accepted confirmed cancelled_penalty",
    "refused": "refused",
    "done": "accepted confirmed booked done",
    "archive": "accepted confirmed booked done archive",
}


class Office:
    """Makes the world of one database; `world` is what `world.py` made."""

    def __init__(self, env, world):
        self.env = env
        self.world = world
        self.manager = env["res.users"].browse(world["users"]["own"])
        self.users, self.clients, self.records = {}, {}, {}

    # === Who === #

    def make_clients(self):
        partner = self.env["res.partner"]
        for code in ("gamma", "delta"):
            self.clients[code] = partner.create(
                {
                    "name": f"{CLIENTS[code]} Travel",
                    "is_company": True,
                    "email": f"{code}@clients.example.com",
                    "phone": "+49 30 7654321",
                    "vat": f"{CLIENTS[code]}-1",
                    "street": f"{CLIENTS[code]} street 1",
                    "tour_client_agent": code == "gamma",
                    "tour_client_corporate": code == "delta",
                    "comment": "SECRET about the client",
                }
            )
        for login, (code, is_curator, _word) in PEOPLE.items():
            self.users[login] = user = self.env["res.users"].create(
                {
                    # A page of nobody's data may greet him by his name.
                    "name": CLIENTS[code] if code == login else f"Person {login}",
                    "login": login,
                    "password": PASSWORD % login,
                    "email": f"{login}@{CLIENTS[code].lower()}.example.com",
                    "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
                    "is_curator": is_curator,
                    "tz": "Europe/Moscow",
                    "lang": "en_US",
                }
            )
            user.tour_enabled = False
            if code == "single":
                user.partner_id.tour_client_corporate = True
                self.clients[code] = user.partner_id
            else:
                user.partner_id.parent_id = self.clients[code]

    def make_places(self):
        supplier = self.env["res.partner"].create(
            {"name": "SECRET Office Supplier", "is_company": True}
        )
        supplier.tour_supplier = True
        hotel = self.env["tour.hotel"].create(
            {
                "name": "Harbour View",
                "city_id": self.world["places"]["city"],
                "supplier_id": supplier.id,
                "commission_percent": COMMISSION,
                "note": "SECRET about the hotel",
                "stars": "4",
            }
        )
        room = self.env["tour.room"].create(
            {"name": "Twin", "hotel_id": hotel.id, "capacity": 2}
        )
        rate = self.env["tour.rate"].create(
            {
                "name": "Flexible",
                "room_id": room.id,
                "kind": "rack",
                "rack_price": NIGHT,
                "meal": "bb",
            }
        )
        self.places = {"hotel": hotel.id, "room": room.id, "rate": rate.id}

    # === Bookings === #

    def make_booking(self, login, days=40, **values):
        code, _is_curator, word = PEOPLE[login]
        arrival = date.today() + timedelta(days=days)
        service_type = self.env["tour.service.type"].search(
            [("kind", "=", "accommodation")], limit=1
        )
        service = {
            "service_type_id": service_type.id,
            "product_id": service_type.product_id.id,
            "hotel_id": self.places["hotel"],
            "room_id": self.places["room"],
            "rate_id": self.places["rate"],
            "meal": "bb",
            "date_from": arrival,
            "date_to": arrival + timedelta(days=3),
            "guest_ids": [(0, 0, {"last_name": f"{word}son", "first_name": "Ann"})],
        }
        return (
            self.env["sale.order"]
            .with_user(self.manager)
            .create(
                {
                    "is_tour_booking": True,
                    "partner_id": self.clients[code].id,
                    "client_user_id": self.users[login].id,
                    "user_id": self.manager.id,
                    "client_order_ref": f"{word}-ref",
                    "note": f"{word} terms",
                    "internal_note": "SECRET note of staff",
                    "order_line": [(0, 0, service)],
                    **values,
                }
            )
        )

    def move(self, order, path):
        for state in path.split():
            order.sudo()._move_by_system(state, "SECRET reason of staff")

    def make_states(self, login):
        found = {}
        for state, path in PATHS.items():
            # Over is what has been, in work what is to come.
            days = -20 if state in ("done", "archive") else 40
            order = self.make_booking(login, days)
            self.move(order, path)
            found[state] = order.id
        return found

    def make_main(self, login):
        """A booking with all that can hang on one."""
        word = PEOPLE[login][2]
        order = self.make_booking(login)
        opened = order._make_documents("booking_sheet")
        opened.action_open_to_client()
        closed = order._make_documents("voucher")
        self.move(order, PATHS["confirmed"])
        file = self.env["ir.attachment"].create(
            {
                "name": f"{word}.txt",
                "raw": f"{word} file".encode(),
                "res_model": "sale.order",
                "res_id": order.id,
            }
        )
        said = order.message_post(
            body=f"{word} is told",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            attachment_ids=file.ids,
        )
        noted = order.message_post(body=f"SECRET between us, {word}")
        activity = order.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=f"SECRET task, {word}",
            user_id=self.manager.id,
        )
        return order, {
            "sale.order": order.ids,
            "sale.order.line": order.order_line.ids,
            "tour.guest": order.order_line.guest_ids.ids,
            "tour.document": [*opened.ids, *closed.ids],
            "mail.message": [*said.ids, *noted.ids],
            "mail.activity": activity.ids,
            "ir.attachment": file.ids,
        }

    def make_invoice(self, order):
        order = order.sudo().with_user(self.world["users"]["accountant"])
        invoice = order._create_invoices()
        invoice.action_show_to_client()
        return invoice

    def make_money(self, login):
        """An invoice that was paid, some of it asked back; a top-up."""
        word = PEOPLE[login][2]
        order = self.make_booking(login)
        self.move(order, PATHS["booked"])
        invoice = self.make_invoice(order)
        journal = self.env["account.journal"].search([("type", "=", "bank")], limit=1)
        self.env["tour.invoice.pay"].with_user(
            self.world["users"]["accountant"]
        ).create({"move_id": invoice.id, "journal_id": journal.id}).action_apply()
        order.sudo().order_line.service_type_id.client_may_ask_refund = True
        user = self.users[login].id
        refund = invoice.with_user(user).sudo(False).action_ask_refund(100, word)
        topup = self.env["tour.topup"].with_user(user).action_ask_topup(77)
        topup = self.env["tour.topup"].search(
            [("partner_id", "=", self.clients[PEOPLE[login][0]].id)], limit=1
        )
        return {
            "sale.order": order.ids,
            "sale.order.line": order.order_line.ids,
            "account.move": invoice.ids,
            "account.move.line": invoice.invoice_line_ids.ids,
            "tour.refund": [refund],
            "tour.topup": topup.ids,
        }

    def make_waiting(self, login):
        """What waits for staff, what waits for the client, and what is to be agreed."""
        word = PEOPLE[login][2]
        user = self.users[login].id
        asked = self.make_booking(login)
        line = asked.order_line
        day = str(line.date_to + timedelta(days=1))
        asked.with_user(user).action_request_change(
            f"{word} asks for a day", [{"service_id": line.id, "date_to": day}]
        )
        question = self.make_booking(login)
        self.move(question, PATHS["accepted"])
        # As if he had made it himself: then he is asked.
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET created_by_client = TRUE WHERE id = %s",
            [question.id],
        )
        question.invalidate_recordset()
        stay = question.order_line
        stay.date_to += timedelta(days=1)
        papers = self.make_booking(login)
        contract = papers._make_documents("contract")
        sheet = papers._make_documents("booking_sheet")
        (contract + sheet).action_open_to_client()
        papers.action_move_to("awaiting_client")
        changes = self.env["tour.change"].search([("order_id", "=", asked.id)])
        return {
            "asked": asked.id,
            "question": question.id,
            "papers": papers.id,
        }, {
            "sale.order": [asked.id, question.id, papers.id],
            "tour.document": [*contract.ids, *sheet.ids],
            "tour.change": changes.ids,
            "tour.change.line": changes.line_ids.ids,
            "tour.confirmation": self.env["tour.confirmation"]
            .search([("order_id", "=", question.id)])
            .ids,
        }

    def make_draft(self, login):
        """A booking that he has not sent yet, up to the last step."""
        word = PEOPLE[login][2]
        drafts = self.env["tour.portal.draft"].with_user(self.users[login])
        arrival = date.today() + timedelta(days=40)
        where = {
            "city": self.env["tour.city"].browse(self.world["places"]["city"]).name,
            "date_from": str(arrival),
            "date_to": str(arrival + timedelta(days=3)),
            "rooms_0": "1",
            "adults_0": "2",
        }
        draft = drafts._begin(drafts._read_where(where, self.env.company)[0])
        typed = {
            "hotel": {"hotel_id": str(self.places["hotel"])},
            "stay": {"rate_0": str(self.places["rate"]), "wishes": f"{word} wishes"},
            "guests": {"last_0_0": f"{word}son"},
            "services": {},
        }
        for step, form in typed.items():
            draft._keep(step, getattr(draft, f"_read_{step}")(form)[0])
        return {"tour.portal.draft": draft.ids}

    def make_help(self, login):
        """A request for help that was answered, with a file, and talked about."""
        word = PEOPLE[login][2]
        user = self.users[login]
        requests = self.env["tour.help.request"].with_user(user)
        made = requests._make_by_client(
            {
                "subject": f"{word} asks",
                "description": f"{word} needs help",
                "kind_id": self.env["tour.help.kind"].sudo().search([], limit=1).id,
            },
            [(f"{word}.txt", f"{word} file".encode(), "text/plain")],
        ).with_user(self.manager)
        asked = made.sudo().message_ids.filtered("attachment_ids")
        made.message_post(
            body=f"{word} is answered",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        noted = made.message_post(
            body=f"SECRET about the request of {word}",
            attachments=[("SECRET.txt", b"SECRET")],
        )
        return {
            "tour.help.request": made.ids,
            "mail.message": [*asked.ids, *noted.ids],
            "ir.attachment": [*asked.attachment_ids.ids, *noted.attachment_ids.ids],
        }

    def make_catalog(self, login):
        """A question that was answered, and an order with what was filled in."""
        word = PEOPLE[login][2]
        service = self.get_catalog_service().with_user(self.users[login]).sudo()
        questions = self.env["tour.catalog.question"].with_user(self.users[login])
        question = questions._ask(service, f"{word} wonders")
        # As a window of the manager: whoever asks brings rights of his own.
        own = question.sudo(False).with_user(self.manager)
        own.answer = f"{word} may"
        own.action_answer()
        own._message_log(body=f"SECRET about the question of {word}")
        values = {"day": str(date.today() + timedelta(days=40))}
        values[service.field_ids._get_input()] = f"{word} flies"
        form, _faults = service._read_order_form(values, lambda _name: [])
        line = service._place_order(form, self.users[login])
        return {
            "tour.catalog.question": question.ids,
            "sale.order": line.order_id.ids,
            "sale.order.line": line.ids,
        }

    def get_catalog_service(self):
        """A service that all clients may order."""
        services = self.env["tour.catalog.service"]
        found = services.search([("name", "=", "Quiet lounge")])
        return found or services.create(
            {
                "name": "Quiet lounge",
                "category_id": self.env["tour.catalog.category"]
                .create({"name": "At the airport"})
                .id,
                "list_price": 30,
                "field_ids": [(0, 0, {"label": "Flight"})],
            }
        )

    def make_of(self, login):
        """All of one person: {name: id} of bookings, {model: ids} of everything."""
        order, models = self.make_main(login)
        invoice = self.make_invoice(order)
        models["account.move"] = invoice.ids
        models["account.move.line"] = invoice.invoice_line_ids.ids
        named, waiting = self.make_waiting(login)
        money = self.make_money(login)
        for found in (
            waiting,
            money,
            self.make_draft(login),
            self.make_help(login),
            self.make_catalog(login),
        ):
            for model, ids in found.items():
                models[model] = [*models.get(model, []), *ids]
        named |= {
            "main": order.id,
            "invoice": invoice.id,
            "paid": money["account.move"][0],
            "open": models["tour.document"][0],
            "closed": models["tour.document"][1],
            "contract": waiting["tour.document"][0],
        }
        self.records[login] = {"named": named, "models": models}

    def make_archive(self, code):
        word = CLIENTS[code]
        folder = self.env["tour.archive.folder"].create(
            {"name": f"{word} prices", "client_ids": self.clients[code].ids}
        )
        file = self.env["tour.archive.file"].create(
            {
                "folder_id": folder.id,
                "upload_name": f"{word}.txt",
                "upload": b64encode(word.encode()),
            }
        )
        return {"tour.archive.folder": folder.ids, "tour.archive.file": file.ids}

    # === What comes before all else === #

    def make_agreement(self):
        """Published last, when all that exists was made; all but one have agreed."""
        agreement = self.env["tour.usage.agreement"].create(
            {"text_ids": [(0, 0, {"lang": "en_US", "body": "<p>Be kind.</p>"})]}
        )
        agreement.action_publish()
        clients = self.env["res.users"].search([("share", "=", True)])
        for user in clients - self.users["gamma_fresh"]:
            user._accept_usage(agreement, "127.0.0.1", "en_US")
        return agreement.id

    def make_registration(self):
        """Somebody whom nobody has approved yet."""
        values = {
            "name": "Thylacine",
            "email": "waiting@thylacine.example.com",
            "phone": "+49 30 1112223",
            "country_id": str(self.env.ref("base.de").id),
            "city": "Berlin",
            "login": "waiting",
            "password": PASSWORD % "waiting",
        }
        request = self.env["tour.registration"]._receive(
            "person_client", values, "127.0.0.1", "office"
        )
        return request.id

    def make_keys(self):
        end = date.today() + timedelta(days=30)
        return {
            login: self.env(user=user.id)["res.users.apikeys"]
            .sudo()
            ._generate("rpc", "tests", end)
            for login, user in self.users.items()
        }

    def get_tokens(self):
        """Links to what is somebody's: each opens that, and nothing else."""
        found = {}
        for login, records in self.records.items():
            named = records["named"]
            invoice = self.env["account.move"].browse(named["invoice"])
            order = self.env["sale.order"].browse(named["main"])
            found[login] = {
                "account.move": invoice.sudo()._portal_ensure_token(),
                "sale.order": order.sudo()._portal_ensure_token(),
            }
        return found


def main(env):
    parameters = env["ir.config_parameter"]
    if parameters.get_param("tour.outside.office"):
        return
    world = json.loads(parameters.get_param("tour.outside.world"))
    office = Office(env, world)
    office.make_clients()
    office.make_places()
    for login in PEOPLE:
        office.make_of(login)
    facts = {
        "users": {login: user.id for login, user in office.users.items()},
        "people": {login: user.partner_id.id for login, user in office.users.items()},
        "partners": {code: client.id for code, client in office.clients.items()},
        "passwords": {login: PASSWORD % login for login in [*office.users, "waiting"]},
        "keys": office.make_keys(),
        "words": {login: word for login, (_code, _is_curator, word) in PEOPLE.items()},
        "owners": {login: code for login, (code, *_rest) in PEOPLE.items()},
        "clients": CLIENTS,
        "secret": SECRET,
        "places": office.places,
        "records": office.records,
        "states": office.make_states("gamma_user"),
        "shared": {code: office.make_archive(code) for code in CLIENTS},
        "tokens": office.get_tokens(),
        "registration": office.make_registration(),
        "agreement": office.make_agreement(),
    }
    parameters.set_param("tour.outside.office", json.dumps(facts))
    env.cr.commit()


main(env)  # noqa: F821 - the shell's own name.
