from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .tour_notification_choice import CHOICES


class ResPartner(models.Model):
    _inherit = "res.partner"

    tour_notification_choices = fields.Json(
        string="Notification Choices",
        compute="_compute_tour_notification_choices",
        inverse="_inverse_tour_notification_choices",
        groups="base.group_user",
        help="One row per category that concerns the person or company, with the "
        "choice made, and what counts when none is made.",
    )

    @api.depends_context("lang")
    @api.depends("partner_share", "commercial_partner_id", "parent_id")
    def _compute_tour_notification_choices(self):
        Category = self.env["tour.notification.category"]
        categories = {
            share: Category.search(Category._get_domain_for(partners[:1]))
            for share, partners in self.grouped("partner_share").items()
        }
        partners = self._origin | self.commercial_partner_id._origin
        choices = Category.union(*categories.values())._get_choices(partners)
        for partner in self:
            partner.tour_notification_choices = [
                partner._prepare_notification_choice(category, choices)
                for category in categories[partner.partner_share]
            ]

    def _prepare_notification_choice(self, category, choices):
        company = self.commercial_partner_id._origin
        of_company = company != self._origin and choices.get((company.id, category.id))
        default = "send" if category.default_send else "dont_send"
        return {
            "category_id": category.id,
            "name": category.name,
            "description": category.description or "",
            "choice": choices.get((self._origin.id, category.id), False),
            "fallback": of_company or default,
            "fallback_from": "company" if of_company else "default",
        }

    def _inverse_tour_notification_choices(self):
        for partner in self:
            choices = partner._check_notification_choices()
            if choices:
                self.env["tour.notification.category"]._set_choices(partner, choices)

    def _check_notification_choices(self):
        """Return {category id: choice} of the value written, or raise."""
        rows = self.tour_notification_choices or []
        allowed = {False, None, *(choice for choice, _label in CHOICES)}
        Category = self.env["tour.notification.category"]
        known = set(Category.search(Category._get_domain_for(self)).ids)
        try:
            choices = {row["category_id"]: row.get("choice") for row in rows}
            valid = known.issuperset(choices) and allowed.issuperset(choices.values())
        except (AttributeError, KeyError, TypeError):
            valid = False
        if not valid:
            raise ValidationError(
                self.env._(
                    "The notification choices of %(partner)s are not valid.",
                    partner=self.display_name,
                )
            )
        return choices
