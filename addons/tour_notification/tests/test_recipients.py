from odoo.tests import tagged

from .common import NotificationCommon


@tagged("post_install", "-at_install")
class TestRecipients(NotificationCommon):
    def _is_wanted(self, person, company, default):
        self.category.default_send = default
        self._choose(self.ann, person)
        self._choose(self.company_partner, company)
        return self.category._filter_recipients(self.ann) == self.ann

    def test_own_choice_then_company_then_default(self):
        for person, company, default, wanted in (
            # The person's explicit choice wins over everything.
            ("send", "dont_send", False, True),
            ("send", False, False, True),
            ("dont_send", "send", True, False),
            ("dont_send", False, True, False),
            # Not set: what the company chose.
            (False, "send", False, True),
            (False, "dont_send", True, False),
            # Not set by either: the default of the category.
            (False, False, True, True),
            (False, False, False, False),
        ):
            with self.subTest(person=person, company=company, default=default):
                self.assertEqual(self._is_wanted(person, company, default), wanted)

    def test_choice_of_one_category_leaves_the_others(self):
        other = self._create_category("test_other")
        self._choose(self.ann, "dont_send")
        self.assertFalse(self.category._filter_recipients(self.ann))
        self.assertEqual(other._filter_recipients(self.ann), self.ann)

    def test_archived_category_tells_nobody(self):
        self._choose(self.ann, "send")
        self.category.active = False
        self.assertFalse(self.category._filter_recipients(self.ann))

    def test_company_is_a_recipient_of_its_own(self):
        self._choose(self.company_partner, "dont_send")
        self.assertFalse(self.category._filter_recipients(self.company_partner))

    def test_no_recipients(self):
        nobody = self.env["res.partner"]
        self.assertEqual(self.category._filter_recipients(nobody), nobody)

    def test_number_of_queries_is_fixed(self):
        people = self.env["res.partner"].create(
            [{"name": f"P{i}", "parent_id": self.company_partner.id} for i in range(50)]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        # The category, the partners (one read gives their companies too), the choices.
        with self.assertQueryCount(3):
            wanted = self.category._filter_recipients(people)
        self.assertEqual(wanted, people)

    def test_unknown_code_is_an_error_of_the_program(self):
        with self.assertRaises(ValueError):
            self.Category._get_by_code("no_such_code")

    def test_code_of_archived_category_is_known(self):
        self.category.active = False
        self.assertEqual(self.Category._get_by_code("test_client"), self.category)
