from odoo import api, fields, models

from ..engine import mapping
from .tour_import_settings import SETTINGS

# A file with this part of a profile's headers is taken to be of its layout.
RESEMBLANCE = 0.9


class TourImportProfile(models.Model):
    """A layout of files that is known: which column is what, and how it is written."""

    _name = "tour.import.profile"
    _inherit = "tour.import.settings"
    _description = "Import Profile"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Empty: of all companies.",
    )
    note = fields.Text(translate=True, help="Where such files come from.")
    column_ids = fields.One2many(
        "tour.import.profile.column", "profile_id", string="Columns", copy=True
    )

    @api.model
    def _find_for(self, headers, kind=None):
        """The profile whose headers a file has, the most demanding of several."""
        domain = [("company_id", "in", (False, self.env.company.id))]
        if kind:
            domain.append(("kind", "=", kind))
        best, best_rank = self.browse(), (0, 0)
        for profile in self.search(domain):
            columns = profile._get_columns()
            share = mapping.resemblance(columns, headers)
            rank = (share, len(columns))
            if share >= RESEMBLANCE and rank > best_rank:
                best, best_rank = profile, rank
        return best

    def _get_columns(self):
        """Header to field name."""
        return {column.header: column.field_id.name for column in self.column_ids}

    def _save_from(self, source):
        """Take over the mapping and settings of an import."""
        self.ensure_one()
        columns = source.column_ids.filtered("field_id")
        values = {name: source[name] for name in SETTINGS if name[-3:] != "_id"}
        values |= {name: source[name].id for name in SETTINGS if name[-3:] == "_id"}
        self.write(
            values
            | {
                "column_ids": [
                    fields.Command.clear(),
                    *(
                        fields.Command.create(
                            {"header": column.header, "field_id": column.field_id.id}
                        )
                        for column in columns
                    ),
                ]
            }
        )


class TourImportProfileColumn(models.Model):
    """A column of a profile."""

    _name = "tour.import.profile.column"
    _description = "Column of an Import Profile"
    _order = "profile_id, sequence, id"
    _rec_name = "header"

    profile_id = fields.Many2one(
        "tour.import.profile", required=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(related="profile_id.kind")
    sequence = fields.Integer(default=10)
    header = fields.Char(required=True, help="As it stands in the file.")
    field_id = fields.Many2one(
        "tour.import.field",
        string="Field",
        required=True,
        ondelete="cascade",
        domain="[('kind', '=', kind)]",
    )
