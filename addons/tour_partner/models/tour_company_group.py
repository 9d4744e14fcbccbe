from odoo import api, fields, models


class TourCompanyGroup(models.Model):
    """Companies that reports count together and whose guests have extra fields."""

    _name = "tour.company.group"
    _description = "Group of Companies"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index="btree_not_null")
    note = fields.Text(string="Notes")
    partner_ids = fields.One2many(
        "res.partner", "company_group_id", string="Companies of the group"
    )
    partner_count = fields.Integer(
        string="Number of companies", compute="_compute_partner_count"
    )
    guest_properties_definition = fields.PropertiesDefinition("Extra guest fields")
    # The group is its own sample guest: this lets the form edit the definition
    # with Odoo's own editor of properties, which works on a record that has values.
    sample_group_id = fields.Many2one("tour.company.group", copy=False, readonly=True)
    sample_guest_properties = fields.Properties(
        "Fields of a guest", definition="sample_group_id.guest_properties_definition"
    )

    _name_uniq = models.UniqueIndex(
        "(name, coalesce(company_id, 0))", "A group of this name exists already."
    )

    @api.depends("partner_ids")
    def _compute_partner_count(self):
        counts = dict(
            self.env["res.partner"]._read_group(
                [("company_group_id", "in", self.ids)],
                ["company_group_id"],
                ["__count"],
            )
        )
        for group in self:
            group.partner_count = counts.get(group, 0)

    @api.model_create_multi
    def create(self, vals_list):
        groups = super().create(vals_list)
        for group in groups:
            group.sample_group_id = group
        return groups

    def action_view_partners(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_partner.res_partner_action_companies"
        )
        action["domain"] = [("company_group_id", "=", self.id)]
        action["context"] = {"default_company_group_id": self.id}
        return action
