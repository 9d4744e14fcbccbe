from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import ReportCommon


@tagged("post_install", "-at_install")
class TestHeadScreen(ReportCommon, HttpCase):
    def test_screen(self):
        account = self.env["account.account"].create(
            {"code": "419999", "name": "Guided walks", "account_type": "income"}
        )
        other = self.env["account.account"].create(
            {"code": "119999", "name": "Till", "account_type": "asset_current"}
        )
        journal = self.env["account.journal"].create(
            {"name": "By hand", "code": "HAND", "type": "general"}
        )
        self.env["account.move"].create(
            {
                "date": self.today,
                "journal_id": journal.id,
                "line_ids": [
                    Command.create({"account_id": account.id, "balance": -777}),
                    Command.create({"account_id": other.id, "balance": 777}),
                ],
            }
        ).action_post()
        self.start_tour(
            "/odoo/tour-income-expense", "tour_report_head", login="tour_head"
        )
