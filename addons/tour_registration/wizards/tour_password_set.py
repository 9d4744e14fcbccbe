from odoo import api, fields, models


class TourPasswordSet(models.TransientModel):
    """Gives a client's user a new password."""

    _name = "tour.password.set"
    _description = "New Password of a Client's User"

    user_id = fields.Many2one(
        comodel_name="res.users",
        string="User",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    # Set at once and never stored: what a wizard keeps stays in the database.
    password = fields.Char(
        string="New password",
        compute="_compute_password",
        inverse="_inverse_password",
        help="Left empty it changes nothing.",
    )

    @api.depends("user_id")
    def _compute_password(self):
        self.password = ""

    def _inverse_password(self):
        for wizard in self:
            password = (wizard.password or "").strip()
            users_sudo = wizard.user_id._check_tour_password_right()
            if password:
                users_sudo._change_password(password)

    @api.model_create_multi
    def create(self, vals_list):
        """For those only whose passwords the user may reset."""
        for vals in vals_list:
            user = self.env["res.users"].browse(vals.get("user_id"))
            user._check_tour_password_right()
        return super().create(vals_list)

    def write(self, vals):
        if "user_id" in vals:
            self.env["res.users"].browse(vals["user_id"])._check_tour_password_right()
        return super().write(vals)

    def action_apply(self):
        """Say that it is done: it was set when the window was saved."""
        self.ensure_one()
        self.user_id._check_tour_password_right()
        return {"type": "ir.actions.act_window_close"}
