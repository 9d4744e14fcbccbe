"""What was issued with a number stays so; a correction has a number of its own."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.tour_document.models.tour_document import CONTENT_FIELDS, OWN_FIELDS

OWN_FIELDS.update({"vat_number", "issued_as"})


class TourDocument(models.Model):
    _inherit = "tour.document"

    issued_as = fields.Char(
        readonly=True,
        copy=False,
        help="Number and correction under which it was drawn last: nothing else is"
        " drawn under the same.",
    )

    # === CRUD === #

    def write(self, vals):
        is_unlocked = "locked" in vals and not vals["locked"]
        if is_unlocked and not vals.get("correction_number"):
            self.filtered("locked")._begin_correction()
        self._check_stays_issued(vals)
        return super().write(vals)

    def _check_stays_issued(self, vals):
        """What a number was given for stays so; what was drawn under it, too."""
        for document in self.filtered("vat_number"):
            status, move = document.upd_status, document.move_id
            if vals.get("upd_status", status) != status or (
                move and vals.get("move_id", move.id) != move.id
            ):
                raise UserError(
                    self.env._(
                        "%(document)s: issued with a number. Make another one.",
                        document=document.display_name,
                    )
                )
            if (
                vals.keys() & CONTENT_FIELDS
                and not self._is_own_write()
                and (not document.locked or "locked" in vals)
                and document.issued_as == document._get_issue(vals)
            ):
                raise UserError(
                    self.env._(
                        "%(document)s: issued with this number. Another correction"
                        " needs another number.",
                        document=document.display_name,
                    )
                )

    def _begin_correction(self):
        """Number the next correction of those that were issued; the date is today's."""
        for document in self.filtered("vat_number"):
            if document.issued_as != document._get_issue():
                # There is one already that was not drawn yet.
                continue
            last = document.correction_number or "0"
            document._write_own(
                {
                    "correction_number": str(int(last) + 1)
                    if last.isdecimal()
                    else "1",
                    "correction_date": fields.Date.context_today(document),
                }
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_numbered(self):
        """A number that was given stays in the row of numbers."""
        numbered = self.filtered("vat_number")
        if numbered:
            raise UserError(
                self.env._(
                    "%(documents)s: issued with a number. Archive them instead.",
                    documents=", ".join(numbered.mapped("display_name")),
                )
            )

    # === Drawing === #

    def action_draw(self):
        """What was issued is drawn already, by whomever: nothing changes."""
        issued = self.filtered(lambda document: document._is_drawn_as_issued())
        return super(TourDocument, self - issued).action_draw()

    def _draw_anyway(self):
        """Issue what can be, then draw it; once for a number and a correction."""
        self._give_vat_number()
        if self._is_drawn_as_issued():
            return False
        drawn = super()._draw_anyway()
        if self.vat_number:
            self._write_own({"locked": True, "issued_as": self._get_issue()})
        return drawn

    def _is_drawn_as_issued(self):
        self.ensure_one()
        return bool(self.vat_number) and self.issued_as == self._get_issue()

    def _get_issue(self, vals=None):
        """Number and correction, as they are or as they would be with the values."""
        self.ensure_one()
        correction = (vals or {}).get("correction_number", self.correction_number)
        return f"{self.vat_number}/{correction or ''}"
