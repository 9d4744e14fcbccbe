from odoo import fields, models


class TourImportProgress(models.Model):
    """How far an import is: one record per import and phase.

    Apart from the import itself, so that the worker that counts and the user who
    presses 'Stop' never write the same row.
    """

    _name = "tour.import.progress"
    _description = "Progress of an Import"

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
    position = fields.Integer(help="The last row of the file that was treated.")
    rows = fields.Integer()
    made = fields.Integer()
    merged = fields.Integer()
    refused = fields.Integer()
    faults = fields.Integer()
    seconds = fields.Float()
    is_finished = fields.Boolean()

    _phase_uniq = models.UniqueIndex(
        "(import_id, phase)", "The import has this phase already."
    )
    _sum = models.Constraint(
        "CHECK (rows = made + merged + refused)",
        "Each row that went in is made, merged or refused.",
    )

    def _add(self, position, outcomes, faults, seconds):
        """Count a chunk of rows.

        :param dict outcomes: 'made', 'merged' and 'refused' to numbers of rows
        """
        self.ensure_one()
        self.write(
            {
                "position": position,
                "rows": self.rows + sum(outcomes.values()),
                **{name: self[name] + outcomes[name] for name in OUTCOMES},
                "faults": self.faults + faults,
                "seconds": self.seconds + seconds,
            }
        )


OUTCOMES = ("made", "merged", "refused")
