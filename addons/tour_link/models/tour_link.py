from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.tour_booking.booking_states import MANAGER

from .. import tokens

# Groups of fields that nobody reads or writes but in sudo; the ORM knows it so.
NO_ACCESS = "."
# A link in a mail that must not be kept there; see `tour.document`.
PLACEHOLDER = "/tour/link/new"
MAX_DAYS = 180


class TourLink(models.Model):
    """A way to one page without login, for guests or a supplier of one booking.

    The token is known to who was given it only: a hash of it is stored. A link is
    made by `_make`, ends by its date or by `action_revoke`, and is never changed.
    """

    _name = "tour.link"
    _description = "Private link"
    _order = "id desc"

    kind = fields.Selection(
        selection=[("guests", "Guests' data"), ("supplier", "Supplier's answer")],
        required=True,
        readonly=True,
    )
    # The hash is of no use to anybody, but nobody's business either.
    token_hash = fields.Char(required=True, readonly=True, groups=NO_ACCESS)
    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    line_id = fields.Many2one(
        comodel_name="sale.order.line",
        string="Service",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        help="Whose guests are asked; all of the booking when it is empty.",
    )
    document_id = fields.Many2one(
        comodel_name="tour.document",
        string="Request",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    recipient = fields.Char(
        string="Given to", readonly=True, help="Whom it was sent to, or who asked."
    )
    lang = fields.Char(string="Language code", readonly=True)
    lang_name = fields.Char(string="Language", compute="_compute_lang_name")
    content_hash = fields.Char(
        readonly=True, groups=NO_ACCESS, help="Of what the supplier was asked."
    )
    expires_on = fields.Datetime(string="Works until", required=True, readonly=True)
    revoked_on = fields.Datetime(readonly=True)
    revoked_by_id = fields.Many2one(comodel_name="res.users", readonly=True)
    state = fields.Selection(
        selection=[
            ("active", "Works"),
            ("expired", "Expired"),
            ("revoked", "Revoked"),
        ],
        compute="_compute_state",
        search="_search_state",
    )
    use_ids = fields.One2many(
        comodel_name="tour.link.use", inverse_name="link_id", string="Uses"
    )
    use_count = fields.Integer(compute="_compute_uses", string="Number of uses")
    last_used_on = fields.Datetime(compute="_compute_uses")

    _token_unique = models.UniqueIndex("(token_hash)")
    _supplier_has_request = models.Constraint(
        "CHECK(kind != 'supplier' OR document_id IS NOT NULL)",
        "A supplier's link is of a request.",
    )

    # === Computes === #

    @api.depends("lang")
    def _compute_lang_name(self):
        for link in self:
            link.lang_name = self.env["res.lang"]._get_data(code=link.lang).name

    @api.depends("kind", "order_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for link in self:
            # In sudo: the number of the booking, for who sees the link.
            link.display_name = f"{kinds[link.kind]}, {link.sudo().order_id.name}"

    @api.depends("expires_on", "revoked_on")
    def _compute_state(self):
        now = fields.Datetime.now()
        for link in self:
            if link.revoked_on:
                link.state = "revoked"
            else:
                link.state = "active" if link.expires_on > now else "expired"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        domains = {
            "revoked": [("revoked_on", "!=", False)],
            "active": [("revoked_on", "=", False), ("expires_on", ">", now)],
            "expired": [("revoked_on", "=", False), ("expires_on", "<=", now)],
        }
        return fields.Domain.OR(domains[state] for state in value if state in domains)

    @api.depends("use_ids")
    def _compute_uses(self):
        groups = self.env["tour.link.use"]._read_group(
            [("link_id", "in", self.ids)], ["link_id"], ["__count", "date:max"]
        )
        uses = {link: (count, last) for link, count, last in groups}
        for link in self:
            link.use_count, link.last_used_on = uses.get(link, (0, False))

    # === Making and ending === #

    @api.model
    def _make(self, order, kind, days, **values):
        """Make a link of a booking, as a manager who may change it.

        :return: the link, and its address: the only time that it is known
        """
        order.ensure_one()
        order.check_access("write")
        if not self.env.su and not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Private links are made by managers."))
        if not isinstance(days, int) or not 0 < days <= MAX_DAYS:
            raise UserError(
                self.env._(
                    "A private link works for 1 to %(days)s days.", days=MAX_DAYS
                )
            )
        token = tokens.make()
        # In sudo: links are made here only, and nobody has the right to write one.
        link = self.sudo().create(
            {
                "kind": kind,
                "order_id": order.id,
                "token_hash": tokens.digest(token),
                "expires_on": fields.Datetime.now() + timedelta(days=days),
                **values,
            }
        )
        return link.sudo(False), f"{order.get_base_url()}/tour/link/{token}"

    @api.model
    def _find(self, token):
        """The link of the token in sudo, empty unless it works.

        What was never there, has expired and was revoked is answered alike.
        """
        # In sudo: the token is the right, the visitor is nobody.
        links = self.sudo()
        if not tokens.is_wellformed(token):
            return links
        link = links.search([("token_hash", "=", tokens.digest(token))])
        return link.filtered(lambda link: link.state == "active")

    def action_revoke(self):
        """End the links at once."""
        # In sudo: who may change the booking may end its links.
        links = self.sudo()
        if not self.env.su:
            self.check_access("read")
            if not self.order_id.has_access("write"):
                raise AccessError(
                    self.env._("Only who may change the booking ends its links.")
                )
        links.filtered(lambda link: not link.revoked_on).write(
            {"revoked_on": fields.Datetime.now(), "revoked_by_id": self.env.uid}
        )
        return True

    @api.model
    def _show(self, url, link):
        """A dialog that shows the address, this once."""
        return {
            "type": "ir.actions.client",
            "tag": "tour_link_show",
            "params": {
                "url": url,
                "until": fields.Datetime.to_string(link.expires_on),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # === Language === #

    def _get_lang(self, wanted):
        """The language of the page: what the reader's browser asks for, if we have
        it, else the one he was written to in.

        :param list wanted: codes of languages as browsers send them, best first
        """
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        for code in wanted:
            code = code.replace("-", "_")
            for known in installed:
                if known == code or known.split("_")[0] == code.split("_")[0].lower():
                    return known
        # In sudo: the company's language is no secret.
        known = (self.lang, self.sudo().company_id.partner_id.lang, self.env.lang)
        return next((code for code in known if code in installed), "en_US")
