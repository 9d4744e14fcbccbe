from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..order_form import KINDS, MAX_TEXT, Fault, read, split_options

# How a page asks for what.
TYPES = {"choice": "select", "number": "text"}
ATTRS = {"number": {"inputmode": "decimal"}, "text": {"maxlength": MAX_TEXT}}


class TourCatalogField(models.Model):
    """A question of the order form of a service."""

    _name = "tour.catalog.field"
    _description = "Field of an Order Form"
    _order = "service_id, sequence, id"
    _rec_name = "label"

    service_id = fields.Many2one(
        comodel_name="tour.catalog.service",
        required=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(default=10)
    label = fields.Char(required=True, translate=True, size=120)
    kind = fields.Selection(selection=KINDS, required=True, default="text")
    required = fields.Boolean()
    hint = fields.Char(
        string="Help", translate=True, help="Said below the field, in small letters."
    )
    options = fields.Text(
        string="Choices", translate=True, help="What may be chosen, a line each."
    )

    @api.constrains("kind", "options")
    def _check_options(self):
        for field in self:
            if field.kind == "choice" and not split_options(field.options):
                raise ValidationError(
                    self.env._(
                        "%(field)s: enter what may be chosen, a line each.",
                        field=field.label,
                    )
                )

    @api.constrains("label", "service_id")
    def _check_label(self):
        """Answers are told apart by their labels."""
        for service in self.service_id:
            labels = [
                label.strip().lower() for label in service.mapped("field_ids.label")
            ]
            if len(labels) != len(set(labels)):
                raise ValidationError(
                    self.env._(
                        "%(service)s: two fields of the order form have the same "
                        "label.",
                        service=service.name,
                    )
                )

    def _get_input(self):
        """Name of the field's input in the form."""
        self.ensure_one()
        return f"field_{self.id}"

    def _get_client_input(self):
        """The input as a page shows it; note: in sudo.

        :rtype: dict
        """
        self.ensure_one()
        options = [(option, option) for option in self._get_options()]
        return {
            "name": self._get_input(),
            "label": self.label,
            "type": TYPES.get(self.kind, self.kind),
            "required": self.required,
            "help": self.hint or "",
            "options": [("", self.env._("Choose")), *options],
            "attrs": ATTRS.get(self.kind, {}),
        }

    def _get_options(self):
        self.ensure_one()
        return split_options(self.options)

    def _read_answer(self, value):
        """The answer that was typed; of a file there is none to read.

        :return: the answer, and what is wrong with it, if something is
        """
        self.ensure_one()
        try:
            return read(self.kind, value, self.required, self._get_options()), ""
        except Fault as fault:
            return "", self._explain_fault(fault.code)

    def _explain_fault(self, code):
        texts = {
            "choice": self.env._(
                "%(field)s: choose one of the list.", field=self.label
            ),
            "date": self.env._(
                "%(field)s: enter a date, as 2026-12-31.", field=self.label
            ),
            "long": self.env._(
                "%(field)s: this is too long. Shorten it to 2,000 characters.",
                field=self.label,
            ),
            "number": self.env._("%(field)s: enter a number.", field=self.label),
            "required": self.env._("%(field)s: fill this in.", field=self.label),
            "ticked": self.env._("%(field)s: tick this to order.", field=self.label),
            "time": self.env._("%(field)s: enter a time, as 14:30.", field=self.label),
        }
        return texts[code]
