"""Two people with one booking open: who saves second is told, and nothing is lost.

The form brings with its save the count of edits that it was loaded with. When the
booking, a service or a guest was changed since, the save is refused, and says who
changed what and when; what was typed stays in the form.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import SQL
from odoo.tools.misc import format_datetime

from .sale_order import STAFF

VERSION_KEY = "tour_booking_version"
# What the suite counts and keeps by itself; nobody types it into a form.
AUTOMATIC_FIELDS = {
    "access_token",
    "client_unread_count",
    "edit_count",
    "message_main_attachment_id",
}
# What a booking is made of.
PARTS = ("sale.order", "sale.order.line", "tour.guest")
# More than these are not listed one by one.
SHOWN_FIELDS = 12


class BookingConflictError(UserError):
    """Somebody else changed the booking since the form was loaded."""


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # Counted by `tour.booking.edit` past the ORM, and read by SQL.
    edit_count = fields.Integer(readonly=True, copy=False, groups=STAFF)
    edit_version = fields.Integer(
        string="Version", compute="_compute_edit_version", groups=STAFF
    )

    def _has_field_access(self, field, operation):
        """Nobody sets the count of edits back."""
        if field.name == "edit_count" and operation == "write" and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    def _compute_edit_version(self):
        # In sudo: the log is written by nobody himself.
        self.env["tour.booking.edit"].sudo()._flush_pending()
        counts = self._origin._get_edit_counts()
        for order in self:
            order.edit_version = counts.get(order._origin.id, 0)

    def _get_edit_counts(self):
        if not self.ids:
            return {}
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT id, COALESCE(edit_count, 0) FROM sale_order WHERE id IN %s",
                    tuple(self.ids),
                )
            )
        )

    # === Noting === #

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        self.env["tour.booking.edit"]._forget(orders)
        return orders

    def write(self, vals):
        result = super().write(vals)
        self._note_edits("sale.order", vals)
        return result

    def _note_edits(self, model, names):
        """Note what of these bookings, or of their services or guests, was written.

        :param str model: of what
        :param names: of fields, or ``create`` or ``unlink``
        """
        fields_ = self.env[model]._fields
        names = [
            f"{model}/{name}"
            for name in names
            if name not in AUTOMATIC_FIELDS
            # Services and guests note themselves.
            and (name not in fields_ or fields_[name].type != "one2many")
        ]
        bookings = names and self.filtered("is_tour_booking")
        if not bookings or self._is_automatic_edit():
            return
        bookings.invalidate_recordset(["edit_version"], flush=False)
        self.env["tour.booking.edit"]._note(bookings, names)

    @api.model
    def _is_automatic_edit(self):
        """Whether a scheduled job writes on its own account."""
        return (
            self.env.su
            and self.env.user._is_superuser()
            and "cron_id" in self.env.context
            and not request
        )

    # === Refusing === #

    def web_save(self, vals, specification, next_id=None):
        """Refuse what would overwrite the changes of somebody else."""
        self._check_edit_version()
        return super().web_save(vals, specification, next_id=next_id)

    def _check_edit_version(self):
        """Compare the version that the form was loaded with to the stored one."""
        known = self.env.context.get(VERSION_KEY)
        if len(self) != 1 or not isinstance(known, dict) or known.get("id") != self.id:
            return
        version = known.get("version")
        if not isinstance(version, int):
            return
        self.check_access("write")
        # Of two who save at once, the second waits here, and is tried again with
        # what the first has stored.
        rows = self.env.execute_query(
            SQL(
                "SELECT COALESCE(edit_count, 0) FROM sale_order WHERE id = %s"
                " FOR NO KEY UPDATE",
                self.id,
            )
        )
        if rows and version < rows[0][0]:
            raise self._get_conflict(version)

    def _get_conflict(self, version):
        # In sudo: whoever may change the booking is told who else did.
        edits = (
            self.env["tour.booking.edit"]
            .sudo()
            .search([("order_id", "=", self.id), ("number", ">", version)])
        )
        lines = [
            self._describe_edits(user, user_edits)
            for user, user_edits in edits.grouped("user_id").items()
        ]
        if not lines:
            lines = [format_datetime(self.env, self.write_date)]
        return BookingConflictError(
            self.env._(
                "%(order)s was changed while you had it open. What you typed is not "
                "saved, so that nothing is overwritten.\n\n%(changes)s\n\n"
                "Reload it to see the changes; what you typed stays here until then.",
                order=self.name,
                changes="\n".join(lines),
            )
        )

    def _describe_edits(self, user, edits):
        names = {name for edit in edits for name in edit.field_names or ()}
        return self.env._(
            "%(user)s, %(date)s: %(fields)s",
            user=self.env._("You, in another window")
            if user == self.env.user
            else user.name or self.env._("Somebody"),
            date=format_datetime(self.env, max(edits.mapped("date"))),
            fields="; ".join(
                filter(None, (self._describe_names(model, names) for model in PARTS))
            ),
        )

    def _describe_names(self, model, names):
        """The fields of a model among ``names``, as they are called on screen."""
        prefix = f"{model}/"
        own = {name.removeprefix(prefix) for name in names if name.startswith(prefix)}
        known = self.env[model]._fields
        labels = sorted(
            known[name]._description_string(self.env) or name
            for name in own & known.keys()
        )
        if len(labels) > SHOWN_FIELDS:
            labels[SHOWN_FIELDS:] = ["…"]
        if "create" in own:
            labels.append(self.env._("added"))
        if "unlink" in own:
            labels.append(self.env._("removed"))
        if not labels:
            return ""
        titles = {
            "sale.order.line": self.env._("services"),
            "tour.guest": self.env._("guests"),
        }
        text = ", ".join(labels)
        return f"{titles[model]} ({text})" if model in titles else text


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.order_id._note_edits(self._name, ["create"])
        return lines

    def write(self, vals):
        result = super().write(vals)
        self.order_id._note_edits(self._name, vals)
        return result

    def unlink(self):
        self.order_id._note_edits(self._name, ["unlink"])
        return super().unlink()


class TourGuest(models.Model):
    _inherit = "tour.guest"

    @api.model_create_multi
    def create(self, vals_list):
        guests = super().create(vals_list)
        guests.order_id._note_edits(self._name, ["create"])
        return guests

    def write(self, vals):
        result = super().write(vals)
        self.order_id._note_edits(self._name, vals)
        return result

    def unlink(self):
        self.order_id._note_edits(self._name, ["unlink"])
        return super().unlink()
