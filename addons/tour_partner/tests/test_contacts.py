from datetime import timedelta

from markupsafe import Markup

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .common import ROLES, TourPartnerCommon

TALKERS = set(ROLES) - {"hotel_editor"}


@tagged("post_install", "-at_install")
class TestContacts(TourPartnerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.users["manager_own"]
        cls.person = cls.client_user.partner_id

    def _get_log(self, user=None):
        self.env.flush_all()
        report = self.env["tour.contact.report"].with_user(user or self.manager)
        report.invalidate_model()
        return report.search([("client_id", "=", self.client.id)])

    def _post(self, record, user, **values):
        return record.with_user(user).message_post(
            **{
                "body": Markup("<p>Good morning, Anna</p>"),
                "message_type": "comment",
                "subtype_xmlid": "mail.mt_comment",
                **values,
            }
        )

    def test_logged_in_two_clicks(self):
        action = self.client.with_user(self.manager).action_log_contact()
        form = Form(
            self.env["tour.contact"]
            .with_user(self.manager)
            .with_context(**action["context"])
        )
        contact = form.save()
        self.assertRecordValues(
            contact,
            [
                {
                    "kind": "call",
                    "partner_id": self.client.id,
                    "user_id": self.manager.id,
                }
            ],
        )
        row = self._get_log()
        self.assertRecordValues(
            row,
            [
                {
                    "kind": "call",
                    "origin": "entry",
                    "direction": "out",
                    "user_id": self.manager.id,
                    "date": contact.date,
                }
            ],
        )
        self.assertEqual(row.action_open()["res_id"], contact.id)
        self.assertEqual(self.client.with_user(self.manager).contact_count, 1)

    def test_person_is_of_the_client(self):
        action = self.person.with_user(self.manager).action_log_contact()
        self.assertEqual(action["context"]["default_person_id"], self.person.id)
        with self.assertRaises(ValidationError):
            self.env["tour.contact"].create(
                {"partner_id": self.supplier.id, "person_id": self.person.id}
            )

    def test_a_contact_is_not_in_the_future(self):
        with self.assertRaises(ValidationError):
            self.env["tour.contact"].create(
                {
                    "partner_id": self.client.id,
                    "date": fields.Datetime.now() + timedelta(days=2),
                }
            )

    def test_messages_count_by_themselves(self):
        self._post(self.client, self.manager, subject="Spring")
        row = self._get_log()
        self.assertRecordValues(
            row,
            [
                {
                    "kind": "message",
                    "direction": "out",
                    "origin": "thread",
                    "user_id": self.manager.id,
                    "res_model": "res.partner",
                    "res_id": self.client.id,
                }
            ],
        )
        self.assertEqual(row.summary, "Spring: Good morning, Anna")
        self.assertEqual(row.record_name, "Client")
        self.assertEqual(row.action_open()["res_model"], "res.partner")

    def test_what_the_client_writes_counts_for_his_manager(self):
        self.client.user_id = self.users["head"]
        self._post(self.person, self.env.user, author_id=self.person.id)
        self._post(
            self.client,
            self.env.user,
            author_id=self.person.id,
            message_type="email",
        )
        log = self._get_log()
        self.assertEqual(set(log.mapped("kind")), {"message", "mail"})
        self.assertEqual(log.mapped("direction"), ["in", "in"])
        self.assertEqual(log.user_id, self.users["head"])
        self.assertEqual(log.person_id, self.person)

    def test_notes_and_automatic_mails_are_no_contacts(self):
        self._post(self.client, self.manager, subtype_xmlid="mail.mt_note")
        self._post(self.client, self.manager, message_type="notification")
        self._post(self.client, self.manager, message_type="email_outgoing")
        self._post(self.supplier, self.manager)
        self.assertFalse(self._get_log())

    def test_done_calls_and_meetings(self):
        for name, kind in (("call", "call"), ("meeting", "meeting"), ("todo", None)):
            self.client.with_user(self.manager).activity_schedule(
                f"mail.mail_activity_data_{name}", user_id=self.manager.id
            ).action_feedback(feedback="They are content")
            log = self._get_log()
            if kind:
                row = log.filtered(lambda row, kind=kind: row.kind == kind)
                self.assertEqual(row.origin, "activity")
                self.assertEqual(row.user_id, self.manager)
        self.assertEqual(len(log), 2)

    def test_conversation_of_a_contract(self):
        contract = self.env["tour.contract"].create({"partner_id": self.client.id})
        self._post(contract, self.users["head"])
        row = self._get_log()
        self.assertEqual(row.res_model, "tour.contract")
        self.assertEqual(row.action_open()["res_id"], contract.id)

    def test_report_by_staff_member_month_and_kind(self):
        for kind in ("call", "call", "meeting"):
            self.env["tour.contact"].with_user(self.manager).create(
                {"partner_id": self.client.id, "kind": kind}
            )
        self._post(self.client, self.users["head"])
        self.env.flush_all()
        groups = self.env["tour.contact.report"]._read_group(
            [("client_id", "=", self.client.id)],
            ["user_id", "date:month", "kind"],
            ["__count"],
        )
        counts = {(user, kind): count for user, _month, kind, count in groups}
        self.assertEqual(
            counts,
            {
                (self.manager, "call"): 2,
                (self.manager, "meeting"): 1,
                (self.users["head"], "message"): 1,
            },
        )

    def test_ids_of_the_rows_differ(self):
        self.env["tour.contact"].create({"partner_id": self.client.id})
        self._post(self.client, self.manager)
        self.client.activity_schedule("mail.mail_activity_data_call").action_done()
        log = self._get_log()
        self.assertEqual(len(log), 3)
        self.assertEqual(len(set(log.ids)), 3)
        self.assertEqual(self.env["tour.contact.report"].browse(log.ids).exists(), log)

    def test_list_costs_the_same_however_long(self):
        def count():
            self._get_log()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._get_log().web_read({"summary": {}, "record_name": {}, "kind": {}})
            return self.cr.sql_log_count - before

        self._post(self.client, self.manager)
        self.env["tour.contact"].create({"partner_id": self.client.id, "note": "A"})
        few = count()
        for _number in range(5):
            self._post(self.client, self.manager)
            self.env["tour.contact"].create({"partner_id": self.client.id})
        self.assertLessEqual(count(), few)

    # === Rights === #

    def test_who_reads_and_keeps_the_log(self):
        entry = self.env["tour.contact"].create(
            {"partner_id": self.client.id, "user_id": self.manager.id}
        )
        for role in ROLES:
            user = self.users[role]
            report = self.env["tour.contact.report"].with_user(user)
            self.assertEqual(report.has_access("read"), role in TALKERS, role)
            self.assertFalse(report.has_access("write"))
            self.assertEqual(
                entry.with_user(user).has_access("write"),
                role in ("manager_own", "head", "admin"),
                role,
            )
            if role in TALKERS:
                self.assertTrue(self._get_log(user), role)
                entry.with_user(user).read(["note"])
        for model in ("tour.contact", "tour.contact.report"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.client_user).search([])

    def test_nobody_logs_in_anothers_name(self):
        with self.assertRaises(AccessError):
            self.env["tour.contact"].with_user(self.manager).create(
                {"partner_id": self.client.id, "user_id": self.users["head"].id}
            )

    def test_other_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.env["tour.contact"].create(
            {"partner_id": self.client.id, "company_id": other.id}
        )
        self.assertFalse(self._get_log())

    def test_views_of_each_role(self):
        for role in TALKERS:
            report = self.env["tour.contact.report"].with_user(self.users[role])
            kinds = ("list", "pivot", "graph", "search")
            report.get_views([(False, kind) for kind in kinds])
            menus = self.env["ir.ui.menu"].with_user(self.users[role])
            for menu in ("contracts", "contacts"):
                self.assertIn(
                    self.env.ref(f"tour_partner.tour_menu_clients_{menu}").id,
                    menus._visible_menu_ids(),
                )
