from datetime import timedelta

from odoo.fields import Command

from odoo.addons.tour_booking.tests.common import BookingCommon


class OfferCommon(BookingCommon):
    """Two hotels to choose from: two nights cost 10,000 in one, 14,000 in the other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_hotel = cls._create_hotel(name="Edelweiss")
        cls.other_room = cls.env["tour.room"].create(
            {"name": "Suite", "hotel_id": cls.other_hotel.id, "capacity": 2}
        )
        cls.other_rate = cls.env["tour.rate"].create(
            {
                "name": "Suite rate",
                "room_id": cls.other_room.id,
                "kind": "rack",
                "rack_price": 7000,
                "meal": "bb",
            }
        )

    @classmethod
    def _offer_stay(cls, **values):
        """Command for a stay of two nights, ten days from now."""
        return Command.create(
            {
                "service_type_id": cls.accommodation.id,
                "hotel_id": cls.hotel.id,
                "room_id": cls.room.id,
                "rate_id": cls.rate.id,
                "date_from": cls._day(10),
                "date_to": cls._day(12),
                **values,
            }
        )

    @classmethod
    def _other_stay(cls, **values):
        return cls._offer_stay(
            hotel_id=cls.other_hotel.id,
            room_id=cls.other_room.id,
            rate_id=cls.other_rate.id,
            **values,
        )

    @classmethod
    def _variant(cls, name, *services, **values):
        return Command.create({"name": name, "service_ids": list(services), **values})

    @classmethod
    def _create_offer(cls, *variants, user=None, **values):
        """An offer of the manager, of two variants unless some are given."""
        return (
            cls.env["tour.offer"]
            .with_user(user or cls.manager)
            .create(
                {
                    "partner_id": cls.client_company.id,
                    "valid_until": cls._day(5),
                    "variant_ids": list(variants)
                    or [
                        cls._variant("Simple", cls._offer_stay()),
                        cls._variant("Fine", cls._other_stay(), is_recommended=True),
                    ],
                    **values,
                }
            )
            .with_user(cls.env.user)
        )

    @classmethod
    def _mark_sent(cls, offer):
        """Send it without a mail."""
        offer._move_to("sent")
        return offer

    @classmethod
    def _lapse(cls, offer):
        """Let its last day be over, as if time had passed."""
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE tour_offer SET valid_until = %s WHERE id = %s",
            (cls.today - timedelta(days=2), offer.id),
        )
        offer.invalidate_recordset()
        return offer

    @classmethod
    def _get_token(cls, offer):
        return cls.env["tour.offer.link"]._make(offer).rpartition("/")[2]
