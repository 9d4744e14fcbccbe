"""Taking back what was set off, or came back: the books follow."""

from odoo import fields, models

from odoo.addons.tour_correction.correction_states import CLOSED, FOLLOWED


class TourOverpayment(models.Model):
    _inherit = "tour.overpayment"

    def _move_to(self, state, reason="", **values):
        """Take out of the books what closed these, when they are opened again."""
        closed = self.filtered(lambda overpayment: overpayment.state in CLOSED)
        result = super()._move_to(state, reason, **values)
        if state == "open":
            for overpayment in closed:
                overpayment._get_closing_credits()._take_back(reason)
        return result

    def _get_closing_credits(self):
        """What closed it in the books, without its parts; in sudo, as mover."""
        return self._in_books().credit_ids.filtered(
            lambda credit: credit.state == "used" and not credit.part_id
        )

    def _get_twin(self):
        """The overpayment of the same service that is followed meanwhile."""
        if not self.line_id:
            return self.browse()
        return self.search(
            [
                ("id", "!=", self.id),
                ("line_id", "=", self.line_id.id),
                ("supplier_id", "=", self.supplier_id.id),
                ("state", "in", FOLLOWED),
            ],
            limit=1,
        )

    def _owe_again(self, amount, part, reason):
        """The supplier owes this again, as it was not settled after all.

        Where another overpayment of the service is followed by now, or only a part of
        what is closed comes back, that one takes it: one is followed of each service.

        :param part: the part that it was, or an empty one for what closed it
        """
        self.ensure_one()
        overpayment = self._in_books()
        reason = reason or overpayment.env._("It was taken back.")
        state = overpayment.state
        if part and state in FOLLOWED:
            part.sudo()._undo(reason)  # In sudo: as the whole of it.
        elif not part and state in CLOSED and not overpayment._get_twin():
            overpayment._move_to("open", reason)
        elif state in CLOSED:
            overpayment._hand_on(amount, part, reason)

    def _hand_on(self, amount, part, reason):
        """Let another overpayment of the service say what is owed again."""
        credits = self.credit_ids.filtered(lambda credit: credit.state == "used")
        if part:
            credits.filtered(lambda credit: credit.part_id == part)._take_back(reason)
            self.part_ids.filtered(lambda known: known == part).unlink()
        else:
            self._get_closing_credits()._take_back(reason)
            self.write({"setoff_bill_id": False, "payment_id": False})
        self.write({"paid_amount": max(self.paid_amount - amount, 0.0)})
        twin = self._get_twin()
        if twin:
            twin.write({"paid_amount": twin.paid_amount + amount})
            twin._follow_due(twin.due_amount)
        else:
            twin = self.create(self._prepare_handed_on_vals(amount))
        text = self.env._(
            "%(amount)s is owed again: see the other overpayment of this service.",
            amount=self._format(amount),
        )
        self._log_text(text, reason)
        twin._log_text(
            self.env._("%(amount)s more is owed.", amount=self._format(amount)), reason
        )

    def _prepare_handed_on_vals(self, amount):
        names = ("service_name", "paid_from", "paid_to")
        return {
            **{name: self[name] for name in names},
            "order_id": self.order_id.id,
            "line_id": self.line_id.id,
            "supplier_id": self.supplier_id.id,
            "hotel_id": self.hotel_id.id,
            "due_amount": self.due_amount,
            "paid_amount": self.due_amount + amount,
            "date": fields.Date.context_today(self),
        }


class TourOverpaymentPart(models.Model):
    _inherit = "tour.overpayment.part"

    def _undo(self, reason):
        """Take the part out of the books, too."""
        self.ensure_one()
        overpayment, own = self.overpayment_id, self.id
        records = overpayment._in_books().credit_ids.filtered(
            lambda credit: credit.part_id.id == own and credit.state == "used"
        )
        result = super()._undo(reason)
        records._take_back(reason)
        return result
