"""The manager's path in Chromium, from a new booking to Done."""

import re

import pytest

from .screens import BookingForm

GUESTS = "Ivanov\tIvan\tIvanovich\nPetrova\tAnna\n"
# Key, our status, and what the client reads in the mail (None: no mail, his status
# is the same as before).
MOVES = [
    ("q", "Accepted", "Accepted"),
    ("q", "Confirmed to client", "Booked"),
    ("q", "Booked", None),
]


@pytest.fixture
def mails(world):
    """Return a function: subjects of the mails that wait for one address."""

    def of(order, address):
        rows = world.sql(
            "SELECT message.subject FROM mail_mail mail"
            " JOIN mail_message message ON message.id = mail.mail_message_id"
            " LEFT JOIN mail_mail_res_partner_rel rel ON rel.mail_mail_id = mail.id"
            " LEFT JOIN res_partner partner ON partner.id = rel.res_partner_id"
            " WHERE mail.state = 'outgoing' AND message.model = 'sale.order'"
            " AND message.res_id = %s"
            " AND (partner.email = %s OR mail.email_to LIKE %s) ORDER BY mail.id",
            order,
            address,
            f"%{address}%",
        )
        return [subject for (subject,) in rows]

    return of


def test_from_new_booking_to_done(visit, as_user, facts, mails):
    form = BookingForm(visit("own"))
    order = make_booking(form)
    address = "alpha_user@clients.example.com"
    assert mails(order, address) == []
    expected = 0
    for key, label, for_client in MOVES:
        form.move(key, label)
        expected += bool(for_client)
        sent = mails(order, address)
        assert len(sent) == expected, (label, sent)
        if for_client:
            assert for_client.lower() in sent[-1].lower()
    papers(form, as_user, order)
    invoice(form, order)
    pay(visit("accountant"), as_user, order)
    form.open(order)
    form.move("q", "Done")
    assert len(mails(order, address)) == expected + 1
    form.tab("history")
    history = form.page.locator("[name=status_event_ids] .o_data_row").all_inner_texts()
    assert len(history) == 4
    assert "Done" in history[0] and "Accepted" in history[-1]


def make_booking(form):
    """Alpha's booking, typed: 3 nights at 100, 10 % commission, 15 % VAT."""
    form.new()
    assert form.find("partner_id", "Alpha Tr") == "Alpha Travel"
    assert "user" in form.find("client_user_id", "Alpha Travel user")
    form.add()
    # Found by a synonym, then by its city.
    assert form.find("hotel_id", "atlantic pal", ".modal") == "Grand Ocean, Lisbon"
    assert form.stay("lisbon") == "Grand Ocean, Lisbon"
    assert "SECRET Supplier" in form.field("supplier_id", ".modal").input_value()
    assert not form.page.locator(".modal .o_tour_typed").count(), "nothing was typed"
    form.paste_guests(GUESTS)
    assert form.page.locator(".modal [name=guest_ids] .o_data_row").count() == 2
    steps = form.steps()
    assert "300.00" in steps["supplier_price_total"]
    assert "30.00" in steps["commission"] and "10 %" in steps["commission"]
    assert "300.00" in steps["client_price"]
    # A typed price stays when the dates change, until it is given up.
    form.type("price_unit", "330", ".modal")
    assert "330.00" in form.steps()["client_price"]
    form.page.locator(".modal .o_tour_typed[data-field=price_unit]").click()
    form.window.settle()
    assert form.field("price_unit", ".modal").input_value() == "300.00"
    form.tab("confirmation")
    form.type("confirmed_by", "Ms Nagy", ".modal")
    form.close_dialog()
    form.save()
    total = form.page.locator("[name=tax_totals]").inner_text()
    assert "345.00" in total
    return form.order_id()


def papers(form, as_user, order):
    """Make each paper by its button; read the PDF."""
    call = as_user("own")
    for button, kind, words in [
        ("action_make_voucher", "voucher", ["Grand Ocean", "Ivanov", "Petrova"]),
        ("action_make_booking_sheet", "booking_sheet", ["Grand Ocean", "345.00"]),
        ("action_make_supplier_request", "supplier_request", ["Grand Ocean"]),
        ("action_make_invoice", "invoice", ["Alpha Travel", "345.00"]),
    ]:
        form.open(order)
        form.tab("documents")
        form.page.locator(f"button[name={button}]").click()
        form.window.settle()
        (document,) = call(
            "tour.document",
            "search",
            domain=[("order_id", "=", order), ("kind", "=", kind)],
        )
        text = form.pdf(document)
        assert not [word for word in words if word not in text], (kind, text)
        if kind != "supplier_request":
            assert "SECRET" not in text
            assert "30.00" not in re.findall(r"\d+\.\d\d", text), "our commission"


def invoice(form, order):
    form.open(order)
    form.page.keyboard.press("Alt+g")
    form.page.locator(".modal button[name=create_invoices]").click()
    form.page.wait_for_selector(".modal", state="detached")
    form.window.settle()


def pay(window, as_user, order):
    """The accountant posts the invoice and registers its payment."""
    (row,) = as_user("own")("sale.order", "read", [order], fields=["invoice_ids"])
    (move,) = row["invoice_ids"]
    page = window.page
    page.goto(
        f"{window.browser.url}/odoo/action-account.action_move_out_invoice/{move}"
    )
    page.wait_for_selector(".o_form_view")
    window.settle()
    page.locator("button[name=action_post]:visible").first.click()
    page.wait_for_selector("button[name=action_register_payment]:visible")
    window.settle()
    page.locator("button[name=action_register_payment]:visible").first.click()
    page.locator(".modal button[name=action_create_payments]").click()
    page.wait_for_selector(".modal", state="detached")
    window.settle()
