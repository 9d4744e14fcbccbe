"""Contracts and contacts of a client, as the buttons of its form open them."""

from odoo import fields, models

STAFF = "tour_partner.tour_group_staff"
# Who talks to clients, and so sees the log.
SEES_CONTACTS = (
    "tour_partner.tour_group_manager_own,tour_partner.tour_group_accountant,"
    "tour_partner.tour_group_director"
)


class ResPartner(models.Model):
    _inherit = "res.partner"

    contract_count = fields.Integer(
        string="Number of contracts",
        compute="_compute_contract_count",
        groups=SEES_CONTACTS,
    )
    contact_count = fields.Integer(
        string="Number of contacts",
        compute="_compute_contact_count",
        groups=SEES_CONTACTS,
    )

    def _compute_contract_count(self):
        counts = dict(
            self.env["tour.contract"]._read_group(
                [("partner_id", "in", self.commercial_partner_id.ids)],
                ["partner_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.contract_count = counts.get(partner.commercial_partner_id, 0)

    def _compute_contact_count(self):
        counts = dict(
            self.env["tour.contact.report"]._read_group(
                [("client_id", "in", self.commercial_partner_id.ids)],
                ["client_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.contact_count = counts.get(partner.commercial_partner_id, 0)

    def action_view_contracts(self):
        self.ensure_one()
        action = self._get_tour_action("tour_contract_action")
        client = self.commercial_partner_id
        action["domain"] = [("partner_id", "=", client.id)]
        action["context"] = {"default_partner_id": client.id}
        return action

    def action_view_contacts(self):
        self.ensure_one()
        action = self._get_tour_action("tour_contact_report_action")
        client = self.commercial_partner_id
        action["domain"] = [("client_id", "=", client.id)]
        action["context"] = {"default_partner_id": client.id}
        return action

    def action_log_contact(self):
        """Open an entry of the contact log for this client, ready to be saved."""
        self.ensure_one()
        action = self._get_tour_action("tour_contact_action_log")
        client = self.commercial_partner_id
        action["context"] = {
            "default_partner_id": client.id,
            "default_person_id": self.id if self != client else False,
        }
        return action
