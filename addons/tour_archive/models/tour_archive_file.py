from odoo import api, fields, models
from odoo.exceptions import AccessError

from .tour_archive_rights import STAFF


class TourArchiveVersion(models.Model):
    """A file of the archive as it was uploaded once; for staff."""

    _name = "tour.archive.version"
    _inherit = "tour.file.version.mixin"
    _description = "Version of a File in the Archive"

    file_id = fields.Many2one(comodel_name="tour.archive.file", string="Archived file")

    _number_unique = models.Constraint(
        "UNIQUE(file_id, number)", "A file has one version of each number."
    )


class TourArchiveFile(models.Model):
    _name = "tour.archive.file"
    _inherit = ["tour.file.mixin", "tour.archive.rights"]
    _description = "File of the Archive"
    _order = "name, id"

    name = fields.Char(index="trigram")
    description = fields.Text(help="Clients who see the file read it.")
    folder_id = fields.Many2one(
        comodel_name="tour.archive.folder",
        string="Folder",
        required=True,
        ondelete="restrict",
        index=True,
        groups=STAFF,
    )
    writer_role_ids = fields.Many2many(relation="tour_archive_file_writer_rel")
    company_id = fields.Many2one(
        related="folder_id.company_id", store=True, precompute=True, groups=STAFF
    )
    active = fields.Boolean(default=True, help="Clients don't see archived files.")
    version_ids = fields.One2many(comodel_name="tour.archive.version", groups=STAFF)
    access_path = fields.Char(compute="_compute_access_path", string="Address")

    @api.depends("folder_id", "folder_id.rights_id")
    def _compute_client_summary(self):
        return super()._compute_client_summary()

    def _compute_access_path(self):
        for file in self:
            file.access_path = f"/my/tour/archive/{file.id}"

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        files._check_may_put()
        return files

    def write(self, vals):
        result = super().write(vals)
        if "folder_id" in vals:
            self._check_may_put()
        return result

    def _check_may_put(self):
        """Files are put only where the user may put some, whatever their own rights.

        No constraint: those are checked in sudo.
        """
        for folder in self.folder_id:
            if folder._may_change_files():
                continue
            # Its name is for who may read it: an id is tried easily.
            name = folder.name if folder.has_access("read") else folder.id
            raise AccessError(
                self.env._(
                    "You may not put files into “%(folder)s”. Ask a head of "
                    "department.",
                    folder=name,
                )
            )

    def _get_rights(self):
        self.ensure_one()
        return self if self.own_rights else self.folder_id.rights_id

    def _get_file_path(self):
        return self.access_path
