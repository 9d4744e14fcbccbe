from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResUsers(models.Model):
    _inherit = "res.users"

    may_take_help = fields.Boolean(
        string="May take requests for help",
        groups="tour_partner.tour_group_staff,base.group_erp_manager",
        help="Requests of clients without a manager are dealt out among these users.",
    )

    # The few staff users among many client users.
    _may_take_help = models.Index("(id) WHERE may_take_help")

    @api.constrains("may_take_help", "group_ids")
    def _check_may_take_help(self):
        # In sudo: the field is for staff.
        for user in self.sudo():
            if user.share and user.may_take_help:
                raise ValidationError(
                    self.env._(
                        "%(user)s is not a member of the staff, and takes no requests "
                        "for help.",
                        user=user.display_name,
                    )
                )

    @api.model
    def _get_help_takers(self, company):
        """Active users of a company who take requests; note: in sudo mode."""
        return self.search(
            [
                ("may_take_help", "=", True),
                ("share", "=", False),
                ("company_ids", "in", company.ids),
            ],
            order="id",
        )

    def _filter_in_use(self):
        """Who asked, or answered, must not be lost."""
        used = super()._filter_in_use()
        rest = self - used
        # In sudo: requests that the user who deletes may not see count too.
        requests = self.env["tour.help.request"].sudo()
        for fname in ("user_id", "client_user_id"):
            if rest:
                groups = requests._read_group([(fname, "in", rest.ids)], [fname])
                used |= self.browse(user.id for (user,) in groups)
        return used
