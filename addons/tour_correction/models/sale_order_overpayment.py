"""The watch on bookings whose bills are paid: what became cheaper is owed back.

Hooks for an add-on that keeps the bills of suppliers: `_get_supplier_paid_share` says
what was paid of a service, `_get_supplier_due` what is due for it now, and
`tour.overpayment._after_move` is told when money came back.
"""

from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from ..correction_states import FOLLOWED, MOVER, OWED
from .sale_order_reposting import SEES_REPOSTINGS

# A bill in these is paid as a whole; a partial one as far as it is.
PAID_STATES = ("paid", "in_payment")
# Nothing is due for what does not take place. With a penalty, something is.
OVER_STATES = ("cancelled", "refused")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # A plain field, as `is_reposting`: it goes with the overpayments.
    is_overpaid = fields.Boolean(
        string="Overpaid",
        readonly=True,
        copy=False,
        help="A supplier has been paid more than is due to him now.",
    )
    overpayment_ids = fields.One2many(
        comodel_name="tour.overpayment",
        inverse_name="order_id",
        string="Overpayments",
        readonly=True,
        groups=SEES_REPOSTINGS,
    )
    overpayment_count = fields.Integer(
        compute="_compute_overpayment_columns", groups=SEES_REPOSTINGS
    )
    overpayment_text = fields.Char(
        string="What suppliers owe",
        compute="_compute_overpayment_columns",
        groups=SEES_REPOSTINGS,
    )

    _is_overpaid_idx = models.Index("(id) WHERE is_overpaid IS TRUE")

    @api.depends("overpayment_ids.amount", "overpayment_ids.state")
    @api.depends_context("lang")
    def _compute_overpayment_columns(self):
        for order in self:
            overpayments = order.overpayment_ids
            owed = overpayments.filtered(lambda o: o.state in OWED)
            order.overpayment_count = len(overpayments)
            order.overpayment_text = "; ".join(
                self.env._(
                    "%(supplier)s owes %(amount)s (%(service)s)",
                    # In sudo: the name of a supplier of this booking.
                    supplier=overpayment.sudo().supplier_id.name,
                    amount=overpayment._format(overpayment.amount),
                    service=overpayment.service_name,
                )
                for overpayment in owed
            )

    def _update_overpaid(self):
        """Let the mark of these bookings say whether something is owed."""
        # In sudo: the mark is nobody's to write, and follows from all overpayments.
        orders = self.sudo()
        owed = {
            order.id
            for (order,) in self.env["tour.overpayment"]
            .sudo()
            ._read_group(
                [("order_id", "in", self.ids), ("state", "in", OWED)], ["order_id"]
            )
        }
        for value in (True, False):
            wrong = orders.filtered(
                lambda order, value=value: (order.id in owed) == value
                and order.is_overpaid != value
            )
            wrong.with_context(
                tour_correction_mover=MOVER, tracking_disable=True
            ).write({"is_overpaid": value})

    # === The watch === #

    def _take_snapshots(self, vals):
        """Keep what was paid to suppliers, of bookings where something was."""
        snapshots = super()._take_snapshots(vals)
        # Prices of suppliers are on the services.
        if vals is not None:
            return snapshots
        for order_id, paid in self._get_supplier_payments().items():
            self.browse(order_id)._note_dues(paid)
            snapshots.setdefault(order_id, {})["supplier_paid"] = paid
        return snapshots

    def _note_dues(self, rows):
        """Keep what is due by the booking, where an overpayment may say otherwise."""
        lines = {line.id: line for line in self._get_services()}
        for row in rows:
            if row["overpayment_id"]:
                line = lines.get(row["line_id"])
                row["booked_due"] = self._get_supplier_due(row, line)

    def _follow_changes(self, before):
        """See what suppliers owe after the change."""
        result = super()._follow_changes(before)
        self._follow_supplier_payments(
            {
                order_id: views["supplier_paid"]
                for order_id, views in before.items()
                if "supplier_paid" in views
            }
        )
        return result

    def _after_move(self, from_states, state):
        """Nothing is due to suppliers for what was cancelled, and again for what is
        taken up anew."""
        result = super()._after_move(from_states, state)
        turned = self.filtered(
            lambda order: (from_states[order] in OVER_STATES) != (state in OVER_STATES)
            and state != "archive"
            and from_states[order] != "archive"
        )
        turned._follow_supplier_payments(turned.sudo()._get_supplier_payments())
        return result

    def _get_supplier_payments(self):
        """What was paid of each service, as plain data, where something was.

        What an overpayment says that is followed already counts before the bills.
        Note: in sudo; a fixed number of queries.

        :return: {booking's id: [{line_id, supplier_id, paid, due, …}]}
        """
        orders = self.filtered(
            lambda order: order.is_overpaid
            or order.has_supplier_bill
            or order.payment_order_state == "confirmed"
        )
        if not orders:
            return {}
        followed = self.env["tour.overpayment"].search(
            [("order_id", "in", orders.ids), ("state", "in", FOLLOWED)]
        )
        known = {(o.line_id.id, o.supplier_id.id) for o in followed if o.line_id}
        payments = defaultdict(list)
        # All services in one, so that what they read is read at once.
        for line in orders._get_services():
            if (line.id, line.supplier_id.id) not in known:
                row = line._prepare_supplier_payment()
                if row["paid"]:
                    payments[line.order_id.id].append(row)
        for overpayment in followed:
            row = overpayment._prepare_supplier_payment()
            payments[overpayment.order_id.id].append(row)
        return dict(payments)

    def _follow_supplier_payments(self, payments):
        """Find what suppliers owe now, and bring up to date what they owed.

        :param dict payments: what `_get_supplier_payments` gave before the change
        """
        # In sudo: what was paid and is due does not depend on who changes it.
        orders = self.sudo().browse(payments)
        vals_list, changed = [], self.env["tour.overpayment"].sudo()
        for order in orders:
            lines = {line.id: line for line in order._get_services()}
            for row in payments[order.id]:
                due = order._get_supplier_due(row, lines.get(row["line_id"]))
                if row["overpayment_id"]:
                    overpayment = changed.browse(row["overpayment_id"])
                    # What somebody entered as due holds until the service changes.
                    before = row.get("booked_due", overpayment.due_amount)
                    if order.currency_id.compare_amounts(before, due):
                        overpayment._follow_due(due)
                        changed += overpayment
                elif order._is_overpaid_now(row, due):
                    vals_list.append(order._prepare_found_vals(row, due))
        # What was closed a moment ago makes room for what begins.
        changed.flush_model(["state"])
        found = changed._as_mover().create(vals_list) if vals_list else changed[:0]
        changed._make_letters()
        (found + changed).sudo(self.env.su)._tell_found()

    def _get_supplier_due(self, row, line):
        """What is due now to the supplier of the payment; override to say otherwise.

        :param dict row: what was paid
        :param line: the service as it is now, or None if it is gone
        """
        over = self.booking_state in OVER_STATES
        if over or not line or line.supplier_id.id != row["supplier_id"]:
            return 0.0
        return max(line.supplier_due, 0.0)

    def _is_overpaid_now(self, row, due):
        """Whether it became cheaper than what was paid already."""
        compare = self.currency_id.compare_amounts
        return compare(due, row["due"]) < 0 and compare(row["paid"], due) > 0

    def _prepare_found_vals(self, row, due):
        names = ("supplier_id", "hotel_id", "service_name", "paid_from", "paid_to")
        # The service may be gone by now.
        line = self.order_line.filtered(lambda line: line.id == row["line_id"])
        return {
            **{name: row[name] for name in names},
            "order_id": self.id,
            "line_id": line.id,
            "paid_amount": row["paid"],
            "due_amount": due,
        }

    # === Papers === #

    def _get_known_documents_domain(self, kind):
        """A letter of refund is no request that could be renewed."""
        domain = super()._get_known_documents_domain(kind)
        return domain & Domain("template_id.is_refund_letter", "=", False)

    def _get_paper_services(self, document):
        """Something to write about, when the service that was paid is gone."""
        services, totals = super()._get_paper_services(document)
        if services or not document._is_refund_letter():
            return services, totals
        rows = document._get_overpayments()
        return [{"kind": "other", "name": row.service_name} for row in rows], totals

    # === Buttons === #

    def action_view_overpayments(self):
        """Open what suppliers owe of these bookings."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_correction.tour_overpayment_action"
        )
        overpayments = self.overpayment_ids
        action.update(domain=list(Domain("order_id", "in", self.ids)), context={})
        if len(self) == 1:
            action["context"] = {"default_order_id": self.id}
        if len(overpayments) == 1:
            action.update(
                view_mode="form", views=[(False, "form")], res_id=overpayments.id
            )
        return action

    def action_add_overpayment(self):
        """Enter by hand what a supplier owes, where the watch has found nothing."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Overpayment"),
            "res_model": "tour.overpayment",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {"default_order_id": self.id},
        }


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_supplier_paid_share(self):
        """Which share of what is due for this service its supplier has got, 0 to 1.

        All of it, if the payment order is confirmed or the bills are paid; of bills
        that are paid in part, that part. Override to say what was paid exactly.
        """
        self.ensure_one()
        if self.payment_order_state == "confirmed":
            return 1.0
        entity = self.supplier_id.commercial_partner_id
        bills = self.order_id.bill_ids.filtered(
            lambda bill: bill.move_type == "in_invoice"
            and bill.state == "posted"
            and bill.payment_state in (*PAID_STATES, "partial", "not_paid")
            and bill.commercial_partner_id == entity
        )
        total = sum(bills.mapped("amount_total"))
        if not entity or not total:
            return 0.0
        left = sum(
            bill.amount_residual
            for bill in bills
            if bill.payment_state not in PAID_STATES
        )
        return min(max((total - left) / total, 0.0), 1.0)

    def _prepare_overpayment_vals(self):
        """What an overpayment of this service says of it."""
        self.ensure_one()
        names = (self._prepare_service().short_name, self.room_id.name)
        return {
            "order_id": self.order_id.id,
            "line_id": self.id,
            "supplier_id": self.supplier_id.id,
            "hotel_id": self.hotel_id.id,
            "service_name": ", ".join(filter(None, names)),
            "paid_from": self.date_from,
            "paid_to": self.date_to,
        }

    def _prepare_supplier_payment(self):
        """What was paid of this service, as plain data."""
        share = self._get_supplier_paid_share() if self.supplier_id else 0.0
        return {
            **self._prepare_overpayment_vals(),
            "overpayment_id": False,
            "due": self.supplier_due,
            "paid": self.currency_id.round(self.supplier_due * share),
        }


class TourOverpayment(models.Model):
    _inherit = "tour.overpayment"

    def _prepare_supplier_payment(self):
        """What was paid, as this overpayment knows."""
        self.ensure_one()
        return {
            "overpayment_id": self.id,
            "line_id": self.line_id.id,
            "supplier_id": self.supplier_id.id,
            "due": self.due_amount,
            "paid": self.paid_amount,
        }
