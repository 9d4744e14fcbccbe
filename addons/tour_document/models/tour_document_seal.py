import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .. import seals


class TourDocumentSeal(models.Model):
    """The picture of a signature or of the stamp of one of our companies.

    Worth stealing: only who answers for the papers may see it. Everybody's papers are
    drawn with it, by `res.company._get_paper_seals`.
    """

    _name = "tour.document.seal"
    _description = "Signature or Stamp"
    _order = "company_id, id"
    _rec_name = "role"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    role = fields.Selection(
        selection=[
            ("signatory", "Signature of the director"),
            ("accountant", "Signature of the chief accountant"),
            ("stamp", "Stamp"),
        ],
        string="Picture of",
        required=True,
        default="signatory",
    )
    image = fields.Binary(
        string="Picture",
        attachment=True,
        required=True,
        help="PNG with a transparent background, at most 300 KB and 1600 pixels.",
    )

    _role_unique = models.Constraint(
        "UNIQUE(company_id, role)", "The company has this picture already: replace it."
    )

    # The role is always given, so that a missing picture is seen as well.
    @api.constrains("image", "role")
    def _check_image(self):
        reasons = {
            "format": self.env._("it is no PNG"),
            "large": self.env._("it has more than 300 KB or 1600 pixels"),
            "opaque": self.env._("its background is not transparent"),
        }
        # Asked for its size only, a client gets no picture.
        for seal in self.with_context(bin_size=False):
            try:
                seals.check_seal(base64.b64decode(seal.image or b""))
            except (seals.SealError, binascii.Error) as error:
                reason = reasons.get(str(error), reasons["format"])
                raise ValidationError(
                    self.env._(
                        "The picture can't be laid over a paper: %(reason)s.",
                        reason=reason,
                    )
                ) from error


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_paper_seals(self):
        """Signatures and stamp as addresses of data, by whose they are."""
        self.ensure_one()
        # In sudo: papers have the signature, whoever draws them; see `is_sealed`.
        seals_sudo = self.env["tour.document.seal"].sudo().with_context(bin_size=False)
        return {
            seal.role: f"data:image/png;base64,{seal.image.decode()}"
            for seal in seals_sudo.search([("company_id", "=", self.id)])
        }


class TourDocumentTemplate(models.Model):
    _inherit = "tour.document.template"

    is_sealed = fields.Boolean(
        string="With signature and stamp",
        help="The pictures of signatures and stamp are laid over the signature lines.",
    )


class TourDocument(models.Model):
    _inherit = "tour.document"

    is_sealed = fields.Boolean(
        string="With signature and stamp",
        compute="_compute_is_sealed",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="Only where the template wants it; here it can be left out.",
    )
    may_be_sealed = fields.Boolean(
        related="template_id.is_sealed", string="Template has signature and stamp"
    )

    @api.depends("template_id")
    def _compute_is_sealed(self):
        for document in self:
            document.is_sealed = document.template_id.is_sealed

    @api.constrains("is_sealed", "template_id")
    def _check_is_sealed(self):
        for document in self:
            if document.is_sealed and not document.template_id.is_sealed:
                raise ValidationError(
                    self.env._(
                        "“%(template)s” has no signature and stamp: choose a template "
                        "that has them.",
                        template=document.template_id.name,
                    )
                )

    def _get_facts(self):
        """Add the pictures where template and document want them."""
        facts = super()._get_facts()
        if self.is_sealed and self.template_id.is_sealed:
            facts["seals"] = self.order_id.company_id._get_paper_seals()
        return facts
