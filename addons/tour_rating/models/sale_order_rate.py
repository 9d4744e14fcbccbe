"""The client rates his journey when it is done, and may change what he said."""

from datetime import timedelta

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL
from odoo.tools.misc import format_date

from odoo.addons.tour_partner.defaults import plain

from .rating_rating import RATER

RATES = (1, 2, 3, 4, 5)
# Of which staff are told at once.
LOW = 2
TEXT_SIZE = 2000
HEAD = "tour_partner.tour_group_head"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # === When it is done === #

    def _after_move(self, from_states, state):
        """Remember to ask for a rating, the first time a booking is done."""
        result = super()._after_move(from_states, state)
        if state == "done":
            # Out of the archive, or of a reposting, it is done once more.
            ended = self.filtered(
                lambda order: from_states[order] not in ("archive", "reposting")
            )
            self.env["tour.rating.request"]._remember(ended)
        return result

    # === The client rates === #

    def _rate(self, rate, text=""):
        """Keep what the client says of his journey, in place of what he said before.

        :param int rate: from 1 to 5
        :param str text: what he says, may be empty
        :raise UserError: if it cannot be rated, or not any more
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user._is_portal():
            raise AccessError(self.env._("A booking is rated by its client."))
        # In sudo: clients write no bookings, nor ratings; what they may is checked
        # here, and what is written is named here.
        order = plain(self).sudo()
        order._lock_for_rating()
        rating = order._find_rating()
        if fault := order._get_rating_fault(rating):
            raise UserError(fault)
        if type(rate) is not int or rate not in RATES:
            raise UserError(self.env._("Rating: choose from one to five stars."))
        text = text.replace("\0", "").strip() if isinstance(text, str) else ""
        text = text[:TEXT_SIZE]
        if rating and (rating.rating, rating.feedback or "") == (rate, text):
            return  # Pressed twice.
        before = rating.rating
        order._write_rating(rating, rate, text)
        order._log_rating(rate, text)
        if rate <= LOW and not 0 < before <= LOW:
            order._tell_low_rating(rate, text)

    def _lock_for_rating(self):
        """Lock the booking, so that of two windows the second goes on from the first.

        Waits, as people do: who rates holds it for a moment only.
        """
        self.env.cr.execute(
            SQL("SELECT id FROM sale_order WHERE id = %s FOR NO KEY UPDATE", self.id),
            # That somebody was quicker is no error: Odoo begins the request anew.
            log_exceptions=False,
        )

    def _find_rating(self):
        """The rating of this booking, in sudo mode; empty if there is none."""
        # In sudo: clients have no rights on ratings.
        return (
            self.env["rating.rating"].sudo().search([("tour_order_id", "=", self.id)])
        )

    def _get_rating_fault(self, rating):
        """Why the booking cannot be rated; empty if it can."""
        if not self._was_finished():
            return self.env._("You can rate this journey when it is over.")
        # In sudo: a setting that clients do not read.
        days = self.sudo().company_id.tour_rating_change_days
        until = rating and days and rating.create_date + timedelta(days=days)
        if until and until < fields.Datetime.now():
            return self.env._(
                "You rated this journey on %(date)s, and could change it for "
                "%(days)s days.",
                date=format_date(self.env, rating.create_date),
                days=days,
            )
        return ""

    def _was_finished(self):
        """Whether the journey took place; what was cancelled is archived, too."""
        self.ensure_one()
        # In sudo: the status is the staff's, the client has one of his own.
        state = self.sudo().booking_state
        if state == "archive":
            state = self._get_states_before("archive").get(self.id)
        return self.is_tour_booking and state in ("done", "reposting")

    def _write_rating(self, rating, rate, text):
        values = {
            "rating": rate,
            "feedback": text or False,
            "consumed": True,
            "partner_id": self.env.user.partner_id.id,
        }
        rating = rating.with_context(tour_rating_rater=RATER)
        if rating:
            rating.write(values)
        else:
            rating.create(
                {
                    **values,
                    "tour_order_id": self.id,
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": self.id,
                    "rated_partner_id": self._rating_get_operator().id,
                    # None of the addresses at which whoever has a token may rate.
                    "access_token": False,
                }
            )
        self.env["tour.rating.request"]._forget(self)

    def _log_rating(self, rate, text):
        """Keep every word in the history of the booking, for staff."""
        self._message_log(
            body=Markup("<p>%s %s/5</p><p>%s</p>")
            % ("★" * rate + "☆" * (5 - rate), rate, text),
            author_id=self.env.user.partner_id.id,
        )

    def _tell_low_rating(self, rate, text):
        """Tell the responsible and the heads, who can still make it good."""
        self.env["tour.notification.category"]._tell_users(
            "rating_low",
            self.user_id | self._get_rating_heads(),
            lambda env: env._(
                "%(order)s: the client gave %(rate)s of 5 stars",
                order=self.name,
                rate=rate,
            ),
            text,
            self,
        )

    def _get_rating_heads(self):
        users = self.env.ref(HEAD).all_user_ids
        return users.filtered(
            lambda user: user.active
            and not user.share
            and self.company_id in user.company_ids
            # Administrators have every role, but clients are not their work.
            and not user.has_group("tour_partner.tour_group_admin")
        )

    # === Odoo's own ways === #

    def rating_apply(
        self,
        rate,
        token=None,
        rating=None,
        feedback=None,
        subtype_xmlid=None,
        notify_delay_send=False,
    ):
        """Refuse Odoo's way, by which staff would rate bookings."""
        outside = self.env.user.share and not self.env.su
        if outside or any(order.is_tour_booking for order in self):
            raise AccessError(self.env._("A booking is rated by its client."))
        return super().rating_apply(
            rate,
            token=token,
            rating=rating,
            feedback=feedback,
            subtype_xmlid=subtype_xmlid,
            notify_delay_send=notify_delay_send,
        )

    # === The client's page === #

    def _get_page_waits(self, values):
        """Add that a journey is to be rated, until it is archived."""
        waits = super()._get_page_waits(values)
        rating = values.get("rating") or {}
        if values.get("is_archived") or rating.get("rate"):
            return waits
        if rating.get("may_rate"):
            waits.append(
                {
                    "kind": "rating",
                    "text": self.env._("Your journey is over. Tell us how it was."),
                    "deadline": "",
                    "url": "#rating",
                    "button": self.env._("Rate your trip"),
                }
            )
        return waits

    def _get_portal_rating(self):
        """What the client's page says of the rating; he may read the booking.

        :rtype: dict
        """
        self.ensure_one()
        rating_sudo = self._find_rating()
        fault = self._get_rating_fault(rating_sudo)
        return {
            "may_rate": not fault and self.env.user._is_portal(),
            "why_not": fault if rating_sudo else "",
            "rate": round(rating_sudo.rating),
            "text": rating_sudo.feedback or "",
            "date": rating_sudo and format_date(self.env, rating_sudo.rated_on),
            "size": TEXT_SIZE,
        }
