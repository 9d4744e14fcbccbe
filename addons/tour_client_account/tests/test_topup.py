from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import AccountCommon


@tagged("post_install", "-at_install")
class TestTopup(AccountCommon):
    def test_life(self):
        topup = self._top_up(5000, paid=0)
        self.assertEqual((topup.state, self._get_credit()), ("open", 0))
        self.assertTrue(topup.name.startswith("TU/"))
        # Nothing is in the books before money comes.
        self._pay_topup(topup, amount=2000.5)
        self.assertEqual((topup.state, topup.paid_amount), ("open", 2000.5))
        self._pay_topup(topup)
        self.assertEqual((topup.state, self._get_credit()), ("paid", 5000))
        with self._refused("any more"):
            self._pay_topup(topup)

    def test_two_windows(self):
        topup = self._top_up(5000, paid=0)
        first, second = (self._open_topup(topup, amount=100) for _window in range(2))
        first.action_apply()
        with self._refused("since this window"):
            second.action_apply()
        self.assertEqual(self._get_credit(), 100)

    def test_cancelled(self):
        topup = self._top_up(5000, paid=0)
        topup.action_cancel()
        self.assertEqual(topup.state, "cancelled")
        with self._refused("any more"):
            self._pay_topup(topup)
        part = self._top_up(5000, paid=10)
        with self._refused("in part"):
            part.action_cancel()
        with self._refused("not changed"):
            part.amount = 6000
        with self._refused("not deleted"):
            part.unlink()

    def test_online_and_told_twice(self):
        topup = self._top_up(5000, paid=0).sudo()
        tx = self.env["payment.transaction"].create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.method.id,
                "amount": 5000,
                "currency_id": topup.currency_id.id,
                "partner_id": self.olga.partner_id.id,
                "operation": "online_direct",
                "reference": topup.name,
                "tour_topup_id": topup.id,
            }
        )
        for _notice in range(2):
            tx._set_done()
            tx._post_process()
        self.assertEqual((topup.state, self._get_credit()), ("paid", 5000))
        self.assertEqual(len(topup.payment_ids), 1)

    def test_paper(self):
        name, content = self._top_up(5000, paid=0)._draw()
        self.assertTrue(name.endswith(".pdf"))
        self.assertTrue(content.startswith(b"%PDF"))

    # === Who === #

    def test_managers_make_and_do_not_take(self):
        topup = self._top_up(5000, paid=0, user=self.manager)
        with self.assertRaises(AccessError):
            self._pay_topup(topup, self.manager)
        with self.assertRaises(AccessError):
            topup.with_user(self.manager).action_cancel()
        self._pay_topup(topup, self.head)
        self.assertEqual(topup.state, "paid")

    def test_clients_make_their_own(self):
        Topup = self.env["tour.topup"]
        topup = Topup.browse(Topup.with_user(self.olga).action_ask_topup(700.55))
        self.assertRecordValues(
            topup,
            [
                {
                    "partner_id": self.client_company.id,
                    "amount": 700.55,
                    "by_client": True,
                    "state": "open",
                }
            ],
        )
        self.assertIn(topup, Topup.with_user(self.curator).search([]))
        self.assertNotIn(topup, Topup.with_user(self.boris).search([]))
        for amount in (0, -5, "5", True, float("nan"), float("inf"), None, [5]):
            with self.assertRaises(UserError):
                Topup.with_user(self.olga).action_ask_topup(amount)
        with self.assertRaises(AccessError):
            Topup.with_user(self.manager).action_ask_topup(5)
        with self.assertRaises(AccessError):
            topup.with_user(self.olga).write({"amount": 1})
