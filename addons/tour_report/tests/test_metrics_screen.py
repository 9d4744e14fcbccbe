from datetime import timedelta

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_metrics import MetricCommon


@tagged("post_install", "-at_install")
class TestMetricsScreen(MetricCommon, HttpCase):
    @mute_logger("odoo.http")  # A day is refused once, on purpose.
    def test_screen(self):
        last_month = self.today.replace(day=1) - timedelta(days=5)
        values = {"date_order": f"{last_month} 09:00:00"}
        self._book(**values)
        self._book(**values)
        self._book(user_id=self.head.id, partner_id=self.agent.id, **values)
        self.client_company.name = "Reposted"
        self._book(10, "reposting")
        self.start_tour("/odoo/tour-metrics", "tour_report_metrics", login="tour_head")
        kept = self.head.res_users_settings_id.tour_report_metrics
        self.assertEqual(kept["preset"], "last_month")
        # Chosen right after another choice, which it does not undo.
        self.assertEqual(kept["interval"], "week")
        self.assertEqual(kept["partner_ids"], self.agent.ids)

    def test_managers_see_their_own(self):
        self._book(user_id=self.head.id, date_order=f"{self.today} 09:00:00")
        self._book(10, "reposting", user_id=self.head.id)
        self.start_tour(
            "/odoo/tour-metrics",
            "tour_report_metrics_manager",
            login="tour_manager_two",
        )
