from odoo import api, fields, models

from ..texts import get_fault_texts


class TourAccountingFault(models.Model):
    """Why a document was left out of an export. It goes with the next one."""

    _name = "tour.accounting.fault"
    _description = "Document Left out of the Export"
    _order = "id"

    export_id = fields.Many2one(
        comodel_name="tour.accounting.export",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="export_id.company_id", store=True)
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, readonly=True
    )
    name = fields.Char(string="Document", required=True, readonly=True)
    rule = fields.Char(required=True, readonly=True)
    detail = fields.Char(readonly=True)
    text = fields.Char(string="What is wrong", compute="_compute_text")

    @api.depends("rule", "detail", "name")
    @api.depends_context("lang")
    def _compute_text(self):
        texts = get_fault_texts(self.env)
        for fault in self:
            fault.text = texts.get(fault.rule, "%(document)s") % {
                "document": fault.name,
                "name": fault.detail or "",
            }

    def action_open(self):
        """Open the document that was left out."""
        self.ensure_one()
        self.check_access("read")
        record = self.env[self.res_model].browse(self.res_id)
        return record.get_formview_action()
