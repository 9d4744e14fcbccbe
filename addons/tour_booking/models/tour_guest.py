from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..guest_paste import ADULT_AGE


class TourGuest(models.Model):
    """A person who takes part in a service."""

    _name = "tour.guest"
    _description = "Guest"
    _order = "line_id, sequence, id"
    _rec_name = "full_name"

    line_id = fields.Many2one(
        comodel_name="sale.order.line",
        string="Service",
        required=True,
        ondelete="cascade",
        index=True,
    )
    order_id = fields.Many2one(
        related="line_id.order_id",
        store=True,
        precompute=True,
        # As the service's: else the database clears it in rows that it deletes.
        ondelete="cascade",
        index=True,
        string="Booking",
    )
    company_id = fields.Many2one(
        related="line_id.company_id", store=True, precompute=True
    )
    company_group_id = fields.Many2one(
        related="order_id.company_group_id",
        store=True,
        precompute=True,
        string="Group of companies",
    )
    sequence = fields.Integer(default=10)
    last_name = fields.Char(required=True)
    first_name = fields.Char()
    middle_name = fields.Char()
    full_name = fields.Char(
        compute="_compute_full_name", store=True, precompute=True, index="trigram"
    )
    guest_type = fields.Selection(
        # An infant is under one year, which no whole number of years says.
        selection=[("adult", "Adult"), ("child", "Child"), ("infant", "Infant")],
        default="adult",
        required=True,
    )
    age = fields.Integer()
    birth_date = fields.Date()
    document_number = fields.Char()
    nationality_id = fields.Many2one(comodel_name="res.country")
    guest_properties = fields.Properties(
        definition="company_group_id.guest_properties_definition",
        string="Fields of the group",
        copy=True,
    )

    _child_age = models.Constraint(
        "CHECK(guest_type != 'child' OR age > 0)",
        "A child needs an age.",
    )
    # Guests of one group are told apart by it in reports.
    _group_idx = models.Index("(company_group_id) WHERE company_group_id IS NOT NULL")

    @api.depends("last_name", "first_name", "middle_name")
    def _compute_full_name(self):
        for guest in self:
            guest.full_name = _join(
                guest.last_name, guest.first_name, guest.middle_name
            )

    @api.constrains("guest_type", "age", "birth_date")
    def _check_age(self):
        today = fields.Date.context_today(self)
        for guest in self:
            self._check_child(guest.full_name, guest.guest_type, guest.age)
            if guest.birth_date and guest.birth_date > today:
                raise ValidationError(
                    self.env._(
                        "%(guest)s is born in the future. Check the birth date.",
                        guest=guest.full_name,
                    )
                )

    @api.model
    def _check_child(self, name, guest_type, age):
        if guest_type == "child" and not 0 < (age or 0) < ADULT_AGE:
            raise ValidationError(
                self.env._(
                    "%(guest)s is a child. Enter an age from 1 to %(oldest)s.",
                    guest=name,
                    oldest=ADULT_AGE - 1,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        lines = self.env["sale.order.line"].browse(
            {vals["line_id"] for vals in vals_list if vals.get("line_id")}
        )
        groups = {line.id: line.order_id.company_group_id.id for line in lines}
        for vals in vals_list:
            # The values of extra fields are read by what the group defines.
            vals["company_group_id"] = groups.get(vals.get("line_id"), False)
            # By name, before the database refuses by its rule.
            if vals.get("guest_type") == "child":
                self._check_child(vals.get("last_name"), "child", vals.get("age"))
        guests = super().create(vals_list)
        guests.line_id._update_prices_of_services()
        return guests

    def _add_precomputed_values(self, vals_list):
        """Take from the service what the ORM would compute guest by guest."""
        lines = self.env["sale.order.line"].browse(
            {vals["line_id"] for vals in vals_list if vals.get("line_id")}
        )
        by_id = {line.id: line for line in lines}
        for vals in vals_list:
            if line := by_id.get(vals.get("line_id")):
                vals.update(
                    order_id=line.order_id.id,
                    company_id=line.company_id.id,
                    company_group_id=line.order_id.company_group_id.id,
                    full_name=_join(
                        vals.get("last_name"),
                        vals.get("first_name"),
                        vals.get("middle_name"),
                    ),
                )
                vals.setdefault("guest_properties", False)
        return super()._add_precomputed_values(vals_list)

    def unlink(self):
        lines = self.line_id
        result = super().unlink()
        lines.exists()._update_prices_of_services()
        return result


def _join(*names):
    return " ".join(filter(None, names))
