"""Rows of invoices that show more than a row for a service, and their sums.

Sums of rows are worked out of the booking, and worked out anew when it changes, except
for those that somebody typed. All together are what the client pays, or the invoice is
neither saved nor drawn.
"""

from decimal import Decimal

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_amount

from .. import invoice_rows
from .sale_order_facts import exact

STAFF = "tour_partner.tour_group_staff"
MAX_AMOUNT = 10**12


class TourDocument(models.Model):
    _inherit = "tour.document"

    row_layout = fields.Selection(
        related="template_id.row_layout", string="Layout of rows"
    )
    row_ids = fields.One2many(
        comodel_name="tour.document.row",
        inverse_name="document_id",
        string="Rows",
        copy=False,
        groups=STAFF,
    )
    row_problem = fields.Char(compute="_compute_row_problem", groups=STAFF)

    @api.depends("row_ids.amount", "order_id.amount_total", "template_id", "locked")
    def _compute_row_problem(self):
        for document in self:
            document.row_problem = (
                document.row_layout == "parts"
                and not document.locked
                and document._get_row_problem()
            )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("row_ids") for vals in vals_list):
            raise UserError(self.env._("Save the document before you edit its rows."))
        documents = super().create(vals_list)
        documents._update_rows()
        return documents

    def write(self, vals):
        """Let the sums of rows be typed, all those of a document at once."""
        vals = dict(vals)
        commands = vals.pop("row_ids", None)
        typed = self._read_row_commands(commands) if commands else {}
        result = super().write(vals)
        if "template_id" in vals:
            self._update_rows()
        if typed:
            self._type_rows(typed)
        return result

    def _read_row_commands(self, commands):
        """The amounts that somebody typed, by row; nothing else may be written."""
        self.ensure_one()
        self.check_access("write")
        self._check_not_locked()
        known = set(self.row_ids.ids)
        typed = {}
        for command in commands if isinstance(commands, list | tuple) else [commands]:
            typed.update(self._read_row_command(command, known))
        return typed

    def _read_row_command(self, command, known):
        match command:
            case [Command.LINK, int(row_id), *_] if row_id in known:
                return {}
            case [Command.UPDATE, int(row_id), {"amount": amount, **rest}] if (
                row_id in known
                and not rest
                and isinstance(amount, int | float)
                and not isinstance(amount, bool)
                and 0 <= amount < MAX_AMOUNT
            ):
                return {row_id: amount}
        raise UserError(
            self.env._(
                "The sums of rows can be typed, and must not be negative; rows come "
                "and go with the services of the booking."
            )
        )

    def _type_rows(self, typed):
        """Write the typed sums, and refuse what does not add up."""
        rows = self.row_ids.filtered(lambda row: row.id in typed)
        for row in rows._as_own():
            amount = row.currency_id.round(typed[row.id])
            if row.currency_id.compare_amounts(amount, row.amount):
                row.write({"amount": amount, "is_typed": True})
        problem = self._get_row_problem()
        if problem:
            raise ValidationError(problem)

    def action_reset_rows(self):
        """Take what is worked out instead of what was typed."""
        self.check_access("write")
        self._check_not_locked()
        self.row_ids._as_own().write({"is_typed": False})
        self._update_rows()
        return True

    # What the rows are

    def _arrange_rows(self, services, lines):
        """Rows of the paper from the facts of its services.

        Override to give an invoice other rows; they have to add up to the same.
        """
        self.ensure_one()
        decimals = self.order_id.currency_id.decimal_places
        env = self.with_context(lang=self.lang).env
        if self.row_layout == "commission":
            return invoice_rows.set_off_commission(
                services,
                [exact(line.client_discount_amount, decimals) for line in lines],
                env._("Agent's commission"),
                decimals,
            )
        if self.row_layout != "parts":
            return services
        amounts = self._get_row_amounts(services, lines)
        problem = self._explain_differences(services, amounts)
        if problem:
            raise UserError(problem)
        names = {"early": env._("Early arrival"), "late": env._("Late departure")}
        taxes = invoice_rows.spread_taxes(services, amounts, decimals)
        rows = []
        for index, service in enumerate(services):
            places = [p for p, amount in enumerate(amounts) if amount[0] == index]
            rows += invoice_rows.make_part_rows(
                service,
                [amounts[place][1:] for place in places],
                [taxes[place] for place in places],
                names,
            )
        return rows

    def _get_row_amounts(self, services, lines):
        """The amount of each part of each service: the typed one, or the computed.

        :return: triples of the service's index, the part and the amount
        """
        # In sudo: whoever sees the document sees its sums.
        typed = {
            (row.line_id.id, row.part): exact(row.amount)
            for row in self.sudo().row_ids
            if row.is_typed
        }
        return [
            (index, part, typed.get((line.id, part), amount))
            for index, (service, line) in enumerate(zip(services, lines, strict=True))
            for part, amount in line._get_price_parts(service["total"]).items()
        ]

    def _get_row_services(self):
        """Services of the booking as rows count them: their price and their taxes."""
        lines = self.order_id._get_services()
        services = [
            {"total": exact(line.price_total), **self.order_id._get_client_taxes(line)}
            for line in lines
        ]
        return services, lines

    def _get_row_problem(self):
        """What is over or missing, if anything is."""
        self.ensure_one()
        services, lines = self._get_row_services()
        amounts = self._get_row_amounts(services, lines)
        return self._explain_differences(services, amounts)

    def _explain_differences(self, services, amounts):
        texts = []
        for taxes, amount in invoice_rows.find_differences(services, amounts):
            values = {
                "amount": format_amount(
                    self.env, float(abs(amount)), self.order_id.currency_id
                ),
                "tax": ", ".join(taxes) or self.env._("no VAT"),
            }
            texts.append(
                self.env._("%(amount)s too much (%(tax)s)", **values)
                if amount > 0
                else self.env._("%(amount)s missing (%(tax)s)", **values)
            )
        if not texts:
            return False
        total = sum((service["total"] for service in services), Decimal(0))
        return self.env._(
            "%(document)s: its rows do not add up to what the client pays for the "
            "services, %(total)s: %(differences)s.",
            document=self.display_name,
            total=format_amount(self.env, float(total), self.order_id.currency_id),
            differences="; ".join(texts),
        )

    def _update_rows(self):
        """Have the rows that the booking asks for, with the sums as they are now."""
        for document in self.filtered(lambda document: not document.locked):
            if document.row_layout == "parts":
                document._update_own_rows()
            elif document.sudo().row_ids:
                # In sudo: with another template its rows go, whoever chose it.
                document.sudo().row_ids._as_own().unlink()

    def _update_own_rows(self):
        self.ensure_one()
        services, lines = self._get_row_services()
        # In sudo: nobody may add rows but the document itself.
        rows_sudo = self.sudo().row_ids._as_own()
        known = {(row.line_id.id, row.part): row for row in rows_sudo}
        changes, missing = [], []
        amounts = self._get_row_amounts(services, lines)
        for sequence, (index, part, amount) in enumerate(amounts):
            row = known.pop((lines[index].id, part), None)
            if not row:
                missing.append(
                    {
                        "document_id": self.id,
                        "sequence": sequence,
                        "line_id": lines[index].id,
                        "part": part,
                        "amount": float(amount),
                    }
                )
                continue
            if row.sequence != sequence:
                row.sequence = sequence
            if row.currency_id.compare_amounts(row.amount, float(amount)):
                changes.append((row, row.amount, float(amount)))
                row.amount = float(amount)
        rows_sudo.browse([row.id for row in known.values()]).unlink()
        rows_sudo.create(missing)
        self._tell_row_changes(changes)

    def _tell_row_changes(self, changes):
        """Note on the document which sums followed the booking."""
        if not changes:
            return
        parts = dict(
            self.env["tour.document.row"]
            ._fields["part"]
            ._description_selection(self.env)
        )
        currency = self.order_id.currency_id
        texts = [
            self.env._(
                "%(row)s of “%(service)s”: %(old)s → %(new)s",
                row=parts[row.part],
                service=row.line_id._prepare_service().short_name,
                old=format_amount(self.env, old, currency),
                new=format_amount(self.env, new, currency),
            )
            for row, old, new in changes
        ]
        # In sudo: it follows from the booking, whoever drew the document.
        self.sudo().message_post(
            body=self.env._(
                "The booking changed, and these rows with it: %(rows)s.",
                rows="; ".join(texts),
            ),
            author_id=self.env.user.partner_id.id,
        )

    def _draw(self):
        """Bring the rows up to date before what is drawn of them."""
        self.check_access("read")
        self.env["tour.document.version"].check_access("read")
        self._update_rows()
        return super()._draw()
