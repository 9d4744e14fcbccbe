"""Approving and rejecting: who, what it makes, and what is told."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessDenied, AccessError
from odoo.tests import tagged

from .common import PASSWORD, TAX_ID, RegistrationCommon


@tagged("post_install", "-at_install")
class TestApproval(RegistrationCommon):
    def _open(self, request, user=None, **values):
        """The window of approval, as the button opens it."""
        request = request.sudo(False).with_user(user or self.approver)
        context = request.action_approve()["context"]
        wizards = self.env["tour.registration.approve"].with_user(user or self.approver)
        return wizards.with_context(**context).create(values)

    def _approve(self, request, user=None, **values):
        self._open(request, user, **values).action_apply()
        return request.user_id

    def _check_password(self, user, password=PASSWORD):
        credential = {"type": "password", "login": user.login, "password": password}
        return (
            user.with_user(user)
            .sudo()
            ._check_credentials(credential, {"interactive": True})
        )

    # === Approving === #

    def test_person_becomes_a_client_with_a_user(self):
        request = self._register()
        user = self._approve(request)
        self.assertRecordValues(
            user, [{"login": "anna.kiss", "name": "Anna Kiss", "share": True}]
        )
        self.assertTrue(user._is_portal())
        self.assertEqual(self._check_password(user)["uid"], user.id)
        with self.assertRaises(AccessDenied):
            self._check_password(user, "wrong")
        partner = user.partner_id
        self.assertRecordValues(
            partner,
            [
                {
                    "email": "anna@example.com",
                    "tour_client_corporate": True,
                    "tour_client_agent": False,
                    "is_company": False,
                    "city": "Moscow",
                }
            ],
        )
        self.assertEqual(request.state, "approved")
        self.assertEqual(request.partner_id, partner)
        self.assertEqual(request.decided_by_id, self.approver)
        self.assertFalse(request.password_hash)

    def test_company_gets_a_contact_with_a_user(self):
        request = self._register(
            "legal_agent", bank_account="40702810000000000001", bank_name="A bank"
        )
        user = self._approve(request, is_curator=True)
        company = request.partner_id
        self.assertEqual(user.partner_id.parent_id, company)
        self.assertRecordValues(
            company,
            [
                {
                    "name": "Anna Travel",
                    "is_company": True,
                    "tour_client_agent": True,
                    "vat": TAX_ID,
                    "kpp": "000001001",
                }
            ],
        )
        self.assertEqual(company.bank_ids.bank_id.name, "A bank")
        self.assertEqual(user.partner_id.function, "Director")
        # Whom it became is no twin of it.
        self.assertFalse(request.with_user(self.approver).duplicate_note)
        self.assertTrue(user.is_curator)

    def test_mail_names_the_login(self):
        request = self._register()
        self._approve(request)
        mail = self._mails_to("anna@example.com")[0]
        self.assertIn("anna.kiss", mail.body_html)
        self.assertNotIn(PASSWORD, mail.body_html)

    def test_one_client_of_the_tax_id_is_proposed(self):
        self.client.vat = TAX_ID
        request = self._register("legal_client")
        self.assertIn("Client", request.with_user(self.approver).duplicate_note)
        wizard = self._open(request)
        self.assertEqual((wizard.how, wizard.partner_id), ("link", self.client))
        with self._reminded() as reminded:
            wizard.action_apply()
        # Who reads the mail of that address chooses the password, and nobody else.
        self.assertEqual(reminded, ["anna.kiss"])
        with self.assertRaises(AccessDenied):
            self._check_password(request.user_id)
        self.assertEqual(request.partner_id, self.client)
        self.assertEqual(request.user_id.partner_id.parent_id, self.client)
        # What we know of the client stays as it is.
        self.assertEqual(self.client.name, "Client")

    def test_of_several_one_is_chosen(self):
        self.client.vat = TAX_ID
        twin = self._create_company("Twin", vat=TAX_ID)
        request = self._register("legal_agent")
        wizard = self._open(request)
        self.assertEqual((wizard.how, wizard.partner_id.id), ("link", False))
        with self._refused("Choose which"):
            wizard.action_apply()
        wizard.partner_id = twin
        wizard.action_apply()
        self.assertEqual(request.partner_id, twin)
        self.assertTrue(twin.tour_client_agent)

    def test_known_contact_of_the_company_is_taken(self):
        self.client.vat = TAX_ID
        known = self.env["res.partner"].create(
            {
                "name": "A. Kiss",
                "parent_id": self.client.id,
                "email": "anna@example.com",
            }
        )
        request = self._register("legal_client")
        self._approve(request)
        self.assertEqual(request.user_id.partner_id, known)

    def test_person_who_has_a_user_is_not_linked(self):
        # An archived user has no mail that anybody could be told by.
        self.client_user.partner_id.email = "anna@example.com"
        self.client_user.active = False
        request = self._register()
        with self._refused("has a user already"):
            request.with_user(self.approver)._approve(self.client_user.partner_id)

    def test_taken_login_is_said_and_another_chosen(self):
        request = self._register(login="Client_User")
        self.assertIn("is taken", request.with_user(self.approver).duplicate_note)
        with self._refused("The login Client_User is taken"):
            self._approve(request)
        self.assertEqual(request.state, "new")
        user = self._approve(request, login="anna2")
        self.assertEqual(user.login, "anna2")
        self.assertEqual(request.login, "anna2")
        self.assertIn("anna2", self._mails_to("anna@example.com")[0].body_html)

    def test_login_is_latin_whoever_chooses_it(self):
        request = self._register()
        for login in ("анна", "an na", "x" * 65):
            with self._refused("Latin"):
                self._approve(request, login=login)

    def test_twice_makes_one_user(self):
        request = self._register()
        first, second = self._open(request), self._open(request, self.head)
        first.action_apply()
        with self._refused("is 'Approved' and cannot become"):
            second.action_apply()
        users = self.env["res.users"].search([("login", "=like", "anna%")])
        self.assertEqual(len(users), 1)

    def test_another_holds_it(self):
        request = self._register()
        locked = patch.object(
            type(request),
            "try_lock_for_update",
            lambda records, **kwargs: records.browse(),
        )
        with locked, self._refused("Somebody else is deciding"):
            request.with_user(self.approver)._approve()

    def test_acceptance_counts_as_the_users(self):
        agreement = self._publish()
        request = self._register()
        user = self._approve(request)
        acceptance = self.env["tour.usage.acceptance"].search(
            [("user_id", "=", user.id)]
        )
        self.assertRecordValues(
            acceptance,
            [
                {
                    "agreement_id": agreement.id,
                    "address": "203.0.113.7",
                    "how": "registration",
                    "login": "anna.kiss",
                }
            ],
        )
        self.assertFalse(self.env["res.users"]._get_missing_agreement_id(user.id))

    def test_erased_password_is_chosen_by_mail(self):
        request = self._register()
        self.company.tour_registration_days = 10
        later = fields.Datetime.now() + timedelta(days=11)
        with patch.object(fields.Datetime, "now", lambda: later):
            self.env["tour.registration"]._cron_erase()
        self.assertFalse(request.has_password)
        self.assertEqual(request.state, "new")
        user = self._approve(request)
        self.assertTrue(user)
        with self.assertRaises(AccessDenied):
            self._check_password(user)

    # === Rejecting === #

    def _reject(self, request, reason, user=None):
        wizards = self.env["tour.registration.reject"].with_user(user or self.approver)
        wizard = wizards.create({"registration_id": request.id, "reason": reason})
        wizard.action_apply()

    def test_reason_is_mandatory_and_mailed(self):
        request = self._register()
        with self._refused("say why"):
            self._reject(request, "  ")
        self._reject(request, "We know no such company.")
        self.assertEqual(request.state, "rejected")
        self.assertFalse(request.password_hash)
        mail = self._mails_to("anna@example.com")[0]
        self.assertIn("We know no such company.", mail.body_html)
        with self._refused("cannot become"):
            request.with_user(self.approver).action_approve()
        self.assertFalse(self.env["res.users"].search([("login", "=", "anna.kiss")]))

    def test_old_rejected_ones_are_erased(self):
        old, kept = self._register(), self._register(email="b@example.com")
        self._reject(old, "No.")
        self._reject(kept, "No.")
        self.company.tour_registration_days = 30
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE tour_registration SET decided_on = now() - interval '31 days'"
            " WHERE id = %s",
            [old.id],
        )
        self.env.invalidate_all()
        self.env["tour.registration"]._cron_erase()
        self.assertFalse(old.exists())
        self.assertTrue(kept.exists())
        self.company.tour_registration_days = 0
        self.env["tour.registration"]._cron_erase()
        self.assertTrue(kept.exists())

    # === Telling, correcting === #

    def test_approvers_are_told(self):
        request = self._register()
        told = self.env["mail.message"].search(
            [("model", "=", "tour.registration"), ("res_id", "=", request.id)]
        )
        partners = told.notified_partner_ids
        self.assertIn(self.approver.partner_id, partners)
        self.assertIn(self.head.partner_id, partners)
        self.assertNotIn(self.users["manager_all"].partner_id, partners)

    def test_data_are_corrected_until_decided(self):
        request = self._register("legal_client").with_user(self.approver)
        request.write({"company_name": "Anna Travel Ltd", "vat": "0000 000018"})
        self.assertEqual(request.vat, TAX_ID)
        request._reject("No.")
        with self._refused("was decided"):
            request.company_name = "Other"

    def test_twins_are_named(self):
        first = self._register()
        second = self._register(login="other")
        self.assertEqual(second.with_user(self.approver).twin_ids, first)
        self.assertIn("Other requests", second.with_user(self.approver).duplicate_note)

    def test_twins_of_many_cost_no_more(self):
        for number in range(12):
            self._register("legal_client", email=f"a{number}@example.com")
        self.env.flush_all()
        requests = self.env["tour.registration"].with_user(self.approver)
        for size in (2, 12):
            self.env.invalidate_all()
            records = requests.search([], limit=size)
            records.mapped("vat")
            with self.subTest(size=size), self.assertQueryCount(7):
                records.mapped("twin_ids")

    # === Rights === #

    def test_who_may_decide(self):
        request = self._register()
        for role in ("manager_all", "director", "accountant", "hotel_editor"):
            for act in (lambda one: one._approve(), lambda one: one._reject("No.")):
                with self.assertRaises(AccessError, msg=role):
                    act(request.with_user(self.users[role]))
        self.assertEqual(request.state, "new")
        self._approve(request, self.head)

    def test_status_is_not_written(self):
        request = self._register().with_user(self.approver)
        for vals in (
            {"state": "approved"},
            {"password_hash": "x"},
            {"user_id": self.head.id},
            {"company_id": 1},
        ):
            with self.assertRaises(AccessError, msg=vals):
                request.write(vals)
        for act in (
            lambda: request.create({"name": "x"}),
            lambda: request.copy(),
            lambda: request.unlink(),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_sentinel_does_not_come_by_rpc(self):
        request = self._register().with_user(self.approver)
        for value in (True, "MOVER", {}):
            with self.assertRaises(AccessError):
                request.with_context(tour_registration_mover=value).write(
                    {"state": "approved"}
                )

    def test_hash_is_read_by_nobody(self):
        request = self._register()
        for user in (self.approver, self.users["admin"]):
            one = request.with_user(user).sudo(False)
            self.assertNotIn("password_hash", one.fields_get())
            for act in (
                lambda one=one: one.read(["password_hash"]),
                lambda one=one: one.search([("password_hash", "=like", "$%")]),
                lambda one=one: one.export_data(["password_hash"]),
                lambda one=one: one.mapped("password_hash"),
                lambda one=one: one._read_group([], ["password_hash"]),
                lambda one=one: one.search([], order="password_hash").ids,
            ):
                with self.assertRaisesRegex(Exception, "access|rights|Cannot convert"):
                    act()

    def test_other_companies(self):
        request = self._register()
        company = self.env["res.company"].create({"name": "Elsewhere"})
        other = self.approver.copy({"login": "elsewhere"})
        other.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        self.assertFalse(
            self.env["tour.registration"].with_user(other).search([]) & request
        )
        with self.assertRaises(AccessError):
            request.with_user(other)._approve()
