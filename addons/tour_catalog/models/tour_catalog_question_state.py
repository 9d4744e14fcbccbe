"""The one place that moves a question from state to state."""

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.tour_partner.defaults import plain

from ..order_form import clean
from ..question_states import MOVES


class TourCatalogQuestion(models.Model):
    _inherit = "tour.catalog.question"

    # === Buttons === #

    def action_answer(self):
        """Send the answer to the client, and show it to him."""
        self.ensure_one()
        self.check_access("write")
        answer = clean(self.answer or "")
        if not answer:
            raise UserError(self.env._("Write the answer first."))
        if self.state == "answered" and answer == self.sent_answer:
            raise UserError(self.env._("This answer was sent already."))
        self._move_to(
            "answered",
            answer=answer,
            sent_answer=answer,
            answered_by_id=self.env.user.id,
            answered_on=self.env.cr.now(),
        )
        self._mail_answer()
        return True

    def action_close(self):
        """Say that nothing more is to be done about it."""
        self.check_access("write")
        self._move_to("closed")
        return True

    def action_reopen(self):
        """Say that there is something to answer after all."""
        self.check_access("write")
        self._move_to("new")
        return True

    def action_order(self):
        """Ask for what the order needs, and make it in the client's name."""
        self.ensure_one()
        self.check_access("write")
        self._check_move("ordered")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_catalog.tour_catalog_make_action"
            ),
            "context": {"default_question_id": self.id},
        }

    def action_open_booking(self):
        """Open the booking that it led to."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "views": [(False, "form")],
            "context": {"default_is_tour_booking": True},
        }

    # === Moving === #

    def _move_to(self, state, **values):
        """Move these questions to ``state``, all of them or none.

        :param values: what is written with it
        :raise UserError: if it cannot be, or somebody else is at it
        """
        self.check_access("write")
        held = self - self.try_lock_for_update(allow_referencing=True)
        if held:
            raise UserError(
                self.env._(
                    "Somebody else is working on %(questions)s right now. Try again in "
                    "a moment.",
                    questions=", ".join(held.mapped("display_name")),
                )
            )
        self.invalidate_recordset(["state"])
        self._check_move(state)
        # In sudo: what the buttons write is not written by hand; the right was checked.
        plain(self).sudo()._as_mover().write({"state": state, **values})

    def _check_move(self, state):
        states = dict(self._fields["state"]._description_selection(self.env))
        for question in self:
            if (question.state, state) not in MOVES:
                raise UserError(
                    self.env._(
                        "%(question)s is '%(now)s' and cannot become '%(then)s'.",
                        question=question.display_name,
                        now=states[question.state],
                        then=states[state],
                    )
                )

    # === Telling === #

    def _mail_answer(self):
        # In sudo: the client's user may be out of the reach of who answers.
        self.env["tour.notification.category"]._send_mail(
            "catalog_answer",
            self.env.ref("tour_catalog.mail_template_answer"),
            self,
            self.sudo().client_user_id.partner_id,
        )

    def _get_client_url(self):
        """Where the client reads the answer."""
        self.ensure_one()
        return f"{self.get_base_url()}/my/tour/catalogue/questions#question_{self.id}"
