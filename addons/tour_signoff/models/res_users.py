from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _is_tour_signer(self):
        """Whether the user may sign statements of the client that he is of.

        A curator, or he who is the client himself.
        """
        self.ensure_one()
        client = self.commercial_partner_id
        return bool(
            self._is_portal()
            # In sudo: whether his company is a client of ours.
            and client.sudo().is_tour_client
            and client._may_client_see_statement(self)
        )
