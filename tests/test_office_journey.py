"""A client's whole way, from registering to rating, at a desk and on a phone.

Staff do their part over RPC: their screens have tests of their own.  Pictures of each
step are kept where ``TOUR_PICTURES`` names a folder: `docs/client.md` shows them.
"""

from datetime import date, timedelta

import pytest

from .office_screens import SIZES, ClientOffice
from .test_refunds_at_once import _get_desk

PASSWORD = "Journey-Office-7"
PEOPLE = {"desk": ("Clara Weber", "clara"), "phone": ("Otto Brandt", "otto")}
# Three nights at 1,000, and 15 % of tax; half of it is the fee.
TOTAL, FEE = 3450, 1725


class Staff:
    """What staff do meanwhile."""

    def __init__(self, as_user, world):
        self.manager = as_user("head")
        self.accountant = as_user("accountant")
        self.admin = as_user("admin")
        self.world = world

    def approve(self, login):
        domain = [("login", "=", login)]
        (request,) = self.admin("tour.registration", "search", domain=domain)
        values = {"registration_id": request}
        (window,) = self.admin(
            "tour.registration.approve", "create", vals_list=[values]
        )
        self.admin("tour.registration.approve", "action_apply", [window])
        # What was invoiced is cancelled with a fee only for clients of whom it is said.
        clients = self.admin("res.users", "search", domain=domain)
        (client,) = self.admin("res.users", "read", clients, fields=["partner_id"])
        values = {"allow_cancel_penalty": True}
        self.admin("res.partner", "write", [client["partner_id"][0]], vals=values)

    def get_state(self, order):
        ((state,),) = self.world.sql(
            "SELECT booking_state FROM sale_order WHERE id = %s", order
        )
        return state

    def move(self, order, *states, **kwargs):
        for state in states:
            self.manager("sale.order", "action_move_to", [order], state=state, **kwargs)

    def lengthen(self, order):
        """Change what the client sees: he is asked."""
        (line,) = self.manager(
            "sale.order.line", "search", domain=[("order_id", "=", order)]
        )
        ((last,),) = self.world.sql(
            "SELECT date_to FROM sale_order_line WHERE id = %s", line
        )
        values = {"date_to": str(last + timedelta(days=1))}
        self.manager("sale.order.line", "write", [line], vals=values)

    def send_papers(self, order):
        for kind in ("contract", "booking_sheet"):
            made = self.manager(
                "sale.order",
                "action_make_document",
                [order],
                context={"tour_document_kind": kind},
            )
            self.manager("tour.document", "action_open_to_client", [made["res_id"]])
        self.move(order, "awaiting_client")

    def invoice(self, order):
        values = {"sale_order_ids": [[6, 0, [order]]]}
        (window,) = self.manager(
            "sale.advance.payment.inv", "create", vals_list=[values]
        )
        self.manager("sale.advance.payment.inv", "create_invoices", [window])
        (invoice,) = self.accountant(
            "account.move", "search", domain=[("tour_booking_ids", "in", [order])]
        )
        self.manager("account.move", "action_show_to_client", [invoice])
        return invoice

    def work_off(self, order, kind):
        """Price the open request, and apply what is shown."""
        domain = [("order_id", "=", order), ("kind", "=", kind)]
        (change,) = self.manager(
            "tour.change", "search", domain=domain, order="id desc", limit=1
        )
        ((state,),) = self.world.sql(
            "SELECT state FROM tour_change WHERE id = %s", change
        )
        if state == "asked":
            self.manager("tour.change", "action_price", [change])
        self.manager("tour.change", "action_apply", [change])

    def pay_at_desk(self, invoice):
        values = {"move_id": invoice, "journal_id": _get_desk(self.world)}
        (window,) = self.accountant("tour.invoice.pay", "create", vals_list=[values])
        self.accountant("tour.invoice.pay", "action_apply", [window])

    def give_back(self, invoice):
        ((refund,),) = self.world.sql(
            "SELECT id FROM tour_refund WHERE move_id = %s AND state = 'asked'", invoice
        )
        values = {
            "move_id": invoice,
            "refund_id": refund,
            "how": "hand",
            "reason": "Cancelled",
            "journal_id": _get_desk(self.world),
        }
        (window,) = self.accountant("tour.refund.make", "create", vals_list=[values])
        self.accountant("tour.refund.make", "action_apply", [window])

    def make_finished(self, order):
        """A booking of the same client that is over."""
        (again,) = self.manager("sale.order", "copy", [order])
        arrival = date.today() - timedelta(days=5)
        (line,) = self.manager(
            "sale.order.line", "search", domain=[("order_id", "=", again)]
        )
        days = {"date_from": str(arrival), "date_to": str(arrival + timedelta(days=3))}
        values = {**days, "confirmed_by": "Ms Nagy"}
        self.manager("sale.order.line", "write", [line], vals=values)
        self.move(again, "accepted", "confirmed", "booked")
        self.pay_at_desk(self.invoice(again))
        self.move(again, "done")
        return again


@pytest.fixture
def gate(as_user, world):
    """At each login one agrees anew, as long as the journey goes on."""
    admin = as_user("admin")
    ((company,), *_more) = world.sql("SELECT id FROM res_company ORDER BY id")
    values = {"tour_usage_when": "login"}
    admin("res.company", "write", [company], vals=values)
    yield
    admin("res.company", "write", [company], vals={"tour_usage_when": "version"})


@pytest.fixture
def rules(as_user, office, world):
    """Cancelling costs the half, whenever it is; a refund may be asked for."""
    admin = as_user("admin")
    values = {
        "name": "Half",
        "step_ids": [[0, 0, {"kind": "percent", "value": 50, "always": True}]],
    }
    (rule,) = admin("tour.cancellation.rule", "create", vals_list=[values])
    hotel = office["places"]["hotel"]
    admin("tour.hotel", "write", [hotel], vals={"cancellation_rule_id": rule})
    world.sql("UPDATE tour_service_type SET client_may_ask_refund = TRUE RETURNING id")
    yield
    admin("tour.hotel", "write", [hotel], vals={"cancellation_rule_id": False})


@pytest.mark.refusals
@pytest.mark.parametrize("size", SIZES)
def test_from_registering_to_rating(
    size, as_user, facts, office, world, visit, gate, rules
):
    name, login = PEOPLE[size]
    # Somebody new, in a database that is kept, too.
    login += str(world.sql("SELECT count(*) FROM tour_registration")[0][0])
    width, height = SIZES[size]
    window = visit(None, viewport={"width": width, "height": height})
    client, staff = ClientOffice(window, size), Staff(as_user, world)
    facts["passwords"][login] = PASSWORD
    _get_in(client, staff, name, login)
    guests = [" ".join(reversed(name.split())), "Weber Max"]

    order = client.book("Lisbon", "Harbour View", guests)
    staff.move(order, "accepted")
    staff.lengthen(order)
    client.go_to_booking(order)
    client.shoot("changes")
    client.decline_changes("Three nights are enough")
    client.shoot("changes-declined")
    assert staff.get_state(order) == "cancelled"

    order = client.book("Lisbon", "Harbour View", guests)
    staff.move(order, "accepted")
    staff.send_papers(order)
    client.go_to_booking(order)
    client.shoot("papers")
    assert client.agree_to_papers() == 2
    client.shoot("papers-agreed")
    assert staff.get_state(order) == "client_confirmed"

    staff.move(order, "confirmed")
    invoice = staff.invoice(order)
    client.go_to_booking(order)
    client.shoot("to-pay")
    client.pay()
    client.go_to_booking(order)
    client.shoot("paid")
    sql = "SELECT payment_state FROM account_move WHERE id = %s"
    assert world.sql(sql, invoice)[0][0] in ("in_payment", "paid")
    _change_and_cancel(client, staff, order)
    _refund(client, staff, invoice)

    finished = staff.make_finished(order)
    client.go_to_booking(finished)
    client.rate(5, "A view to remember")
    client.shoot("rated")
    assert "Thank you" in client.read()
    assert world.sql(
        "SELECT rating FROM rating_rating WHERE res_id = %s", finished
    ) == [(5,)]
    client.go("/my/tour")
    client.shoot("home")


def _get_in(client, staff, name, login):
    """Register, wait, log in, agree."""
    client.register(
        "person_client",
        name=name,
        email=f"{login}@journey.example.com",
        phone="+49 30 5556677",
        country="Germany",
        city="Berlin",
        login=login,
        password=PASSWORD,
        password2=PASSWORD,
    )
    client.window.expect(r"answer 4\d\d")
    client.window.login_refused(login, PASSWORD)
    staff.approve(login)
    client.window.login(login, PASSWORD, "/my/tour")
    client.agree_to_terms()
    assert "/my/tour" in client.page.url
    client.shoot("home-new")


def _change_and_cancel(client, staff, order):
    """A day longer, refused; then all of it cancelled, for the half."""
    client.ask_change("A day longer", 44)
    domain = [("order_id", "=", order), ("kind", "=", "change")]
    (change,) = staff.manager("tour.change", "search", domain=domain)
    staff.manager("tour.change", "action_refuse", [change], reason="Fully booked")
    client.go_to_booking(order)
    assert "Fully booked" in client.read()
    client.shoot("change-refused")
    client.ask_cancel("Illness")
    staff.work_off(order, "cancel")
    assert staff.get_state(order) == "cancelled_penalty"
    client.go_to_booking(order)
    client.shoot("cancelled")


def _refund(client, staff, invoice):
    """He asks the other half back, and gets it."""
    client.go(f"/my/tour/invoices/{invoice}/refund")
    page = client.page
    form = "form.o_tour_refund_form"
    page.check(f"{form} input[value=part]")
    page.fill(f"{form} input[name=amount]", str(TOTAL - FEE))
    page.fill(f"{form} textarea", "Cancelled")
    client.shoot("refund")
    client.press(f"{form} button")
    staff.give_back(invoice)
    client.go(f"/my/invoices/{invoice}")
    assert "Paid back on" in page.inner_text("div[name=tour_refund]")
    client.shoot("refunded")
