from odoo import fields, models


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    tour_supplier_bill = fields.Boolean(
        string="Supplier's bill",
        readonly=True,
        copy=False,
        help="A bill that the supplier sent by his private link.",
    )
    tour_supplier_id = fields.Many2one(
        comodel_name="res.partner",
        string="Sent by supplier",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )
