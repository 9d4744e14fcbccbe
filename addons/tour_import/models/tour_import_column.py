from odoo import api, fields, models


class TourImportColumn(models.Model):
    """A column of the file, and the field it is meant for."""

    _name = "tour.import.column"
    _description = "Column of an Import"
    _order = "import_id, position, id"
    _rec_name = "header"

    import_id = fields.Many2one(
        "tour.import",
        string="Import",
        required=True,
        ondelete="cascade",
        index=True,
    )
    kind = fields.Selection(related="import_id.kind")
    position = fields.Integer(readonly=True, help="From 0.")
    letter = fields.Char(
        compute="_compute_letter", help="As spreadsheet programs call the column."
    )
    header = fields.Char(readonly=True)
    samples = fields.Char(
        string="For example", readonly=True, help="Values of the first rows."
    )
    field_id = fields.Many2one(
        "tour.import.field",
        string="Field",
        ondelete="cascade",
        domain="[('kind', '=', kind)]",
        help="Empty: the column is not imported.",
    )
    is_duplicate = fields.Boolean(
        readonly=True, help="Another column has the same header."
    )

    _position_uniq = models.UniqueIndex(
        "(import_id, position)", "A column stands here already."
    )

    def _compute_letter(self):
        for column in self:
            letter, rest = "", column.position + 1
            while rest:
                rest, digit = divmod(rest - 1, 26)
                letter = chr(65 + digit) + letter
            column.letter = letter

    @api.model_create_multi
    def create(self, vals_list):
        columns = super().create(vals_list)
        columns.import_id._note_mapping_change()
        return columns

    def write(self, vals):
        self.import_id._note_mapping_change()
        return super().write(vals)

    def unlink(self):
        self.import_id._note_mapping_change()
        return super().unlink()
