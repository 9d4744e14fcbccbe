from odoo import fields, models
from odoo.exceptions import UserError


class TourBookletAdd(models.TransientModel):
    """Many files and papers of ours that go into the booklet at once."""

    _name = "tour.booklet.add"
    _description = "Add Travel Documents"

    order_id = fields.Many2one(
        comodel_name="sale.order", string="Booking", required=True
    )
    attachment_ids = fields.Many2many(comodel_name="ir.attachment", string="Files")
    document_ids = fields.Many2many(
        comodel_name="tour.document",
        string="Papers of ours",
        domain="[('order_id', '=', order_id), ('audience', '=', 'client')]",
    )

    def action_apply(self):
        """Put them in, the papers first."""
        self.ensure_one()
        self.order_id.check_access("read")
        if not self.attachment_ids and not self.document_ids:
            raise UserError(self.env._("Choose files or papers to add."))
        items = self.env["tour.booklet.item"]
        known = items.with_context(active_test=False).search(
            [("order_id", "=", self.order_id.id), ("document_id", "!=", False)]
        )
        again = known.filtered(lambda item: item.document_id in self.document_ids)
        again.write({"active": True})
        fresh = self.document_ids - known.document_id
        fresh.filtered(lambda one: not one.version_number)._draw()
        items.create(
            [{"order_id": self.order_id.id, "document_id": one.id} for one in fresh]
        )
        for file in self.attachment_ids:
            item = items.create({"order_id": self.order_id.id})
            item._put(file.name, file.raw)
        # They were the dialog's own, and are kept as versions now.
        self.attachment_ids.filtered(
            lambda file: file.res_model == self._name or not file.res_id
        ).unlink()
        return {"type": "ir.actions.act_window_close"}
