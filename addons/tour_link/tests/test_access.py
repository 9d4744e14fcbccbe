"""Who sees links and answers."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import LinkCommon


@tagged("post_install", "-at_install")
class TestAccess(LinkCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.link, cls.token = cls._make_supplier_link()
        cls.env["tour.link.use"]._log(cls.link, cls.token, "10.0.0.1", "open")
        cls.answer = cls.link._answer("refused", {"text": "Full"})
        cls.env.flush_all()

    def _sees(self, record, user):
        found = self.env[record._name].with_user(user)
        return record.id in found.search([]).ids

    def _assert_seen_by(self, record, *roles):
        for role in ("manager_own", "manager_all", "head", "director", "accountant"):
            user = self.users[role]
            if role in roles:
                self.assertTrue(self._sees(record, user), role)
            else:
                with self.assertRaises(AccessError, msg=role):
                    self._sees(record, user)

    def test_roles(self):
        managers = ("manager_own", "manager_all", "head", "director")
        self._assert_seen_by(self.link, *managers)
        self._assert_seen_by(self.link.use_ids, *managers)
        self._assert_seen_by(self.answer, *managers, "accountant")

    def test_bookings_of_others(self):
        self.order.user_id = self.users["head"]
        for record in (self.link, self.link.use_ids, self.answer):
            self.assertFalse(self._sees(record, self.manager))
            self.assertTrue(self._sees(record, self.users["manager_all"]))

    def test_other_companies(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        other = self.users["head"].copy({"login": "elsewhere"})
        other.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        for record in (self.link, self.link.use_ids, self.answer):
            self.assertFalse(self._sees(record, other))

    def test_clients_and_visitors_see_nothing(self):
        public = self.env.ref("base.public_user")
        for user in (self.client_user, public, self.users["hotel_editor"]):
            for model in (
                "tour.link",
                "tour.link.use",
                "tour.link.make",
                "tour.supplier.answer",
                "tour.guest.look",
            ):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])

    def test_answers_are_written_by_nobody(self):
        answer = self.answer.with_user(self.users["admin"])
        for act in (
            lambda: answer.write({"kind": "confirmed"}),
            lambda: answer.unlink(),
            lambda: answer.copy(),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_counts_on_the_booking(self):
        order = self.order.with_user(self.manager)
        self.assertEqual(order.tour_link_count, 1)
        self.assertEqual(order.supplier_answer_count, 1)
        found = self.env["tour.link"].search(order.action_open_tour_links()["domain"])
        self.assertEqual(found, self.link)
        action = order.action_open_supplier_answers()
        found = self.env["tour.supplier.answer"].search(action["domain"])
        self.assertEqual(found, self.answer)
