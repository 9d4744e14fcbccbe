"""Bookings in the contact log: their conversations, and entries made from them."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from .res_partner_booking import BOOKING_GROUPS


class TourContact(models.Model):
    _inherit = "tour.contact"

    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        ondelete="set null",
        index="btree_not_null",
        check_company=True,
        domain="[('is_tour_booking', '=', True),"
        " ('partner_id', 'child_of', client_id)]",
    )

    @api.constrains("order_id", "partner_id")
    def _check_order(self):
        for contact in self:
            order = contact.order_id
            client = order.partner_id.commercial_partner_id
            if order and client != contact.client_id:
                raise ValidationError(
                    self.env._(
                        "%(order)s is a booking of %(client)s, not of %(other)s.",
                        order=order.name,
                        client=client.name,
                        other=contact.client_id.name,
                    )
                )


class TourContactReport(models.Model):
    _inherit = "tour.contact.report"

    @api.model
    def _get_thread_sources(self):
        """Add the conversations of bookings."""
        return {
            **super()._get_thread_sources(),
            "sale.order": SQL(
                """
                SELECT booking.id AS res_id,
                       client.commercial_partner_id AS client_id,
                       booking.user_id AS responsible_id,
                       booking.user_id AS owner_id,
                       booking.company_id AS company_id
                  FROM sale_order booking
                  JOIN res_partner client ON client.id = booking.partner_id
                 WHERE booking.is_tour_booking
                """
            ),
        }

    @api.model
    def _get_entry_columns(self):
        """An entry about a booking is for those who may see the booking."""
        return {
            "join": SQL("LEFT JOIN sale_order booking ON booking.id = entry.order_id"),
            "owner": SQL("booking.user_id"),
            "model": SQL(
                "(CASE WHEN booking.id IS NULL"
                " THEN 'tour.contact' ELSE 'sale.order' END)"
            ),
            "res_id": SQL("COALESCE(booking.id, entry.id)"),
        }


class SaleOrder(models.Model):
    _inherit = "sale.order"

    contact_count = fields.Integer(
        string="Number of contacts",
        compute="_compute_contact_count",
        groups=BOOKING_GROUPS,
    )

    def _compute_contact_count(self):
        counts = dict(
            self.env["tour.contact.report"]._read_group(
                self._get_contact_domain(), ["res_id"], ["__count"]
            )
        )
        for order in self:
            order.contact_count = counts.get(order.id, 0)

    def _get_contact_domain(self):
        return [("res_model", "=", "sale.order"), ("res_id", "in", self.ids)]

    def action_view_contacts(self):
        """Open the contact log of the booking."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_partner.tour_contact_report_action"
        )
        action["domain"] = self._get_contact_domain()
        action["context"] = self._get_contact_defaults()
        return action

    def action_log_contact(self):
        """Open an entry of the contact log about this booking, ready to be saved."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_partner.tour_contact_action_log"
        )
        action["context"] = self._get_contact_defaults()
        return action

    def _get_contact_defaults(self):
        person = self.client_user_id.partner_id
        client = self.partner_id.commercial_partner_id
        if person.commercial_partner_id != client:
            person = person.browse()
        return {
            "default_order_id": self.id,
            "default_partner_id": client.id,
            "default_person_id": person.id,
        }
