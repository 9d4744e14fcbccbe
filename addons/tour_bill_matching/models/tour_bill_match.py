"""Which services a supplier's bill pays: bills and services, with the sum (BIL-10)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_amount, format_date

# Sentinel in the context of the writes that acts make: none can come through RPC.
MATCHER = object()

STATES = [
    ("proposed", "Proposed"),
    ("accepted", "Accepted"),
    ("disputed", "Disputed"),
]
DECIDERS = (
    "tour_partner.tour_group_manager_own",
    "tour_partner.tour_group_accountant",
)


class TourBillMatch(models.Model):
    """A part of a bill pays a service: proposed, accepted or disputed.

    Nobody writes these: `account.move._match_bill_services` proposes and accepts by
    rule, people accept, allot and dispute.
    """

    _name = "tour.bill.match"
    _description = "Service on a supplier bill"
    _order = "move_id desc, state, points desc, id"

    move_id = fields.Many2one(
        comodel_name="account.move",
        string="Bill",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    # For managers the row itself is out of reach, its wording is not.
    move_line_id = fields.Many2one(
        comodel_name="account.move.line",
        string="Row of the bill",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        groups="account.group_account_invoice,account.group_account_readonly",
        help="Empty: it is of the bill as a whole.",
    )
    row_text = fields.Char(string="Row", readonly=True)
    service_id = fields.Many2one(
        comodel_name="sale.order.line",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    order_id = fields.Many2one(
        related="service_id.order_id",
        string="Booking",
        store=True,
        index=True,
        # As the service's: else the database clears it in rows that it deletes.
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="move_id.company_id", store=True)
    state = fields.Selection(
        selection=STATES, default="proposed", required=True, readonly=True, index=True
    )
    currency_id = fields.Many2one(related="move_id.currency_id")
    amount = fields.Monetary(
        readonly=True, help="Of the bill, and in its currency, for this service."
    )
    service_currency_id = fields.Many2one(
        related="service_id.currency_id", string="Currency of the booking"
    )
    service_amount = fields.Monetary(
        string="In the booking's currency",
        currency_field="service_currency_id",
        compute="_compute_service_amount",
        store=True,
    )
    points = fields.Integer(readonly=True)
    reasons = fields.Json(readonly=True)
    why = fields.Text(compute="_compute_why")
    is_by_rule = fields.Boolean(string="By rule", readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users", string="Decided by", readonly=True
    )
    decided_on = fields.Datetime(readonly=True)
    note = fields.Char(string="Reason", readonly=True)
    # What both sides say, for the screen.
    date_from = fields.Date(related="service_id.date_from")
    date_to = fields.Date(related="service_id.date_to")
    guest_names = fields.Char(string="Guests", compute="_compute_service_facts")
    cost = fields.Monetary(
        currency_field="service_currency_id",
        compute="_compute_service_facts",
        help="What the supplier may bill for the service.",
    )
    billed = fields.Monetary(
        currency_field="service_currency_id",
        compute="_compute_service_facts",
        help="By all bills, this one among them where it is accepted.",
    )
    difference = fields.Monetary(
        currency_field="service_currency_id",
        compute="_compute_service_facts",
        help="More billed than it costs, or less, once this is accepted.",
    )

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "What a bill is for is more than nothing."
    )
    _dispute_reason = models.Constraint(
        "CHECK(state != 'disputed' OR note IS NOT NULL)",
        "Say why it is disputed.",
    )
    _counted_idx = models.Index("(service_id, service_amount) WHERE state = 'accepted'")

    # === Computes === #

    @api.depends("amount", "move_id.invoice_date", "move_id.currency_id")
    def _compute_service_amount(self):
        for match in self:
            # In sudo: sums of a service may be told to who sees its match.
            move, service = match.sudo().move_id, match.sudo().service_id
            match.service_amount = move.currency_id._convert(
                match.amount,
                service.currency_id,
                move.company_id,
                move.invoice_date or fields.Date.context_today(self),
            )

    @api.depends("reasons")
    @api.depends_context("lang")
    def _compute_why(self):
        for match in self:
            texts = [match._get_reason_text(*reason) for reason in match.reasons or ()]
            match.why = "; ".join(filter(None, texts))

    @api.depends("amount", "state", "service_id.supplier_billed_amount")
    def _compute_service_facts(self):
        # In sudo: guests and costs of bookings whose matches one sees.
        for match in self.sudo():
            service = match.service_id
            billed = service.supplier_billed_amount
            counted = match.service_amount if match._counts() else 0.0
            match.guest_names = ", ".join(
                filter(None, service.guest_ids.mapped("full_name"))
            )
            match.cost = service.supplier_to_bill
            match.billed = billed
            match.difference = (
                billed - counted + match.service_amount - service.supplier_to_bill
            )

    @api.depends("service_id", "move_id")
    def _compute_display_name(self):
        for match in self:
            # In sudo: names are told with the match.
            known = match.sudo()
            match.display_name = " · ".join(
                (known.order_id.name or "", known.service_id.name or "")
            )

    def _counts(self):
        """Whether it is billed: accepted, and of a bill that stands."""
        self.ensure_one()
        return self.state == "accepted" and self.move_id._is_bill_standing()

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_others()
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_others()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        self._refuse_others()

    @api.model
    def _refuse_others(self):
        if self.env.context.get("tour_bill_matcher") is not MATCHER:
            raise AccessError(
                self.env._(
                    "What a bill pays is not written: accept it, allot it or dispute "
                    "it."
                )
            )

    def _as_matcher(self):
        return self.with_context(tour_bill_matcher=MATCHER)

    def _replace_by(self, values):
        """Let there be these in place of those; what is the same stays as it is.

        Note: in sudo mode.

        :param list[dict] values: of all matches that there shall be
        """
        known = {
            (match.move_id.id, match.move_line_id.id, match.service_id.id): match
            for match in self
        }
        fresh, stale = [], self
        for vals in values:
            match = known.get(
                (vals["move_id"], vals["move_line_id"], vals["service_id"])
            )
            if match and match._says(vals):
                stale -= match
            else:
                fresh.append(vals)
        stale._as_matcher().unlink()
        self._as_matcher().create(fresh)

    def _says(self, vals):
        """Whether the match is as these values, leaving aside when it was found."""
        same = ("amount", "points", "state", "reasons", "row_text")
        return all(self[name] == vals[name] for name in same)

    # === What people decide === #

    def action_accept(self):
        """These services are what the bill is for."""
        self._begin_decision()
        self.sudo()._accept()  # In sudo: nobody writes matches; see above.
        return True

    def _accept(self):
        for move, matches in self.grouped("move_id").items():
            chosen = matches.filtered(lambda match: match.state != "accepted")
            move._check_allotted(
                (move.tour_bill_match_ids - chosen).filtered(
                    lambda match: match.state == "accepted"
                )
                | chosen
            )
            chosen._decide("accepted", note=False)
            move._drop_stale_proposals()
            move._link_matched_bookings()

    def action_withdraw(self):
        """The bill is not for these services after all."""
        self._begin_decision()
        self.sudo()._as_matcher().unlink()  # In sudo: as above.
        return True

    def action_dispute(self):
        """Ask why the bill is wrong."""
        self._begin_decision()
        return self.move_id._ask_dispute(self)

    def action_open_booking(self):
        """Open the booking; who may not see it is told so there."""
        self.ensure_one()
        self.check_access("read")
        return self.order_id.action_open_booking()

    def _begin_decision(self):
        """Check who decides, and of what; the bills are locked then."""
        if not self:
            raise UserError(self.env._("Choose a service first."))
        self.check_access("read")
        self.move_id._begin_matching()

    def _decide(self, state, note):
        """Write the decision; in sudo mode, of who decides."""
        self._as_matcher().write(
            {
                "state": state,
                "note": note,
                "is_by_rule": False,
                "user_id": self.env.uid,
                "decided_on": fields.Datetime.now(),
            }
        )

    # === In words === #

    def _get_reason_text(self, code, values):
        """One reason of the engine, in the language of the user."""
        values = dict(values or {})
        for name in ("first", "last"):
            if name in values:
                values[name] = format_date(self.env, values[name])
        if "by" in values:
            values["by"] = format_amount(
                self.env, float(values["by"]), self.currency_id
            )
        return self._get_reason_wordings(values).get(code, "")

    def _get_reason_wordings(self, values):
        """{code: text}, with the values that the reason has."""
        v = {"number": "", "name": "", "first": "", "last": "", "by": "", **values}
        return {
            "booking_number": self.env._(
                "it names booking %(number)s", number=v["number"]
            ),
            "other_number": self.env._("it has number %(number)s", number=v["number"]),
            "on_bill": self.env._(
                "it was uploaded for booking %(number)s", number=v["number"]
            ),
            "guest": self.env._("it names the guest %(name)s", name=v["name"]),
            "surname": self.env._("it has the surname %(name)s", name=v["name"]),
            "days": self.env._(
                "the days agree: %(first)s – %(last)s", first=v["first"], last=v["last"]
            ),
            "first_day": self.env._(
                "the first day agrees: %(first)s", first=v["first"]
            ),
            "place": self.env._("it names %(name)s", name=v["name"]),
            "supplier": self.env._("the supplier agrees"),
            "other_supplier": self.env._("the service is of another supplier"),
            "amount": self.env._("the sum agrees"),
            "near": self.env._(
                "the sum differs by %(by)s, which is allowed", by=v["by"]
            ),
            "below": self.env._("%(by)s less than is left to bill", by=v["by"]),
            "above": self.env._("%(by)s more than is left to bill", by=v["by"]),
            "allotted": self.env._("allotted by hand"),
        }
