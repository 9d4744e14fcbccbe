"""What clients ask about a service before they order it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_datetime

from ..order_form import clean
from ..question_states import MOVER, STATES
from .tour_catalog_service_client import PATH

MAX_QUESTION = 2000
MAX_ANSWER = 5000
# A user waits for so many answers at most.
MAX_OPEN = 20
# What staff write; the rest is what the client said, or follows.
WRITTEN = {
    "answer",
    "user_id",
    "message_follower_ids",
    "message_main_attachment_id",
    "activity_ids",
}


class TourCatalogQuestion(models.Model):
    _name = "tour.catalog.question"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Question about a Service"
    _order = "id desc"

    service_id = fields.Many2one(
        comodel_name="tour.catalog.service",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, index=True
    )
    client_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Asked by",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Client",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    text = fields.Text(string="Question", required=True, readonly=True)
    answer = fields.Text(help="The client is mailed it, and reads it on his page.")
    sent_answer = fields.Text(string="Answer that was sent", readonly=True, copy=False)
    state = fields.Selection(
        selection=STATES,
        string="Status",
        required=True,
        readonly=True,
        default="new",
        copy=False,
        index=True,
        tracking=True,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Responsible",
        domain=[("share", "=", False)],
        index="btree_not_null",
        tracking=True,
    )
    answered_by_id = fields.Many2one(
        comodel_name="res.users", string="Answered by", readonly=True, copy=False
    )
    answered_on = fields.Datetime(readonly=True, copy=False)
    line_id = fields.Many2one(
        comodel_name="sale.order.line",
        string="Ordered",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    order_id = fields.Many2one(related="line_id.order_id", string="Booking")

    @api.depends("service_id.name", "client_user_id")
    def _compute_display_name(self):
        for question in self:
            # In sudo: the names of users are no secret to who reads their questions.
            question.display_name = self.env._(
                "%(service)s: %(client)s",
                service=question.service_id.name,
                client=question.sudo().client_user_id.name,
            )

    # === CRUD: staff answer, and the program does the rest === #

    @api.model_create_multi
    def create(self, vals_list):
        self.browse().check_access("create")
        if self.env.context.get("tour_catalog_mover") is not MOVER:
            raise AccessError(
                self.env._("Questions are asked by clients, on their own pages.")
            )
        return super().create(vals_list)

    def write(self, vals):
        # Before the thread reads what it tracks: who may not write is told just that.
        self.check_access("write")
        if self.env.context.get("tour_catalog_mover") is not MOVER:
            self._check_written(vals)
        return super().write(vals)

    def unlink(self):
        self.check_access("unlink")
        return super().unlink()

    @api.model
    def _check_written(self, vals):
        kept = vals.keys() & self._fields.keys() - WRITTEN
        if any(not self._fields[name].compute for name in kept):
            raise AccessError(
                self.env._(
                    "A question stays as it was asked: write the answer, and use the "
                    "buttons."
                )
            )
        if len(vals.get("answer") or "") > MAX_ANSWER:
            raise UserError(
                self.env._(
                    "The answer is too long: shorten it to %(most)s characters.",
                    most=MAX_ANSWER,
                )
            )

    def _as_mover(self):
        return self.with_context(tour_catalog_mover=MOVER)

    # === The client asks === #

    @api.model
    def _ask(self, service, text):
        """Keep what the user of the environment asks about a service of his.

        :param service: as `_find_for_client` found it
        :raise UserError: if he may not ask, or asks nothing
        """
        text = clean(text)
        self._check_question(service, text)
        # In sudo: clients have no rights to questions; theirs they ask here.
        questions_sudo = self.sudo()
        user = self.env.user
        question = questions_sudo._as_mover().create(
            {
                "service_id": service.id,
                "company_id": (service.company_id or self.env.company).id,
                "client_user_id": user.id,
                "partner_id": user.commercial_partner_id.id,
                "user_id": service.user_id.id,
                "text": text,
            }
        )
        # Whoever goes on with it brings no sentinel of ours.
        question = question.with_env(questions_sudo.env)
        question._tell_asked()
        return question

    @api.model
    def _check_question(self, service, text):
        if not service.takes_questions:
            raise UserError(
                self.env._("Questions about this service are not asked here.")
            )
        if not text:
            raise UserError(self.env._("Question: write what you want to know."))
        if len(text) > MAX_QUESTION:
            raise UserError(
                self.env._(
                    "Question: this is too long. Shorten it to %(most)s characters.",
                    most=MAX_QUESTION,
                )
            )
        # In sudo: clients have no rights to questions; theirs are counted.
        waiting = self.sudo().search_count(
            [("client_user_id", "=", self.env.uid), ("state", "=", "new")],
            limit=MAX_OPEN,
        )
        if waiting >= MAX_OPEN:
            raise UserError(
                self.env._(
                    "Many of your questions are not answered yet. Wait for the "
                    "answers, or call your manager."
                )
            )

    def _tell_asked(self):
        """Tell who is to answer; without a responsible, all who take bookings."""
        self.ensure_one()
        users = self.user_id or self.service_id._get_takers(self.company_id)
        self.env["tour.notification.category"]._tell_users(
            "catalog_question",
            users,
            lambda env: env._(
                "Question about %(service)s from %(client)s",
                service=self.service_id.with_env(env).name,
                client=self.partner_id.name,
            ),
            self.text,
            self,
        )

    @api.model
    def _get_own(self, limit=50):
        """Questions of the user of the environment, the latest first; in sudo."""
        # In sudo: as above; his own alone.
        return self.sudo().search([("client_user_id", "=", self.env.uid)], limit=limit)

    def _get_client_facts(self):
        """What the client reads of his questions.

        :rtype: list[dict]
        """
        orderable = set(
            self.env["tour.catalog.service"]
            .search(
                self.env["tour.catalog.service"]._get_client_domain()
                & fields.Domain("id", "in", self.service_id.ids)
            )
            .ids
        )
        return [
            {
                "id": question.id,
                "service": question.service_id.name,
                "asked_on": format_datetime(
                    self.env, question.create_date, dt_format="medium"
                ),
                "text": question.text,
                "answer": question.sent_answer or "",
                "answered_on": question.answered_on
                and format_datetime(self.env, question.answered_on, dt_format="medium"),
                "is_closed": question.state == "closed",
                "order_url": question.service_id.id in orderable
                and f"{PATH}/service/{question.service_id.id}/order",
                "booking": question.order_id.name or "",
                "booking_url": question.order_id and question.order_id._get_tour_path(),
            }
            for question in self
        ]
