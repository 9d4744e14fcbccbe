"""Papers that come in: files of bookings with a type (DOC-6)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.tour_partner.defaults import without_defaults

from ..payment_order_states import MOVER

INCOMING_TYPES = [
    ("bill", "Supplier's bill"),
    ("payment_order", "Payment order"),
    ("confirmation", "Confirmation"),
    ("other", "Other"),
]
# What changes the marks of services, and what ties a file to its payment order.
MARKING = {"tour_incoming_type", "tour_line_id", "res_id", "res_model"}
# What a payment order has attached is its PDF, and stays it.
TIED = MARKING | {
    "tour_payment_order_id", "name", "type", "url", "raw", "datas", "db_datas",
    "store_fname", "mimetype", "public",
}  # fmt: skip


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    tour_incoming_type = fields.Selection(
        selection=INCOMING_TYPES,
        string="Type of paper",
        copy=False,
        help="What came in for the booking. A payment order marks the services.",
    )
    tour_line_id = fields.Many2one(
        comodel_name="sale.order.line",
        string="Service",
        copy=False,
        ondelete="set null",
        domain="[('order_id', '=', res_id), ('service_type_id', '!=', False)]",
        index="btree_not_null",
        help="Of which service it is; empty for the whole booking.",
    )
    tour_payment_order_id = fields.Many2one(
        comodel_name="tour.payment.order",
        string="Payment order",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )

    _tour_incoming_idx = models.Index(
        "(create_date DESC) WHERE tour_incoming_type IS NOT NULL"
    )

    @api.constrains("tour_line_id", "res_id", "res_model", "tour_incoming_type")
    def _check_tour_incoming(self):
        """A typed file is one of a booking, and its service is the booking's."""
        # In sudo: whether it is right does not depend on who looks.
        for file in self.sudo():
            if not (file.tour_incoming_type or file.tour_line_id):
                continue
            order = file._get_tour_booking()
            if not order.is_tour_booking:
                raise ValidationError(
                    self.env._("Only files of a booking have a type of paper.")
                )
            if file.tour_line_id and file.tour_line_id.order_id != order:
                raise ValidationError(
                    self.env._("The service is not one of this booking.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Type a bill by itself, where it comes from a service or its supplier."""
        vals_list = [self._complete_incoming_vals(vals) for vals in vals_list]
        self = without_defaults(self, "tour_payment_order_id".__eq__)
        files = super().create(vals_list)
        if any("tour_incoming_type" in vals for vals in vals_list):
            files._update_payment_order_marks(files._get_marked_services())
        return files

    def write(self, vals):
        if not vals.keys() & TIED:
            return super().write(vals)
        self.check_access("write")
        self._check_tied_to_payment_order(vals)
        if not vals.keys() & MARKING:
            return super().write(vals)
        before = self._get_marked_services()
        result = super().write(vals)
        self._update_payment_order_marks(before | self._get_marked_services())
        return result

    def unlink(self):
        self.check_access("unlink")
        self._check_tied_to_payment_order({"tour_payment_order_id": False})
        services = self._get_marked_services()
        result = super().unlink()
        self._update_payment_order_marks(services)
        return result

    # === Buttons of the list of incoming papers === #

    def action_open_tour_booking(self):
        """Open the booking that the file is of."""
        self.ensure_one()
        self.check_access("read")
        booking = self._get_tour_booking()
        if not booking.is_tour_booking:
            raise UserError(self.env._("This is no file of a booking."))
        return booking.action_open_booking()

    def action_download_incoming(self):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.id}?download=true",
            "target": "download",
        }

    @api.model
    def _complete_incoming_vals(self, vals):
        if vals.get("tour_payment_order_id") and not self._is_payment_order_mover():
            raise AccessError(
                self.env._("Payment orders attach their files themselves.")
            )
        default = self.env.context.get("default_tour_line_id")
        line_id = vals.get("tour_line_id") or default
        if line_id:
            # In sudo: only to know the booking, whose access is asked for next.
            line = self.env["sale.order.line"].sudo().browse(line_id).exists()
            vals = {
                "tour_incoming_type": "bill",
                **vals,
                "res_model": "sale.order",
                "res_id": line.order_id.id,
            }
        elif vals.get("tour_supplier_bill"):
            vals = {"tour_incoming_type": "bill", **vals}
        return vals

    @api.model
    def _is_payment_order_mover(self):
        return self.env.context.get("tour_payment_order_mover") is MOVER

    def _check_tied_to_payment_order(self, vals):
        """What a payment order has attached goes with it only."""
        if self._is_payment_order_mover():
            return
        if vals.get("tour_payment_order_id"):
            self._complete_incoming_vals(vals)
        # In sudo: the tie holds for everybody.
        tied = self.sudo().filtered("tour_payment_order_id")
        if tied:
            raise UserError(
                self.env._(
                    "%(files)s: attached as payment order. Detach it there instead "
                    "(Documents → Payment orders).",
                    files=", ".join(tied.mapped("name")),
                )
            )

    def _get_tour_booking(self):
        orders = self.env["sale.order"]
        if self.res_model != orders._name or not self.res_id:
            return orders
        return orders.browse(self.res_id).exists()

    def _get_marked_services(self):
        """Services that these files, attached by hand as payment orders, mark."""
        # In sudo: services may be read by fewer than files.
        services = self.env["sale.order.line"].sudo()
        for file in self.sudo():
            if file.tour_incoming_type != "payment_order" or file.tour_payment_order_id:
                continue
            booking = file._get_tour_booking()
            services |= file.tour_line_id or booking._get_services()
        return services

    @api.model
    def _update_payment_order_marks(self, services):
        if services:
            services.exists()._update_payment_order_state()
