from odoo import api, fields, models


class TourUsageText(models.Model):
    """A usage agreement in one language."""

    _name = "tour.usage.text"
    _description = "Text of a Usage Agreement"
    _order = "agreement_id, lang"
    _rec_name = "lang"

    agreement_id = fields.Many2one(
        comodel_name="tour.usage.agreement",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="agreement_id.company_id", store=True)
    lang = fields.Selection(
        selection="_get_lang_selection",
        string="Language",
        required=True,
        default=lambda self: self.env.lang,
    )
    # Attributes would let styles in, which cover the buttons of the page.
    body = fields.Html(string="Text", sanitize_attributes=True, sanitize_style=True)

    _lang_uniq = models.UniqueIndex(
        "(agreement_id, lang)", "There is a text in this language already."
    )

    @api.model
    def _get_lang_selection(self):
        return self.env["res.lang"].get_installed()

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse to add to what people have agreed to."""
        self.check_access("create")
        agreements = self.env["tour.usage.agreement"]
        for vals in vals_list:
            agreements |= agreements.browse(vals.get("agreement_id")).exists()
        agreements._check_draft()
        texts = super().create(vals_list)
        # Whatever a default said.
        texts.agreement_id._check_draft()
        return texts

    def write(self, vals):
        self.check_access("write")
        self.agreement_id._check_draft()
        result = super().write(vals)
        # It may have been put elsewhere.
        self.agreement_id._check_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self.agreement_id._check_draft()
