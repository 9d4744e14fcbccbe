"""Bookings that were done and are changed all the same: the tag 'Reposting'."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.tour_booking.view_diff import compare

from ..correction_states import MOVER

# Who may see repostings: what else is on the booking says the tag to them.
SEES_REPOSTINGS = (
    "tour_partner.tour_group_manager_own,"
    "tour_partner.tour_group_accountant,"
    "tour_partner.tour_group_director"
)
# Given by the processes of this add-on, and by nobody else.
TAGS = {"is_overpaid", "is_reposting"}
# What is written on a booking and is no concern of accounting, for sure.
UNWATCHED = frozenset(
    {
        "activity_ids",
        "client_unread_count",
        "internal_note",
        "is_overpaid",
        "is_reposting",
        "message_follower_ids",
        "message_ids",
        "tag_ids",
    }
)


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # A plain field, so that no table of bookings is worked over at installation; it
    # goes with the reposting that is open (see `_set_reposting`).
    is_reposting = fields.Boolean(
        string="Reposting",
        readonly=True,
        copy=False,
        help="It was changed after it was done, and accounting is not told yet. Left "
        "out of reports until the reposting is finished.",
    )
    reposting_ids = fields.One2many(
        comodel_name="tour.reposting",
        inverse_name="order_id",
        string="Repostings",
        readonly=True,
        groups=SEES_REPOSTINGS,
    )
    reposting_count = fields.Integer(
        compute="_compute_reposting_count", groups=SEES_REPOSTINGS
    )

    # Reports leave these out, heads look for them; there are few.
    _is_reposting_idx = models.Index("(id) WHERE is_reposting IS TRUE")

    def _has_field_access(self, field, operation):
        """Keep from clients what is between us; see `tour_booking`, `INNER_FIELDS`."""
        if field.name in TAGS and not self.env.su and self.env.user.share:
            return False
        return super()._has_field_access(field, operation)

    @api.depends("reposting_ids")
    def _compute_reposting_count(self):
        groups = self.env["tour.reposting"]._read_group(
            [("order_id", "in", self._origin.ids)], ["order_id"], ["__count"]
        )
        counts = {order.id: count for order, count in groups}
        for order in self:
            order.reposting_count = counts.get(order._origin.id, 0)

    @api.model
    def _get_report_domain(self):
        """Bookings that reports of sales and commissions count.

        A booking in reposting is left out until its reposting is finished, as its
        figures are under way. Every report of ours begins its domain with this;
        override to leave out more.

        :rtype: Domain
        """
        return Domain("is_tour_booking", "=", True) & Domain("is_reposting", "=", False)

    # === Tags are nobody's to write === #

    @api.model_create_multi
    def create(self, vals_list):
        defaults = {f"default_{name}" for name in TAGS} & self.env.context.keys()
        if defaults or any(TAGS & vals.keys() for vals in vals_list):
            self._check_tag_mover()
        return super().create(vals_list)

    def write(self, vals):
        if TAGS & vals.keys():
            self._check_tag_mover()
        return super().write(vals)

    def _check_tag_mover(self):
        if self.env.context.get("tour_correction_mover") is not MOVER:
            raise AccessError(
                self.env._(
                    "The tags 'Reposting' and 'Overpaid' come and go with the process "
                    "they stand for. They cannot be written."
                )
            )

    def _set_reposting(self, value):
        # In sudo: the tag is nobody's to write; and nobody needs a message of it.
        self.sudo().with_context(
            tour_correction_mover=MOVER, tracking_disable=True
        ).write({"is_reposting": value})

    # === Changes of what is done === #

    def _take_snapshots(self, vals):
        """Keep what accounting knows of bookings that are done.

        Those that were archived after they were done, too: to accounting they are the
        same. While a reposting is open, what was known before it is kept there.
        """
        snapshots = super()._take_snapshots(vals)
        if vals is not None and vals.keys() <= UNWATCHED:
            return snapshots
        done = self.filtered(
            lambda order: not order.is_reposting
            and order.booking_state in ("done", "reposting", "archive")
        ).filtered_domain(self._get_tour_done_domain())
        for order_id, view in done._accounting_views().items():
            snapshots.setdefault(order_id, {})["accounting"] = view
        return snapshots

    def _follow_changes(self, before):
        """Start the reposting of what differs now."""
        super()._follow_changes(before)
        known = {
            order_id: views["accounting"]
            for order_id, views in before.items()
            if "accounting" in views
        }
        if not known:
            return
        now = self.browse(known)._accounting_views()
        changed = [
            order_id for order_id, view in known.items() if compare(view, now[order_id])
        ]
        self.browse(changed)._start_repostings(known)

    def _start_repostings(self, before):
        """Tag these bookings, and keep what accounting knows of them.

        :param dict before: {booking's id: its `_accounting_view` before the change}
        """
        # In sudo: a client's request may be applied by whoever, and nobody may write
        # the tag himself.
        orders = self.filtered(lambda order: not order.sudo().is_reposting)
        if not orders:
            return
        # The booking first: of two who change it at once, the second has to repeat,
        # and finds the reposting that the first has started.
        orders._set_reposting(True)
        orders.sudo().flush_recordset(["is_reposting"])
        repostings = self.env["tour.reposting"]._start(orders, before)
        orders._tell_reposting(repostings)

    def _tell_reposting(self, repostings):
        """Say to who made the change, at once, and on the bookings what began."""
        names = self._get_names()
        # An import tells nobody: it is no act of his.
        if not self._is_mover():
            self.env["tour.notification.category"]._tell_users(
                "reposting",
                self.env.user,
                lambda env: env._("%(orders)s: reposting began", orders=names),
                lambda env: env._(
                    "You changed a booking that was done. Make all the changes that "
                    "are needed, then press 'Finish reposting': accounting is told "
                    "what differs."
                ),
                self[0],
            )
        # In sudo: an internal note of the suite.
        for reposting in repostings.sudo():
            reposting.order_id.message_post(
                body=self.env._("Changed after it was done: a reposting began."),
                subtype_xmlid="mail.mt_note",
                author_id=self.env.user.partner_id.id,
            )

    # === Buttons === #

    def action_finish_reposting(self):
        """End the repostings of these bookings: accounting is sent what changed."""
        self.check_access("write")
        opened = self.env["tour.reposting"].search(
            [("order_id", "in", self.ids), ("state", "=", "open")]
        )
        missing = self - opened.order_id
        if missing:
            raise UserError(missing._explain_not_reposting())
        return opened.action_finish()

    def _explain_not_reposting(self):
        # The newest comes first.
        last = {
            order: order.sudo().reposting_ids.filtered("finished_on")[:1]
            for order in self
        }
        return "\n".join(
            reposting._explain_finished()
            if reposting
            else self.env._(
                "%(order)s is in no reposting: it was not changed since it was done.",
                order=order.name,
            )
            for order, reposting in last.items()
        )

    def action_view_repostings(self):
        """Open the repostings of the booking."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_correction.tour_reposting_action"
        )
        repostings = self.reposting_ids
        action.update(domain=[("order_id", "=", self.id)], context={"create": False})
        if len(repostings) == 1:
            action.update(
                view_mode="form", views=[(False, "form")], res_id=repostings.id
            )
        return action

    @api.ondelete(at_uninstall=False)
    def _unlink_with_repostings(self):
        """Drop the repostings with their files, which the database would leave."""
        # In sudo: the right to delete a booking covers them.
        self.env["tour.reposting"].sudo().search(
            [("order_id", "in", self.ids)]
        ).unlink()
