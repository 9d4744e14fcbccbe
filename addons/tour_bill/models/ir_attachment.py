from odoo import api, models


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        """A file of a booking that is a supplier's bill begins the bill's life."""
        files = super().create(vals_list)
        files._begin_bills()
        return files

    def write(self, vals):
        before = self.filtered(lambda file: file.tour_incoming_type == "bill")
        result = super().write(vals)
        if "tour_incoming_type" in vals:
            (self - before)._begin_bills()
        return result

    def _begin_bills(self):
        for file in self:
            if file.tour_incoming_type != "bill" or file.type != "binary":
                continue
            booking = file._get_tour_booking()
            if booking:
                self.env["account.move"]._upload_bill(file, booking)
