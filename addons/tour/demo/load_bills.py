"""A week of suppliers' bills: each goes as far as its story, by the users' buttons."""

from base64 import b64encode
from html import escape

from odoo.addons.tour_document.pdf import render
from odoo.addons.tour_document.words import amount_in_words

from . import story_bills as story
from .stage import make_account


def load(stage):
    stage.company.tour_bill_journal_id = stage.env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", stage.company.id)], limit=1
    )
    lines = _find_services(stage)
    for number, (line, bill) in enumerate(zip(lines, story.BILLS, strict=False), 301):
        _Maker(stage, line, bill, number).make()


def _find_services(stage):
    """Stays without a bill, each of another booking, of Russian suppliers."""
    lines = stage.env["sale.order.line"].search(
        [
            ("order_id.state", "=", "sale"),
            ("order_id.company_id", "=", stage.company.id),
            ("order_id.has_supplier_bill", "=", False),
            ("supplier_id.country_id.code", "=", "RU"),
            ("supplier_due", ">", 0),
            ("currency_id", "=", stage.company.currency_id.id),
        ],
        order="id desc",
    )
    first = {line.order_id: line for line in reversed(lines)}
    return list(first.values())


class _Maker:
    """Makes one bill."""

    def __init__(self, stage, line, bill, number):
        self.stage, self.line, self.bill = stage, line, bill
        self.number = story.NUMBER.format(number=number)
        self.supplier = line.supplier_id.commercial_partner_id
        self.amount = round(line.supplier_due * bill.share, 2)
        self.wanted = stage.day(bill.wanted)
        self.user = line.order_id.user_id.login or "manager"
        self.account = self._get_account(number)

    def make(self):
        move = self._upload()
        if self.bill.stage == "uploaded":
            return
        self._prepare(move)
        if self.bill.stage == "prepared":
            return
        self._act(move, "hand_over", self.user)
        if self.bill.stage == "partly":
            self._pay_half(move)
        elif self.bill.stage == "sent_back":
            self._send_back(move)
        elif self.bill.stage in ("ordered", "paid"):
            self._order(move)

    def _say(self, texts):
        """In the language of the manager who reads it."""
        russian = self.line.order_id.user_id.lang == "ru_RU"
        return texts[1] if russian else texts[0]

    def _act(self, move, act, login, **values):
        moves = self.stage.as_user(login)["account.move"].browse(move.id)
        moves._do_bill_act(act, **values)

    def _get_account(self, number):
        known = self.supplier.bank_ids[:1]
        bank = self.stage.env["res.bank"].search([("bic", "!=", False)], limit=1)
        return known or self.stage.env["res.partner.bank"].create(
            {
                "partner_id": self.supplier.id,
                "bank_id": bank.id,
                "acc_number": make_account(7000 + number, bank.bic),
            }
        )

    def _upload(self):
        content = render(story.FORM.format(**self._get_words()))
        self.stage.as_user(self.user)["ir.attachment"].create(
            {
                "name": story.FILE.format(number=self.number.replace("/", "-")),
                "datas": b64encode(content),
                "res_model": "sale.order",
                "res_id": self.line.order_id.id,
                "tour_line_id": self.line.id,
                "tour_incoming_type": "bill",
            }
        )
        return self.line.order_id.bill_ids.sorted("id")[-1:]

    def _get_words(self):
        company, bank = self.stage.company, self.account.bank_id
        words = {
            "bank": bank.name,
            "bic": bank.bic,
            "correspondent": "30101810400000000111",
            "account": self.account.acc_number,
            "supplier": self.supplier.name,
            "tax_id": self.supplier.vat or "",
            "kpp": "000001001",
            "payer": company.name,
            "payer_tax_id": company.vat or "",
            "number": self.number,
            "date": self.stage.day(-1).strftime("%d.%m.%Y"),
            "wanted": self.wanted.strftime("%d.%m.%Y"),
            "booking": self.line.order_id.name,
            "service": self.line.name,
            "amount": f"{self.amount:,.2f}".replace(",", " ").replace(".", ","),
            "words": amount_in_words(self.amount, "RUB", "ru_RU"),
        }
        return {name: escape(text) for name, text in words.items()}

    def _prepare(self, move):
        Wizard = self.stage.as_user(self.user)["tour.bill.prepare"]
        Wizard.create(
            {
                "move_id": move.id,
                "partner_id": self.supplier.id,
                "partner_bank_id": self.account.id,
                "ref": self.number,
                "invoice_date": self.stage.day(-1),
                "amount": self.amount,
                "tax_id": False,
                "wanted_date": self.wanted,
                "is_urgent": self.bill.urgent,
                "note": self._say(self.bill.note),
            }
        ).action_apply()

    def _approve(self, move, **values):
        if move.tour_bill_state == "director":
            self._act(move, "approve", "director", **values)

    def _order(self, move):
        self._approve(move, pay_date=self.stage.today)
        self._act(move, "order", "accountant")
        if self.bill.stage == "paid":
            self._act(move, "confirm", "accountant")

    def _pay_half(self, move):
        """The director lets half of it be paid; the rest comes round to him again."""
        if move.tour_bill_state != "director":
            reason = self._say(story.DEPOSIT)
            self._act(move, "to_director", "accountant", note=reason)
        half = round(self.amount / 2, 2)
        note = self._say(story.ENOUGH)
        today = self.stage.today
        self._act(move, "approve", "director", amount=half, pay_date=today, note=note)
        self._act(move, "order", "accountant")
        self._act(move, "confirm", "accountant")

    def _send_back(self, move):
        login = "director" if move.tour_bill_state == "director" else "accountant"
        self._act(move, "send_back", login, note=self._say(story.NO_ACCOUNT))
