"""What the page of a booking shows its client, beside `_client_view`, as plain data."""

from odoo import models
from odoo.tools.misc import format_amount, format_date, format_datetime

from odoo.addons.tour_booking.view_diff import get_title

from ..steps import get_steps

# In these nothing can be agreed to any more; other acts have rules of their own.
CLOSED_STATES = ("cancelled", "cancelled_penalty", "refused", "archive")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_changes_url(self):
        """Lead from mails to the page that has all of the booking."""
        self.ensure_one()
        return f"{self.get_base_url()}{self._get_tour_path()}#tour_changes"

    # === The status line === #

    def _get_page_steps(self):
        """The statuses of the booking as its client reads them.

        :return: dicts of ``name``, ``place`` (past, now, next) and ``date``
        :rtype: list[dict]
        """
        self.ensure_one()
        # In sudo: the history is for staff; of it the client is told his own statuses.
        order_sudo = self.sudo()
        wordings = self.env["tour.booking.status"]._get_wordings(self.env.lang)
        events = [
            (event.from_state, event.to_state, event.date)
            for event in order_sudo.status_event_ids.sorted(lambda e: (e.date, e.id))
        ]
        steps, known = [], {}
        for step in get_steps(order_sudo.booking_state, events):
            wording = wordings[step.state]
            row = {
                "name": wording.client_name,
                "place": step.place,
                "date": step.date or (step.state == "new" and order_sudo.create_date),
            }
            # Several of ours may be one to him: the one that is now counts.
            same = known.get(wording.client_status_id)
            if same is None:
                known[wording.client_status_id] = row
                steps.append(row)
            elif row["place"] == "now":
                same.update(row, date=same["date"] or row["date"])
        return steps

    def _is_page_closed(self):
        """Whether the booking does not take place, or is in the archive."""
        # In sudo: the status of staff is not the client's to read.
        return self.sudo().booking_state in CLOSED_STATES

    def _is_page_archived(self):
        # In sudo: as above.
        return self.sudo().booking_state == "archive"

    # === Services === #

    def _prepare_page_words(self):
        """Functions that word the values of `_client_view`, for the page."""
        labels = self._get_diff_labels()
        formats = self._get_diff_formats()
        plain = self._format_diff_value
        return {
            "labels": labels,
            "service_title": get_title,
            "word": lambda key, value: formats.get(key, plain)(value),
        }

    # === Papers === #

    def _get_page_papers(self):
        """The papers that are open to the user: to view, to print, to agree to.

        :rtype: list[dict]
        """
        self.ensure_one()
        # By his own rights: the rules of papers say which are his. Staff may read more.
        documents = self.env["tour.document"].search(
            [("order_id", "=", self.id), ("audience", "=", "client")], order="id"
        )
        asked = {row["id"]: row for row in self._get_agreement_rows(self.env.user)}
        closed = self._is_page_closed()
        rows = [
            document._get_page_row(asked.get(document.id, {}), closed)
            for document in documents
            if document.is_open_to_client and document.version_number
        ]
        # What waits for him comes first.
        return sorted(rows, key=lambda row: (not row["may_agree"], row["id"]))

    # === Money === #

    def _get_page_invoices(self):
        """Invoices and credit notes that were shown to the client, the latest first.

        :rtype: list[dict]
        """
        self.ensure_one()
        user = self.env.user
        # In the user's own rights: a link to what he may not open helps nobody.
        moves = self.env["account.move"].browse(self._get_shown_invoices().ids)
        return [move._get_page_row(user) for move in moves._filtered_access("read")]

    # === What the booking waits for === #

    def _get_page_waits(self, values):
        """Hook: what the client has to do, the most urgent first.

        :param dict values: what the page shows
        :return: dicts of ``kind``, ``text``, ``deadline`` (a text, may be empty),
            ``url`` and ``button``
        :rtype: list[dict]
        """
        waits = [
            *self._get_waits_of_changes(values),
            *self._get_waits_of_papers(values),
            *self._get_waits_of_invoices(values),
        ]
        return waits or self._get_waits_of_status()

    def _get_until_text(self, deadline):
        if not deadline:
            return ""
        return self.env._("Answer until %(deadline)s.", deadline=deadline)

    def _get_waits_of_changes(self, values):
        waits = []
        if question := values["question"]:
            waits.append(
                {
                    "kind": "question",
                    "text": self.env._(
                        "We changed this booking. Say whether you agree."
                    ),
                    "deadline": self._get_until_text(question["deadline_text"]),
                    "url": "#tour_changes",
                    "button": self.env._("See the changes and answer"),
                }
            )
        for change in values["changes"]:
            if change["may_accept"]:
                waits.append(
                    {
                        "kind": "offer",
                        "text": self.env._(
                            "We answered your request %(number)s. Say whether you "
                            "accept.",
                            number=change["number"],
                        ),
                        "deadline": "",
                        "url": "#tour_changes",
                        "button": self.env._("See the answer"),
                    }
                )
        return waits

    def _get_waits_of_status(self):
        """Asked to confirm, with nothing there that he could press."""
        # In sudo: the status in the program is staff's; that it waits he is told.
        is_waiting = self.sudo().booking_state == "awaiting_client"
        if not is_waiting or self._get_papers_to_agree():
            return []
        return [
            {
                "kind": "status",
                "text": self.env._(
                    "We ask you to confirm this booking. There are no documents to "
                    "confirm yet: check the booking, and write to us."
                ),
                "deadline": "",
                "url": "#tour_talk",
                "button": self.env._("Write a message"),
            }
        ]

    def _get_waits_of_papers(self, values):
        papers = [paper["name"] for paper in values["papers"] if paper["may_agree"]]
        if not papers:
            return []
        return [
            {
                "kind": "paper",
                "text": self.env._(
                    "Read and confirm: %(papers)s.", papers=", ".join(papers)
                ),
                "deadline": "",
                "url": "#tour_documents",
                "button": self.env._("Go to the documents"),
            }
        ]

    def _get_waits_of_invoices(self, values):
        return [
            {
                "kind": "invoice",
                "text": self.env._(
                    "Pay %(amount)s of invoice %(invoice)s.",
                    amount=invoice["left"],
                    invoice=invoice["name"],
                ),
                "deadline": self.env._("Due on %(date)s.", date=invoice["next_due"])
                if invoice["next_due"]
                else "",
                "url": invoice["pay_path"] or "#tour_money",
                "button": self.env._("Pay now")
                if invoice["pay_path"]
                else self.env._("See how to pay"),
            }
            for invoice in values["invoices"]
            if invoice["is_due"]
        ]


class TourDocument(models.Model):
    _inherit = "tour.document"

    def _get_page_row(self, asked, closed):
        """What the page of the booking shows of it.

        :param dict asked: of `_get_agreement_rows`, if it is one to agree to
        :param bool closed: nothing of the booking is agreed to any more
        :rtype: dict
        """
        self.ensure_one()
        may_agree = bool(asked.get("may_agree")) and not closed
        return {
            "id": self.id,
            "kind": self.kind,
            "name": self.display_name,
            "path": self.access_url,
            "version": self.version_number,
            "drawn_on": self.drawn_on,
            "may_agree": may_agree,
            "notes": [
                *self._get_version_notes(may_agree),
                *self._get_agreed_notes(asked),
            ],
        }

    def _get_version_notes(self, may_agree):
        """Tell that it is not the first version, and that he agreed to another."""
        if self.version_number < 2:
            return
        yield self.env._(
            "Version %(version)s of %(date)s; it replaces the one before.",
            version=self.version_number,
            date=format_date(self.env, self.drawn_on),
        )
        # In sudo: the client may know what he agreed to, and reads no agreements.
        earlier_sudo = self.sudo().agreement_ids - self._get_agreement()
        if earlier_sudo and may_agree:
            yield self.env._(
                "You agreed to version %(version)s: read the new one and say so again.",
                version=max(earlier_sudo.version_id.mapped("number")),
            )

    def _get_agreed_notes(self, asked):
        """Tell who agreed to it, and when."""
        if asked.get("agreed_on"):
            yield self.env._(
                "Agreed: %(user)s, %(date)s",
                user=asked["agreed_by"],
                date=format_datetime(self.env, asked["agreed_on"], dt_format="short"),
            )


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_page_row(self, user):
        """What the page of a booking shows of it; ``user`` may read it.

        :rtype: dict
        """
        self.ensure_one()
        # In sudo: what is due, and how it can be paid, is told to who pays it.
        move_sudo = self.sudo()
        is_invoice = self.move_type == "out_invoice"
        left = move_sudo.amount_residual
        states = dict(
            self._fields["client_payment_state"]._description_selection(self.env)
        )
        is_due = is_invoice and self.client_payment_state == "awaiting"
        dues = move_sudo._get_page_dues() if is_due else []
        may_act = user._is_portal() and is_invoice
        return {
            "id": self.id,
            "name": self.name,
            "is_invoice": is_invoice,
            "date": self.invoice_date,
            "total": format_amount(self.env, self.amount_total, self.currency_id),
            "left": format_amount(self.env, left, self.currency_id),
            "state": states.get(self.client_payment_state, ""),
            "is_due": is_due,
            "dues": dues,
            "next_due": dues[0]["date"] if dues else "",
            "path": f"/my/invoices/{self.id}",
            "pay_path": may_act and is_due and move_sudo._get_page_pay_path() or "",
            "account": self._get_portal_offer() if may_act and is_due else {},
            "takes_gift": may_act and is_due and move_sudo._takes_gift_codes(),
            "refund": self._get_portal_refund() if may_act else {},
        }

    def _get_page_dues(self):
        """What is due when, of what is left to pay; note: in sudo mode."""
        rows = self.line_ids.filtered(
            lambda line: line.display_type == "payment_term" and not line.reconciled
        )
        return [
            {
                "date": format_date(self.env, row.date_maturity),
                "text": self.env._(
                    "%(amount)s due on %(date)s",
                    amount=format_amount(
                        self.env, row.amount_residual_currency, self.currency_id
                    ),
                    date=format_date(self.env, row.date_maturity),
                ),
            }
            for row in rows.sorted("date_maturity")
            if row.date_maturity
        ]

    def _get_page_pay_path(self):
        """Where it is paid online now; note: in sudo mode."""
        if not self._has_to_be_paid() or self._get_online_fault(self.amount_residual):
            return ""
        # With its token: without it Odoo's button does not pay, whoever is logged in.
        return self.get_portal_url(query_string="&payment=True", anchor="portal_pay")
