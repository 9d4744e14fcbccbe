"""A bill's file is read as soon as it is there; what it says is shown, and compared
with what people enter.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_amount

from ..hint_maker import SURE, HintMaker
from ..texts import get_names
from .tour_bill_reading import STAFF, STATES

# What the window has no field for.
OTHERS = ("name", "kpp", "bic", "corr_account", "vat_amount", "purpose")


class AccountMove(models.Model):
    _inherit = "account.move"

    tour_bill_reading_ids = fields.One2many(
        comodel_name="tour.bill.reading",
        inverse_name="move_id",
        string="Readings of the file",
        readonly=True,
        groups=STAFF,
    )
    tour_bill_reading_state = fields.Selection(
        selection=STATES,
        string="Reading of the file",
        compute="_compute_tour_bill_reading_state",
        groups=STAFF,
    )

    def _compute_tour_bill_reading_state(self):
        for move in self:
            move.tour_bill_reading_state = move._get_bill_reading().state

    def _get_bill_reading(self):
        """The reading that counts; in sudo mode."""
        self.ensure_one()
        # In sudo: whoever may read the bill may know what its file says.
        return self.sudo().tour_bill_reading_ids.sorted("id")[-1:]

    def _follow_upload(self):
        result = super()._follow_upload()
        self.env["tour.bill.reading"]._begin(self)
        return result

    def action_prepare_bill(self):
        """A bill that came another way is read when somebody turns to it."""
        action = super().action_prepare_bill()
        # In sudo: the file is the bill's, which the user may read.
        move = self.sudo()
        if (
            move.move_type == "in_invoice"
            and move.message_main_attachment_id
            and not self._get_bill_reading()
            and self.env["tour.bill.prepare"].has_access("create")
        ):
            self.env["tour.bill.reading"]._begin(self)
        return action

    def action_read_bill_again(self):
        """Read the file once more, after a layout was added, say."""
        self.ensure_one()
        self._check_may_judge_hints()
        if self._get_bill_reading().state == "reading":
            raise UserError(self.env._("It is being read already."))
        self.env["tour.bill.reading"]._begin(self)
        return True

    def dismiss_bill_hint(self, name, is_wrong=True):
        """Say that a hint is wrong, for everybody; or that it is right after all.

        :param str name: of what was read, as in `get_bill_hints`
        """
        self.ensure_one()
        self._check_may_judge_hints()
        reading = self._get_bill_reading()
        if not isinstance(name, str) or name not in (reading.hints or {}):
            raise UserError(self.env._("There is no such hint any more."))
        dismissed = dict(reading.dismissed or {})
        if is_wrong:
            dismissed[name] = self.env.uid
        else:
            dismissed.pop(name, None)
        reading._as_reader().write({"dismissed": dismissed})
        return True

    def _check_may_judge_hints(self):
        """Whoever prepares bills; the bill is one that he sees."""
        self.check_access("read")
        self.env["tour.bill.prepare"].check_access("create")

    # === What it says === #

    @api.readonly
    def get_bill_hints(self):
        """What the file says, by field of the window.

        :return: ``state`` and ``text`` of the reading; ``hints`` by field, each with
            the ``values`` to fill in (none: there is nothing to fill in), ``text``,
            ``level``, ``why``, ``warning``; ``others`` as pairs of name and text
        """
        self.ensure_one()
        # Clients read their own invoices, and nothing of this.
        self.env["tour.bill.reading"].check_access("read")
        self.check_access("read")
        reading = self._get_bill_reading()
        found, maker = reading.hints or {}, HintMaker(self)
        return {
            "state": reading.state,
            "text": self._get_reading_text(reading),
            "hints": maker.make(found, reading.dismissed or {}),
            "others": [
                [name, maker.show(found[code])]
                for code, name in get_names(self.env).items()
                if code in OTHERS and code in found
            ],
        }

    def _get_reading_text(self, reading):
        if reading.state == "reading":
            return self.env._(
                "The file is being read: hints will appear by themselves."
            )
        if reading.state == "failed":
            return self.env._(
                "%(reason)s Fill in the fields by hand.",
                reason=reading.fault_text or "",
            )
        return ""

    # === Where what was entered is something else === #

    def _find_bill_alarms(self):
        """Add what the file says of the account and the sum."""
        alarms = super()._find_bill_alarms()
        found = self._get_sure_hints()
        account = self.partner_bank_id.sanitized_acc_number
        texts = {
            "file_account": self._doubt_account(found, account),
            "file_amount": self._doubt_amount(
                found, self.amount_total, self.currency_id
            ),
            "file_rivals": self._doubt_code(),
        }
        return alarms + [
            {"code": code, "text": text} for code, text in texts.items() if text
        ]

    def _get_sure_hints(self):
        """{what: value} of the hints that are sure and that nobody called wrong."""
        reading = self._get_bill_reading()
        dismissed = reading.dismissed or {}
        return {
            name: hint["value"]
            for name, hint in (reading.hints or {}).items()
            if hint["confidence"] >= SURE and name not in dismissed
        }

    def _doubt_account(self, found, account):
        said = found.get("account")
        if not said or not account or said == account:
            return ""
        return self.env._(
            "The file says account %(said)s, not %(account)s.",
            said=said,
            account=account,
        )

    def _doubt_amount(self, found, amount, currency):
        said = found.get("amount")
        code = found.get("currency", currency.name)
        if not said or not currency:
            return ""
        is_same = code == currency.name
        if is_same and not currency.compare_amounts(float(said), amount):
            return ""
        shown = format_amount(self.env, float(said), currency) if is_same else ""
        return self.env._(
            "The file says %(said)s, not %(amount)s.",
            said=shown or f"{said} {code}",
            amount=format_amount(self.env, amount, currency),
        )

    def _doubt_code(self):
        """The code and the text of one bill name two accounts: a sign of forgery."""
        hint = (self._get_bill_reading().hints or {}).get("account", {})
        if not hint.get("is_contradicted"):
            return ""
        return self.env._(
            "The file names two accounts: its QR code and its text differ (%(one)s,"
            " %(other)s).",
            one=hint["value"],
            other=hint["rival"],
        )
