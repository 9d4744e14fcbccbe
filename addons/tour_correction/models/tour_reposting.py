"""Reposting: what was done and is changed all the same, told to accounting (BKG-10).

The first change of a booking that is done starts a reposting, which keeps what
accounting knew of it; any number of changes may follow. Finishing compares, sends
accounting what differs, and takes the booking's tag off.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_datetime

from odoo.addons.tour_booking.view_diff import compare

from ..correction_states import MOVER, REPOSTING_STATES


class TourReposting(models.Model):
    """One reposting of a booking: who changed what of it after it was done.

    Written by the suite only (see `_start` and `_finish`): nobody has the right to.
    """

    _name = "tour.reposting"
    _description = "Reposting"
    _inherit = ["mail.thread"]
    _order = "started_on desc, id desc"
    _rec_name = "order_id"

    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, precompute=True, index=True
    )
    partner_id = fields.Many2one(
        related="order_id.partner_id",
        store=True,
        precompute=True,
        string="Client",
        index=True,
    )
    user_id = fields.Many2one(
        related="order_id.user_id", store=True, precompute=True, string="Manager"
    )
    state = fields.Selection(
        selection=REPOSTING_STATES,
        string="Status",
        required=True,
        readonly=True,
        default="open",
    )
    started_by_id = fields.Many2one(
        comodel_name="res.users", string="Started by", readonly=True
    )
    started_on = fields.Datetime(
        string="Started on", readonly=True, default=fields.Datetime.now
    )
    finished_by_id = fields.Many2one(
        comodel_name="res.users", string="Finished by", readonly=True
    )
    finished_on = fields.Datetime(string="Finished on", readonly=True)
    # What accounting knew, and what it is told.
    before = fields.Json(readonly=True)
    after = fields.Json(readonly=True)
    changes = fields.Json(
        compute="_compute_changes",
        help="What differs from what accounting knows; of an open reposting, so far.",
    )
    has_changes = fields.Boolean(
        string="Something changed",
        readonly=True,
        help="Accounting was sent a document: not everything was changed back.",
    )
    document_id = fields.Many2one(
        comodel_name="ir.attachment", string="Document (Word)", readonly=True
    )
    pdf_id = fields.Many2one(
        comodel_name="ir.attachment", string="Document (PDF)", readonly=True
    )
    sent_to = fields.Char(string="Sent to", readonly=True)

    # The one that is open is looked for by booking, and there is one at most.
    _one_open = models.UniqueIndex(
        "(order_id) WHERE state = 'open'", "The booking is being reposted already."
    )

    @api.depends("order_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for reposting in self:
            reposting.display_name = self.env._(
                # In sudo: the number of a booking whose reposting one may see.
                "Reposting of %(order)s",
                order=reposting.sudo().order_id.name or "",
            )

    @api.depends("before", "after", "state")
    @api.depends_context("lang")
    def _compute_changes(self):
        # In sudo: the view of accounting is what the reposting is about.
        opened = self.filtered(lambda reposting: reposting.state == "open")
        now = opened.sudo().order_id._accounting_views()
        for reposting in self:
            after = reposting.after or now.get(reposting.order_id.id) or {}
            rows = compare(reposting.before or {}, after)
            reposting.changes = reposting.order_id._render_diff(rows)

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        self._check_is_mover()
        quiet = self.with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
        return super(TourReposting, quiet).create(vals_list).with_env(self.env)

    def write(self, vals):
        # The followers and messages of the record are no part of the reposting.
        if any(self._fields[name]._module == "tour_correction" for name in vals):
            self._check_is_mover()
        return super().write(vals)

    def _check_is_mover(self):
        if self.env.context.get("tour_correction_mover") is not MOVER:
            raise AccessError(
                self.env._(
                    "A reposting is started by a change of a booking that is done, and "
                    "ended by 'Finish reposting'. It cannot be written."
                )
            )

    # Starting

    @api.model
    def _start(self, orders, before):
        """Start a reposting of each of these bookings.

        :param dict before: {booking's id: what accounting knew of it}
        """
        # What was finished a moment ago makes room for what begins.
        self.flush_model(["state"])
        # In sudo: nobody has the right to write a reposting himself.
        return (
            self.sudo()
            .with_context(tour_correction_mover=MOVER)
            .create(
                [
                    {
                        "order_id": order.id,
                        "started_by_id": self.env.uid,
                        "before": before[order.id],
                    }
                    for order in orders
                ]
            )
        )

    # Finishing

    def action_finish(self):
        """End these repostings: accounting is sent what changed."""
        finished = self._finish()
        return self._get_finished_notification(finished)

    def _finish(self):
        """Compare, tell accounting, and take the tag off; all of these, or none.

        Who may write the booking may finish. Of two at once, one wins.

        :return: those of these in which something had changed
        """
        self.check_access("read")
        self.order_id.check_access("write")
        self._lock_to_finish()
        # In sudo: nobody has the right to write a reposting himself; the rights on
        # the bookings were checked above.
        repostings_sudo = self.sudo().with_context(tour_correction_mover=MOVER)
        views = repostings_sudo.order_id._accounting_views()
        changed = self.browse()
        for reposting_sudo in repostings_sudo:
            after = views[reposting_sudo.order_id.id]
            rows = compare(reposting_sudo.before, after)
            reposting_sudo.write(
                {
                    "state": "finished",
                    "finished_by_id": self.env.uid,
                    "finished_on": fields.Datetime.now(),
                    "after": after,
                    "has_changes": bool(rows),
                }
            )
            if rows:
                changed += self.browse(reposting_sudo.id)
        repostings_sudo.order_id._set_reposting(False)
        changed._send_to_accounting()
        self._log_finish()
        self._after_finish(changed)
        return changed

    def _after_finish(self, changed):
        """Hook: these were finished; override to follow up.

        :param changed: those in which something had changed
        """

    def _lock_to_finish(self):
        """Lock the repostings, and refuse what is not open or held by another."""
        held = self - self.sudo().try_lock_for_update().sudo(self.env.su)
        if held:
            raise UserError(
                self.env._(
                    "%(repostings)s: somebody else is finishing it right now. Reload "
                    "the page in a moment.",
                    repostings=", ".join(held.mapped("display_name")),
                )
            )
        self.invalidate_recordset(["state", "finished_by_id", "finished_on"])
        over = [r for r in self.sudo() if r.state != "open"]
        if over:
            raise UserError("\n".join(r._explain_finished() for r in over))

    def _explain_finished(self):
        return self.env._(
            "%(reposting)s was finished by %(user)s already, %(date)s.",
            reposting=self.display_name,
            user=self.finished_by_id.name,
            date=format_datetime(self.env, self.finished_on),
        )

    def _log_finish(self):
        """Note on the bookings how it ended."""
        # In sudo: an internal note of the suite.
        for reposting in self.sudo():
            reposting.order_id.message_post(
                body=reposting._get_outcome(),
                subtype_xmlid="mail.mt_note",
                author_id=self.env.user.partner_id.id,
            )

    def _get_outcome(self):
        """How the reposting ended, in a sentence."""
        self.ensure_one()
        if not self.has_changes:
            return self.env._(
                "The reposting is finished. Nothing differs from what accounting "
                "knows, so nothing was sent."
            )
        if not self.sent_to:
            return self.env._(
                "The reposting is finished. Nobody is set to be told of it: the "
                "document is kept with the reposting."
            )
        return self.env._(
            "The reposting is finished. Accounting was sent what changed: "
            "%(recipients)s.",
            recipients=self.sent_to,
        )

    def _get_finished_notification(self, changed):
        """Say how it ended, with a link to the list of repostings or to the one."""
        one = len(self) == 1
        text = (
            self._get_outcome()
            if one
            else self.env._(
                "Finished repostings: %(count)s; something had changed in "
                "%(changed)s of them.",
                count=len(self),
                changed=len(changed),
            )
        )
        path = f"/odoo/repostings/{self.id}" if one else "/odoo/repostings"
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if changed else "info",
                "title": self.env._("Reposting"),
                "message": f"{text.replace('%', '%%')} %s",
                "links": [{"label": self.env._("Show"), "url": path}],
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # Screens

    def action_open_booking(self):
        """Open the booking."""
        self.ensure_one()
        return self.order_id.get_formview_action()

    def action_open_document(self):
        """Download the Word document."""
        return self._open_attachment(self.document_id)

    def action_open_pdf(self):
        """Open the PDF."""
        return self._open_attachment(self.pdf_id)

    def _open_attachment(self, attachment):
        self.ensure_one()
        self.check_access("read")
        if not attachment:
            raise UserError(
                self.env._(
                    "%(reposting)s has no document: nothing had changed, or it is "
                    "open still.",
                    reposting=self.display_name,
                )
            )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "new",
        }
