"""What accounting sees of a booking, as plain data: what a reposting compares.

Like the client's view (see `sale_order_client_view`), but with the supplier's side, and
always in the language of the company, so that views of different days and users can be
compared.
"""

from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _accounting_views(self):
        """`_accounting_view` of each booking, by its id, in a fixed number of queries.

        :rtype: dict[int, dict]
        """
        return {order.id: order._accounting_view() for order in self}

    def _accounting_view(self):
        """What accounting has to know of this booking.

        :rtype: dict
        """
        self.ensure_one()
        # In sudo: a manager may not read all of it, and what is worked out of it is
        # for accountants.
        order = self.sudo()
        order = order.with_context(lang=order.company_id.partner_id.lang)
        return {
            "number": order.name,
            "client": order.partner_id.name or "",
            "legal_entity": order.partner_invoice_id.commercial_partner_id.name or "",
            "consignee": order.consignee_id.name or "",
            "date_from": fields.Date.to_string(order.service_date_from) or None,
            "date_to": fields.Date.to_string(order.service_date_to) or None,
            "services": [line._accounting_view() for line in order._get_services()],
            "amount_untaxed": order.amount_untaxed,
            "amount_tax": order.amount_tax,
            "amount_total": order.amount_total,
            "acquiring_cost": order.acquiring_cost,
            "penalty_from": order.penalty_from or "",
            "penalty_when": order.penalty_when or "",
            "penalty_amount": order.penalty_amount,
            "nights_stayed": order.nights_stayed,
            "currency": order.currency_id.name,
        }


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _accounting_view(self):
        """What accounting has to know of this service."""
        self.ensure_one()
        return {
            "id": self.id,
            "kind": self.service_kind,
            "type": self.service_type_id.name,
            "hotel": self.hotel_id.name or "",
            "room": self.room_id.name or "",
            "rooms": self.rooms,
            "route": self.route or "",
            "text": self.service_text or "",
            "date_from": fields.Date.to_string(self.date_from) or None,
            "date_to": fields.Date.to_string(self.date_to) or None,
            "nights": self.nights,
            "guests": [
                {"id": guest.id, "last_name": guest.full_name}
                for guest in self.guest_ids
            ],
            "price_untaxed": self.price_subtotal,
            "price_tax": self.price_tax,
            "price": self.price_total,
            "taxes": self.tax_ids.mapped("name"),
            "discount_amount": self.client_discount_amount,
            "supplier": self.supplier_id.name or "",
            "settlement": self.settlement or "",
            "supplier_price": self.supplier_price_total,
            "commission_amount": self.commission_amount,
            "supplier_due": self.supplier_due,
        }
