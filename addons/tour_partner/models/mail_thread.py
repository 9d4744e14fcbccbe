from odoo import api, models

# Both are searched past the rights to messages: to ask whether a note of staff holds
# a word would be answered.
CONVERSATIONS = {"message_ids", "website_message_ids"}


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def _has_field_access(self, field, operation):
        """Clients read messages by themselves, and not through what they are about."""
        if (
            field.name in CONVERSATIONS
            and not self.env.su
            and not self.env.user._is_internal()
        ):
            return False
        return super()._has_field_access(field, operation)
