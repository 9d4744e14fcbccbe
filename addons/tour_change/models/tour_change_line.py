"""What is proposed for a service: its form starts with what is, and keeps what it was
then, so that only what somebody changed is applied."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from odoo.addons.tour_booking.guest_paste import parse
from odoo.addons.tour_hotel.models.tour_rate import MEALS

from ..change_states import MOVER

# Fields of the service under the same name here.
SERVICE_FIELDS = (
    "date_from",
    "date_to",
    "hotel_id",
    "meal",
    "price_unit",
    "rate_id",
    "room_id",
    "rooms",
    "supplier_price_total",
)
CONTENT = (*SERVICE_FIELDS, "guest_names")
# What a client may propose himself; prices and rates are ours.
CLIENT_FIELDS = ("date_from", "date_to", "meal", "rooms", "guest_names")


class TourChangeLine(models.Model):
    """What is proposed for one service of the booking."""

    _name = "tour.change.line"
    _description = "Proposed Change of a Service"
    _order = "change_id, sequence, id"

    change_id = fields.Many2one(
        comodel_name="tour.change",
        required=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="change_id.company_id", store=True)
    currency_id = fields.Many2one(related="change_id.currency_id")
    order_id = fields.Many2one(related="change_id.order_id")
    sequence = fields.Integer(default=10)
    # Kept as a text when the service is cancelled and goes.
    line_id = fields.Many2one(
        comodel_name="sale.order.line",
        string="Service",
        ondelete="set null",
        index="btree_not_null",
        domain="[('order_id', '=', order_id), ('service_type_id', '!=', False)]",
    )
    service_name = fields.Char(readonly=True)
    service_kind = fields.Selection(related="line_id.service_kind")
    cancels = fields.Boolean(string="Cancel it")
    date_from = fields.Date(
        compute="_compute_content", store=True, readonly=False, precompute=True
    )
    date_to = fields.Date(
        compute="_compute_content", store=True, readonly=False, precompute=True
    )
    hotel_id = fields.Many2one(
        comodel_name="tour.hotel",
        compute="_compute_content",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
    )
    room_id = fields.Many2one(
        comodel_name="tour.room",
        compute="_compute_content",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="set null",
        domain="[('hotel_id', '=', hotel_id)]",
    )
    rate_id = fields.Many2one(
        comodel_name="tour.rate",
        compute="_compute_content",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="set null",
        domain="[('room_id', '=', room_id)]",
    )
    meal = fields.Selection(
        selection=MEALS,
        compute="_compute_content",
        store=True,
        readonly=False,
        precompute=True,
    )
    rooms = fields.Integer(
        compute="_compute_content", store=True, readonly=False, precompute=True
    )
    price_unit = fields.Monetary(
        string="Client's price",
        compute="_compute_content",
        store=True,
        readonly=False,
        precompute=True,
        help="Changed here, it is agreed; else it follows from the rate.",
    )
    supplier_price_total = fields.Monetary(
        string="Supplier's price",
        compute="_compute_content",
        store=True,
        readonly=False,
        precompute=True,
        help="Changed here, it is agreed; else it follows from the rate.",
    )
    guest_names = fields.Text(
        string="Guests",
        compute="_compute_content",
        store=True,
        readonly=False,
        precompute=True,
        help="One guest in each row: last, first and middle name, and a child's age.",
    )
    comment = fields.Char()
    # What the service was when this was filled in.
    base_values = fields.Json(
        compute="_compute_content", store=True, readonly=False, precompute=True
    )
    summary = fields.Char(string="Proposed", compute="_compute_summary")

    # === Computes === #

    @api.depends("line_id")
    def _compute_content(self):
        """Start with what the service is."""
        for line in self:
            values = line._get_service_values()
            line.base_values = values
            for name in CONTENT:
                line[name] = values.get(name, False)

    def _get_service_values(self):
        """The service as plain data."""
        self.ensure_one()
        # In sudo: prices are for staff; a client's request keeps them unseen.
        service = self.line_id.sudo()
        if not service:
            return {}
        values = {}
        for name in SERVICE_FIELDS:
            value = service[name]
            if isinstance(value, models.BaseModel):
                value = value.id
            elif name.startswith("date"):
                value = fields.Date.to_string(value)
            values[name] = value or False
        values["guest_names"] = self._write_guests(service.guest_ids)
        return values

    @api.model
    def _write_guests(self, guests):
        """Guests as rows that `guest_paste` reads."""
        rows = []
        for guest in guests:
            parts = [guest.last_name, guest.first_name, guest.middle_name]
            if guest.guest_type != "adult":
                parts.append(str(guest.age))
            row = "; ".join(part or "" for part in parts).rstrip("; ")
            # Without a semicolon, a name of two words would be two names.
            rows.append(row if ";" in row else f"{row};")
        return "\n".join(rows)

    @api.depends("cancels", "comment", "base_values", *CONTENT)
    def _compute_summary(self):
        labels = {
            name: self._fields[name]._description_string(self.env) for name in CONTENT
        }
        for line in self:
            if line.cancels:
                line.summary = self.env._("Cancel")
                continue
            names = [labels[name] for name in line._get_proposed()]
            line.summary = ", ".join(names) or line.comment or False

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.change_id._check_editable()
        for line in lines:
            line.service_name = line.line_id.name
        return lines

    def write(self, vals):
        if vals.keys() - {"line_id", "service_name"}:
            self.change_id._check_editable()
        if any(
            line.change_id.id != vals.get("change_id", line.change_id.id)
            for line in self
        ):
            raise UserError(
                self.env._("A proposal stays with its request. Make another one there.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        if self.env.context.get("tour_change_mover") is not MOVER:
            self.change_id._check_editable()

    @api.onchange("hotel_id")
    def _onchange_hotel_id(self):
        if self.room_id.hotel_id != self.hotel_id:
            self.room_id = False
            self.rate_id = False

    @api.onchange("room_id")
    def _onchange_room_id(self):
        if self.rate_id.room_id != self.room_id:
            self.rate_id = False

    @api.constrains("line_id", "change_id")
    def _check_service(self):
        for line in self:
            if line.line_id and line.line_id.order_id != line.change_id.order_id:
                raise ValidationError(
                    self.env._(
                        "%(service)s is no service of %(order)s.",
                        service=line.line_id.display_name,
                        order=line.change_id.order_id.name,
                    )
                )

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for line in self:
            if line.date_from and line.date_to and line.date_to < line.date_from:
                raise ValidationError(
                    self.env._(
                        "%(service)s: the departure is before the arrival.",
                        service=line.line_id.display_name or line.service_name,
                    )
                )

    @api.constrains("guest_names")
    def _check_guest_names(self):
        for line in self:
            base = (line.base_values or {}).get("guest_names")
            if (line.guest_names or "") == (base or ""):
                continue
            if faults := parse(line.guest_names or "").faults:
                raise ValidationError(
                    "\n".join(
                        self.env["sale.order.line"]._explain_paste(fault)
                        for fault in faults
                    )
                )

    # === What is applied === #

    def _get_proposed(self):
        """Fields that somebody changed, with their values as a write takes them.

        :rtype: dict
        """
        self.ensure_one()
        base = self.base_values or {}
        proposed = {}
        for name in CONTENT:
            value = self[name]
            if isinstance(value, models.BaseModel):
                value = value.id
            elif name.startswith("date"):
                value = fields.Date.to_string(value)
            if (value or False) != (base.get(name) or False):
                proposed[name] = value or False
        return proposed

    def _prepare_service_vals(self):
        """Values to write on the service."""
        self.ensure_one()
        vals = self._get_proposed()
        if "guest_names" in vals:
            commands = self._prepare_guest_commands(vals.pop("guest_names"))
            if commands:
                vals["guest_ids"] = commands
        return vals

    def _prepare_guest_commands(self, names):
        """Keep the guests who stay, with all that is known of them."""
        pasted = list(parse(names or "").guests)
        commands = []
        for guest in self.line_id.guest_ids:
            known = self._read_guest(guest)
            if known in pasted:
                pasted.remove(known)
            else:
                commands.append(Command.delete(guest.id))
        prepare = self.env["sale.order.line"]._prepare_guest_vals
        return commands + [Command.create(prepare(guest)) for guest in pasted]

    def _read_guest(self, guest):
        """A guest as his own row is read."""
        rows = parse(self._write_guests(guest)).guests
        return rows[0] if rows else None
