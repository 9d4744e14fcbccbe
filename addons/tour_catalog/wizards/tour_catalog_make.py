from base64 import b64decode
from io import BytesIO

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class TourCatalogMake(models.TransientModel):
    """An order from the catalogue that staff make in a client's name."""

    _name = "tour.catalog.make"
    _description = "Make an Order from the Catalogue"

    question_id = fields.Many2one(
        comodel_name="tour.catalog.question",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    service_id = fields.Many2one(related="question_id.service_id")
    partner_id = fields.Many2one(related="question_id.partner_id")
    payment = fields.Selection(related="service_id.payment")
    day_mode = fields.Selection(related="service_id.day_mode")
    asks_hour = fields.Boolean(related="service_id.asks_hour")
    allowed_order_ids = fields.Many2many(
        comodel_name="sale.order", compute="_compute_allowed_order_ids"
    )
    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        domain="[('id', 'in', allowed_order_ids)]",
        ondelete="cascade",
        help="Left empty, a new one is made.",
    )
    day = fields.Date()
    hour = fields.Float()
    line_ids = fields.One2many(
        comodel_name="tour.catalog.make.line",
        inverse_name="wizard_id",
        string="Order form",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("question_id")
    def _compute_allowed_order_ids(self):
        for wizard in self:
            # In sudo: the client's user may be out of the reach of who orders.
            user_sudo = wizard.question_id.sudo().client_user_id
            company = wizard.question_id.company_id
            services = self.env["tour.catalog.service"].with_company(company)
            found = services._get_open_bookings(user_sudo)
            wizard.allowed_order_ids = found.sudo(False)._filtered_access("write")

    @api.depends("question_id")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [Command.clear()] + [
                Command.create({"field_id": field.id})
                for field in wizard.question_id.service_id.field_ids
            ]

    def action_apply(self):
        """Make the order, its invoice if it is prepaid, and open the booking."""
        self.ensure_one()
        question = self.question_id
        question.check_access("write")
        # Nobody orders from one question twice.
        question._move_to("ordered")
        self._check_booking()
        # In sudo: prices, taxes and the invoice; the rights were checked above. In the
        # company that was asked, which need not be the one that staff work in just now.
        service_sudo = question.service_id.sudo().with_company(question.company_id)
        if not service_sudo.active:
            raise UserError(
                self.env._(
                    "%(service)s is not in the catalogue any more.",
                    service=service_sudo.name,
                )
            )
        form, faults = service_sudo._read_order_form(
            self._prepare_values(), self._get_files
        )
        if faults:
            raise UserError("\n".join(faults.values()))
        line_sudo = service_sudo._place_order(
            form, question.sudo().client_user_id, self.order_id.sudo(), question.sudo()
        )
        question.sudo()._as_mover().line_id = line_sudo
        return question.action_open_booking()

    def _check_booking(self):
        """Refuse what is no booking of the client, or not the user's to change."""
        if not self.order_id:
            self.env["sale.order"].check_access("create")
            return
        self.order_id.check_access("write")
        if self.order_id not in self.allowed_order_ids:
            raise UserError(
                self.env._(
                    "%(booking)s takes no further services of this client.",
                    booking=self.order_id.name,
                )
            )

    def _prepare_values(self):
        """What was filled in, as a client's form gives it."""
        values = {
            "day": fields.Date.to_string(self.day) or "",
            "hour": self._write_hour(),
        }
        for line in self.line_ids:
            is_tick = line.kind == "checkbox"
            value = "1" if is_tick and line.ticked else line.value or ""
            values[line.field_id._get_input()] = (
                "" if is_tick and not line.ticked else value
            )
        return values

    def _write_hour(self):
        if not self.hour:
            return ""
        minutes = round(self.hour * 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"

    def _get_files(self, name):
        """Files of an answer, as an upload gives them."""
        return [
            _SentFile(line.file_name or "file", line.with_context(bin_size=False).file)
            for line in self.line_ids
            if line.file and line.field_id._get_input() == name
        ]


class TourCatalogMakeLine(models.TransientModel):
    _name = "tour.catalog.make.line"
    _description = "Answer in an Order Form"

    wizard_id = fields.Many2one(
        comodel_name="tour.catalog.make",
        required=True,
        index=True,
        ondelete="cascade",
    )
    field_id = fields.Many2one(
        comodel_name="tour.catalog.field",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    kind = fields.Selection(related="field_id.kind")
    required = fields.Boolean(related="field_id.required")
    options = fields.Text(related="field_id.options")
    value = fields.Char(string="Answer")
    ticked = fields.Boolean(string="Yes")
    file = fields.Binary(attachment=False)
    file_name = fields.Char()


class _SentFile(BytesIO):
    """A file of the window, as `tour.portal.upload` reads files."""

    def __init__(self, filename, content):
        super().__init__(b64decode(content))
        self.filename = filename
