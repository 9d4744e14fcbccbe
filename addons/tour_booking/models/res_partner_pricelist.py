"""The price list of a legal entity, for extra services (BKG-22)."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class ResPartner(models.Model):
    _inherit = "res.partner"

    client_pricelist_id = fields.Many2one(
        comodel_name="product.pricelist",
        compute="_compute_client_pricelist_id",
        string="Price list of extra services",
        help="The one that the legal entity was given; what it says nothing of costs "
        "what the product says.",
    )
    client_price_count = fields.Integer(
        string="Number of prices", compute="_compute_client_pricelist_id"
    )

    @api.depends("commercial_partner_id.specific_property_product_pricelist")
    @api.depends_context("company")
    def _compute_client_pricelist_id(self):
        for partner in self:
            entity = partner.commercial_partner_id
            pricelist = entity.specific_property_product_pricelist
            partner.client_pricelist_id = pricelist
            partner.client_price_count = len(pricelist.item_ids)

    def action_open_client_pricelist(self):
        """Open the price list of the legal entity; make it if there is none yet."""
        self.ensure_one()
        entity = self.commercial_partner_id
        pricelist = self.client_pricelist_id or entity._make_client_pricelist()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Price list of %(client)s", client=entity.name),
            "res_model": "product.pricelist",
            "res_id": pricelist.id,
            "views": [(self.env.ref("product.product_pricelist_view").id, "form")],
            "context": {"default_base": "list_price"},
        }

    def _make_client_pricelist(self):
        pricelists = self.env["product.pricelist"]
        if not pricelists.has_access("create"):
            raise UserError(
                self.env._(
                    "%(client)s has no price list of its own. Heads of department and "
                    "accountants make them.",
                    client=self.name,
                )
            )
        company = self.env.company
        pricelist = pricelists.create(
            {
                "name": self.name,
                "company_id": company.id,
                "currency_id": company.currency_id.id,
                # Ours is given by hand; none that a country chooses may be it.
                "sequence": 100,
            }
        )
        self.specific_property_product_pricelist = pricelist
        return pricelist
