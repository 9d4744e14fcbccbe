"""The registry of a client's finished bookings, for the period he picks (POR-6)."""

from tempfile import TemporaryFile

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import format_date

from .. import registry

# So many bookings are read at a time.
CHUNK = 500
# What was sold and is over: done, or cancelled with a penalty that is charged.
FINISHED = ("done", "reposting", "cancelled_penalty")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model
    def _open_tour_registry(self, date_from, date_to, kind=None):
        """The registry as a file that is open for reading, of any length.

        :param date_from: first day of departure
        :param date_to: last day of departure
        :param kind: of the services, or none for all
        """
        ids = self._find_tour_registry(date_from, date_to)
        file = TemporaryFile()
        registry.write_xlsx(
            file,
            self._get_tour_registry_words(date_from, date_to),
            self._iterate_tour_registry(ids, kind),
        )
        file.seek(0)
        return file

    @api.model
    def _find_tour_registry(self, date_from, date_to):
        """Ids of the user's finished bookings that ended in the period, by that day."""
        domain = self._get_tour_base_domain()
        domain &= Domain("service_date_to", ">=", date_from)
        domain &= Domain("service_date_to", "<=", date_to)
        domain &= Domain("booking_state", "in", FINISHED) | (
            # The archive holds what was sold, and what was not.
            Domain("booking_state", "=", "archive") & Domain("state", "=", "sale")
        )
        # In sudo: the ways are those of the rules, which decide about what was found.
        finder = self.sudo()
        parts = [
            finder._search(domain & way).select(
                SQL("sale_order.service_date_to AS day"), SQL("sale_order.id AS id")
            )
            for way in self._get_tour_ways()
        ]
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM (%s) AS found ORDER BY day, id LIMIT %s",
                SQL(" UNION ").join(SQL("(%s)", part) for part in parts),
                registry.MAX_ROWS,
            )
        )
        return [row[0] for row in rows]

    @api.model
    def _iterate_tour_registry(self, ids, kind):
        """The rows, read in portions, each in a fixed number of queries."""
        for start in range(0, len(ids), CHUNK):
            orders = self.browse(ids[start : start + CHUNK])._filtered_access("read")
            yield from orders._get_tour_registry_rows(kind)
            # Memory is not for what was written to the file already.
            self.env.invalidate_all(flush=False)

    def _get_tour_registry_rows(self, kind):
        """A row for each service: all of it is in `_client_view`, too."""
        wordings = self.env["tour.booking.status"]._get_wordings(self.env.lang)
        # In sudo: clients read no hotels; what they get is what is named here.
        for order in self.sudo():
            wording = wordings.get(order.booking_state)
            for line in order._get_services():
                if kind and line.service_kind != kind:
                    continue
                stay = line.service_kind == "accommodation"
                yield (
                    order.name,
                    order.client_order_ref,
                    fields.Date.context_today(order, order.create_date),
                    line.service_type_id.name,
                    (stay and line.hotel_id.name) or line.service_text or line.route,
                    stay and line.city_id.name,
                    stay and line.room_id.name,
                    ", ".join(line.guest_ids.mapped("full_name")),
                    line.date_from,
                    line.date_to,
                    stay and line.nights,
                    stay and line.rooms,
                    order.client_user_id.name,
                    order.consignee_id.name or order.client_name,
                    line.price_total,
                    order.currency_id.name,
                    wording.client_name if wording else "",
                )

    @api.model
    def _get_tour_registry_words(self, date_from, date_to):
        env = self.env
        return registry.Words(
            title=env._("Registry of finished bookings"),
            subtitle=env._(
                "%(client)s, %(date_from)s – %(date_to)s, by the last day of the "
                "booking",
                client=env.user.commercial_partner_id.name,
                date_from=format_date(env, date_from),
                date_to=format_date(env, date_to),
            ),
            columns=(
                env._("Booking"),
                env._("Your number"),
                env._("Created"),
                env._("Service"),
                env._("Hotel or service"),
                env._("City"),
                env._("Room"),
                env._("Guests"),
                env._("Arrival"),
                env._("Departure"),
                env._("Nights"),
                env._("Rooms"),
                env._("Ordered by"),
                env._("Payer"),
                env._("Amount"),
                env._("Currency"),
                env._("Status"),
            ),
            total=env._("Total"),
        )
