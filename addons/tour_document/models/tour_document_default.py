from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

STAFF = "tour_partner.tour_group_staff"


class TourDocumentDefault(models.Model):
    """The template that a company's documents take, or those of a group's companies."""

    _name = "tour.document.default"
    _description = "Document Template of a Company"
    _order = "kind, id"
    _rec_name = "template_id"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Company",
        ondelete="cascade",
        index="btree_not_null",
    )
    company_group_id = fields.Many2one(
        comodel_name="tour.company.group",
        string="Group of companies",
        ondelete="cascade",
        index="btree_not_null",
    )
    template_id = fields.Many2one(
        comodel_name="tour.document.template", required=True, ondelete="cascade"
    )
    kind = fields.Selection(related="template_id.kind", store=True, precompute=True)
    company_id = fields.Many2one(
        related="template_id.company_id", string="Our company", store=True, index=True
    )

    _one_owner = models.Constraint(
        "CHECK(num_nonnulls(partner_id, company_group_id) = 1)",
        "A template is chosen for a company or for a group of companies.",
    )

    @api.constrains("partner_id", "company_group_id", "template_id")
    def _check_one_of_a_kind(self):
        # In sudo: another one may be of a company that the user doesn't work in.
        others = self.sudo()
        for default in self:
            twin = [
                ("id", "!=", default.id),
                ("partner_id", "=", default.partner_id.id),
                ("company_group_id", "=", default.company_group_id.id),
                ("kind", "=", default.kind),
                ("company_id", "=", default.company_id.id),
            ]
            if others.search_count(twin, limit=1):
                owner = default.partner_id or default.company_group_id
                raise ValidationError(
                    self.env._(
                        "%(owner)s has a template for this kind of document already.",
                        owner=owner.display_name,
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"partner_id", "company_group_id"}:
            # Rules are asked before; they hold for whose it has become, too.
            self.check_access("write")
        return result

    @api.model
    def _find_template(self, kind, company, partner):
        """The template of the addressee: its own, its legal entity's, its group's.

        :param company: the one of ours that the document is of
        :return: the template; empty if none was chosen
        """
        templates = self.env["tour.document.template"]
        if not partner:
            return templates
        entity = partner.commercial_partner_id
        owners = [partner, *_get_parents(partner), entity.company_group_id]
        found = self.search(
            Domain("kind", "=", kind)
            & Domain("company_id", "in", (company.id, False))
            & Domain("template_id.active", "=", True)
            & (
                Domain("partner_id", "in", [owner.id for owner in owners[:-1]])
                | Domain("company_group_id", "in", entity.company_group_id.ids)
            )
        )
        for owner in owners:
            own = found.filtered(
                lambda default, owner=owner: owner
                and owner in (default.partner_id, default.company_group_id)
            )
            if own:
                # What is of our one company goes before what is of all.
                return own.sorted(lambda default: not default.company_id)[0].template_id
        return templates


def _get_parents(partner):
    """The company of a branch, and so on up to the legal entity."""
    entity = partner.commercial_partner_id
    parents = []
    while partner and partner != entity:
        partner = partner.parent_id
        parents.append(partner)
    return parents


class TourDocumentTemplate(models.Model):
    _inherit = "tour.document.template"

    @api.model
    def _get_default(self, kind, company, partner=None):
        """Prefer the template that was chosen for the addressee."""
        chosen = partner and self.env["tour.document.default"]._find_template(
            kind, company, partner
        )
        return chosen or super()._get_default(kind, company, partner)


class ResPartner(models.Model):
    _inherit = "res.partner"

    tour_document_default_ids = fields.One2many(
        comodel_name="tour.document.default",
        inverse_name="partner_id",
        string="Document templates",
        groups=STAFF,
    )


class TourCompanyGroup(models.Model):
    _inherit = "tour.company.group"

    tour_document_default_ids = fields.One2many(
        comodel_name="tour.document.default",
        inverse_name="company_group_id",
        string="Document templates",
    )
