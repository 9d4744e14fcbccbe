from heapq import heapify, heappop, heappush

from odoo import api, fields, models
from odoo.tools import SQL

from ..booking_states import OPEN


class TourBookingDeal(models.Model):
    """How clients' bookings are dealt out among managers, one row per company.

    The row is what two requests at once compete for: the second waits for the first
    to commit, then fails and is repeated by Odoo with what the first has dealt in
    view. So no manager gets two bookings because nobody looked.
    """

    _name = "tour.booking.deal"
    _description = "Dealing of Bookings"
    _rec_name = "company_id"

    company_id = fields.Many2one(
        comodel_name="res.company", required=True, ondelete="cascade", readonly=True
    )
    dealt = fields.Integer(string="Bookings dealt", readonly=True)

    _company_uniq = models.Constraint(
        "UNIQUE(company_id)", "Bookings of a company are dealt in one place."
    )

    @api.model
    def _deal(self, company, count):
        """Users for ``count`` new bookings: the least loaded first, then by id.

        :return: ids, as many as asked for; empty if nobody takes bookings
        :rtype: list[int]
        """
        # In sudo: the client who books may read neither users nor others' bookings.
        takers = self.env["res.users"].sudo()._get_booking_takers()
        takers = takers.filtered(lambda user: company in user.company_ids)
        if not takers:
            return []
        self._take_turn(company, count)
        loads = dict(
            self.env["sale.order"]
            .sudo()
            ._read_group(
                [
                    ("is_tour_booking", "=", True),
                    ("user_id", "in", takers.ids),
                    ("booking_state", "in", OPEN),
                ],
                ["user_id"],
                ["__count"],
            )
        )
        heap = [(loads.get(user, 0), user.id) for user in takers]
        heapify(heap)
        dealt = []
        for _number in range(count):
            load, user_id = heappop(heap)
            dealt.append(user_id)
            heappush(heap, (load + 1, user_id))
        return dealt

    @api.model
    def _take_turn(self, company, count):
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO tour_booking_deal AS deal (company_id, dealt)
                VALUES (%s, %s)
                ON CONFLICT (company_id) DO UPDATE SET dealt = deal.dealt + %s
                """,
                company.id,
                count,
                count,
            ),
            # Who waited for another is repeated by Odoo, as said above: no error.
            log_exceptions=False,
        )
        self.invalidate_model(["dealt"])
