from odoo import models


class TourDocument(models.Model):
    _inherit = "tour.document"

    def _add_version(self, checksum, content):
        """What is in a booklet that was sent is sent anew."""
        result = super()._add_version(checksum, content)
        self._note_booklets_changed()
        return result

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"active", "access"}:
            self._note_booklets_changed()
        return result

    def _note_booklets_changed(self):
        # In sudo: who draws a paper may not read the booklet.
        items_sudo = self.env["tour.booklet.item"].sudo()
        found = items_sudo.search([("document_id", "in", self.ids)])
        found.order_id._note_booklet_changed()
