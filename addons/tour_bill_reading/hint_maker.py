"""Hints as the window 'Prepare for payment' takes them: ready to be filled in."""

from odoo.exceptions import UserError
from odoo.tools.misc import format_amount, format_date

# From these on a hint is sure, or likely.
SURE, LIKELY = 0.9, 0.7


class HintMaker:
    """Makes the hints of one bill, for the user of its environment."""

    def __init__(self, move):
        self.move, self.env = move, move.env
        # In sudo: company and currency of a bill that the user may read.
        self.company, self.currency = move.sudo().company_id, move.sudo().currency_id

    def make(self, found, dismissed):
        """The hints by field of the window; a refused one has no values."""
        makers = {
            "partner_id": ("tax_id", self._hint_supplier),
            "ref": ("number", self._hint_plain),
            "invoice_date": ("date", self._hint_date),
            "amount": ("amount", self._hint_amount),
            "tax_id": ("vat_rate", self._hint_tax),
            "partner_bank_id": ("account", self._hint_account),
            "order_ids": ("bookings", self._hint_bookings),
        }
        if "tax_id" not in found:
            makers["partner_id"] = ("account", self._hint_supplier_of_account)
        hints = {}
        for name, (code, make) in makers.items():
            if code not in found:
                continue
            hint = found[code]
            values = make(hint, found)
            if values is None:
                continue
            hints[name] = {
                "name": code,
                "level": self._get_level(hint["confidence"]),
                "why": self._explain_hint(hint),
                "rival": self._explain_rival(hint),
                "is_dismissed": code in dismissed,
                "warning": "",
                **values,
            }
        return hints

    def _get_level(self, confidence):
        if confidence >= SURE:
            return "sure"
        return "likely" if confidence >= LIKELY else "doubtful"

    def _explain_hint(self, hint):
        """Where it stood, and how sure it is."""
        values = {
            "label": hint["label"],
            "page": hint["page"],
            "share": round(hint["confidence"] * 100),
        }
        if hint["source"] == "qr":
            return self.env._("QR code, page %(page)s: %(share)s%%", **values)
        if hint["label"]:
            return self.env._("“%(label)s”, page %(page)s: %(share)s%%", **values)
        return self.env._("page %(page)s: %(share)s%%", **values)

    def _explain_rival(self, hint):
        if not hint.get("rival"):
            return ""
        return self.env._(
            "Elsewhere the file says %(other)s.",
            other=self.show({**hint, "value": hint["rival"]}),
        )

    def show(self, hint):
        """The value as people write it."""
        value = hint["value"]
        if hint["field"] == "date":
            return format_date(self.env, value)
        if hint["field"] in ("amount", "vat_amount"):
            return format_amount(self.env, float(value), self.currency)
        return value

    # === One field each === #

    def _hint_plain(self, hint, _found):
        return {"text": hint["value"], "values": {"ref": hint["value"]}}

    def _hint_date(self, hint, _found):
        return {
            "text": self.show(hint),
            "values": {"invoice_date": hint["value"]},
        }

    def _hint_amount(self, hint, found):
        """The sum, and its currency where that is another than the bill's."""
        amount = float(hint["value"])
        code = found.get("currency", {}).get("value")
        currency = self.env["res.currency"].search([("name", "=", code)], limit=1)
        if code and not currency:
            return {
                "text": f"{hint['value']} {code}",
                "values": None,
                "warning": self.env._(
                    "The currency %(code)s is not in use.", code=code
                ),
            }
        values = {"amount": amount}
        if currency:
            values["currency_id"] = self._pair(currency)
        shown = currency or self.currency
        return {"text": format_amount(self.env, amount, shown), "values": values}

    def _hint_tax(self, hint, found):
        if hint["value"] == "none":
            return {"text": self.env._("Without VAT"), "values": {"tax_id": False}}
        text = f"{hint['value']}%"
        if "vat_amount" in found:
            text = f"{text} ({self.show(found['vat_amount'])})"
        tax = self.env["account.tax"].search(
            [
                ("type_tax_use", "=", "purchase"),
                ("amount_type", "=", "percent"),
                ("amount", "=", float(hint["value"])),
                ("company_id", "=", self.company.id),
            ],
            limit=1,
        )
        if tax:
            return {"text": text, "values": {"tax_id": self._pair(tax)}}
        return {
            "text": text,
            "values": None,
            "warning": self.env._("There is no such tax of purchases."),
        }

    def _hint_supplier(self, hint, found):
        """The one supplier with the tax id; none or several is told."""
        number = hint["value"]
        name = found.get("name", {}).get("value")
        text = f"{name}, {number}" if name else number
        try:
            partner = self.move._find_bill_supplier(number)
        except UserError as error:
            return {
                "text": text,
                "values": None,
                "warning": str(error),
            }
        return {"text": text, "values": {"partner_id": self._pair(partner)}}

    def _hint_supplier_of_account(self, hint, found):
        """Of a bill without a tax id: whose account it is."""
        partners = self._find_accounts(hint["value"]).partner_id.commercial_partner_id
        if len(partners) != 1:
            return None
        name = found.get("name", {}).get("value")
        return {
            "text": name or partners.display_name,
            "values": {"partner_id": self._pair(partners)},
        }

    def _hint_account(self, hint, _found):
        """The account where it is one of the supplier's: a new one is a person's to
        enter, as that is how money is stolen.
        """
        accounts = self._find_accounts(hint["value"])
        if len(accounts) == 1:
            return {
                "text": hint["value"],
                "values": {"partner_bank_id": self._pair(accounts)},
                "partner_id": accounts.partner_id.commercial_partner_id.id,
            }
        return {
            "text": hint["value"],
            "values": None,
            "warning": self.env._(
                "No supplier has this account yet. Check it by telephone before you"
                " enter it."
            ),
        }

    def _find_accounts(self, number):
        return self.env["res.partner.bank"].search(
            [
                ("sanitized_acc_number", "=", number),
                ("company_id", "in", (self.company.id, False)),
            ],
            limit=5,
        )

    def _hint_bookings(self, hint, _found):
        """Those that there are, and that the user may see."""
        names = hint["value"].split(", ")
        orders = self.env["sale.order"].search(
            [
                ("is_tour_booking", "=", True),
                ("name", "in", names),
                ("company_id", "=", self.company.id),
            ]
        )
        if not orders:
            return None
        return {
            "text": ", ".join(orders.mapped("name")),
            "values": {"order_ids": orders.ids},
        }

    def _pair(self, record):
        return {"id": record.id, "display_name": record.display_name}
