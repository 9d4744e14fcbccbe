from hashlib import sha256

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.http import request
from odoo.tools import SQL

# Papers that the client agrees to, and so confirms the booking.
AGREED_KINDS = ("contract", "booking_sheet")
MAX_AGENT = 300


class TourDocument(models.Model):
    _inherit = "tour.document"

    agreement_ids = fields.One2many(
        comodel_name="tour.agreement",
        inverse_name="document_id",
        string="Agreements",
        readonly=True,
        groups="tour_partner.tour_group_staff",
    )
    is_agreed = fields.Boolean(
        string="Client agreed",
        compute="_compute_is_agreed",
        compute_sudo=True,
        help="To the current version.",
    )

    @api.depends("agreement_ids", "current_version_id")
    def _compute_is_agreed(self):
        for document in self:
            document.is_agreed = bool(document._get_agreement())

    def _get_agreement(self):
        """What the client agreed to, if it is the current version; in sudo."""
        self.ensure_one()
        # In sudo: the client may know what he agreed to, and reads no versions.
        document_sudo = self.sudo()
        version_sudo = document_sudo.current_version_id
        return document_sudo.agreement_ids.filtered(
            lambda agreement: agreement.version_id == version_sudo
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_locked_or_sent(self):
        """Nor what a client agreed to, which is asked before its versions go."""
        # In sudo: it is kept, whoever may read the agreement.
        agreed_sudo = self.sudo().filtered("agreement_ids")
        if agreed_sudo:
            raise UserError(
                self.env._(
                    "%(documents)s: the client agreed to it. Archive it instead.",
                    documents=", ".join(agreed_sudo.mapped("display_name")),
                )
            )
        return super()._unlink_except_locked_or_sent()

    # === The client's act === #

    def action_client_agree(self, version):
        """Say as the client that one agrees to this version of the paper.

        The paper is locked then: what he agreed to stays. Saying it twice does nothing.

        :param int version: number of the version that he has read
        :raise UserError: if it is not the newest any more, or is none to agree to
        :raise AccessError: for staff, who may not agree in his name
        """
        if not isinstance(version, int) or isinstance(version, bool):
            raise UserError(self.env._("Which version is agreed to? Give its number."))
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.share:
            raise AccessError(
                self.env._("Only the client himself agrees to his papers.")
            )
        self._check_is_for_agreement()
        # In sudo: the client may write neither the paper nor the booking.
        document_sudo = self.sudo()
        document_sudo._hold_for_agreement()
        if document_sudo.current_version_id.number != version:
            raise UserError(
                self.env._(
                    "%(document)s was changed meanwhile. Read it again, then agree.",
                    document=self.display_name,
                )
            )
        if self._get_agreement():
            return True
        document_sudo._note_agreement()
        return True

    def _hold_for_agreement(self):
        """Let nobody else agree, draw or move at this very moment.

        The booking is written, if only by itself: who agreed to its other paper in
        another window, and began before, begins anew and sees what was agreed to here.
        """
        self.order_id._lock_for_move()
        self.lock_for_update(allow_referencing=True)
        self.env.cr.execute(
            SQL(
                "UPDATE sale_order SET write_date = write_date WHERE id = %s",
                self.order_id.id,
            )
        )
        self.invalidate_recordset(["current_version_id", "agreement_ids"])

    def _check_is_for_agreement(self):
        # In sudo: whether it is so does not depend on who asks.
        document_sudo = self.sudo()
        if (
            self.kind not in AGREED_KINDS
            or not self.is_open_to_client
            or not document_sudo.current_version_id
        ):
            raise UserError(
                self.env._(
                    "%(document)s: there is nothing to agree to.",
                    document=self.display_name,
                )
            )
        order_sudo = document_sudo.order_id
        if order_sudo.state == "cancel" or order_sudo.booking_state == "archive":
            raise UserError(
                self.env._("%(order)s does not take place.", order=order_sudo.name)
            )

    def _hash_current_file(self):
        """SHA-256 of the file itself, which is what was drawn; in sudo."""
        version = self.current_version_id
        digest = sha256(version.attachment_id.raw or b"").hexdigest()
        if digest != version.file_checksum:
            raise UserError(
                self.env._(
                    "%(document)s: the file is damaged. Ask us for a new one.",
                    document=self.display_name,
                )
            )
        return digest

    def _note_agreement(self):
        """Keep it, lock the paper, and let the booking follow; in sudo."""
        self.ensure_one()
        user = self.env.user
        http = request.httprequest if request else None
        self.env["tour.agreement"].create(
            {
                "document_id": self.id,
                "version_id": self.current_version_id.id,
                "user_id": user.id,
                "user_name": user.name,
                "user_login": user.login,
                "agreed_on": fields.Datetime.now(),
                "address": http and http.remote_addr,
                "user_agent": http and str(http.user_agent)[:MAX_AGENT],
                "sha256": self._hash_current_file(),
            }
        )
        self.locked = True
        self.order_id._follow_agreement(self)
