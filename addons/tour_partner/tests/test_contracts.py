from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import ROLES, TourPartnerCommon

KEEPERS = {"head", "accountant", "admin"}


@tagged("post_install", "-at_install")
class TestContracts(TourPartnerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head = cls.users["head"]
        cls.type = cls.env.ref("tour_partner.contract_type_services")

    @classmethod
    def _create_contract(cls, **values):
        return (
            cls.env["tour.contract"]
            .with_user(cls.head)
            .create(
                {
                    "partner_id": cls.client.id,
                    "date_from": date(2026, 1, 1),
                    "date_to": date(2026, 12, 31),
                    **values,
                }
            )
        )

    def _sign(self, contract, side):
        vals = {
            "contract_id": contract.id,
            "state": f"signed_{side}",
            "signed_on": date(2026, 1, 1),
        }
        if side == "client":
            vals["signer"] = "Anna Bell, director"
        self.env["tour.contract.move"].with_user(self.head).create(vals).action_apply()

    def _sign_both(self, contract):
        self._sign(contract, "us")
        self._sign(contract, "client")
        return contract

    def _get_reminders(self, contract):
        return contract.activity_ids.filtered(
            lambda activity: activity.activity_type_id
            == self.env.ref("tour_partner.mail_activity_contract_ends")
        )

    # === Life === #

    def test_numbers(self):
        first, second = self._create_contract(), self._create_contract(name="77/A")
        self.assertTrue(first.name)
        self.assertEqual(second.name, "77/A")
        self.assertNotEqual(first.copy().name, first.name)
        with self.assertRaises(ValidationError):
            second.name = " "

    @freeze_time("2026-06-01 12:00:00")
    def test_in_force_when_both_have_signed_within_the_dates(self):
        contract = self._create_contract()
        contract.action_mark_sent()
        self._sign(contract, "client")
        self.assertEqual(contract.state, "signed_client")
        self._sign(contract, "us")
        self.assertRecordValues(
            contract,
            [
                {
                    "state": "in_force",
                    "signed_us_by_id": self.head.id,
                    "signed_us_on": date(2026, 1, 1),
                    "signed_client_by": "Anna Bell, director",
                    "signed_client_on": date(2026, 1, 1),
                }
            ],
        )

    def test_dates_decide(self):
        for day, state in (
            ("2025-12-31", "signed"),
            ("2026-01-01", "in_force"),
            ("2026-12-31", "in_force"),
            ("2027-01-01", "expired"),
        ):
            with freeze_time(f"{day} 12:00:00"):
                contract = self._create_contract()
                contract._sign("us", date(2025, 12, 30), self.head)
                contract._sign("client", date(2025, 12, 30), "Anna")
                self.assertEqual(contract.state, state, day)

    def test_cron_follows_the_dates_and_reminds_once(self):
        self.type.reminder_days = 30
        with freeze_time("2025-12-31 12:00:00"):
            contract = self._create_contract()
            contract._sign("us", date(2025, 12, 30), self.head)
            contract._sign("client", date(2025, 12, 30), "Anna")
        for day, state, reminders in (
            ("2026-01-01", "in_force", 0),
            ("2026-11-30", "in_force", 0),
            ("2026-12-01", "in_force", 1),
            ("2026-12-02", "in_force", 1),
            ("2027-01-01", "expired", 0),
        ):
            with freeze_time(f"{day} 12:00:00"):
                self.env["tour.contract"]._cron_follow_contracts()
                self.assertEqual(contract.state, state, day)
                self.assertEqual(len(self._get_reminders(contract)), reminders, day)

    @freeze_time("2026-12-10 12:00:00")
    def test_reminder_is_the_responsibles_and_anew_when_prolonged(self):
        contract = self._sign_both(self._create_contract())
        contract.user_id = self.users["manager_own"]
        self.env["tour.contract"]._cron_follow_contracts()
        reminder = self._get_reminders(contract)
        self.assertEqual(reminder.user_id, self.users["manager_own"])
        self.assertEqual(reminder.date_deadline, date(2026, 12, 31))
        reminder.action_done()
        contract.date_to = date(2027, 12, 31)
        self.env["tour.contract"]._cron_follow_contracts()
        self.assertFalse(self._get_reminders(contract))
        with freeze_time("2027-12-05 12:00:00"):
            self.env["tour.contract"]._cron_follow_contracts()
            self.assertTrue(self._get_reminders(contract))

    def test_expires_soon(self):
        view = self.env["tour.contract"].get_view(
            self.env.ref("tour_partner.tour_contract_view_search").id, "search"
        )
        self.assertIn("expires_soon", view["arch"])
        domain = [("state", "=", "in_force"), ("remind_on", "<=", "today")]
        with freeze_time("2026-06-01 12:00:00"):
            contract = self._sign_both(self._create_contract())
            endless = self._sign_both(self._create_contract(date_to=False))
            found = self.env["tour.contract"].search(domain)
            self.assertFalse((contract | endless) & found)
        with freeze_time("2026-12-15 12:00:00"):
            found = self.env["tour.contract"].search(domain)
            self.assertEqual((contract | endless) & found, contract)

    @freeze_time("2027-02-01 12:00:00")
    def test_expired_is_in_force_when_prolonged(self):
        contract = self._sign_both(self._create_contract())
        self.assertEqual(contract.state, "expired")
        contract.date_to = date(2027, 12, 31)
        self.assertEqual(contract.state, "in_force")

    @freeze_time("2026-06-01 12:00:00")
    def test_terminated_with_a_reason(self):
        contract = self._sign_both(self._create_contract())
        with self.assertRaisesRegex(UserError, "say why"):
            contract.action_move_to("terminated")
        contract.action_move_to("terminated", "They went bankrupt")
        self.assertEqual(contract.state, "terminated")
        with self.assertRaises(AccessError):
            contract.with_user(self.users["accountant"]).action_move_to("draft", "x")
        contract.action_move_to("draft", "It was another one")
        self.assertFalse(contract.signed_us_on or contract.signed_client_on)

    @freeze_time("2026-06-01 12:00:00")
    def test_renewal(self):
        contract = self._sign_both(self._create_contract(credit_limit=500))
        action = contract.action_renew()
        renewal = self.env["tour.contract"].browse(action["res_id"])
        self.assertRecordValues(
            renewal,
            [
                {
                    "state": "draft",
                    "renews_id": contract.id,
                    "date_from": date(2027, 1, 1),
                    "date_to": date(2027, 1, 1) + timedelta(days=364),
                    "credit_limit": 500,
                    "signed_us_on": False,
                }
            ],
        )

    # === Refusals === #

    def test_status_and_signatures_are_not_written(self):
        contract = self._create_contract()
        for vals in (
            {"state": "in_force"},
            {"signed_us_on": date(2026, 1, 1)},
            {"signed_client_by": "Anna"},
            {"reminded_for": date(2026, 1, 1)},
        ):
            with self.assertRaises(AccessError):
                contract.write(vals)
            with self.assertRaises(AccessError):
                self._create_contract(**vals)
        with self.assertRaises(AccessError):
            contract.with_context(tour_contract_mover=True).write({"state": "sent"})

    def test_status_and_signatures_are_no_defaults(self):
        contracts = self.env["tour.contract"].with_user(self.head)
        contract = contracts.with_context(
            default_state="in_force", default_signed_us_on="2026-01-01"
        ).create({"partner_id": self.client.id, "date_from": date(2026, 1, 1)})
        self.assertRecordValues(contract, [{"state": "draft", "signed_us_on": False}])

    def test_signatures_need_who_and_when(self):
        contract = self._create_contract()
        for state in ("signed_us", "signed_client", "signed"):
            with self.assertRaisesRegex(UserError, "who signed"):
                contract.action_move_to(state)
        for state in ("in_force", "expired", "nonsense"):
            with self.assertRaises(UserError):
                contract.action_move_to(state)
        for value in (None, 1, ["sent"]):
            with self.assertRaises(UserError):
                contract.action_move_to(value)
        tomorrow = date.today() + timedelta(days=2)
        for signed_on, signer in ((tomorrow, "A"), (False, "A"), (date.today(), "")):
            with self.assertRaises(UserError):
                contract._sign("client", signed_on, signer)

    @freeze_time("2026-06-01 12:00:00")
    def test_signed_terms_are_kept(self):
        contract = self._create_contract()
        self._sign(contract, "us")
        for vals in (
            {"name": "Other"},
            {"partner_id": self.supplier.id},
            {"credit_limit": 9},
            {"date_from": date(2026, 2, 1)},
            {"date_to": date(2026, 11, 30)},
        ):
            with self.assertRaises(UserError):
                contract.write(vals)
        with self.assertRaises(UserError):
            contract.unlink()
        contract.write({"note": "Ask Anna", "date_to": date(2027, 1, 31)})
        contract.action_move_to("draft", "Other terms")
        contract.credit_limit = 9

    def test_payment_needs_its_numbers(self):
        for kind in ("deferred", "credit"):
            with self.assertRaises(ValidationError):
                self._create_contract(payment_kind=kind)
        self._create_contract(payment_kind="deferred", deferral_days=14)
        self._create_contract(payment_kind="credit", credit_limit=100000)

    # === Screens and rights === #

    def test_who_does_what(self):
        contract = self._create_contract()
        may = {operation: set() for operation in ("read", "write", "create", "unlink")}
        for operation, roles in may.items():
            for role in ROLES:
                if contract.with_user(self.users[role]).has_access(operation):
                    roles.add(role)
        self.assertEqual(may["read"], set(ROLES) - {"hotel_editor"})
        self.assertEqual(may["write"], KEEPERS)
        self.assertEqual(may["create"], KEEPERS)
        self.assertEqual(may["unlink"], {"head", "admin"})
        for role in set(ROLES) - KEEPERS:
            with self.assertRaises(AccessError):
                contract.with_user(self.users[role]).action_mark_sent()
        with self.assertRaises(AccessError):
            self.env["tour.contract"].with_user(self.client_user).search([])

    def test_other_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        theirs = self._create_contract().sudo().copy({"company_id": other.id})
        self.assertNotIn(
            theirs, self.env["tour.contract"].with_user(self.head).search([])
        )

    def test_button_on_the_client(self):
        contract = self._create_contract()
        manager = self.users["manager_own"]
        person = self.client_user.partner_id.with_user(manager)
        for partner in (self.client.with_user(manager), person):
            self.assertEqual(partner.contract_count, 1)
            domain = partner.action_view_contracts()["domain"]
            self.assertEqual(self.env["tour.contract"].search(domain), contract)

    def test_parameters_of_a_type(self):
        self.type.contract_properties_definition = [
            {"name": "bonus", "string": "Bonus, %", "type": "float"}
        ]
        contract = self._create_contract(contract_properties={"bonus": 2.5})
        self.assertEqual(contract.contract_properties["bonus"], 2.5)

    def test_views_of_each_role(self):
        for role in set(ROLES) - {"hotel_editor"}:
            contracts = self.env["tour.contract"].with_user(self.users[role])
            contracts.get_views(
                [(False, kind) for kind in ("list", "kanban", "form", "search")]
            )
