"""Passport and birth data of guests: hidden, and shown by a look that is logged."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .. import guest_form, masks

RIGHT = "tour_link.tour_group_right_guest_data"
SECRETS = ("birth_date", "document_number")
# Under these they are written and masked on screens.
SHOWN = {"birth_shown": "birth_date", "document_shown": "document_number"}
MAX_LOOK = 100
MAX_REASON = 200


class TourGuest(models.Model):
    _inherit = "tour.guest"

    birth_shown = fields.Char(
        string="Birth date",
        compute="_compute_shown",
        inverse="_inverse_birth_shown",
        compute_sudo=True,
    )
    document_shown = fields.Char(
        string="Document number",
        compute="_compute_shown",
        inverse="_inverse_document_shown",
        compute_sudo=True,
    )
    # Brought by a copy: the guest whose hidden data are taken.
    data_source = fields.Integer(store=False)
    data_erased_on = fields.Datetime(
        string="Personal data erased on", readonly=True, copy=False
    )

    # What the erasure looks for, and by what it finds other trips of a guest.
    _has_data_idx = models.Index(
        "(id) WHERE document_number IS NOT NULL OR birth_date IS NOT NULL"
    )
    _lower_name_idx = models.Index("(lower(full_name))")

    def _has_field_access(self, field, operation):
        """Hide personal data from staff, over RPC too; a client sees his guests'.

        What needs them says so by `sudo`; people look by `action_look`.
        """
        if (
            field.name in SECRETS
            and operation == "read"
            and not self.env.su
            and not self.env.user.share
        ):
            return False
        return super()._has_field_access(field, operation)

    # === Masks === #

    @api.depends(*SECRETS)
    def _compute_shown(self):
        for guest in self:
            guest.birth_shown = masks.mask_date(guest.birth_date)
            guest.document_shown = masks.mask_document(guest.document_number)

    def _inverse_birth_shown(self):
        for guest in self:
            text = guest_form.tidy(guest.birth_shown or "")
            if masks.is_mask(text):
                continue
            guest.birth_date = guest._read_birth(text) if text else False

    def _read_birth(self, text):
        try:
            return guest_form.read_date(text, None, None)
        except guest_form.FormError as error:
            raise ValidationError(
                self.env._(
                    "%(guest)s: “%(text)s” is no date. Write it as 1980-12-31.",
                    guest=self.full_name,
                    text=text,
                )
            ) from error

    def _inverse_document_shown(self):
        for guest in self:
            text = guest_form.tidy(guest.document_shown or "")
            if not masks.is_mask(text):
                guest.document_number = text or False

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & SHOWN.keys():
            # What was typed is masked at once, for who reads it back.
            self.invalidate_recordset(list(SHOWN), flush=False)
        return result

    # === Looking === #

    def action_look(self, reason=""):
        """The passport and birth data of guests, for who has the right; logged.

        :return: {guest's id: {``birth_date``: ISO, ``document_number``: text}}
        :rtype: dict[int, dict]
        """
        if not isinstance(reason or "", str) or len(reason or "") > MAX_REASON:
            raise UserError(self.env._("A reason is a short text."))
        if len(self) > MAX_LOOK:
            raise UserError(
                self.env._(
                    "Look at no more than %(count)s guests at once.", count=MAX_LOOK
                )
            )
        if not self.env.su and not self.env.user.has_group(RIGHT):
            raise AccessError(
                self.env._(
                    "Only who has the right to may look at guests' passport and birth "
                    "data. Ask an administrator."
                )
            )
        self.check_access("read")
        self.env["tour.guest.look"]._log(self, "look", reason or "")
        return {
            guest.id: {
                "birth_date": fields.Date.to_string(guest.birth_date) or "",
                "document_number": guest.document_number or "",
            }
            # In sudo: this is the look, checked and logged above.
            for guest in self.sudo()
        }

    def _client_view_of_identity(self):
        """Leave the data themselves out of what is kept, which nobody would erase."""
        view = super()._client_view_of_identity()
        if not self.env.context.get("tour_booking_view_kept"):
            return view
        # In sudo: the key is a system parameter.
        key = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        birth = view["birth_date"] or ""
        number = view["document"]
        return {
            "birth_date": masks.mark(birth, masks.mask_date(birth), key) or None,
            "document": masks.mark(number, masks.mask_document(number), key),
        }

    # === Copying === #

    def copy_data(self, default=None):
        """Name the guest to take hidden data from, in place of the data."""
        if self.env.su or self.env.user.share:
            return super().copy_data(default)
        hidden = dict.fromkeys(SECRETS, False)
        vals_list = super().copy_data({**hidden, **(default or {})})
        for guest, vals in zip(self, vals_list, strict=True):
            if vals is None:
                continue
            for name in SECRETS:
                if not vals.get(name):
                    vals.pop(name, None)
            vals["data_source"] = guest.id
        return vals_list

    @api.model_create_multi
    def create(self, vals_list):
        guests = super().create(self._fill_from_sources(vals_list))
        guests.invalidate_recordset(list(SHOWN), flush=False)
        return guests

    @api.model
    def _fill_from_sources(self, vals_list):
        """Give copies the hidden data of what they are copied from."""
        if not any("data_source" in vals for vals in vals_list):
            return vals_list
        vals_list = [dict(vals) for vals in vals_list]
        sources = [vals.pop("data_source", None) for vals in vals_list]
        guests = self.browse({source for source in sources if isinstance(source, int)})
        guests.check_access("read")
        # In sudo: copied and not shown; who copies may read the guest himself.
        known = {guest.id: guest for guest in guests.sudo()}
        for vals, source_id in zip(vals_list, sources, strict=True):
            source = isinstance(source_id, int) and known.get(source_id)
            for name in SECRETS if source else ():
                vals.setdefault(name, source[name])
        return vals_list
