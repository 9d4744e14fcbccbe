"""Offers: what is offered to whom, until when; and what of it may still be changed."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools.misc import format_date

from odoo.addons.base.models.res_partner import _lang_get
from odoo.addons.tour_partner.defaults import without_defaults

from ..offer_states import MOVER, OPEN, STATES

VALID_DAYS = 7
# What the client was sent; frozen with the status.
CONTENT = {
    "company_id",
    "lang",
    "name",
    "partner_id",
    "pricelist_id",
    "terms",
    "variant_ids",
}
# Written by the mover only.
MOVED = {
    "accepted_variant_id",
    "answer_name",
    "answer_reason",
    "answered_on",
    "revises_id",
    "seen_on",
    "sent_on",
    "state",
}


class TourOffer(models.Model):
    _name = "tour.offer"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Offer"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(string="Number", readonly=True, copy=False, index="trigram")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    contact_id = fields.Many2one(
        "res.partner",
        string="Contact",
        index="btree_not_null",
        domain="[('id', 'child_of', partner_id)]",
        help="Who gets the mail; empty: the client's own address.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Manager",
        index=True,
        tracking=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
    )
    pricelist_id = fields.Many2one(
        "product.pricelist",
        string="Currency and prices",
        compute="_compute_pricelist_id",
        store=True,
        precompute=True,
        readonly=False,
        check_company=True,
    )
    currency_id = fields.Many2one(
        "res.currency", compute="_compute_currency_id", store=True, precompute=True
    )
    lang = fields.Selection(
        _lang_get,
        string="Language",
        compute="_compute_lang",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    valid_until = fields.Date(
        required=True,
        copy=False,
        tracking=True,
        default=lambda self: fields.Date.context_today(self)
        + timedelta(days=VALID_DAYS),
        help="The last day on which the client may accept, at these prices.",
    )
    terms = fields.Html(help="Shown to the client, and taken over into the booking.")
    internal_note = fields.Text(string="Notes", help="Staff only.", copy=False)
    variant_ids = fields.One2many(
        "tour.offer.variant", "offer_id", string="Variants", copy=True
    )
    variant_count = fields.Integer(
        string="Number of variants", compute="_compute_amounts", store=True
    )
    # Life.
    state = fields.Selection(
        STATES,
        string="Status",
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        index=True,
        tracking=True,
    )
    sent_on = fields.Datetime(readonly=True, copy=False)
    seen_on = fields.Datetime(readonly=True, copy=False)
    answered_on = fields.Datetime(readonly=True, copy=False)
    answer_name = fields.Char(string="Answered by", readonly=True, copy=False)
    answer_reason = fields.Text(string="Reason", readonly=True, copy=False)
    accepted_variant_id = fields.Many2one(
        "tour.offer.variant",
        string="Accepted variant",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    order_ids = fields.One2many("sale.order", "offer_id", string="Booking")
    # Revisions.
    revises_id = fields.Many2one(
        "tour.offer",
        string="Revises",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    revision_ids = fields.One2many("tour.offer", "revises_id", string="Revisions")
    # For lists and reports.
    amount_total = fields.Monetary(
        string="Price",
        compute="_compute_amounts",
        store=True,
        help="Of the accepted variant; before: of the recommended or first one.",
    )
    margin_total = fields.Monetary(
        string="Margin", compute="_compute_amounts", store=True
    )
    conversion = fields.Float(
        string="Accepted, %",
        compute="_compute_conversion",
        store=True,
        aggregator="avg",
        help="100 for an accepted offer, 0 for a lost one.",
    )

    _name_uniq = models.UniqueIndex(
        "(company_id, name)", "There is an offer of this number already."
    )
    # The cron looks for what the client may still accept.
    _open_until = models.Index("(valid_until) WHERE state IN ('sent', 'seen')")
    _booked = models.Constraint(
        "CHECK(state != 'accepted' OR accepted_variant_id IS NOT NULL)",
        "An accepted offer has the variant that was accepted.",
    )

    # === Computes === #

    @api.depends("partner_id", "company_id")
    def _compute_pricelist_id(self):
        for offer in self:
            client = offer.partner_id.with_company(offer.company_id)
            offer.pricelist_id = client.property_product_pricelist

    @api.depends("pricelist_id", "company_id")
    def _compute_currency_id(self):
        for offer in self:
            currency = offer.pricelist_id.currency_id
            offer.currency_id = currency or offer.company_id.currency_id

    @api.depends("partner_id", "contact_id")
    def _compute_lang(self):
        for offer in self:
            lang = offer.contact_id.lang or offer.partner_id.lang
            offer.lang = lang or offer.lang or self.env.lang or "en_US"

    @api.depends(
        "accepted_variant_id",
        "variant_ids.amount_total",
        "variant_ids.is_recommended",
        "variant_ids.margin_total",
        "variant_ids.sequence",
    )
    def _compute_amounts(self):
        for offer in self:
            variant = offer._get_main_variant()
            offer.amount_total = variant.amount_total
            offer.margin_total = variant.margin_total
            offer.variant_count = len(offer.variant_ids)

    @api.depends("state")
    def _compute_conversion(self):
        for offer in self:
            offer.conversion = 100.0 if offer.state == "accepted" else 0.0

    def _get_main_variant(self):
        self.ensure_one()
        recommended = self.variant_ids.filtered("is_recommended")
        return self.accepted_variant_id or recommended[:1] or self.variant_ids[:1]

    # === Checks === #

    @api.constrains("contact_id", "partner_id")
    def _check_contact(self):
        for offer in self:
            client = offer.partner_id.commercial_partner_id
            contact = offer.contact_id
            if contact and contact.commercial_partner_id != client:
                raise ValidationError(
                    self.env._(
                        "%(contact)s does not belong to %(client)s.",
                        contact=contact.display_name,
                        client=client.name,
                    )
                )

    @api.model
    def _is_mover(self):
        return self.env.context.get("tour_offer_mover") is MOVER

    def _check_draft(self):
        """Refuse to change what was sent: the client holds us to it."""
        sent = self.filtered(lambda offer: offer.state != "draft")
        if sent and not self._is_mover():
            raise UserError(
                self.env._(
                    "%(offers)s: what the client was sent cannot be changed. Revise "
                    "the offer: that makes a new draft of it.",
                    offers=", ".join(sent.mapped("name")),
                )
            )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_mover():
            self = without_defaults(self, MOVED.__contains__)
        for vals in vals_list:
            given = {name for name in MOVED if vals.get(name)} - {"state"}
            if vals.get("state", "draft") != "draft" or (
                given and not self._is_mover()
            ):
                raise AccessError(self._get_moved_message())
            if not vals.get("name"):
                company = self.env["res.company"].browse(vals.get("company_id"))
                sequence = self.env["ir.sequence"].with_company(
                    company or self.env.company
                )
                vals["name"] = sequence.next_by_code("tour.offer")
        return super().create(vals_list)

    def write(self, vals):
        if not self._is_mover():
            if vals.keys() & MOVED:
                raise AccessError(self._get_moved_message())
            if vals.keys() & CONTENT:
                self._check_draft()
            if "valid_until" in vals:
                self._check_valid_until(fields.Date.to_date(vals["valid_until"]))
        result = super().write(vals)
        if vals.keys() & {"partner_id", "pricelist_id", "company_id"}:
            # Taxes and currency follow from these.
            self.variant_ids.service_ids._update_prices()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        sent = self.filtered(lambda offer: offer.sent_on)
        if sent:
            raise UserError(
                self.env._(
                    "Only drafts can be deleted. Cancel %(offers)s instead.",
                    offers=", ".join(sent.mapped("name")),
                )
            )

    @api.model
    def _get_moved_message(self):
        return self.env._(
            "The status of an offer, and its answer, are not written but follow from "
            "its moves. Use the buttons of the offer."
        )

    def _check_valid_until(self, date):
        """An offer that was sent may be kept open longer, never shorter."""
        for offer in self.filtered(lambda offer: offer.state != "draft"):
            if offer.state not in OPEN or not date or date < offer.valid_until:
                raise UserError(
                    self.env._(
                        "%(offer)s was sent with the promise to hold until %(date)s: "
                        "while the client may answer, that day can be put off.",
                        offer=offer.name,
                        date=format_date(self.env, offer.valid_until),
                    )
                )
            offer._check_before_services(date)

    def _check_before_services(self, date):
        starts = self.variant_ids.service_ids.filtered("date_from").mapped("date_from")
        if starts and date > min(starts):
            raise UserError(
                self.env._(
                    "%(offer)s would be valid until %(date)s, but its first service "
                    "begins on %(start)s. Choose an earlier day.",
                    offer=self.name,
                    date=format_date(self.env, date),
                    start=format_date(self.env, min(starts)),
                )
            )

    # === Actions === #

    def action_add_variant(self):
        """Add an empty variant, or a copy of the last one, and open it."""
        self.ensure_one()
        self._check_draft()
        number = len(self.variant_ids) + 1
        variant = self.env["tour.offer.variant"].create(
            {
                "offer_id": self.id,
                "name": self.env._("Variant %(number)s", number=number),
                "sequence": max(self.variant_ids.mapped("sequence"), default=0) + 10,
            }
        )
        return variant.action_open()

    def action_recompute_prices(self):
        """Take the prices of today, except for what was typed."""
        self._check_draft()
        self.variant_ids.service_ids._update_prices()
        return True

    def action_revise(self):
        """Open a new draft of an offer that was sent, which replaces it when sent."""
        self.ensure_one()
        self.check_access("write")
        if self.state in ("draft", "accepted"):
            raise UserError(
                self.env._(
                    "%(offer)s cannot be revised: change the draft itself, or the "
                    "booking that it became.",
                    offer=self.name,
                )
            )
        drafts = self.revision_ids.filtered(lambda offer: offer.state == "draft")
        if drafts:
            return drafts[0].get_formview_action()
        first = self
        while first.revises_id:
            first = first.revises_id
        number = self.name.removeprefix(first.name).lstrip("/") or "1"
        revision = self.with_context(tour_offer_mover=MOVER).copy(
            {"revises_id": self.id, "name": f"{first.name}/{int(number) + 1}"}
        )
        return revision.with_context(tour_offer_mover=None).get_formview_action()

    def action_view_booking(self):
        self.ensure_one()
        return self.order_ids[:1].get_formview_action()
