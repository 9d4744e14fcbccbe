from collections import defaultdict

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.phone_validation.tools import phone_validation

from .. import requisites


def _trigram(column):
    """Return the definition of a trigram index, empty where the server has none."""

    def definition(registry):
        if not registry.has_trigram:
            return ""
        expression = f'"{column}"'
        if registry.has_unaccent:
            expression = registry.unaccent(expression)
        return f"USING gin (({expression}) gin_trgm_ops) WHERE {column} IS NOT NULL"

    return definition


class ResPartner(models.Model):
    _inherit = "res.partner"

    _complete_name_displayed_types = ("invoice", "delivery", "other", "consignee")

    # Kinds: one company may be of several.
    tour_client_agent = fields.Boolean(string="Client: agent")
    tour_client_corporate = fields.Boolean(string="Client: corporate")
    tour_supplier = fields.Boolean(string="Supplier")
    tour_channel_manager = fields.Boolean(string="Channel manager")
    is_tour_client = fields.Boolean(
        string="Client",
        compute="_compute_is_tour_client",
        precompute=True,
        store=True,
    )
    company_group_id = fields.Many2one(
        "tour.company.group",
        string="Group of companies",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    type = fields.Selection(
        selection_add=[("consignee", "Consignee")],
        ondelete={"consignee": "set other"},
    )
    consignee_ids = fields.One2many(
        "res.partner",
        "parent_id",
        string="Consignees",
        domain=[("type", "=", "consignee")],
        context={"default_type": "consignee"},
    )
    kpp = fields.Char(string="KPP", help="Reason of registration: 9 characters.")
    ogrn = fields.Char(
        string="OGRN", help="State registry number: 13 digits, 15 for a sole trader."
    )

    @api.depends("tour_client_agent", "tour_client_corporate")
    def _compute_is_tour_client(self):
        for partner in self:
            partner.is_tour_client = (
                partner.tour_client_agent or partner.tour_client_corporate
            )
