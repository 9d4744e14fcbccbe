"""Files with payment orders: what came in, from whom, and what became of it."""

import io
import logging
import os
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import clean_context

from ..engine.names import clean_name
from ..payment_order_states import FILE_OPEN, FILE_STATES, KEEPERS, MOVER
from ..texts import get_file_faults

_logger = logging.getLogger(__name__)

MAX_FILES = 50
# What a file begins anew with when it is read again.
FRESH = {"fault": False, "pages_read": 0, "duplicate_count": 0, "tries": 0}


class TourPaymentOrderFile(models.Model):
    """A file that came in by mail or upload. Nothing is dropped: what can't be read
    stays here with the reason.
    """

    _name = "tour.payment.order.file"
    _description = "File of Payment Orders"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _mail_post_access = "read"

    name = fields.Char(required=True, readonly=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.company,
    )
    source = fields.Selection(
        selection=[("upload", "Upload"), ("mail", "Mail")],
        string="Came by",
        required=True,
        readonly=True,
        default="upload",
    )
    sender = fields.Char(string="From", readonly=True)
    is_trusted = fields.Boolean(
        string="Sender confirmed",
        readonly=True,
        copy=False,
        default=True,
        help="It was uploaded, or our mail server says that it is from whom it says, or"
        " somebody confirmed so. Orders of others wait.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Sent by",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    attachment_id = fields.Many2one(
        comodel_name="ir.attachment",
        string="File",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    file_size = fields.Integer(related="attachment_id.file_size", compute_sudo=True)
    state = fields.Selection(
        selection=FILE_STATES,
        string="Status",
        required=True,
        readonly=True,
        default="received",
        copy=False,
        index=True,
    )
    fault = fields.Char(readonly=True, copy=False)
    fault_text = fields.Char(string="Why not", compute="_compute_fault_text")
    page_count = fields.Integer(string="Pages", readonly=True, copy=False)
    pages_read = fields.Integer(readonly=True, copy=False)
    duplicate_count = fields.Integer(string="Known already", readonly=True, copy=False)
    tries = fields.Integer(
        readonly=True,
        copy=False,
        help="How often reading began since the last order that was kept.",
    )
    payment_order_ids = fields.One2many(
        comodel_name="tour.payment.order",
        inverse_name="file_id",
        string="Payment orders",
        readonly=True,
    )
    order_count = fields.Integer(string="Orders", compute="_compute_order_counts")
    attached_count = fields.Integer(string="Attached", compute="_compute_order_counts")
    waiting_count = fields.Integer(string="Waiting", compute="_compute_order_counts")

    # === Computes === #

    @api.depends("fault")
    @api.depends_context("lang")
    def _compute_fault_text(self):
        texts = get_file_faults(self.env)
        for file in self:
            text = texts.get(file.fault)
            file.fault_text = text and text % {"limit": file._get_max_mb()}

    @api.depends("payment_order_ids.state")
    def _compute_order_counts(self):
        groups = self.env["tour.payment.order"]._read_group(
            [("file_id", "in", self.ids)], ["file_id", "state"], ["__count"]
        )
        counts = {(file.id, state): count for file, state, count in groups}
        for file in self:
            by_state = {s: n for (key, s), n in counts.items() if key == file.id}
            file.order_count = sum(by_state.values())
            file.attached_count = by_state.get("attached", 0)
            file.waiting_count = by_state.get("waiting", 0)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        self._check_mover()
        return super().create(vals_list)

    def write(self, vals):
        # The conversation below the form is anybody's who reads it.
        if vals.keys() - {"message_main_attachment_id"}:
            self._check_mover()
        return super().write(vals)

    @api.model
    def _check_mover(self):
        if self.env.context.get("tour_payment_order_mover") is not MOVER:
            raise AccessError(
                self.env._(
                    "Files of payment orders are uploaded or mailed, not written."
                )
            )

    def _as_mover(self):
        # Without defaults, which come from whoever calls.
        context = clean_context(self.env.context)
        return self.with_context(context, tour_payment_order_mover=MOVER)

    # === Coming in === #

    @api.model
    def _check_may_upload(self):
        if not self.env.su and not any(map(self.env.user.has_group, KEEPERS)):
            raise AccessError(
                self.env._(
                    "Only accountants and heads of department upload payment orders."
                )
            )

    @api.model
    def _receive(self, company, contents, **values):
        """Keep files, whatever they are, and have them read in the background.

        :param contents: pairs of a name and bytes, taken one after the other
        :param values: of the records: ``source``, ``sender``, ``user_id``, ``fault``
        :return: the files, which those may see who may see payment orders
        """
        # In sudo: a file is nobody's to write; who may bring it was asked before.
        files = self.sudo()._as_mover().browse()
        for name, content in contents:
            file = files.create(
                {
                    "is_trusted": values.get("source") != "mail",
                    **values,
                    "name": clean_name(name),
                    "company_id": company.id,
                }
            )
            file.attachment_id = file._keep(content)
            # Memory is that of one file, however many come at once.
            file.attachment_id.invalidate_recordset(["raw", "datas"])
            files += file
        files._trigger_worker()
        return files.with_env(self.env)

    def _keep(self, content):
        # Never as a page that a browser would show.
        is_pdf = b"%PDF-" in content[:1024]
        return (
            self.env["ir.attachment"]
            .with_context(attachments_mime_plainxml=True, image_no_postprocess=True)
            .create(
                {
                    "name": self.name,
                    "raw": content,
                    "mimetype": "application/pdf" if is_pdf else "text/plain",
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        )

    @api.model
    def _trigger_worker(self):
        # In sudo: scheduled actions are not the uploader's to read.
        self.env.ref("tour_payment_order.ir_cron_read").sudo()._trigger()

    def _get_max_mb(self):
        # In sudo: a setting, read by the worker and by directors.
        return self.sudo().company_id.tour_payment_max_mb

    @contextmanager
    def _open_content(self):
        """The file for reading, and what pdfium opens it by: its path, or its bytes."""
        attachment = self.attachment_id
        path = attachment.store_fname and attachment._full_path(attachment.store_fname)
        if path and os.path.isfile(path):
            with open(path, "rb") as opened:
                yield opened, path
        else:
            content = attachment.raw or b""
            yield io.BytesIO(content), content

    # === Buttons === #

    def action_read_again(self):
        """Read what could not be read once more, after a limit was changed, say.

        Orders that are known already stay as they are.
        """
        self._check_may_upload()
        self.check_access("read")
        if any(file.state in FILE_OPEN for file in self):
            raise UserError(self.env._("It is being read already."))
        # In sudo: as above.
        self.sudo()._set_state("received", **FRESH)
        self._trigger_worker()
        return True

    def action_trust(self):
        """Confirm that these are from whom they say; bookings are looked for then."""
        self._check_may_upload()
        self.check_access("read")
        # In sudo: as above.
        files = self.sudo().filtered(lambda file: not file.is_trusted)
        if held := files - files.try_lock_for_update(allow_referencing=True):
            raise UserError(
                self.env._(
                    "%(files)s: being read right now. Try again in a moment.",
                    files=", ".join(held.mapped("name")),
                )
            )
        files._as_mover().write({"is_trusted": True})
        for file in files:
            file._message_log(
                body=self.env._("The sender was confirmed."),
                author_id=self.env.user.partner_id.id,
            )
        files.payment_order_ids._believe_sender()
        self.env["tour.payment.order"]._trigger_matching()
        return True

    def action_view_orders(self):
        """Open the payment orders of these files."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_payment_order.tour_payment_order_action"
            ),
            "domain": [("file_id", "in", self.ids)],
            "context": {},
        }

    def action_download(self):
        """Give the file as it came."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=true",
            "target": "download",
        }

    def _set_state(self, state, **values):
        """The one place that moves a file from status to status."""
        self._as_mover().write({"state": state, **values})
