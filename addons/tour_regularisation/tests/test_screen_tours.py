from odoo.tests import HttpCase, tagged

from .common import RegularisationCommon


@tagged("post_install", "-at_install")
class TestScreenTours(RegularisationCommon, HttpCase):
    def _run_cron(self):
        # A case with a server is in the test mode of the registry anyway.
        self.env.ref("tour_regularisation.ir_cron_run").sudo().method_direct_trigger()
        self.env.invalidate_all()

    def test_from_the_letter_to_the_report(self):
        orders = self._create_orders(2)
        self.start_tour(
            "/odoo/tour-regularisations",
            "tour_regularisation_paste",
            login=self.regulariser.login,
            timeout=120,
        )
        record = self.env["tour.regularisation"].search([], limit=1)
        self.assertEqual((record.state, record.ready_count), ("running", 2))
        self._run_cron()
        self.assertEqual(
            orders.order_line.mapped("supplier_price_total"), [10500, 10500]
        )
        self.start_tour(
            f"/odoo/tour-regularisations/{record.id}",
            "tour_regularisation_report",
            login=self.regulariser.login,
            timeout=120,
        )
