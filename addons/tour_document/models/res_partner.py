from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_paper_facts(self):
        """What papers tell of a party, as plain data; nothing of no partner."""
        if not self:
            return None
        self.ensure_one()
        entity = self.commercial_partner_id
        address = self if self.street or self.city else entity
        return {
            "name": self._get_paper_name(entity),
            "address": address._get_paper_address(),
            "phone": self.phone or entity.phone,
            "email": self.email or entity.email,
            "website": (entity.website or "").removeprefix("https://"),
            "vat": entity.vat,
            "kpp": self.kpp or entity.kpp,
            "ogrn": entity.ogrn,
        }

    def _get_paper_name(self, entity):
        """A consignee is named as such, everybody else by his legal entity."""
        if self == entity or not self.name:
            return entity.name
        return f"{entity.name}, {self.name}"

    def _get_paper_address(self):
        lines = self._display_address(without_company=True).splitlines()
        return ", ".join(line.strip(" ,") for line in lines if line.strip(" ,"))
