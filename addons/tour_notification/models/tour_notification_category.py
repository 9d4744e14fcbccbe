from binascii import Error as Base64Error

from odoo import api, fields, models, tools
from odoo.tools import SQL

TOKEN_SCOPE = "tour_notification.unsubscribe"
# A token of ours has about 80 characters; what is longer is not worth decoding.
TOKEN_MAX_LENGTH = 200


class TourNotificationCategory(models.Model):
    """A subject one may want to be told of, or not.

    Other add-ons name a category by its code and hand over the recipients; who of
    them wants it is decided here: the person's own choice, else his company's, else
    the default of the category.
    """

    _name = "tour.notification.category"
    _inherit = ["tour.delivery.mixin"]
    _description = "Notification Category"
    _order = "sequence, id"

    code = fields.Char(required=True, readonly=True, copy=False)
    name = fields.Char(required=True, translate=True)
    description = fields.Char(
        translate=True, help="Shown to the reader beside the choice."
    )
    audience = fields.Selection(
        [
            ("client", "Clients"),
            ("staff", "Staff"),
            ("both", "Clients and staff"),
        ],
        required=True,
        default="client",
    )
    default_send = fields.Boolean(
        string="Sent by Default",
        default=True,
        help="What happens when neither the person nor his company made a choice.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=True, help="Nobody is told anything of an archived category."
    )

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "There is a category with this code already."
    )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        categories = super().create(vals_list)
        self.env.registry.clear_cache()
        return categories

    def write(self, vals):
        res = super().write(vals)
        if "code" in vals:
            self.env.registry.clear_cache()
        return res

    def unlink(self):
        res = super().unlink()
        self.env.registry.clear_cache()
        return res

    # Who wants it

    @api.model
    @tools.ormcache("code")
    def _get_id_by_code(self, code):
        # In sudo: the code is known to the program, not to the user who acts.
        category = self.sudo().with_context(active_test=False)
        return category.search([("code", "=", code)], limit=1).id

    @api.model
    def _get_by_code(self, code):
        """Return the category of `code`, archived or not, in sudo mode.

        :raise ValueError: If there is none, which is an error of the program.
        """
        category_id = self._get_id_by_code(code)
        if not category_id:
            raise ValueError(f"There is no notification category {code!r}.")
        return self.sudo().browse(category_id)

    def _get_choices(self, partners):
        """Return {(partner id, category id): choice} of the explicit choices."""
        # In sudo: a choice is read by whoever sends, and shown as a fallback to the
        # contacts of a company.
        rows = (
            self.env["tour.notification.choice"]
            .sudo()
            .search_fetch(
                [("category_id", "in", self.ids), ("partner_id", "in", partners.ids)],
                ["category_id", "partner_id", "choice"],
            )
        )
        return {(row.partner_id.id, row.category_id.id): row.choice for row in rows}

    def _filter_recipients(self, partners):
        """Return those of `partners` who want to be told of this category.

        One query whatever their number (and one to read their companies).
        """
        self.ensure_one()
        if not self.active:
            return partners.browse()
        # In sudo: the commercial entity of a recipient may be out of the user's reach.
        partners_sudo = partners.sudo()
        choices = self._get_choices(partners_sudo | partners_sudo.commercial_partner_id)
        default = "send" if self.default_send else "dont_send"

        def wants(partner):
            own = choices.get((partner.id, self.id))
            company = choices.get((partner.commercial_partner_id.id, self.id))
            return (own or company or default) == "send"

        return partners_sudo.filtered(wants).sudo(partners.env.su)

    @api.model
    def _get_domain_for(self, partner):
        """Return the domain of the categories that concern `partner`."""
        audience = "client" if partner.partner_share else "staff"
        return [("audience", "in", (audience, "both"))]

    def _set_choices(self, partner, choices):
        """Keep what `partner` said: {category id: 'send', 'dont_send' or False}.

        The caller has checked that the user may speak for the partner.
        One statement, so that two answers at once end in one row.
        """
        Choice = self.env["tour.notification.choice"]
        Choice.flush_model()
        unset = [cid for cid, choice in choices.items() if not choice]
        # In sudo: a portal user may not write, only speak for himself.
        Choice.sudo().search(
            [("partner_id", "=", partner.id), ("category_id", "in", unset)]
        ).unlink()
        values = [
            SQL(
                "(%s, %s, %s, %s, %s, NOW() AT TIME ZONE 'UTC',"
                " NOW() AT TIME ZONE 'UTC')",
                *(cid, partner.id, choice, self.env.uid, self.env.uid),
            )
            for cid, choice in sorted(choices.items())
            if choice
        ]
        if values:
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO tour_notification_choice (
                        category_id, partner_id, choice,
                        create_uid, write_uid, create_date, write_date
                    ) VALUES %s
                    ON CONFLICT (partner_id, category_id) DO UPDATE
                    SET choice = EXCLUDED.choice,
                        write_uid = EXCLUDED.write_uid,
                        write_date = EXCLUDED.write_date
                    """,
                    SQL(", ").join(values),
                )
            )
        Choice.invalidate_model()
        partner.invalidate_recordset(["tour_notification_choices"])

    # Links of the mail's footer

    def _get_unsubscribe_token(self, partner):
        """Return the signed text that stands for 'no more of this to him'."""
        self.ensure_one()
        # In sudo: the signing key is a system parameter.
        return tools.hash_sign(self.sudo().env, TOKEN_SCOPE, [self.id, partner.id])

    @api.model
    def _parse_unsubscribe_token(self, token):
        """Return (category, partner) in sudo mode, empty if `token` is not ours."""
        nothing = (self.sudo().browse(), self.env["res.partner"].sudo().browse())
        if not isinstance(token, str) or len(token) > TOKEN_MAX_LENGTH:
            return nothing
        try:
            # In sudo: the signing key is a system parameter.
            values = tools.verify_hash_signed(self.sudo().env, TOKEN_SCOPE, token)
        except (ValueError, IndexError, Base64Error):
            return nothing
        if not values:
            return nothing
        # In sudo: the signature is the right, the visitor is nobody.
        category = self.sudo().browse(values[0]).exists()
        partner = self.env["res.partner"].sudo().browse(values[1]).exists()
        return (category, partner) if category and partner else nothing

    def _get_unsubscribe_url(self, partner, base_url):
        return f"{base_url}/notification/unsubscribe/" + self._get_unsubscribe_token(
            partner
        )
