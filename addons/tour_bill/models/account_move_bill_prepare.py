"""Uploading a bill and preparing it for payment (BIL-1, BIL-3, BIL-4)."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.tour_partner.defaults import plain

# What stays as it was entered once something was paid.
ENTERED = ("partner_id", "ref", "invoice_date", "currency_id", "amount", "tax_id")


class AccountMove(models.Model):
    _inherit = "account.move"

    # === Uploading === #

    @api.model
    def _upload_bill(self, file, bookings):
        """Begin the life of the bill in the file; the same file is the same bill.

        :param file: `ir.attachment`, of a booking or not yet of anything
        :param bookings: `sale.order` that it is for
        :return: the bill, in sudo mode
        """
        company = bookings.company_id[:1] or self.env.company
        # In sudo: managers write no bills, they upload them. Nothing of the caller's
        # context gets into what is made.
        Move = plain(self).sudo().with_company(company)._as_bill_mover()
        file = plain(file).sudo()
        bill = Move.search(
            [
                ("tour_bill_checksum", "=", file.checksum),
                ("tour_bill_checksum", "!=", False),
                ("company_id", "=", company.id),
                ("state", "!=", "cancel"),
            ],
            limit=1,
        )
        if bill:
            bill._add_bookings(bookings)
            return bill
        bill = Move.create(
            {
                "move_type": "in_invoice",
                "company_id": company.id,
                "invoice_date": False,
                "tour_order_ids": bookings.ids,
                "tour_bill_state": "uploaded",
                # A supplier may send it himself, by his private link.
                "tour_bill_user_id": self.env.uid if not self.env.user.share else False,
                "tour_bill_checksum": file.checksum,
            }
        )
        own = file.copy({"res_model": bill._name, "res_id": bill.id, "name": file.name})
        bill.message_main_attachment_id = own
        bill._add_bill_event("upload", False, note=file.name)
        bill._follow_upload()
        return bill

    def _follow_upload(self):
        """Hook: a bill was uploaded; override to read it."""

    def _add_bookings(self, bookings):
        """The bill is for these bookings too: it is one, and shows one state."""
        new = bookings - self.tour_order_ids
        if new:
            self.tour_order_ids |= new
            self._message_log(
                body=self.env._(
                    "Also for %(bookings)s.", bookings=", ".join(new.mapped("name"))
                )
            )

    def _begin_bill(self):
        """Let an ordinary draft bill of Odoo go this way; note: in sudo mode."""
        for move in self._as_bill_mover():
            if move.move_type != "in_invoice" or move.state != "draft":
                raise UserError(
                    self.env._(
                        "%(bill)s is no draft of a supplier's bill.",
                        bill=move.display_name,
                    )
                )
            move.write(
                {"tour_bill_state": "uploaded", "tour_bill_user_id": self.env.uid}
            )
            move._add_bill_event("upload", False)

    # === Preparing === #

    def _apply_bill_prepare(self, note, **values):
        """Fill in what is to be paid.

        :param values: `partner_id`, `ref`, `invoice_date`, `currency_id`, `amount`,
            `tax_id`, `partner_bank_id`, `wanted_date`, `is_urgent`, `order_ids`,
            `replaces_id`; ids and plain values
        """
        if self.state == "posted":
            values = {k: v for k, v in values.items() if k not in ENTERED}
        vals = {
            "tour_bill_user_id": self.env.uid,
            "tour_bill_note": note,
            "tour_bill_wanted_date": values.get("wanted_date"),
            "tour_bill_is_urgent": bool(values.get("is_urgent")),
            "partner_bank_id": values.get("partner_bank_id"),
            "tour_order_ids": [(6, 0, values.get("order_ids") or ())],
        }
        if self.state != "posted":
            self._write_bill_entry(values)
        former = self.browse(values.get("replaces_id") or ())
        if former:
            former._check_replaceable(self.partner_id)
        vals["tour_bill_replaces_id"] = former.id
        return vals, {"amount": self.amount_total}

    def _write_bill_entry(self, values):
        """Write supplier, number, date and the one row of the sum."""
        amount = values["amount"]
        if amount < 0:
            raise UserError(
                self.env._("A bill is of nothing or more: enter a credit note instead.")
            )
        self.write(
            {
                "partner_id": values["partner_id"],
                "ref": (values["ref"] or "").strip(),
                "invoice_date": values["invoice_date"],
                "currency_id": values["currency_id"],
            }
        )
        if not self._keeps_rows(amount, values.get("tax_id")):
            self._write_bill_row(amount, values.get("tax_id"))

    def _keeps_rows(self, amount, tax_id):
        """Whether the rows stay as somebody split them; override to know better."""
        rows = self.invoice_line_ids
        return (
            len(rows) > 1
            and not self.currency_id.compare_amounts(self.amount_total, amount)
            and rows.tax_ids.ids == ([tax_id] if tax_id else [])
        )

    def _write_bill_row(self, amount, tax_id):
        tax = self.env["account.tax"].browse(tax_id or ())
        price = amount
        if tax:
            price = tax._get_bill_price(amount, self.currency_id)
        row = {
            "name": self.env._("Services by bill %(number)s", number=self.ref or ""),
            "quantity": 1.0,
            "price_unit": price,
            "tax_ids": [(6, 0, tax.ids)],
        }
        self.write({"invoice_line_ids": [(5, 0, 0), (0, 0, row)]})
        self._square_tax(amount)
        self._check_squared(amount)

    def _square_tax(self, amount):
        """Let the tax take the kopeck that rounding leaves over."""
        rest = self.currency_id.round(amount - self.amount_total)
        row = self.line_ids.filtered(lambda line: line.display_type == "tax")[:1]
        if rest and row:
            # In a credit note the tax stands with the other sign.
            tax = row.amount_currency + self.direction_sign * rest
            self.write({"line_ids": [(1, row.id, {"amount_currency": tax})]})

    def _check_squared(self, amount):
        if self.currency_id.compare_amounts(self.amount_total, amount):
            raise UserError(
                self.env._(
                    "%(bill)s: with this tax the rows do not make %(amount)s. Choose "
                    "another tax.",
                    bill=self._get_bill_name(),
                    amount=amount,
                )
            )

    @api.model
    def _find_bill_supplier(self, tax_id):
        """The supplier with this tax id.

        :raise UserError: if there is none, or several: it says which
        """
        number = (tax_id or "").replace(" ", "").strip()
        if not number:
            raise UserError(self.env._("Enter the supplier's tax id, or choose him."))
        partners = self.env["res.partner"].search(
            Domain("vat", "=", number) & Domain("parent_id", "=", False)
        )
        if len(partners) == 1:
            return partners
        suppliers = partners.filtered("tour_supplier")
        if len(suppliers) == 1:
            return suppliers
        if not partners:
            raise UserError(
                self.env._(
                    "No supplier has tax id %(number)s. Create him, or correct the "
                    "number.",
                    number=number,
                )
            )
        raise UserError(
            self.env._(
                "Several have tax id %(number)s: %(partners)s. Merge them, or choose.",
                number=number,
                partners=", ".join((suppliers or partners).mapped("display_name")),
            )
        )


class AccountTax(models.Model):
    _inherit = "account.tax"

    def _get_bill_price(self, total, currency):
        """The price of a row that makes this total with the tax."""
        self.ensure_one()
        if self.price_include:
            return total
        taxed = self.with_context(force_price_include=True).compute_all(
            total, currency=currency, quantity=1.0
        )
        return taxed["total_excluded"]
