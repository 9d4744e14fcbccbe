from odoo import api, fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = "res.partner"

    tour_document_count = fields.Integer(
        compute="_compute_tour_document_count",
        groups="tour_partner.tour_group_staff",
    )

    @api.depends_context("uid")
    def _compute_tour_document_count(self):
        documents = self.env["tour.document"]
        readable = documents.has_access("read")
        for partner in self:
            # One company at a time is looked at, and those below it count too.
            partner.tour_document_count = readable and documents.search_count(
                partner._get_tour_document_domain()
            )

    def _get_tour_document_domain(self):
        return Domain("partner_id", "child_of", self.ids)

    def action_view_tour_documents(self):
        """Show the documents addressed to these companies."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_document.tour_document_action"
        )
        action["domain"] = list(self._get_tour_document_domain())
        action["context"] = {"create": False}
        return action

    # What papers say of a party

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
        """A branch or consignee is named after its legal entity."""
        if self == entity or not self.name:
            return entity.name
        return f"{entity.name}, {self.name}"

    def _get_paper_address(self):
        lines = self._display_address(without_company=True).splitlines()
        return ", ".join(line.strip(" ,") for line in lines if line.strip(" ,"))
