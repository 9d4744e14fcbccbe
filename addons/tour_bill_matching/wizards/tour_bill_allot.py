from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.tour_partner.defaults import plain

from ..engine.spreading import spread


class TourBillAllot(models.TransientModel):
    """For which services a bill is, and how much of it for each (BIL-10)."""

    _name = "tour.bill.allot"
    _description = "Allotting a supplier bill"

    move_id = fields.Many2one(
        comodel_name="account.move", string="Bill", required=True, readonly=True
    )
    company_id = fields.Many2one(related="move_id.company_id")
    currency_id = fields.Many2one(related="move_id.currency_id")
    supplier_id = fields.Many2one(
        comodel_name="res.partner",
        related="move_id.commercial_partner_id",
        # As the user: a program may name any bill.
        related_sudo=False,
    )
    total = fields.Monetary(string="To allot", compute="_compute_left")
    allotted = fields.Monetary(compute="_compute_left")
    left = fields.Monetary(string="For no service", compute="_compute_left")
    line_ids = fields.One2many(
        comodel_name="tour.bill.allot.line",
        inverse_name="allot_id",
        compute="_compute_line_ids",
        # As the user: he is shown the services that he sees.
        compute_sudo=False,
        store=True,
        readonly=False,
    )

    @api.depends("move_id", "line_ids.amount")
    def _compute_left(self):
        # A program may name any bill: what one does not see is not told.
        self.move_id._check_reads_bills()
        for allot in self:
            # In sudo: what is for bookings that the user does not see stays theirs.
            others = sum(allot._get_hidden_matches().mapped("amount"))
            allot.total = allot.move_id.sudo().amount_total - others
            allot.allotted = sum(allot.line_ids.mapped("amount"))
            allot.left = allot.total - allot.allotted

    @api.depends("move_id")
    def _compute_line_ids(self):
        """What is matched, and the services of its bookings by the supplier."""
        self.move_id._check_reads_bills()  # As above.
        for allot in self:
            matches = allot._get_own_matches()
            known = {}
            for match in matches:
                amount = match.amount if match.state == "accepted" else 0.0
                service = match.service_id
                known[service] = known.get(service, 0.0) + amount
            for service in allot._find_services() - matches.service_id:
                known[service] = 0.0
            allot.line_ids = [(5, 0, 0)] + [
                (0, 0, {"service_id": service.id, "amount": amount})
                for service, amount in known.items()
            ]

    def _get_own_matches(self):
        return self.env["tour.bill.match"].search([("move_id", "=", self.move_id.id)])

    def _get_hidden_matches(self):
        """Accepted, of bookings that the user does not see; in sudo mode."""
        accepted = self.move_id.sudo().tour_bill_match_ids.filtered(
            lambda match: match.state == "accepted"
        )
        return accepted - self._get_own_matches().sudo()

    def _find_services(self):
        """Services that the user sees, of the bill's bookings and supplier."""
        # In sudo: which bookings; whether he sees their services is asked below.
        orders = self.move_id.sudo().tour_order_ids
        return self.env["sale.order.line"].search(
            Domain("order_id", "in", orders.ids)
            & Domain("service_type_id", "!=", False)
            & Domain(
                "supplier_id.commercial_partner_id",
                "in",
                (False, self.supplier_id.id),
            )
        )

    def action_spread(self):
        """Spread the sum over the services by what is left to bill of each."""
        self.ensure_one()
        move = self.move_id
        weights = [max(move._exact(line.left), 0) for line in self.line_ids]
        if not weights:
            raise UserError(self.env._("Add a service first."))
        parts = spread(move._exact(self.total), weights)
        for line, part in zip(self.line_ids, parts, strict=True):
            line.amount = float(part)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_bill_matching.tour_bill_allot_action"
        )
        return {**action, "res_id": self.id}

    def action_apply(self):
        """The bill is for these services, so much for each."""
        self.ensure_one()
        move = self.move_id
        move._begin_matching()
        self.line_ids.service_id.check_access("read")
        self._check_lines()
        # In sudo: matches are written by acts only; who may was checked.
        matches = plain(self._get_own_matches()).sudo()._as_matcher()
        matches.unlink()
        made = matches.create(
            [
                {
                    "move_id": move.id,
                    "service_id": line.service_id.id,
                    "amount": line.amount,
                    "state": "accepted",
                    "reasons": [["allotted", {}]],
                    "user_id": self.env.uid,
                    "decided_on": fields.Datetime.now(),
                }
                for line in self.line_ids
                if line.amount
            ]
        )
        # In sudo: what is for colleagues' bookings counts as well.
        move = move.sudo()
        move._check_allotted(made | self._get_hidden_matches())
        move._link_matched_bookings()
        return {"type": "ir.actions.act_window_close"}

    def _check_lines(self):
        company = self.company_id
        for line in self.line_ids:
            service = line.service_id
            if line.amount < 0:
                raise UserError(self.env._("Enter sums of nothing or more."))
            if service.company_id != company or not service.service_type_id:
                raise UserError(
                    self.env._(
                        "%(service)s is no service of %(company)s.",
                        service=service.display_name,
                        company=company.name,
                    )
                )
        if len(self.line_ids.service_id) < len(self.line_ids):
            raise UserError(self.env._("A service stands here twice: leave one."))


class TourBillAllotLine(models.TransientModel):
    """How much of a bill is for a service."""

    _name = "tour.bill.allot.line"
    _description = "Service of an allotted bill"

    allot_id = fields.Many2one(
        comodel_name="tour.bill.allot", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="allot_id.move_id.company_id")
    currency_id = fields.Many2one(related="allot_id.move_id.currency_id")
    service_id = fields.Many2one(
        comodel_name="sale.order.line",
        required=True,
        ondelete="cascade",
        domain="[('service_type_id', '!=', False), ('company_id', '=', company_id)]",
    )
    order_id = fields.Many2one(related="service_id.order_id", string="Booking")
    left = fields.Monetary(
        string="Left to bill",
        compute="_compute_left",
        help="Not counting what this bill is for so far.",
    )
    amount = fields.Monetary(string="Of this bill")

    @api.depends("service_id", "allot_id.move_id")
    def _compute_left(self):
        for line in self:
            service, move = line.service_id, line.allot_id.move_id
            # In sudo: the bill's own matches, of services that the user sees.
            own = move.sudo().tour_bill_match_ids.filtered(
                lambda match, service=service: (
                    match.service_id == service and match._counts()
                )
            )
            left = (
                service.supplier_to_bill
                - service.supplier_billed_amount
                + sum(own.mapped("service_amount"))
            )
            known = service and move
            # In sudo: as above.
            line.left = (
                float(move.sudo()._to_bill_currency(left, service)) if known else 0.0
            )
