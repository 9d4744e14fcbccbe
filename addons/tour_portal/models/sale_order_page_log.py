"""What was done with a booking, as its client is told it: nothing of what staff do
among themselves, and no name of theirs."""

from datetime import datetime, time

from odoo import models
from odoo.tools.misc import format_amount

# So much is listed, the latest first.
MAX_ENTRIES = 200


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_page_log(self, values):
        """What was done, the latest first.

        :param dict values: what the page shows
        :return: dicts of ``date`` and ``text``
        :rtype: list[dict]
        """
        self.ensure_one()
        entries = [entry for entry in self._get_log_entries(values) if entry["date"]]
        entries.sort(key=lambda entry: entry["date"], reverse=True)
        return entries[:MAX_ENTRIES]

    def _get_log_entries(self, values):
        """Hook: dicts of ``date`` (a datetime) and ``text``, in any order.

        Override to add yours: what the client did himself or was told, no more.
        """
        return [
            *self._get_log_of_statuses(),
            *self._get_log_of_papers(values),
            *self._get_log_of_questions(),
            *self._get_log_of_requests(),
            *self._get_log_of_invoices(),
        ]

    def _get_log_of_statuses(self):
        # In sudo: the history is for staff; of it the client is told his own statuses.
        order_sudo = self.sudo()
        wordings = self.env["tour.booking.status"]._get_wordings(self.env.lang)
        entries = [
            {
                "date": order_sudo.create_date,
                "text": self.env._("The booking was made."),
            }
        ]
        for event in order_sudo.status_event_ids:
            before, after = wordings.get(event.from_state), wordings[event.to_state]
            if before and before.client_status_id == after.client_status_id:
                continue
            text = self.env._("Status: %(status)s.", status=after.client_name)
            entries.append({"date": event.date, "text": text})
        return entries

    def _get_log_of_papers(self, values):
        entries = [
            {
                "date": paper["drawn_on"],
                "text": self.env._(
                    "%(document)s, version %(version)s, was made.",
                    document=paper["name"],
                    version=paper["version"],
                ),
            }
            for paper in values["papers"]
        ]
        # In sudo: who agreed to papers that he sees, he may know.
        agreements_sudo = self.env["tour.agreement"].sudo()
        shown = [paper["id"] for paper in values["papers"]]
        for agreement_sudo in agreements_sudo.search([("document_id", "in", shown)]):
            entries.append(
                {
                    "date": agreement_sudo.agreed_on,
                    "text": self.env._(
                        "%(user)s agreed to %(document)s, version %(version)s.",
                        user=agreement_sudo.user_name,
                        document=agreement_sudo.document_id.display_name,
                        version=agreement_sudo.version_id.number,
                    ),
                }
            )
        return entries

    def _get_log_of_questions(self):
        """What the client was asked to confirm, and how it ended."""
        texts = {
            "accepted": self.env._("The changes were accepted."),
            "declined": self.env._("The changes were declined."),
            "withdrawn": self.env._("We took the changes back."),
        }
        entries = []
        # In sudo: questions are for staff; that he was asked, he knows.
        for question_sudo in self.sudo().confirmation_ids:
            entries.append(
                {
                    "date": question_sudo.asked_on,
                    "text": self.env._(
                        "We changed the booking, and asked you to confirm it."
                    ),
                }
            )
            if text := texts.get(question_sudo.state):
                entries.append({"date": question_sudo.answered_on, "text": text})
        return entries

    def _get_log_of_requests(self):
        """What was asked for, and what became of it."""
        entries = []
        # In sudo: as in `get_change_requests`, which shows the requests themselves.
        changes_sudo = self._get_client_changes()
        for event_sudo in changes_sudo.event_ids:
            change_sudo = event_sudo.change_id
            text = change_sudo._get_page_event_text(event_sudo.to_state)
            if text:
                entries.append({"date": event_sudo.date, "text": text})
        return entries

    def _get_log_of_invoices(self):
        # In sudo: as far as the rules let the user read the invoices themselves.
        moves = self.env["account.move"].browse(self._get_shown_invoices().ids)
        entries = []
        for move in moves._filtered_access("read"):
            entries += move._get_page_log_entries()
        return entries


class TourChange(models.Model):
    _inherit = "tour.change"

    def _get_page_event_text(self, state):
        """How the client is told that the request came to a state; empty if not."""
        number = self.name
        if state == "asked":
            if self.kind == "cancel":
                return self.env._("Cancellation asked for: %(number)s.", number=number)
            return self.env._("A change was asked for: %(number)s.", number=number)
        texts = {
            "with_client": self.env._("%(number)s: we answered.", number=number),
            "applied": self.env._("%(number)s: done as agreed.", number=number),
            "refused": self.env._("%(number)s: refused.", number=number),
            "withdrawn": self.env._("%(number)s: taken back.", number=number),
        }
        return texts.get(state, "")


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_page_log_entries(self):
        """When it was shown, what was paid, which refunds there are."""
        self.ensure_one()
        # In sudo: what was paid of his invoice is told to who sees it.
        move_sudo = self.sudo()
        total = format_amount(self.env, self.amount_total, self.currency_id)
        if self.move_type == "out_refund":
            text = self.env._(
                "Credit note %(number)s of %(amount)s.", number=self.name, amount=total
            )
            return [{"date": _to_datetime(self.invoice_date), "text": text}]
        text = self.env._(
            "Invoice %(number)s of %(amount)s.", number=self.name, amount=total
        )
        return [
            {"date": self.tour_shown_on, "text": text},
            *move_sudo._get_page_payments(),
            *self._get_page_refunds(),
        ]

    def _get_page_payments(self):
        """What was paid of it; note: in sudo mode."""
        entries = []
        for partial in self._get_all_reconciled_invoice_partials() or ():
            line = partial["aml"]
            # A credit note is told by itself; what a rate changed, nobody paid.
            if partial["is_exchange"] or line.move_id.move_type == "out_refund":
                continue
            text = self.env._(
                "%(amount)s of %(number)s was paid.",
                amount=format_amount(self.env, partial["amount"], partial["currency"]),
                number=self.name,
            )
            date = line.payment_id.create_date or line.move_id.create_date
            entries.append({"date": date or _to_datetime(line.date), "text": text})
        return entries

    def _get_page_refunds(self):
        refunds = self.env["tour.refund"].search([("move_id", "=", self.id)])
        return [
            {
                "date": refund.create_date,
                "text": self.env._(
                    "Refund of %(amount)s of %(number)s was asked for.",
                    amount=format_amount(self.env, refund.amount, refund.currency_id),
                    number=self.name,
                )
                if refund.by_client
                else self.env._(
                    "We give back %(amount)s of %(number)s.",
                    amount=format_amount(self.env, refund.amount, refund.currency_id),
                    number=self.name,
                ),
            }
            for refund in refunds
        ]


def _to_datetime(day):
    return day and datetime.combine(day, time.min)
