from odoo import fields, models


class ResCompany(models.Model):
    """Who signs our papers."""

    _inherit = "res.company"

    tour_signatory_name = fields.Char(
        string="Signed by", help="Name under our papers, as in “A. Orlova”."
    )
    tour_signatory_title = fields.Char(
        string="Position", help="Of who signs; Director when it is empty."
    )
    tour_accountant_name = fields.Char(
        string="Chief accountant", help="Signs invoices as the second."
    )

    def _get_paper_facts(self, currency):
        """What our papers tell of us, as plain data.

        :param currency: that of the paper; a bank account in it comes first
        """
        self.ensure_one()
        partner = self.partner_id
        return {
            **partner._get_paper_facts(),
            "logo": self._get_paper_logo(),
            "accent": self._get_paper_accent(),
            "bank": self._get_paper_bank(currency),
            "signatory": {
                "name": self.tour_signatory_name,
                "title": self.tour_signatory_title,
            },
            "accountant": {"name": self.tour_accountant_name},
        }

    def _get_paper_logo(self):
        # Forms ask for the size of pictures, and mean those that they show.
        partner = self.partner_id.with_context(bin_size=False)
        logo = not self.uses_default_logo and partner.image_512
        if not logo:
            return ""
        data = logo.decode()
        # What base64 starts with tells the format: PNG, JPEG, GIF or WebP.
        formats = {"i": "png", "/": "jpeg", "R": "gif", "U": "webp"}
        return f"data:image/{formats.get(data[0], 'png')};base64,{data}"

    def _get_paper_accent(self):
        """The company's colour, unless it is too light to read on white."""
        color = self.primary_color or ""
        if len(color) != 7 or not color.startswith("#"):
            return ""
        try:
            red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
        except ValueError:
            return ""
        luminance = 0.299 * red + 0.587 * green + 0.114 * blue
        return color if luminance < 150 else ""

    def _get_paper_bank(self, currency):
        # In sudo: banks are for accountants, our account on our invoice is for all.
        accounts_sudo = self.partner_id.sudo().bank_ids
        in_currency = accounts_sudo.filtered(lambda bank: bank.currency_id == currency)
        account = (
            in_currency or accounts_sudo.filtered(lambda bank: not bank.currency_id)
        )[:1] or accounts_sudo[:1]
        if not account:
            return None
        bank = account.bank_id
        return {
            "name": ", ".join(filter(None, (bank.name, bank.city))),
            "bic": bank.bic,
            "account": account.acc_number,
            "corr_account": bank.corr_account,
        }
