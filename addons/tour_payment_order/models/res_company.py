from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize, email_split

from ..payment_order_states import KEEPERS


class ResCompany(models.Model):
    _inherit = "res.company"

    tour_payment_alias_id = fields.Many2one(
        comodel_name="mail.alias",
        string="Alias for payment orders",
        readonly=True,
        copy=False,
        ondelete="set null",
        groups="base.group_user",
    )
    tour_payment_alias_name = fields.Char(
        string="Mailbox for payment orders",
        compute="_compute_tour_payment_alias_name",
        inverse="_inverse_tour_payment_alias_name",
        groups="base.group_user",
        help="What stands before the @: files that are mailed there are read.",
    )
    tour_payment_max_mb = fields.Integer(
        string="Largest file of payment orders (MB)",
        default=50,
        groups="base.group_user",
    )
    tour_payment_senders = fields.Char(
        string="Who else may mail payment orders",
        groups="base.group_user",
        help="Addresses, separated by commas, besides those of our accountants and "
        "heads of department. What others send is refused.",
    )
    tour_payment_mail_server = fields.Char(
        string="Our mail server",
        groups="base.group_user",
        help="Its name as it stands first in the header Authentication-Results of the"
        " mails it takes in. Its word is taken for whether a mail is from whom it says;"
        " without it, orders that are mailed wait until somebody confirms the sender.",
    )

    _tour_payment_max_mb_range = models.Constraint(
        # What a mail gateway and a browser still bring in one piece.
        "CHECK(tour_payment_max_mb BETWEEN 1 AND 200)",
        "A file of payment orders may have from 1 to 200 MB.",
    )

    @api.depends("tour_payment_alias_id.alias_name")
    def _compute_tour_payment_alias_name(self):
        for company in self:
            # In sudo: the name of our own mailbox.
            company.tour_payment_alias_name = (
                company.sudo().tour_payment_alias_id.alias_name
            )

    def _inverse_tour_payment_alias_name(self):
        for company in self:
            company.check_access("write")
            # In sudo: who may write the company says which mailbox it has.
            alias_sudo = company.sudo().tour_payment_alias_id
            name = (company.tour_payment_alias_name or "").strip()
            if alias_sudo:
                alias_sudo.alias_name = name
            elif name:
                company.sudo().tour_payment_alias_id = alias_sudo.create(
                    company._prepare_tour_payment_alias_vals(name)
                )

    def _prepare_tour_payment_alias_vals(self, name):
        return {
            "alias_name": name,
            "alias_model_id": self.env["ir.model"]._get_id("tour.payment.order.file"),
            "alias_defaults": repr({"company_id": self.id}),
            # Who may write there, `_alias_get_error` of the model says.
            "alias_contact": "everyone",
            "alias_domain_id": self.sudo().alias_domain_id.id,
        }

    @api.constrains("tour_payment_senders")
    def _check_tour_payment_senders(self):
        for company in self:
            for part in filter(
                str.strip, (company.tour_payment_senders or "").split(",")
            ):
                if not email_normalize(part):
                    raise ValidationError(
                        self.env._("“%(part)s” is no address.", part=part.strip())
                    )

    def _may_mail_payment_orders(self, email):
        """Whether files from this address are read: of our accountants, of heads, or
        of whom the settings name.
        """
        self.ensure_one()
        email = email_normalize(email)
        if not email:
            return False
        # In sudo: nobody is logged in when a mail arrives.
        company = self.sudo()
        named = map(email_normalize, email_split(company.tour_payment_senders or ""))
        return email in named or bool(company._find_payment_order_keeper(email))

    def _find_payment_order_keeper(self, email):
        """The accountant or head of this company with the address."""
        users = self.env["res.users"].search(
            [
                ("share", "=", False),
                ("company_ids", "in", self.ids),
                ("email_normalized", "=", email_normalize(email)),
            ]
        )
        return users.filtered(lambda user: any(map(user.has_group, KEEPERS)))[:1]


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tour_payment_alias_name = fields.Char(
        related="company_id.tour_payment_alias_name", readonly=False
    )
    tour_payment_max_mb = fields.Integer(
        related="company_id.tour_payment_max_mb", readonly=False
    )
    tour_payment_senders = fields.Char(
        related="company_id.tour_payment_senders", readonly=False
    )
    tour_payment_mail_server = fields.Char(
        related="company_id.tour_payment_mail_server", readonly=False
    )
