"""What a client sees of his booking, as plain data: one value for all who show it.

The portal, papers, the API and the diff of changes take it from here, so that what is
not in here cannot leak. Plain means: dict, list, str, number, bool or None, which JSON
can hold; dates are ISO strings, hours local to the hotel.
"""

from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _client_views(self):
        """`_client_view` of each booking, by its id, in a fixed number of queries.

        :rtype: dict[int, dict]
        """
        # In sudo: as for one.
        grouped = self.sudo().filtered("company_group_id")
        grouped.order_line.guest_ids.fetch(["guest_properties"])
        return {order.id: order._client_view() for order in self}

    def _client_view(self):
        """Exactly what the client may see of this booking.

        Wording is in the language of the environment.

        :rtype: dict
        """
        self.ensure_one()
        # In sudo: a client may read neither companies nor hotels; what he gets is
        # what is named here.
        order = self.sudo()
        wordings = self.env["tour.booking.status"]._get_wordings(self.env.lang)
        wording = wordings.get(order.booking_state)
        return {
            "number": order.name,
            "status": wording.client_name if wording else "",
            "status_color": wording.client_color if wording else 0,
            "reference": order.client_order_ref or "",
            "client": order.partner_id.name or "",
            "consignee": order.consignee_id.name or "",
            "ordered_by": order.client_user_id.name or "",
            "manager": order.user_id.name or "",
            "created_on": fields.Date.to_string(order.create_date),
            "date_from": fields.Date.to_string(order.service_date_from) or None,
            "date_to": fields.Date.to_string(order.service_date_to) or None,
            "services": [line._client_view() for line in order._get_services()],
            "amount_untaxed": order.amount_untaxed,
            "amount_tax": order.amount_tax,
            "amount_total": order.amount_total,
            "currency": order.currency_id.name,
            "terms": order.note and str(order.note) or "",
        }


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _client_view(self):
        """Exactly what the client may see of this service."""
        self.ensure_one()
        kind = self.service_kind
        view = {
            "id": self.id,
            "kind": kind,
            "type": self.service_type_id.name,
            "text": self.service_text or "",
            "date_from": fields.Date.to_string(self.date_from) or None,
            "hour_from": self.hour_from,
            "date_to": fields.Date.to_string(self.date_to) or None,
            "hour_to": self.hour_to,
            "price": self.price_total,
            "guests": [guest._client_view() for guest in self.guest_ids],
        }
        if kind == "accommodation":
            view.update(self._client_view_of_stay())
        elif kind == "transfer":
            view.update(
                route=self.route or "",
                car_class=self.car_class or "",
                transport_number=self.transport_number or "",
            )
        return view

    def _client_view_of_stay(self):
        hotel = self.hotel_id
        meals = dict(self._fields["meal"]._description_selection(self.env))
        return {
            "hotel": hotel.name or "",
            "hotel_city": hotel.city_id.name or "",
            "hotel_address": ", ".join(filter(None, (hotel.zip, hotel.street))),
            "hotel_phone": hotel.phone or "",
            "room": self.room_id.name or "",
            "rooms": self.rooms,
            "meal": meals.get(self.meal, ""),
            "nights": self.nights,
            "early_arrival": self.early_arrival,
            "late_departure": self.late_departure,
            "confirmation_number": self.confirmation_number or "",
        }


class TourGuest(models.Model):
    _inherit = "tour.guest"

    def _client_view(self):
        """What the client may see of a guest: all that he told us."""
        self.ensure_one()
        return {
            "id": self.id,
            "last_name": self.last_name,
            "first_name": self.first_name or "",
            "middle_name": self.middle_name or "",
            "type": self.guest_type,
            "age": self.age or None,
            **self._client_view_of_identity(),
            "nationality": self.nationality_id.name or "",
            "extra": self._client_view_of_extra(),
        }

    def _client_view_of_identity(self):
        """Birth date and document.

        With ``tour_booking_view_kept`` in the context the view will be stored, to be
        compared later on: override to give marks then that tell them apart.
        """
        return {
            "birth_date": fields.Date.to_string(self.birth_date) or None,
            "document": self.document_number or "",
        }

    def _client_view_of_extra(self):
        """Values of the extra fields of the group of companies, by name."""
        if not self.company_group_id:
            return {}
        return {
            field["string"]: self._get_property_text(field)
            for field in self.read(["guest_properties"])[0]["guest_properties"]
        }

    def _get_property_text(self, field):
        """The value of an extra field as text, as it is shown."""
        value = field.get("value")
        if field["type"] == "boolean":
            return bool(value)
        if not value and value != 0:
            return ""
        if field["type"] == "selection":
            return dict(map(tuple, field.get("selection") or ())).get(value, "")
        if field["type"] == "tags":
            names = {tag[0]: tag[1] for tag in field.get("tags") or ()}
            return ", ".join(names.get(tag, "") for tag in value)
        if field["type"] == "many2one":
            return value[1] or ""
        if field["type"] == "many2many":
            return ", ".join(record[1] or "" for record in value)
        return value if isinstance(value, int | float) else str(value)
