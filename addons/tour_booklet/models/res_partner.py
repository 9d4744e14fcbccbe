from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    tour_booklet_sending = fields.Selection(
        selection=[("auto", "By themselves"), ("hand", "By hand")],
        string="Booklets are sent",
        copy=False,
        groups="tour_partner.tour_group_staff",
        help="When a booklet is complete. Empty: as the settings say.",
    )

    def _is_booklet_auto(self, company):
        """Whether this client gets complete booklets without anybody's button."""
        # In sudo: whoever completes a booklet may not read the settings.
        own = self.sudo().commercial_partner_id.tour_booklet_sending
        return own == "auto" if own else company.sudo().tour_booklet_auto
