"""Of each bill, how much of it is known to be for which services (BIL-10)."""

from decimal import Decimal

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_amount

from odoo.addons.tour_document.models.sale_order_facts import exact

from .sale_order_line import STAFF
from .tour_bill_match import DECIDERS

MATCH_STATES = [
    ("none", "No service known"),
    ("partly", "Partly matched"),
    ("matched", "Matched"),
    ("disputed", "Disputed"),
]
# Of these nothing is matched yet, or nothing more.
UNMATCHED_STATES = (False, "uploaded", "closed")


class AccountMove(models.Model):
    _inherit = "account.move"

    tour_bill_match_ids = fields.One2many(
        comodel_name="tour.bill.match",
        inverse_name="move_id",
        string="Services",
        readonly=True,
        copy=False,
        groups=STAFF,
    )
    tour_bill_matched_amount = fields.Monetary(
        string="Matched with services",
        compute="_compute_tour_bill_matched",
        store=True,
        copy=False,
        groups=STAFF,
    )
    tour_bill_unmatched_amount = fields.Monetary(
        string="For no service",
        compute="_compute_tour_bill_matched",
        store=True,
        copy=False,
        groups=STAFF,
    )
    tour_bill_match_state = fields.Selection(
        selection=MATCH_STATES,
        string="Reconciliation",
        compute="_compute_tour_bill_matched",
        store=True,
        copy=False,
        groups=STAFF,
    )
    tour_bill_dispute = fields.Char(
        string="Why disputed", readonly=True, copy=False, groups=STAFF
    )
    tour_bill_is_disputed = fields.Boolean(
        string="Disputed", readonly=True, copy=False, groups=STAFF
    )
    tour_bill_match_rows = fields.Html(
        string="Rows of the bill",
        compute="_compute_tour_bill_match_rows",
        sanitize=False,
        groups=STAFF,
    )
    tour_bill_over_text = fields.Char(
        string="Over-billed", compute="_compute_tour_bill_over_text", groups=STAFF
    )

    tour_bill_has_proposal = fields.Boolean(
        string="Something is proposed",
        compute="_compute_tour_bill_has_proposal",
        groups=STAFF,
    )
    tour_bill_match_hint = fields.Char(
        string="Nothing left to bill",
        compute="_compute_tour_bill_match_hint",
        groups=STAFF,
    )

    _tour_bill_to_match_idx = models.Index(
        "(tour_bill_match_state, id) WHERE tour_bill_match_state IN"
        " ('none', 'partly', 'disputed')"
    )

    # === Computes === #

    @api.depends(
        "amount_total",
        "tour_bill_is_disputed",
        "tour_bill_match_ids.amount",
        "tour_bill_match_ids.state",
        "tour_bill_state",
    )
    def _compute_tour_bill_matched(self):
        for move in self:
            accepted = move.tour_bill_match_ids.filtered(
                lambda match: match.state == "accepted"
            )
            matched = sum(accepted.mapped("amount"))
            left = move.currency_id.round(move.amount_total - matched)
            move.tour_bill_matched_amount = matched
            move.tour_bill_unmatched_amount = left
            if move.tour_bill_state in UNMATCHED_STATES or not move.amount_total:
                state = False
            elif move.tour_bill_is_disputed:
                state = "disputed"
            elif left <= 0:
                state = "matched"
            else:
                state = "partly" if accepted else "none"
            move.tour_bill_match_state = state

    @api.depends("tour_bill_match_ids.amount", "tour_bill_match_ids.state")
    @api.depends_context("lang")
    def _compute_tour_bill_match_rows(self):
        """The left side of the screen: rows, and what of each is for no service.

        As text: managers read bills, and no rows of the ledger.
        """
        for move in self:
            known = move.sudo()  # In sudo: see above.
            cells = [
                Markup('<tr><td>%s</td><td class="text-end">%s</td>%s</tr>')
                % (
                    line.name or "",
                    move._format_bill(line.price_total),
                    move._get_left_cell(left),
                )
                for line, left in known._get_rows_left()
            ]
            move.tour_bill_match_rows = Markup(
                '<table class="table table-sm o_tour_bill_rows"><thead><tr><th>%s</th>'
                '<th class="text-end">%s</th><th class="text-end">%s</th></tr></thead>'
                "<tbody>%s</tbody></table>"
            ) % (
                self.env._("What the bill says"),
                self.env._("Sum"),
                self.env._("For no service"),
                Markup().join(cells),
            )

    def _get_left_cell(self, left):
        if not left:
            return Markup('<td class="text-end text-success">✓</td>')
        return Markup('<td class="text-end text-danger fw-bold">%s</td>') % (
            self._format_bill(float(left))
        )

    def _format_bill(self, amount):
        return format_amount(self.env, amount, self.currency_id)

    @api.depends("tour_bill_match_ids.state", "tour_bill_match_ids.billed")
    @api.depends_context("lang")
    def _compute_tour_bill_over_text(self):
        for move in self:
            # In sudo: services of colleagues' bookings count as well.
            move.tour_bill_over_text = move.sudo()._get_over_billing() or False

    @api.depends("tour_bill_match_ids.state")
    def _compute_tour_bill_has_proposal(self):
        for move in self:
            states = move.tour_bill_match_ids.mapped("state")
            move.tour_bill_has_proposal = "proposed" in states

    @api.depends("tour_bill_match_state", "tour_order_ids", "partner_id")
    @api.depends_context("lang")
    def _compute_tour_bill_match_hint(self):
        """Why nothing is found: what the bill is likely for is not to be billed."""
        for move in self:
            # In sudo: services of the bookings that stand on the bill.
            known = move.sudo()
            services = known.tour_order_ids.order_line.filtered(
                lambda line, move=known: (
                    line.supplier_id.commercial_partner_id == move.commercial_partner_id
                    and line.supplier_billing_state not in ("none", "partly")
                    and line not in move.tour_bill_match_ids.service_id
                )
            )
            is_open = known.tour_bill_match_state in ("none", "partly")
            move.tour_bill_match_hint = (
                self.env._(
                    "Nothing is left to bill of %(services)s.",
                    services="; ".join(
                        f"{line.order_id.name} {line._prepare_service().short_name}"
                        for line in services
                    ),
                )
                if is_open and services
                else False
            )

    def _get_over_billing(self):
        """The services of which more is billed than agreed; in sudo mode."""
        matches = self.tour_bill_match_ids.filtered(
            lambda match: (
                match.state == "accepted"
                and match.service_id.supplier_billing_state == "over"
            )
        )
        return "; ".join(
            f"{line.order_id.name} {line._prepare_service().short_name}: "
            f"+{line._format_over_billing()}"
            for line in matches.service_id
        )

    def _is_bill_standing(self):
        """Whether the bill is to be paid or was: neither cancelled nor reversed."""
        self.ensure_one()
        return self.state != "cancel" and self.payment_state != "reversed"

    # === Rows, and what of them is for no service === #

    def _get_match_rows(self):
        """What is matched one by one; a bill of one row is matched as a whole."""
        rows = self.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        return rows.sorted(lambda line: (line.sequence, line.id))

    def _get_rows_left(self, matches=None):
        """Each row with what of it is for no service yet; in sudo mode.

        What is for the bill as a whole is taken from the rows in order.

        :param matches: those that are taken off; what is accepted, by default
        """
        self.ensure_one()
        if matches is None:
            matches = self.tour_bill_match_ids.filtered(
                lambda match: match.state == "accepted"
            )
        whole = self._exact(
            sum(matches.filtered(lambda match: not match.move_line_id).mapped("amount"))
        )
        result = []
        for line, amount in self._get_row_amounts():
            own = matches.filtered(lambda match, line=line: match.move_line_id == line)
            left = amount - self._exact(sum(own.mapped("amount")))
            part = min(max(left, Decimal(0)), whole)
            whole -= part
            result.append((line, left - part))
        return result

    def _get_row_amounts(self):
        """What each row is of, with its tax; together they are the bill."""
        rows = [
            (line, self._exact(line.price_total)) for line in self._get_match_rows()
        ]
        if rows:
            # What rounding of the tax left over is the last one's.
            line, amount = rows[-1]
            rest = self._exact(self.amount_total) - sum(part for _line, part in rows)
            rows[-1] = (line, amount + rest)
        return rows

    def _exact(self, amount):
        return exact(amount, self.currency_id.decimal_places or 2)

    # === Who decides, and what may be decided === #

    def _begin_matching(self):
        """Check that the user may say what these bills are for, and lock them."""
        if not self.env.su and not any(map(self.env.user.has_group, DECIDERS)):
            raise AccessError(
                self.env._("Managers and accountants say what a bill is for.")
            )
        self.check_access("read")
        self._lock_bill()
        for move in self.sudo():  # In sudo: where a bill is, is told below.
            if move.tour_bill_state in UNMATCHED_STATES:
                raise UserError(
                    self.env._(
                        "%(bill)s is not prepared, or closed: nothing is matched now.",
                        bill=move._get_bill_name(),
                    )
                )

    def _check_allotted(self, matches):
        """Refuse to allot more than the bill, or a row of it, is of."""
        self.ensure_one()
        total = sum(matches.mapped("amount"))
        over = self.currency_id.compare_amounts(total, self.amount_total) > 0
        limits = dict(self._get_row_amounts())
        for line, parts in matches.grouped("move_line_id").items():
            amount = sum(parts.mapped("amount"))
            over = over or self._exact(amount) > limits.get(line, self._exact(amount))
        if over:
            raise UserError(
                self.env._(
                    "%(bill)s is of %(total)s: no more of it can be for services. Take "
                    "off another service first, or allot the sum anew.",
                    bill=self._get_bill_name(),
                    total=self._format_bill(self.amount_total),
                )
            )

    def _link_matched_bookings(self):
        """Let the bill stand on each booking that it is for; in sudo mode."""
        orders = self.tour_bill_match_ids.filtered(
            lambda match: match.state == "accepted"
        ).order_id
        if missing := orders - self.tour_order_ids:
            self.write({"tour_order_ids": [(4, order.id) for order in missing]})

    def _drop_stale_proposals(self):
        """Take off proposals that no longer fit into what is left; in sudo mode."""
        left = {line: left for line, left in self._get_rows_left()}
        whole = sum(left.values())
        accepted = self.tour_bill_match_ids.filtered(
            lambda match: match.state == "accepted"
        )
        stale = self.tour_bill_match_ids.filtered(
            lambda match: (
                match.state == "proposed"
                and (
                    self._exact(match.amount) > left.get(match.move_line_id, whole)
                    or match.service_id in accepted.service_id
                )
            )
        )
        stale._as_matcher().unlink()

    def action_open_matching(self):
        """Open the bill beside the services that it may be for."""
        self.ensure_one()
        self._check_reads_bills()
        form = self.env.ref("tour_bill_matching.account_move_view_form_matching")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reconciliation"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(form.id, "form")],
        }

    def action_find_services(self):
        """Look once more for the services that these bills are for."""
        self._begin_matching()
        self.sudo()._match_bill_services()  # In sudo: among all bookings.
        return True

    def action_accept_all(self):
        """Accept what is proposed of these bills."""
        self._begin_matching()
        # In sudo: matches are written by acts only. What the user may not see of
        # other people's bookings he does not accept unseen.
        proposed = self.env["tour.bill.match"].search(
            [("move_id", "in", self.ids), ("state", "=", "proposed")]
        )
        if not proposed:
            raise UserError(self.env._("Nothing is proposed: find services first."))
        proposed.sudo()._accept()
        return True

    def action_allot(self):
        """Ask for which services the bill is, and how much of it for each."""
        self.ensure_one()
        self._begin_matching()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_bill_matching.tour_bill_allot_action"
        )
        return {**action, "context": {"default_move_id": self.id}}
