from odoo import models


class MailMessage(models.Model):
    _inherit = "mail.message"

    # The contact log shows the newest of what people wrote first.
    _tour_contact_date = models.Index(
        "(date DESC) WHERE message_type IN ('email', 'comment')"
    )
