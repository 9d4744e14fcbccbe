"""What was read from the file of a bill, and what people think of it (BIL-2)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.tour_partner.defaults import plain

from ..texts import get_faults

# Sentinel in the context of our own writes: an object cannot come through RPC.
READER = object()
STAFF = "tour_partner.tour_group_staff"
STATES = [
    ("reading", "Being read"),
    ("read", "Read"),
    ("failed", "Could not be read"),
]
MAX_MB = 20


class TourBillReading(models.Model):
    """One reading of one file; the last one of a bill counts."""

    _name = "tour.bill.reading"
    _description = "Reading of a supplier bill"
    _order = "id desc"
    _rec_name = "move_id"

    move_id = fields.Many2one(
        comodel_name="account.move",
        string="Bill",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="move_id.company_id", store=True)
    attachment_id = fields.Many2one(
        comodel_name="ir.attachment",
        string="File",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    state = fields.Selection(
        selection=STATES,
        string="Status",
        required=True,
        readonly=True,
        default="reading",
    )
    fault = fields.Char(readonly=True)
    fault_text = fields.Char(string="Why not", compute="_compute_fault_text")
    hints = fields.Json(
        readonly=True, help="By field: value, confidence, source, label, page."
    )
    dismissed = fields.Json(
        readonly=True, help="Fields whose hints are wrong, with who said so."
    )
    tries = fields.Integer(readonly=True)
    seconds = fields.Float(readonly=True, digits=(8, 3))

    _open_idx = models.Index("(tries, id) WHERE state = 'reading'")

    @api.depends("fault")
    @api.depends_context("lang")
    def _compute_fault_text(self):
        texts = get_faults(self.env)
        for reading in self:
            text = texts.get(reading.fault)
            reading.fault_text = text and text % {"limit": MAX_MB}

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_others()
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_others()
        return super().write(vals)

    @api.model
    def _refuse_others(self):
        if self.env.context.get("tour_bill_reader") is not READER:
            raise AccessError(
                self.env._("What was read from a bill is not written by hand.")
            )

    def _as_reader(self):
        return plain(self).with_context(tour_bill_reader=READER)

    @api.model
    def _begin(self, moves):
        """Have the files of these bills read in the background, at once."""
        # In sudo: readings are nobody's to write. Nothing of the caller's context.
        Reading = self.sudo()._as_reader()
        moves = moves.sudo()
        Reading.search([("move_id", "in", moves.ids), ("state", "=", "reading")]).write(
            {"state": "failed", "fault": "stuck"}
        )
        readings = Reading.create(
            [
                {
                    "move_id": move.id,
                    "attachment_id": move.message_main_attachment_id.id,
                }
                for move in moves
            ]
        )
        # In sudo: scheduled actions are not the uploader's to read.
        self.env.ref("tour_bill_reading.ir_cron_read").sudo()._trigger()
        return readings
