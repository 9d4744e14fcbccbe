from odoo import fields, models


class TourImportFault(models.Model):
    """One thing wrong in one row of the file, and the way out."""

    _name = "tour.import.fault"
    _description = "Fault of an Import"
    _order = "import_id, row, id"
    _rec_name = "message"

    import_id = fields.Many2one(
        "tour.import",
        string="Import",
        required=True,
        ondelete="cascade",
        index=True,
    )
    phase = fields.Selection(
        selection=[("check", "Dry run"), ("run", "Import")], required=True
    )
    row = fields.Integer(help="As lines of the file are counted, from 1.")
    column = fields.Char()
    value = fields.Char()
    rule = fields.Char(help="The code of the rule.")
    message = fields.Char(string="What is wrong")
    way_out = fields.Char(string="Way out")
    is_warning = fields.Boolean(
        string="Imported all the same", help="The row was not refused for this."
    )

    _import_row_idx = models.Index("(import_id, phase, row)")
