from odoo import fields, models


class TourOfferMove(models.TransientModel):
    """Asks for the reason of a move of an offer."""

    _name = "tour.offer.move"
    _description = "Change of an Offer's Status"

    offer_id = fields.Many2one("tour.offer", required=True, ondelete="cascade")
    state = fields.Selection(
        [("declined", "Declined by the client"), ("cancelled", "Cancel")],
        string="What",
        required=True,
    )
    reason = fields.Text(required=True, help="Kept with the offer, for staff.")

    def action_apply(self):
        self.ensure_one()
        self.offer_id.action_move_to(self.state, self.reason)
        return {"type": "ir.actions.act_window_close"}


class TourOfferCopyLink(models.TransientModel):
    """Shows a link once, to be copied; it is not saved."""

    _name = "tour.offer.copy.link"
    _description = "Link to an Offer, to be Copied"

    url = fields.Char(string="Link", store=False)
