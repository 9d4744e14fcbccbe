"""What the work screens show of a bill: plain data, made here only.

Costs the same number of queries however many bills wait, and however long the bill's
history is: what it shows of that is limited.
"""

from odoo import api, fields, models
from odoo.tools import html2plaintext

MAX_EVENTS = 40
MAX_COMMENTS = 20
MAX_BOOKINGS = 30
MAX_FILES = 10


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def _get_desk(self, queue, bill):
        """What a work screen shows: one bill, or none, and how many are left today."""
        # In sudo: whoever the bill was dealt to sees what he decides on, also where
        # accounts of suppliers or bookings of colleagues are not his to open.
        return {
            "bill": bill.sudo()._get_desk_data() if bill else False,
            "left": self._count_queue(queue),
        }

    def _get_desk_data(self):
        """Hook: all that is shown of this bill; override to add, note: in sudo mode."""
        return {
            "id": self.id,
            "seen": self.tour_bill_last_event,
            "lease": self._get_lease_seconds(),
            **self._get_desk_head(),
            **self._get_desk_money(),
            "requisites": self._get_desk_requisites(),
            "wording": self._get_bill_wording(),
            "bookings": self._get_desk_bookings(),
            "files": self._get_desk_files(),
            "history": self._get_desk_history(),
        }

    def _get_lease_seconds(self):
        until = self.tour_bill_held_until
        if not until:
            return 0
        return max(int((until - fields.Datetime.now()).total_seconds()), 0)

    def _get_desk_head(self):
        return {
            "name": self._get_bill_name(),
            "number": self.ref or "",
            "date": fields.Date.to_string(self.invoice_date),
            "supplier": self.commercial_partner_id.name or "",
            "is_urgent": self.tour_bill_is_urgent,
            "why": self.tour_bill_why or "",
            "note": self.tour_bill_note or "",
            "manager": self.tour_bill_user_id.name or "",
            "first_approver": self.tour_bill_first_approver_id.name or "",
            "alarms": [alarm["text"] for alarm in self.tour_bill_alarms or []],
        }

    def _get_desk_money(self):
        return {
            "currency_id": self.currency_id.id,
            "total": self.amount_total,
            "paid": self.tour_bill_paid_amount,
            "left": self.tour_bill_left_amount,
            "pay_amount": self.tour_bill_pay_amount,
            "pay_date": fields.Date.to_string(self.tour_bill_pay_date),
            "wanted_date": fields.Date.to_string(self.tour_bill_wanted_date),
            "today": fields.Date.to_string(fields.Date.context_today(self)),
        }

    def _get_desk_requisites(self):
        """What is typed into a payment order, in its order; empty ones are left out."""
        supplier, account = self.commercial_partner_id, self.partner_bank_id
        bank = account.bank_id
        rows = [
            ("vat", self.env._("Tax id"), supplier.vat),
            ("kpp", self.env._("KPP"), supplier.kpp),
            ("account", self.env._("Account"), account.acc_number),
            ("bic", self.env._("BIC"), bank.bic),
            ("bank", self.env._("Bank"), bank.name),
            ("corr_account", self.env._("Corr. account"), bank.corr_account),
        ]
        return [
            {"code": code, "name": name, "value": value}
            for code, name, value in rows
            if value
        ]

    def _get_desk_bookings(self):
        return [
            {"id": order.id, "name": order.name}
            for order in self.tour_order_ids[:MAX_BOOKINGS]
        ]

    def _get_desk_files(self):
        """The bill's files, the bill itself first."""
        files = self.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_id", "=", self.id)],
            limit=MAX_FILES,
            order="id",
        )
        main = self.message_main_attachment_id & files
        return [
            {
                "id": file.id,
                "name": file.name,
                "mimetype": file.mimetype,
                "checksum": file.checksum,
            }
            for file in main | files
        ]

    def _get_desk_history(self):
        """What was done with the bill and said about it, the latest first."""
        rows = [*self._get_desk_events(), *self._get_desk_comments()]
        return sorted(rows, key=lambda row: (row["date"], row["key"]), reverse=True)

    def _get_desk_events(self):
        acts = dict(
            self.env["tour.bill.event"]._fields["act"]._description_selection(self.env)
        )
        events = self.env["tour.bill.event"].search(
            [("move_id", "=", self.id)], limit=MAX_EVENTS
        )
        return [
            {
                "key": f"event {event.id:010}",
                "date": fields.Datetime.to_string(event.date),
                "act": acts[event.act],
                "who": event.user_id.name,
                "instead_of": event.substituted_id.name or "",
                "amount": event.amount,
                "why": event.why or "",
                "text": event.note or "",
            }
            for event in events
        ]

    def _get_desk_comments(self):
        """What people wrote below the bill, without its markup."""
        messages = self.env["mail.message"].search(
            [
                ("model", "=", self._name),
                ("res_id", "=", self.id),
                ("message_type", "in", ("comment", "email")),
            ],
            limit=MAX_COMMENTS,
        )
        return [
            {
                "key": f"comment {message.id:010}",
                "date": fields.Datetime.to_string(message.date),
                "act": "",
                "who": message.author_id.name or message.email_from or "",
                "instead_of": "",
                "amount": 0.0,
                "why": "",
                "text": html2plaintext(message.body or ""),
            }
            for message in messages
        ]
