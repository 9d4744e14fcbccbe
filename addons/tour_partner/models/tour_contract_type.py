from odoo import api, fields, models


class TourContractType(models.Model):
    """A kind of contract, with the parameters that contracts of this kind have."""

    _name = "tour.contract.type"
    _description = "Contract Type"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Only this company makes such contracts; empty: all do.",
    )
    reminder_days = fields.Integer(
        string="Remind before the end (days)",
        default=30,
        help="So many days before a contract ends its responsible is reminded.",
    )
    contract_properties_definition = fields.PropertiesDefinition(
        "Parameters of contracts"
    )
    contract_ids = fields.One2many("tour.contract", "type_id", string="Contracts")
    contract_count = fields.Integer(
        string="Number of contracts", compute="_compute_contract_count"
    )

    _reminder_days_positive = models.Constraint(
        "CHECK(reminder_days >= 0)", "Days before the end cannot be negative."
    )

    @api.depends("contract_ids")
    def _compute_contract_count(self):
        counts = dict(
            self.env["tour.contract"]._read_group(
                [("type_id", "in", self.ids)], ["type_id"], ["__count"]
            )
        )
        for contract_type in self:
            contract_type.contract_count = counts.get(contract_type, 0)
