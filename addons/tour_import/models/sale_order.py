from odoo import api, models

from odoo.addons.tour_booking.booking_states import MOVER

from ..loaders.booking_writer import BookingWriter


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "tour.imported.mixin"]

    @api.model
    def _create_imported(self, bookings):
        """Make bookings that come from elsewhere, in the status they have there.

        For code only: the moves, their checks and mails are left out, the history is
        what the caller gives. Rights, company and constraints count as for ``create``.
        Bookings that are alike cost a fraction of what ``create`` costs.

        :param list bookings: for each a dict of ``order`` and ``line`` (values as for
            ``create``; ``line`` is the one service, with its product), ``guests`` and
            ``events`` (lists of values)
        :return: the bookings, in the order given
        """
        writer = BookingWriter(self.env)
        try:
            return writer.make(bookings).with_env(self.env)
        finally:
            writer.close()

    def _tell_of_new(self):
        """Tell nobody of bookings that an import makes: they are history."""
        if self.env.context.get("tour_import_quiet") is MOVER:
            return None
        return super()._tell_of_new()
