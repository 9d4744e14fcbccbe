from io import BytesIO

from openpyxl import load_workbook

from odoo.addons.tour_desk.tests.common import DeskCommon

from ..engine.periods import Period


class ReportCommon(DeskCommon):
    """Bookings whose figures are worked out by hand.

    A night costs 5,000; the hotel gives 10 %, and the client keeps what is said.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.commission_percent = 10
        cls.client_company.allow_cancel_penalty = True
        cls.agent = cls.env["res.partner"].create(
            {
                "name": "Agent & Co",
                "is_company": True,
                "tour_client_agent": True,
                "allow_cancel_penalty": True,
            }
        )
        cls.period = Period(cls._day(1), cls._day(30))

    @classmethod
    def _facts(cls, orders, user=None):
        """The rows of these bookings, as a user sees them."""
        cls.env.flush_all()
        env = cls.env(user=user) if user else cls.env
        rows = env["tour.report.service"]
        rows.invalidate_model()
        return rows.search([("order_id", "in", orders.ids)], order="id")

    @classmethod
    def _penalise(cls, order, penalty_from, when, amount, nights=0):
        order.write(
            {
                "penalty_from": penalty_from,
                "penalty_when": when,
                "penalty_amount": amount,
                "nights_stayed": nights,
            }
        )
        return cls._force_state(order, "cancelled_penalty")

    @classmethod
    def _ask(cls, report, user=None, **values):
        env = cls.env(user=user or cls.head)
        return env["tour.report.ask"].create(
            {
                "report": report,
                "date_from": cls.period.start,
                "date_to": cls.period.end,
                **values,
            }
        )

    @classmethod
    def _make(cls, report, user=None, **values):
        """The run of a report, and its file as openpyxl reads it."""
        run = cls._ask(report, user, **values)._start()
        assert run.state == "done", run.failure
        return run, load_workbook(BytesIO(run.sudo().attachment_id.raw))
