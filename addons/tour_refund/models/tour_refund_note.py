"""The credit note of a refund: whole, of some rows, or of an amount."""

from collections import defaultdict

from odoo import fields, models
from odoo.fields import Command
from odoo.tools.misc import format_amount

from odoo.addons.tour_billing.models.account_move import STAFF

from ..refund_states import MOVER


class TourRefund(models.Model):
    _inherit = "tour.refund"

    def _post_notes(self, date=None):
        """Enter the notes into the books, on the day that the money goes."""
        notes = self.note_id.filtered(lambda note: note.state == "draft")
        notes.invoice_date = date or fields.Date.context_today(self)
        notes.with_context(tour_refund_mover=MOVER).action_post()
        # Of an invoice that is paid in part, Odoo sets the note off against the rest;
        # it is for what goes back.
        notes.line_ids.remove_move_reconcile()

    def _has_its_note(self):
        """Whether the credit note still is what was approved."""
        self.ensure_one()
        note = self.note_id
        return note.state == "draft" and not self.currency_id.compare_amounts(
            note.amount_total, self.amount
        )

    def _drop_notes(self):
        """Cancel the notes of which nothing went back; note: in sudo mode."""
        for refund in self:
            if refund.note_id.state == "draft":
                refund.note_id.button_cancel()
            elif refund.note_id.state == "posted":
                refund._log_text(
                    self.env._(
                        "%(left)s of it did not go back, and stands to the client's "
                        "credit on %(note)s.",
                        left=format_amount(
                            self.env,
                            refund.note_id.amount_residual,
                            refund.currency_id,
                        ),
                        note=refund.note_id.display_name,
                    )
                )

    def _revive_notes(self):
        """Take back the cancelling of notes: the money went back after all.

        What meanwhile went back another way is not credited twice: it stands as what
        the client owes, and somebody is told.
        """
        for refund in self.filtered(lambda refund: refund.note_id.state == "cancel"):
            left = refund.move_id._get_refundable()
            if refund.currency_id.compare_amounts(refund.amount, left) <= 0:
                refund.note_id.button_draft()
                continue
            refund.message = self.env._(
                "It went back late, and more than was left to refund: the client owes "
                "it to us."
            )
            refund._log_text(refund.message)


class AccountMove(models.Model):
    _inherit = "account.move"

    def _prepare_refund_note(self, rows):
        """Values of a credit note of this invoice."""
        self.ensure_one()
        return {
            "move_type": "out_refund",
            "reversed_entry_id": self.id,
            "company_id": self.company_id.id,
            "journal_id": self.journal_id.id,
            "currency_id": self.currency_id.id,
            "partner_id": self.partner_id.id,
            "fiscal_position_id": self.fiscal_position_id.id,
            "invoice_user_id": self.invoice_user_id.id,
            "invoice_payment_term_id": False,
            "invoice_date": fields.Date.context_today(self),
            "ref": self.env._("Refund of %(invoice)s", invoice=self.name),
            "tour_booking_ids": [Command.set(self.tour_booking_ids.ids)],
            "invoice_line_ids": [Command.create(row) for row in rows],
        }

    def _get_product_lines(self):
        return self.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )

    def _prepare_refund_rows(self, chosen):
        """Rows of a credit note for chosen rows of the invoice.

        They are not tied to the booking's services: what was refunded is not to be
        invoiced again.

        :param dict chosen: {row: (quantity, price of one)}
        """
        return [
            {
                "product_id": line.product_id.id,
                "name": line.name,
                "quantity": quantity,
                "price_unit": price_unit,
                "discount": line.discount,
                "product_uom_id": line.product_uom_id.id,
                "tax_ids": [Command.set(line.tax_ids.ids)],
                "account_id": line.account_id.id,
                "analytic_distribution": line.analytic_distribution,
                "tour_refunded_line_id": line.id,
            }
            for line, (quantity, price_unit) in chosen.items()
        ]

    def _prepare_refund_amount_rows(self, amount):
        """Rows that come to ``amount`` with their taxes, to the kopeck: one for each
        account and set of taxes of the invoice, by what is left of each in it."""
        Tax = self.env["account.tax"]
        reduced = Tax._reduce_base_lines_to_target_amount(
            self._get_lines_not_credited(),
            self.company_id,
            "fixed",
            amount,
            computation_key=f"tour_refund,{self.id}",
            grouping_function=lambda line: {"account_id": line["account_id"]},
        )
        Tax._fix_base_lines_tax_details_on_manual_tax_amounts(reduced, self.company_id)
        return [
            {
                "name": self.env._("Refund of %(invoice)s", invoice=self.name),
                "quantity": line["quantity"],
                "price_unit": line["price_unit"],
                "tax_ids": [Command.set(line["tax_ids"].ids)],
                "account_id": line["account_id"].id,
                "analytic_distribution": line["analytic_distribution"],
                "extra_tax_data": Tax._export_base_line_extra_tax_data(line),
            }
            for line in reduced
        ]

    def _get_lines_not_credited(self):
        """The rows of the invoice, less those of its notes, as the engine of taxes
        knows them: what each part rounds does not stay in the books with the last."""
        own, _tax_lines = self._get_rounded_base_and_tax_lines()
        notes = self.reversal_move_ids.filtered(lambda note: note.state != "cancel")
        credited = [
            self._turn_base_line(line, own[0]["rate"])
            for note in notes.filtered(
                lambda note: note.currency_id == self.currency_id
            )
            for line in note._get_rounded_base_and_tax_lines()[0]
        ]
        left = defaultdict(float)
        for line in own + credited:
            key = (line["account_id"], line["tax_ids"])
            left[key] += line["tax_details"]["total_included_currency"]
        # A note of Odoo's own may credit otherwise than was invoiced.
        is_part = all(self.currency_id.round(amount) >= 0 for amount in left.values())
        return own + credited if is_part else own

    def _turn_base_line(self, line, rate):
        """A row that takes away what another adds, at the rate of the invoice."""

        def turn(values):
            turned = dict(values)
            for key, value in values.items():
                if key.endswith("_currency"):
                    turned[key] = -value
                    turned[key.removesuffix("_currency")] = -value / rate
            return turned

        details = line["tax_details"]
        taxes = [turn(data) for data in details["taxes_data"]]
        return self.env["account.tax"]._prepare_base_line_for_taxes_computation(
            line,
            quantity=-line["quantity"],
            tax_details={**turn(details), "taxes_data": taxes},
        )


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    tour_refunded_line_id = fields.Many2one(
        comodel_name="account.move.line",
        string="Refunds the row",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=STAFF,
    )
