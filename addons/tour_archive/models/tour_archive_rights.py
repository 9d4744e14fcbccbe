from odoo import api, fields, models

STAFF = "tour_partner.tour_group_staff"


class TourArchiveRights(models.AbstractModel):
    """Who sees a folder or a file, and who may put files in: its own rights, or those
    of the folder above. The record rules read these fields."""

    _name = "tour.archive.rights"
    _description = "Rights in the Archive"

    own_rights = fields.Boolean(
        string="Rights of its own",
        groups=STAFF,
        help="Otherwise the rights of the folder above hold.",
    )
    reader_role_ids = fields.Many2many(
        comodel_name="res.groups",
        string="Staff who see it",
        domain=lambda self: self._get_role_domain(),
        groups=STAFF,
        help="Roles; empty: all the staff.",
    )
    # A table of its own in each model: they would share that of the readers.
    writer_role_ids = fields.Many2many(
        comodel_name="res.groups",
        relation="tour_archive_writer_rel",
        string="Staff who change it",
        domain=lambda self: self._get_role_domain(),
        groups=STAFF,
        help="Roles that may add and change files, besides heads and administrators.",
    )
    for_all_clients = fields.Boolean(
        string="All clients see it",
        groups=STAFF,
        help="Whoever may sign in to the portal.",
    )
    client_ids = fields.Many2many(
        comodel_name="res.partner",
        string="Clients who see it",
        domain=[("is_tour_client", "=", True), ("parent_id", "=", False)],
        groups=STAFF,
        help="Users of these companies find the files on the portal.",
    )
    client_group_ids = fields.Many2many(
        comodel_name="tour.company.group",
        string="Groups of companies that see it",
        groups=STAFF,
    )
    client_summary = fields.Char(
        string="Seen by clients", compute="_compute_client_summary", groups=STAFF
    )

    @api.model
    def _get_role_domain(self):
        category = self.env.ref("base.module_category_services_tour")
        return [("privilege_id.category_id", "=", category.id)]

    @api.depends("own_rights", "for_all_clients", "client_ids", "client_group_ids")
    @api.depends_context("lang")
    def _compute_client_summary(self):
        for record in self:
            rights = record._get_rights()
            names = rights.client_ids.mapped("name") + rights.client_group_ids.mapped(
                "name"
            )
            record.client_summary = (
                self.env._("all") if rights.for_all_clients else ", ".join(names)
            )

    def _get_rights(self):
        """The folder or file whose rights hold for this one; override."""
        self.ensure_one()
        return self

    def _may_change_files(self):
        """Whether the user may put files here: the same as the record rules say."""
        self.ensure_one()
        if self.env.su:
            return True
        user = self.env.user
        if not user.has_group(STAFF) or not self.has_access("read"):
            return False
        # In sudo: only which roles one has is asked.
        roles_sudo = self.sudo()._get_rights().writer_role_ids
        return user.has_group("tour_partner.tour_group_head") or bool(
            roles_sudo & user.sudo().all_group_ids
        )
