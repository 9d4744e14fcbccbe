from odoo import fields, models
from odoo.exceptions import UserError

from ..models.tour_payment_order_file import MAX_FILES


class TourPaymentOrderUpload(models.TransientModel):
    """Several files at once, to be read in the background."""

    _name = "tour.payment.order.upload"
    _description = "Upload of Payment Orders"

    attachment_ids = fields.Many2many(
        comodel_name="ir.attachment",
        relation="tour_payment_order_upload_rel",
        string="Files",
        bypass_search_access=True,
    )

    def _iter_contents(self, attachments):
        for attachment in attachments:
            yield attachment.name, attachment.raw or b""
            attachment.invalidate_recordset(["raw"])

    def action_upload(self):
        """Keep the files and have them read."""
        self.ensure_one()
        files = self.env["tour.payment.order.file"]
        files._check_may_upload()
        # Who uploads reads his own files only, whatever ids were sent.
        attachments = self.attachment_ids
        attachments.check_access("read")
        if not attachments:
            raise UserError(self.env._("Choose at least one file."))
        if len(attachments) > MAX_FILES:
            raise UserError(
                self.env._("Choose %(count)s files at most.", count=MAX_FILES)
            )
        received = files._receive(
            self.env.company,
            self._iter_contents(attachments),
            source="upload",
            user_id=self.env.uid,
            sender=self.env.user.email,
        )
        # In sudo: copies of the browser's upload, which are kept with the files now.
        attachments.filtered(
            lambda a: a.create_uid == self.env.user and a.res_model == self._name
        ).sudo().unlink()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_payment_order.tour_payment_order_file_action"
        )
        if len(received) == 1:
            action.update(view_mode="form", views=[(False, "form")], res_id=received.id)
        return action
