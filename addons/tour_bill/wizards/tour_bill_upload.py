from odoo import fields, models
from odoo.exceptions import UserError


class TourBillUpload(models.TransientModel):
    """Takes the files of bills, one bill each, and the bookings they are for."""

    _name = "tour.bill.upload"
    _description = "Upload of supplier bills"

    file_ids = fields.Many2many(
        comodel_name="ir.attachment", string="Files", help="One bill per file."
    )
    order_ids = fields.Many2many(
        comodel_name="sale.order",
        string="Bookings",
        domain=[("is_tour_booking", "=", True)],
    )

    def action_apply(self):
        """Begin a bill of each file; what was uploaded before is found again."""
        self.ensure_one()
        # Only what the user uploaded here himself, and may read.
        files = self.file_ids.filtered(
            lambda file: file.create_uid == self.env.user and not file.url
        )
        files.check_access("read")
        if not files:
            raise UserError(self.env._("Choose a file first."))
        self.order_ids.check_access("write")
        Move = self.env["account.move"]
        bills = Move.union(*(Move._upload_bill(f, self.order_ids) for f in files))
        bills = bills.sudo(False)
        if len(bills) == 1 and bills.tour_bill_state == "uploaded":
            return bills.action_prepare_bill()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_bill.account_move_action_bill"
        )
        return {**action, "domain": [("id", "in", bills.ids)], "context": {}}
