"""Whether the travel documents of a booking are complete, and what was sent when."""

from datetime import timedelta
from hashlib import sha256

from odoo import api, fields, models

# What changes within this time goes out in one mail.
BATCH = timedelta(minutes=5)


class TourBooklet(models.Model):
    """The state of a booking's booklet; one for each booking that was ever completed.

    Written by its own methods only, in sudo: nobody has the right to.
    """

    _name = "tour.booklet"
    _description = "Travel Booklet"
    _order = "id desc"
    _rec_name = "order_id"

    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, precompute=True, index=True
    )
    complete_on = fields.Datetime(string="Complete since", readonly=True)
    complete_by_id = fields.Many2one(
        comodel_name="res.users", string="Completed by", readonly=True
    )
    edition_ids = fields.One2many(
        comodel_name="tour.booklet.edition",
        inverse_name="booklet_id",
        string="Sent",
        readonly=True,
    )
    sent_on = fields.Datetime(string="Last sent on", readonly=True)
    changed_on = fields.Datetime(
        string="Changed since it was sent",
        readonly=True,
        index="btree_not_null",
        help="It is sent anew when no more changes come for some minutes.",
    )

    _order_unique = models.Constraint("UNIQUE(order_id)", "A booking has one booklet.")

    @api.model
    def _get_for(self, order):
        """The booklet of a booking, in sudo, made if there is none yet."""
        # In sudo: nobody has the right to write one; the caller has checked the right.
        booklets_sudo = self.sudo()
        order.lock_for_update(allow_referencing=True)
        known = booklets_sudo.search([("order_id", "=", order.id)])
        return known or booklets_sudo.create({"order_id": order.id})

    def _get_fingerprint(self):
        """Of the bytes in the booklet, whatever their names and order."""
        self.ensure_one()
        digests = sorted(item._get_sha256() for item in self._get_sent_items())
        return sha256("\n".join(digests).encode()).hexdigest()

    def _get_sent_items(self):
        """What has a file that may go to the client now: papers that were archived or
        closed to him, or that are drafts to him, may not."""
        return self.order_id.booklet_item_ids.filtered(
            lambda item: item._get_file()
            and (
                not item.document_id
                or (item.document_id.active and item.document_id.is_open_to_client)
            )
        )

    def _note_changed(self):
        """Have what was sent sent anew, once no more changes come."""
        now = fields.Datetime.now()
        waiting = self.filtered("sent_on")
        waiting.write({"changed_on": now})
        if waiting.filtered("complete_on"):
            # In sudo: scheduled actions are not for users to read.
            cron_sudo = self.env.ref("tour_booklet.ir_cron_send_changed").sudo()
            cron_sudo._trigger(at=now + BATCH)


class TourBookletEdition(models.Model):
    """What was sent to a client once: which files, in which version, to whom."""

    _name = "tour.booklet.edition"
    _description = "Sent Travel Booklet"
    _order = "number desc, id desc"
    _rec_name = "number"

    booklet_id = fields.Many2one(
        comodel_name="tour.booklet",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    order_id = fields.Many2one(related="booklet_id.order_id", store=True, index=True)
    company_id = fields.Many2one(related="booklet_id.company_id", store=True)
    number = fields.Integer(string="Edition", required=True, readonly=True)
    way = fields.Selection(
        selection=[
            ("hand", "By hand"),
            ("auto", "By itself: complete"),
            ("changed", "By itself: changed"),
        ],
        string="How it was sent",
        required=True,
        readonly=True,
    )
    files = fields.Json(string="Files as data", readonly=True)
    contents = fields.Text(compute="_compute_contents", string="Files")
    fingerprint = fields.Char(readonly=True)
    recipients = fields.Char(readonly=True)

    _number_unique = models.Constraint(
        "UNIQUE(booklet_id, number)", "A booklet has one edition of each number."
    )

    @api.depends("files")
    @api.depends_context("lang")
    def _compute_contents(self):
        for edition in self:
            edition.contents = "\n".join(
                self.env._(
                    "%(file)s, version %(number)s",
                    file=file["name"],
                    number=file["version"],
                )
                for file in edition.files or ()
            )
