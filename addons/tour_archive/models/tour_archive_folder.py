from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .tour_archive_rights import STAFF


class TourArchiveFolder(models.Model):
    _name = "tour.archive.folder"
    _inherit = "tour.archive.rights"
    _description = "Folder of the Archive"
    _parent_store = True
    _order = "sequence, name, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    parent_id = fields.Many2one(
        comodel_name="tour.archive.folder",
        string="In the folder",
        ondelete="restrict",
        index=True,
        groups=STAFF,
    )
    writer_role_ids = fields.Many2many(relation="tour_archive_folder_writer_rel")
    parent_path = fields.Char(index=True, groups=STAFF)
    child_ids = fields.One2many(
        comodel_name="tour.archive.folder",
        inverse_name="parent_id",
        string="Folders in it",
        groups=STAFF,
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        index="btree_not_null",
        groups=STAFF,
        help="Empty: the staff of all companies.",
    )
    # One look tells the rights of a whole branch, whatever the number of its files.
    rights_id = fields.Many2one(
        comodel_name="tour.archive.folder",
        string="Rights of",
        compute="_compute_rights_id",
        store=True,
        recursive=True,
        index=True,
        groups=STAFF,
    )
    file_ids = fields.One2many(
        comodel_name="tour.archive.file",
        inverse_name="folder_id",
        string="Files",
        groups=STAFF,
    )
    file_count = fields.Integer(compute="_compute_file_count", groups=STAFF)

    _name_unique = models.UniqueIndex(
        "(name, coalesce(parent_id, 0), coalesce(company_id, 0))",
        "There is a folder of this name here already.",
    )

    @api.depends("own_rights", "parent_id.rights_id")
    def _compute_rights_id(self):
        for folder in self:
            inherits = folder.parent_id and not folder.own_rights
            folder.rights_id = folder.parent_id.rights_id if inherits else folder

    def _compute_file_count(self):
        counts = dict(
            self.env["tour.archive.file"]._read_group(
                [("folder_id", "in", self.ids)], ["folder_id"], ["__count"]
            )
        )
        for folder in self:
            folder.file_count = counts.get(folder, 0)

    @api.depends("name", "parent_id.name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        """With the folders above for staff; clients may not know those."""
        for folder in self:
            above = self.env.user._is_internal() and folder.parent_id
            folder.display_name = (
                f"{above.display_name} / {folder.name}" if above else folder.name
            )

    @api.constrains("company_id", "parent_id")
    def _check_company_id(self):
        for folder in self:
            above = folder.parent_id.company_id
            if above and folder.company_id != above:
                raise ValidationError(
                    self.env._(
                        "“%(folder)s” is of the company of the folder above, "
                        "%(company)s.",
                        folder=folder.name,
                        company=above.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # In sudo: also what the user does not see keeps its folder.
        files_sudo = self.env["tour.archive.file"].sudo()
        files_sudo = files_sudo.with_context(active_test=False)
        if files_sudo.search_count([("folder_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("There are files in it. Move or delete them first.")
            )

    def _get_rights(self):
        self.ensure_one()
        return self.rights_id

    def action_open_files(self):
        """Show the files of the folder, to the staff."""
        self.ensure_one()
        self.env["tour.archive.version"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_archive.tour_archive_file_action"
        )
        return action | {
            "domain": [("folder_id", "child_of", self.ids)],
            "context": {"default_folder_id": self.id},
        }
