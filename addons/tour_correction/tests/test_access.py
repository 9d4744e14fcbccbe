from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CorrectionCommon


@tagged("post_install", "-at_install")
class TestAccess(CorrectionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_paid()
        cls._force_state(cls.order, "done")
        cls.order.order_line.with_user(cls.manager).date_to = cls._day(3)
        cls.reposting = cls.order.reposting_ids
        cls.overpayment = cls.order.overpayment_ids
        cls.stranger = cls._create_staff("stranger", "manager_own")
        cls.editor = cls._create_staff("editor", "hotel_editor")
        cls.client_user = cls._create_client_user("client")

    def _can(self, record, user, operation):
        return record.with_user(user).has_access(operation)

    def test_one_change_does_both(self):
        self.assertTrue(self.reposting)
        self.assertTrue(self.overpayment)

    def test_repostings_are_read_by_whom_the_booking_is(self):
        readers = (
            self.manager,
            self.manager_all,
            self.head,
            self.accountant,
            self.director,
        )
        for user in readers:
            self.assertTrue(self._can(self.reposting, user, "read"), user.name)
        for user in (self.stranger, self.editor, self.client_user):
            self.assertFalse(self._can(self.reposting, user, "read"), user.name)

    def test_repostings_are_written_by_nobody(self):
        for user in (self.manager, self.head, self.accountant, self.director):
            for operation in ("write", "create", "unlink"):
                self.assertFalse(self._can(self.reposting, user, operation))

    def test_overpayments_by_role(self):
        for user, rights in (
            (self.manager, "read write create"),
            (self.manager_all, "read write create"),
            (self.head, "read write create"),
            (self.accountant, "read write create"),
            (self.director, "read"),
            (self.stranger, ""),
            (self.editor, ""),
            (self.client_user, ""),
        ):
            for operation in ("read", "write", "create", "unlink"):
                self.assertEqual(
                    self._can(self.overpayment, user, operation),
                    operation in rights.split(),
                    (user.name, operation),
                )

    def test_director_finishes_nothing(self):
        with self.assertRaises(AccessError):
            self.order.with_user(self.director).action_finish_reposting()
        with self.assertRaises(AccessError):
            self.overpayment.with_user(self.director).action_send_letter()

    def test_stranger_finishes_nothing(self):
        with self.assertRaises(AccessError):
            self.reposting.with_user(self.stranger).action_finish()
        with self.assertRaises(AccessError):
            self.overpayment.with_user(self.stranger)._move_to("letter_sent")

    def test_accountant_finishes(self):
        self.reposting.with_user(self.accountant).action_finish()
        self.assertFalse(self.order.is_reposting)

    def test_client_sees_nothing_of_it(self):
        order = self.order.with_user(self.client_user)
        names = ("is_reposting", "is_overpaid", "overpayment_text", "reposting_ids")
        for name in names:
            with self.assertRaises(AccessError):
                order.read([name])
        shown = str(order._client_view())
        self.assertNotIn("eposting", shown)
        # The refund letter is a paper to the supplier.
        letter = self.overpayment.letter_id
        self.assertFalse(letter.with_user(self.client_user).has_access("read"))

    def test_client_is_told_nothing(self):
        messages = self.env["mail.message"].with_user(self.client_user)
        seen = messages.search(
            [("model", "=", "sale.order"), ("res_id", "=", self.order.id)]
        )
        self.assertNotIn("reposting", "".join(seen.sudo().mapped("body")))

    def test_other_companies_see_nothing(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        user = self._create_staff("elsewhere", "manager_all")
        user.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        for record in (self.reposting, self.overpayment):
            self.assertFalse(self._can(record, user, "read"))
            found = record.with_user(user).search([("id", "=", record.id)])
            self.assertFalse(found)
