"""What the client answers, and the booking that an accepted offer becomes."""

from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import SQL

from ..offer_states import OPEN
from .tour_offer_service_price import LINE_INPUTS

# Of a line, what the client was shown, and what was agreed with him for it.
FROZEN = ("price_unit", "client_discount_percent", "client_discount_amount")
MAX_NAME = 200
MAX_REASON = 2000


class TourOffer(models.Model):
    _inherit = "tour.offer"

    # === The client, by his link === #

    def _accept_online(self, variant_number, name):
        """Accept a variant in the name of the client who has the link.

        :param int variant_number: its place among the variants, from 1
        :param str name: who accepts
        :return: the booking in sudo mode; the one there is if it was accepted before
        :raise UserError: if it cannot be accepted any more
        """
        self.ensure_one()
        # In sudo: who has the link may answer, and needs no rights else.
        offer_sudo = self.sudo()
        name = self._check_answer_text(name, MAX_NAME)
        if not name:
            raise UserError(self.env._("Enter your name, please."))
        offer_sudo._lock_for_answer()
        variants = offer_sudo.variant_ids
        if not 1 <= variant_number <= len(variants):
            raise UserError(self.env._("Choose one of the variants."))
        if offer_sudo.state == "accepted":
            return offer_sudo.order_ids
        order = offer_sudo._accept(variants[variant_number - 1], name)
        offer_sudo._tell_manager_of_answer()
        return order

    def _decline_online(self, reason, name=""):
        """Decline in the name of the client who has the link; twice is once."""
        self.ensure_one()
        # In sudo: as above.
        offer_sudo = self.sudo()
        reason = self._check_answer_text(reason, MAX_REASON)
        if not reason:
            raise UserError(
                self.env._("Tell us in a few words why it does not fit, please.")
            )
        offer_sudo._lock_for_answer()
        if offer_sudo.state == "declined":
            return
        offer_sudo._check_open()
        offer_sudo._move_to(
            "declined",
            reason,
            answer={"answer_name": self._check_answer_text(name, MAX_NAME)},
            by_system=True,
        )
        offer_sudo._tell_manager_of_answer()

    def _mark_seen(self):
        """The client has the page open."""
        self.ensure_one()
        offer_sudo = self.sudo()  # Whoever has the link opens it.
        if offer_sudo.state == "sent" and offer_sudo.try_lock_for_update(
            allow_referencing=True
        ):
            offer_sudo._move_to("seen", by_system=True)

    def _check_answer_text(self, text, limit):
        if not isinstance(text, str) or len(text) > limit:
            raise UserError(
                self.env._("Write %(limit)s characters at most.", limit=limit)
            )
        # The database keeps no text with this sign, which nobody types.
        return text.replace("\0", "").strip()

    # === Staff, for the client === #

    def _accept_by_staff(self, variant):
        """Accept ``variant`` as the client told us, and return the booking."""
        self.ensure_one()
        self._lock_for_answer()
        if self.state == "accepted":
            return self.order_ids
        return self._accept(variant, self.env.user.name)

    # === Accepting === #

    def _lock_for_answer(self):
        """Wait for whoever answers at the same moment, and see what he answered."""
        self.flush_recordset()
        self.env.execute_query(
            SQL("SELECT id FROM tour_offer WHERE id = %s FOR NO KEY UPDATE", self.id)
        )
        self.invalidate_recordset()

    def _check_open(self):
        if self.state not in OPEN or self._is_lapsed():
            raise UserError(
                self.env._("%(offer)s cannot be answered any more.", offer=self.name)
            )

    def _accept(self, variant, name):
        """Make the booking of ``variant``, and say that it was accepted by ``name``."""
        self._check_open()
        if variant.offer_id != self:
            raise UserError(self.env._("Choose one of the variants."))
        order = self._create_booking(variant)
        self._move_to(
            "accepted",
            answer={"accepted_variant_id": variant.id, "answer_name": name},
            by_system=True,
        )
        order._message_log(
            body=Markup("<p>%s</p>")
            % order.env._(
                "Made of the offer %(offer)s: %(variant)s, accepted by %(name)s.",
                offer=self.name,
                variant=variant.name,
                name=name,
            )
        )
        return order

    def _create_booking(self, variant):
        """The booking that ``variant`` becomes, at the price that was shown."""
        # In sudo: the client may be nobody here; staff were checked by the caller.
        orders_sudo = self.env["sale.order"].sudo().with_company(self.company_id)
        order = orders_sudo.create(self._prepare_booking_vals(variant))
        if order.currency_id.compare_amounts(
            order.amount_total, variant.amount_total
        ) or (order.currency_id != variant.currency_id):
            raise ValidationError(
                self.env._(
                    "%(offer)s cannot be booked at the price that was offered. Ask "
                    "your manager.",
                    offer=self.name,
                )
            )
        return order.sudo(self.env.su)

    def _prepare_booking_vals(self, variant):
        """Values of the booking of ``variant``; override to hand over more."""
        user = self.contact_id.user_ids.filtered("share")[:1]
        return {
            "is_tour_booking": True,
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "pricelist_id": self.pricelist_id.id,
            "user_id": self.user_id.id,
            "client_user_id": user.id,
            "note": self.terms,
            "internal_note": self.internal_note,
            "offer_id": self.id,
            "order_line": [
                Command.create(service._prepare_booking_line_vals())
                for service in variant.service_ids
            ],
        }


class TourOfferService(models.Model):
    _inherit = "tour.offer.service"

    def _prepare_booking_line_vals(self):
        """Values of the line that this service becomes.

        The client's price is frozen, and so is what a person typed. The supplier's
        prices are those of today, so that the margin is the true one.
        """
        self.ensure_one()
        vals = {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in LINE_INPUTS
        }
        for name in {*FROZEN, *(self.overwritten_fields or ())} - {"tax_ids"}:
            vals[name] = self[name]
        vals["tax_ids"] = [Command.set(self.tax_ids.ids)]
        vals["sequence"] = self.sequence
        vals["offered_persons"] = self.persons
        return vals
