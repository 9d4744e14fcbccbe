from odoo import api, fields, models
from odoo.exceptions import UserError


class TourRegistrationApprove(models.TransientModel):
    """Which client the new user belongs to, and with which login."""

    _name = "tour.registration.approve"
    _description = "Approve a Registration"

    registration_id = fields.Many2one(
        comodel_name="tour.registration",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    kind = fields.Selection(related="registration_id.kind")
    # Not in sudo: it names contacts, and not those of other companies.
    duplicate_note = fields.Html(
        related="registration_id.duplicate_note", related_sudo=False
    )
    candidate_ids = fields.Many2many(
        comodel_name="res.partner", compute="_compute_candidate_ids"
    )
    how = fields.Selection(
        selection=[
            ("new", "Make a new client"),
            ("link", "Belongs to a client that we have"),
        ],
        string="Client",
        compute="_compute_how",
        store=True,
        readonly=False,
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Which one",
        compute="_compute_how",
        store=True,
        readonly=False,
    )
    login = fields.Char(compute="_compute_login", store=True, readonly=False)
    is_curator = fields.Boolean(
        string="Curator", help="Sees all users and bookings of his company."
    )

    @api.depends("registration_id")
    def _compute_candidate_ids(self):
        for wizard in self:
            wizard.candidate_ids = wizard._get_candidates()

    def _get_candidates(self):
        """Who it may be: companies for companies, people without user for people."""
        registration = self.registration_id
        twins = registration.twin_partner_ids.filtered("active")
        if registration._is_legal():
            # A person with this mail leads to his company.
            return twins.commercial_partner_id.filtered("is_company")
        return twins.filtered(
            lambda partner: not partner.is_company and not partner.sudo().user_ids
        )

    @api.depends("registration_id")
    def _compute_how(self):
        for wizard in self:
            candidates = wizard.candidate_ids
            wizard.how = "link" if candidates else "new"
            # Of several it is to be chosen which.
            wizard.partner_id = candidates if len(candidates) == 1 else False

    @api.depends("registration_id")
    def _compute_login(self):
        for wizard in self:
            wizard.login = wizard.registration_id.login

    @api.model_create_multi
    def create(self, vals_list):
        """Show nothing of what whoever names it may not see."""
        wizards = super().create(vals_list)
        wizards.registration_id.check_access("read")
        return wizards

    def write(self, vals):
        result = super().write(vals)
        self.registration_id.check_access("read")
        return result

    def action_apply(self):
        """Make the user; the mail with his login goes out."""
        self.ensure_one()
        partner = self.env["res.partner"]
        if self.how == "link":
            partner = self.partner_id
            if not partner:
                raise UserError(self.env._("Choose which client it is."))
            partner.check_access("read")
        self.registration_id._approve(partner, self.login, self.is_curator)
        return {"type": "ir.actions.act_window_close"}
