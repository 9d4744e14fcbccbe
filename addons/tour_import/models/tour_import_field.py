from odoo import api, fields, models

from ..engine.kinds import KINDS


class TourImportField(models.Model):
    """A field that a column of a file can be meant for.

    The engine declares them (``engine/kinds.py``); these records give them a label in
    the user's language and make them searchable in the mapping.
    """

    _name = "tour.import.field"
    _description = "Field of an Import"
    _order = "kind, sequence, id"
    _rec_name = "label"

    kind = fields.Char(required=True, readonly=True)
    name = fields.Char(required=True, readonly=True)
    label = fields.Char(required=True, translate=True, readonly=True)
    sequence = fields.Integer(readonly=True)
    is_required = fields.Boolean(compute="_compute_is_required")

    _name_uniq = models.UniqueIndex("(kind, name)", "This field is there already.")

    @api.depends("kind", "name")
    def _compute_is_required(self):
        for field in self:
            groups = KINDS[field.kind].required if field.kind in KINDS else ()
            field.is_required = any(field.name in group for group in groups)

    @api.model
    def _get_by_name(self, kind):
        """The fields of a kind by their names."""
        return {field.name: field for field in self.search([("kind", "=", kind)])}
