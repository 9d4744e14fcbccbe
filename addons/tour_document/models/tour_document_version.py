from odoo import api, fields, models


class TourDocumentVersion(models.Model):
    """A document as it was drawn once: the file, and what it was made of.

    Versions are only added, by :meth:`tour.document._draw`; nobody has the right to
    change one.
    """

    _name = "tour.document.version"
    _description = "Version of a Document"
    _order = "document_id, number desc"
    _rec_name = "number"

    document_id = fields.Many2one(
        comodel_name="tour.document",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="document_id.company_id", store=True)
    number = fields.Integer(string="Version", required=True, readonly=True)
    attachment_id = fields.Many2one(
        comodel_name="ir.attachment",
        string="File",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    checksum = fields.Char(
        required=True,
        readonly=True,
        help="Of what the paper says, so that nothing new makes no new version.",
    )
    file_checksum = fields.Char(
        string="SHA-256 of the file", required=True, readonly=True
    )
    lang = fields.Char(string="Language", readonly=True)

    _number_unique = models.Constraint(
        "UNIQUE(document_id, number)", "A document has one version of each number."
    )

    @api.depends("number", "document_id.display_name")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(document)s, version %(number)s",
                document=version.document_id.display_name,
                number=version.number,
            )

    def action_open(self):
        """Open the file of this version in another tab."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/my/tour/documents/{self.document_id.id}?version={self.number}",
            "target": "new",
        }
