from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize


class TourLinkMake(models.TransientModel):
    """Asks for whom a private link is, and gives it to him.

    The address itself is never stored, here neither: it is shown, or sent.
    """

    _name = "tour.link.make"
    _description = "Make a private link"

    order_id = fields.Many2one(
        comodel_name="sale.order", string="Booking", required=True, ondelete="cascade"
    )
    line_id = fields.Many2one(
        comodel_name="sale.order.line",
        string="Service",
        domain="[('order_id', '=', order_id), ('service_type_id', '!=', False)]",
        help="Whose guests are asked; all of the booking when it is empty.",
    )
    days = fields.Integer(
        string="Works for (days)",
        compute="_compute_days",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    email = fields.Char(
        string="Send to",
        compute="_compute_email",
        store=True,
        readonly=False,
        precompute=True,
        help="The guest, or who passes it on to the guests.",
    )
    lang = fields.Selection(
        selection="_selection_lang",
        string="Language of the mail",
        compute="_compute_lang",
        store=True,
        readonly=False,
        precompute=True,
    )

    def _selection_lang(self):
        return self.env["res.lang"].get_installed()

    @api.depends("order_id")
    def _compute_days(self):
        for wizard in self:
            # In sudo: a setting of the company.
            wizard.days = wizard.order_id.company_id.sudo().tour_guest_link_days

    @api.depends("order_id")
    def _compute_email(self):
        for wizard in self:
            order = wizard.order_id
            wizard.email = order and order._get_client_recipients().email

    @api.depends("order_id")
    def _compute_lang(self):
        installed = {code for code, _name in self._selection_lang()}
        for wizard in self:
            order = wizard.order_id
            lang = order and order._get_client_recipients().lang
            wizard.lang = lang if lang in installed else self.env.lang

    def action_show(self):
        """Make a link and show it, this once."""
        link, url = self._make_link(self.env.user.name)
        link._note_given(self.env.user.name)
        return link._show(url, link)

    def action_send(self):
        """Make a link and send it."""
        self.ensure_one()
        email = email_normalize(self.email or "")
        if not email:
            raise UserError(
                self.env._("Enter the one e-mail address that the link is sent to.")
            )
        link, url = self._make_link(email)
        link._send_to_guests(url, email)
        return {"type": "ir.actions.act_window_close"}

    def _make_link(self, recipient):
        self.ensure_one()
        if self.line_id and self.line_id.order_id != self.order_id:
            raise UserError(self.env._("The service is not one of this booking."))
        guests = (self.line_id or self.order_id.order_line).guest_ids
        if not guests:
            raise UserError(
                self.env._("There are no guests yet. Enter their names first.")
            )
        return self.env["tour.link"]._make(
            self.order_id,
            "guests",
            self.days,
            line_id=self.line_id.id,
            recipient=recipient,
            lang=self.lang,
        )
