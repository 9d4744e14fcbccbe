"""A booking that goes over to another client takes nothing of the old one along."""

from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def write(self, vals):
        changing = self._get_changing_client(vals)
        if not changing:
            return super().write(vals)
        before = changing._before_client_change()
        result = super().write(vals)
        changing._leave_old_client(vals)
        changing._after_client_change(before)
        return result

    def _get_changing_client(self, vals):
        """The bookings that get another client by ``vals``."""
        if "partner_id" not in vals:
            return self.browse()
        return self.filtered(
            lambda order: order.is_tour_booking
            and order.partner_id.id != vals["partner_id"]
        )

    def _leave_old_client(self, vals):
        """Part with the consignee and the user of the old client.

        The new client's only consignee is taken, or its first for the old one's.
        """
        for order in self:
            client = order.partner_id.commercial_partner_id
            changes = {}
            consignee = order.consignee_id
            if "consignee_id" not in vals and (
                not consignee or consignee.commercial_partner_id != client
            ):
                known = order.partner_id.consignee_ids or client.consignee_ids
                new = known[:1] if consignee or len(known) == 1 else known.browse()
                if new != consignee:
                    changes["consignee_id"] = new.id
            # In sudo: users of clients are for their administrators.
            user_client = order.client_user_id.sudo().commercial_partner_id
            if "client_user_id" not in vals and user_client and user_client != client:
                changes["client_user_id"] = False
            if changes:
                order.write(changes)

    # === Hooks === #

    def _before_client_change(self):
        """Hook: these bookings are about to get another client.

        Override to note what `_after_client_change` needs, under a key of your own.

        :rtype: dict
        """
        return {}

    def _after_client_change(self, before):
        """Hook: these bookings have got another client; override to follow up.

        :param dict before: what `_before_client_change` returned
        """
