"""The acts on a client's invoice: showing, marking as paid, cancelling (BIL-13).

Which are allowed in which stage, and to whom, is data in `invoice_states`.
"""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_amount, format_date

from odoo.addons.tour_partner.defaults import plain

from ..invoice_states import ACTS
from .account_move import STAFF


class AccountMove(models.Model):
    _inherit = "account.move"

    tour_acts = fields.Json(compute="_compute_tour_acts", groups=STAFF)

    @api.depends("tour_stage")
    @api.depends_context("uid")
    def _compute_tour_acts(self):
        """Codes of what the user may do with the invoice, for the buttons."""
        for move in self:
            move.tour_acts = [
                act
                for act, code in ACTS
                if code == move.tour_stage and move._has_act_right(act)
            ]

    def _has_act_right(self, act):
        rights = ACTS.get((act, self.tour_stage), ())
        return self.env.su or any(map(self.env.user.has_group, rights))

    # === The buttons === #

    def action_show_to_client(self):
        """Show the invoices to the client: he is mailed, and may pay them online."""
        invoices = self._begin_act("show")
        invoices._post_drafts()
        invoices._set_shown()
        invoices._log_act(self.env._("Shown to the client."))
        invoices._mail_client("invoice_shown", "mail_template_invoice_shown")
        return True

    def action_mark_paid(self):
        """Ask how the client paid: cash, card at the desk, transfer, gift cheque."""
        self.ensure_one()
        self._check_act("pay")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_billing.tour_invoice_pay_action"
            ),
            "context": {"default_move_id": self.id},
        }

    def action_cancel_invoice(self):
        """Cancel the invoices; a payment that was marked by hand is undone with them.

        :raise UserError: if money came online, or the books are closed
        """
        invoices = self._begin_act("cancel")
        invoices._check_open_books()
        for invoice in invoices:
            payments = invoice._get_reconciled_payments()
            invoice._check_counterparts(payments)
            payments._check_undoable(invoice)
            payments._undo_by_hand()
        invoices._as_actor().button_cancel()
        invoices._log_act(self.env._("Cancelled."))
        return True

    # === Check, lock === #

    def _begin_act(self, act):
        """Check the rights, lock the invoices, and check what may be done to them.

        :return: the invoices in sudo mode: managers may not write them; what is made
            for them there takes nothing from the context of whoever acts
        """
        self.check_access("read")
        self._lock_for_act()
        self._check_act(act)
        return plain(self).sudo()

    def _lock_for_act(self):
        # In sudo: a manager may not write invoices, but locks the ones he shows.
        moves_sudo = self.sudo()
        held = moves_sudo - moves_sudo.try_lock_for_update(allow_referencing=True)
        if held:
            raise UserError(
                self.env._(
                    "Somebody else is working on %(invoices)s right now. Try again in "
                    "a moment.",
                    invoices=", ".join(held.mapped("display_name")),
                )
            )
        self.invalidate_recordset(["tour_stage"])

    def _check_act(self, act):
        """Collect every reason why this cannot be done, and raise once."""
        faults, rights = [], []
        for move in self:
            if not move._is_client_invoice():
                faults.append(
                    self.env._(
                        "%(invoice)s is no invoice of a booking.",
                        invoice=move.display_name,
                    )
                )
            elif (act, move.tour_stage) not in ACTS:
                faults.append(move._explain_no_act(act))
            elif not move._has_act_right(act):
                rights.append(move._explain_act_right(act))
            elif pending := move._get_pending_transactions():
                if act != "show":
                    faults.append(move._explain_pending(pending))
        if faults:
            raise UserError("\n".join(faults + rights))
        if rights:
            raise AccessError("\n".join(rights))

    def _explain_no_act(self, act):
        if act == "cancel" and self.tour_stage in ("online", "partly_online"):
            return self._explain_online()
        stages = dict(self._fields["tour_stage"]._description_selection(self.env))
        names = {
            "show": self.env._("shown to the client"),
            "pay": self.env._("marked as paid"),
            "cancel": self.env._("cancelled"),
        }
        return self.env._(
            "%(invoice)s is '%(stage)s' and cannot be %(act)s.",
            invoice=self.display_name,
            stage=stages.get(self.tour_stage, ""),
            act=names[act],
        )

    def _explain_online(self):
        return self.env._(
            "%(invoice)s was paid online. The money goes back by a refund only: make a "
            "credit note, and refund the payment to the card.",
            invoice=self.display_name,
        )

    def _explain_pending(self, transactions):
        return self.env._(
            "%(invoice)s: an online payment of %(amount)s is on its way. Wait until "
            "the provider says how it ended.",
            invoice=self.display_name,
            amount=format_amount(
                self.env, sum(transactions.mapped("amount")), self.currency_id
            ),
        )

    def _explain_act_right(self, act):
        # In sudo: the names of groups are not secret.
        groups = [
            self.env.ref(right).sudo().name for right in ACTS[act, self.tour_stage]
        ]
        return self.env._(
            "%(invoice)s: this is for %(roles)s. Ask somebody of that role.",
            invoice=self.display_name,
            roles=", ".join(groups),
        )

    def _check_open_books(self):
        """Refuse to cancel what lies in a closed period."""
        for move in self.filtered(lambda move: move.state == "posted"):
            if move._get_violated_lock_dates(move.date, bool(move.amount_tax)):
                raise UserError(
                    self.env._(
                        "The books of %(date)s are closed: %(invoice)s cannot be "
                        "cancelled. Make a credit note of today.",
                        date=format_date(self.env, move.date),
                        invoice=move.display_name,
                    )
                )

    def _get_counterparts(self):
        """Entries that these are matched with, but for differences of exchange."""
        rows = self.line_ids.filtered(
            lambda line: line.account_type in ("asset_receivable", "liability_payable")
        )
        partials = rows.matched_debit_ids | rows.matched_credit_ids
        entries = (partials.debit_move_id | partials.credit_move_id).move_id
        return entries - self - partials.exchange_move_id

    def _check_counterparts(self, payments):
        """Refuse to unmatch in silence what is no payment that was marked by hand."""
        if others := self._get_counterparts() - payments.move_id:
            raise UserError(
                self.env._(
                    "%(invoice)s is matched with %(others)s. What a credit note or the "
                    "bank has settled is not cancelled: make a credit note, or take "
                    "the match back in the books first.",
                    invoice=self.display_name,
                    others=", ".join(others.mapped("display_name")),
                )
            )

    # === What the acts do; note: in sudo mode === #

    def _post_drafts(self):
        """Enter into the books what is not there yet."""
        drafts = self.filtered(lambda move: move.state == "draft")
        if drafts:
            drafts.action_post()

    def _set_shown(self):
        hidden = self.filtered(lambda move: not move.tour_shown_on)
        hidden._as_actor().write({"tour_shown_on": fields.Datetime.now()})
        hidden._mark_instalments()

    def _log_act(self, text, reason=""):
        body = Markup("<p>%s</p>") % text
        if reason := (reason or "").strip():
            body += Markup("<p>%s</p>") % reason
        for move in self:
            move._message_log(body=body, author_id=self.env.user.partner_id.id)

    # === The client === #

    def _get_client_recipients(self):
        """Partners who get mails about the invoice: who ordered, else who is billed."""
        self.ensure_one()
        # In sudo: contacts of the client may be out of the reach of who acts.
        move = self.sudo()
        users = move.tour_booking_ids.client_user_id
        return users.partner_id or move.partner_id

    def _mail_client(self, category, template):
        """Queue a mail to the client of each of these invoices."""
        for move in self:
            move._portal_ensure_token()
        self.env["tour.notification.category"]._send_mails(
            category,
            self.env.ref(f"tour_billing.{template}"),
            {move: move._get_client_recipients() for move in self},
        )

    def _get_client_invoice_url(self):
        """Where the client sees the invoice and pays it, login or not."""
        self.ensure_one()
        return f"{self.get_base_url()}{self.get_portal_url()}"

    # === Odoo's own buttons === #

    def button_draft(self):
        """Refuse to take back what was paid online, or is being paid."""
        self._check_not_online()
        return super().button_draft()

    def button_cancel(self):
        """Refuse to cancel what was paid online, or is being paid."""
        self._check_not_online()
        result = super().button_cancel()
        shown = self.filtered("tour_shown_on")
        if shown:
            # In sudo: who may cancel the invoice takes it from the client's portal.
            shown.sudo()._as_actor().write({"tour_shown_on": False})
        return result

    def _check_not_online(self):
        faults = []
        for move in self.filtered(lambda move: move._is_client_invoice()):
            if move.currency_id.compare_amounts(move._get_online_amount(), 0.0) > 0:
                faults.append(move._explain_online())
            elif pending := move._get_pending_transactions():
                faults.append(move._explain_pending(pending))
        if faults:
            raise UserError("\n".join(faults))

    def _get_amount_to_pay(self):
        """What is left to pay; of a draft, which owes nothing yet, its total."""
        return self.amount_total if self.state == "draft" else self.amount_residual

    def _get_online_fault(self, amount):
        """Why the client cannot pay these online now; note: in sudo mode.

        :param amount: what he wants to pay, as his browser says it
        :return: what is wrong, empty if nothing is
        """
        ours = self.filtered(lambda move: move._is_client_invoice())
        for move in ours:
            if move.state != "posted" or not move.tour_shown_on:
                return self.env._("This invoice cannot be paid.")
            if move._get_pending_transactions():
                return self.env._(
                    "A payment of %(invoice)s is on its way. Wait until it is through.",
                    invoice=move.name,
                )
        if not ours or ours != self:
            return ""
        left = sum(ours.mapped("amount_residual"))
        currency = ours[0].currency_id
        if not isinstance(amount, int | float) or (
            currency.compare_amounts(amount, left) > 0
        ):
            return self.env._("There is less left to pay. Reload the page.")
        return ""
