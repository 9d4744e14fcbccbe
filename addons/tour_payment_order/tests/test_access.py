import unittest

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..payment_order_states import MOVER
from . import pdf_factory as factory
from .common import PaymentOrderCommon


@tagged("post_install", "-at_install")
@unittest.skipUnless(factory.has_font(), "No font with Russian letters")
class TestAccess(PaymentOrderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.waiting = cls._read_order(number="20", purpose="Оплата за проживание")
        cls.attached = cls._read_order()
        cls.stray = cls._read_order(
            number="21", purpose="Налог", payee_tax_id="500100732259", amount="5="
        )
        cls.all = cls.waiting | cls.attached | cls.stray
        cls.clerk = new_test_user(cls.env, "test_clerk", groups="base.group_user")
        cls.env.flush_all()

    def _get_seen(self, user):
        return (
            self.env["tour.payment.order"]
            .with_user(user)
            .search([("id", "in", self.all.ids)])
        )

    def test_who_reads_which(self):
        for role in ("accountant", "head", "director", "manager_all", "admin"):
            with self.subTest(role):
                self.assertEqual(self._get_seen(self.users[role]), self.all)
        # His bookings' own, and what may be of them.
        self.assertEqual(self._get_seen(self.manager), self.attached | self.waiting)
        self.assertFalse(self._get_seen(self.other_manager))
        for user in (self.clerk, self.client_user, self.users["hotel_editor"]):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._get_seen(user)

    def test_managers_read_what_they_see(self):
        """All fields of the form, the preview included; not the file it came in."""
        order = self.attached.with_user(self.manager)
        names = [n for n, f in order._fields.items() if n not in ("file_id", "bill_id")]
        order.read(
            [n for n in names if order._has_field_access(order._fields[n], "read")]
        )
        self.assertTrue(order.pdf_file)
        self.assertTrue(self._get_copies().with_user(self.manager).raw)
        with self.assertRaises(AccessError):
            order.file_id.with_user(self.manager).read(["name"])

    def test_who_attaches(self):
        suggestion = self.waiting.suggestion_ids
        for user in (self.director, self.other_manager, self.clerk, self.client_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                suggestion.with_user(user).action_attach()
        suggestion.with_user(self.manager).action_attach()
        self.assertEqual(self.waiting.order_id, self.order)
        with self.assertRaises(AccessError):
            self.waiting.with_user(self.director).action_detach()
        self.waiting.with_user(self.manager).action_detach()
        self.assertEqual(self.waiting.state, "waiting")

    def test_managers_attach_to_their_own_bookings_only(self):
        other = self._create_booking(user_id=self.other_manager.id)
        with self.assertRaises(AccessError):
            self.waiting.with_user(self.manager)._attach(other)
        with self.assertRaises(AccessError):
            self.stray.with_user(self.manager)._attach(self.order)
        with self.assertRaises(AccessError):
            self.waiting.with_user(self.manager)._move_to("set_aside", "Mine")

    def test_who_uploads_and_reads_files(self):
        for user in (self.manager, self.director, self.clerk, self.client_user):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    self.files.with_user(user)._check_may_upload()
                with self.assertRaises(AccessError):
                    self.env["tour.payment.order.upload"].with_user(user).create({})
                with self.assertRaises(AccessError):
                    self.attached.file_id.with_user(user).action_read_again()
        self.assertTrue(self.attached.file_id.with_user(self.director).name)

    def test_the_gateways_methods_are_no_way_around(self):
        """Over RPC they are an upload like another."""
        mail = {
            "email_from": self.accountant.email,
            "attachments": [("a.pdf", b"%PDF-", {})],
        }
        for user in (self.manager, self.director, self.clerk):
            files = self.files.with_user(user)
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    files.message_new(dict(mail), {"company_id": self.company.id})
                with self.assertRaises(AccessError):
                    self.attached.file_id.with_user(user).message_update(dict(mail))

    def test_foreign_files_are_not_uploaded(self):
        """Ids of attachments that one may not read give nothing away."""
        secret = self.env["ir.attachment"].create({"name": "s", "raw": b"%PDF-secret"})
        wizards = self.env["tour.payment.order.upload"].with_user(self.accountant)
        with self.assertRaises(AccessError):
            wizards.create({"attachment_ids": [Command.link(secret.id)]})
        wizard = wizards.create({})
        wizard.sudo().attachment_ids = secret
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "at least one file"):
            wizard.action_upload()

    def test_nobody_writes_by_rpc(self):
        """Nor does who has a key of the sentinel's name but not the sentinel."""
        for user in (self.accountant, self.users["admin"]):
            for context in ({}, {"tour_payment_order_mover": True}):
                records = self.attached.with_user(user).with_context(**context)
                with self.subTest(user.login), self.assertRaises(AccessError):
                    records.write({"state": "waiting", "order_id": False})
                with self.assertRaises(AccessError):
                    records.copy()
                with self.assertRaises(AccessError):
                    records.unlink()
                with self.assertRaises(AccessError):
                    records.file_id.write({"state": "received"})
        with self.assertRaises(AccessError):
            self.attached.write({"state": "waiting"})
        self.assertNotIsInstance(MOVER, (str, int, bool))

    def test_mails_for_other_companies_are_refused(self):
        company = self.env["res.company"].create({"name": "Other company"})
        mail = {
            "email_from": self.accountant.email,
            "attachments": [("a.pdf", b"%PDF-", {})],
        }
        files = self.files.with_user(self.accountant)
        with self.assertRaises(AccessError):
            files.message_new(dict(mail), {"company_id": company.id})
        own = files.message_new(dict(mail), {"company_id": self.company.id})
        self.assertEqual((own.company_id, own.is_trusted), (self.company, False))

    def test_files_tied_to_an_order_stay(self):
        copy = self._get_copies().with_user(self.users["admin"])
        for vals in (
            {"tour_incoming_type": "other"},
            {"res_id": 1},
            {"raw": b"%PDF-1.4 another"},
            {"datas": "AAAA"},
            {"name": "another.pdf"},
            {"type": "url", "url": "https://evil.example"},
            {"public": True},
        ):
            with self.subTest(vals), self.assertRaises(UserError):
                copy.write(vals)
        copy.description = "What is said of it is anybody's who may write it."
        with self.assertRaises(UserError):
            copy.unlink()
        with self.assertRaises(AccessError):
            copy.create({"name": "x", "tour_payment_order_id": self.attached.id})
        fresh = copy.with_context(default_tour_payment_order_id=self.attached.id)
        self.assertFalse(fresh.create({"name": "x"}).tour_payment_order_id)
        # Who may not even see the file is not told its name.
        with self.assertRaises(AccessError):
            copy.with_user(self.other_manager).unlink()

    def test_other_companies(self):
        """Their bookings are neither found by number nor suggested nor attached to."""
        company = self.env["res.company"].create({"name": "Other company"})
        self.waiting.action_match()
        foreign = self.env["sale.order"].create(
            {
                "is_tour_booking": True,
                "company_id": company.id,
                "partner_id": self.client.id,
                "name": "T777777",
            }
        )
        self._move_to(foreign, "booked")
        order = self._read_order(number="30", purpose="заявка T777777")
        self.assertEqual(self._get_codes(order), ["unknown_number"])
        self.assertNotIn(foreign, order.suggestion_ids.order_id)
        with self.assertRaisesRegex(UserError, "another company"):
            order._attach(foreign)
        stranger = new_test_user(
            self.env,
            "test_stranger",
            groups="tour_partner.tour_group_accountant",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        self.assertFalse(self._get_seen(stranger))
        self.assertFalse(self.files.with_user(stranger).search([]))

    def test_many_are_listed_with_a_fixed_number_of_queries(self):
        def read(orders):
            self.env.invalidate_all()
            names = ["display_name", "reason_text", "allowed_moves", "trust_text"]
            before = self.cr.sql_log_count
            orders.with_user(self.accountant).read(names)
            return self.cr.sql_log_count - before

        content = self._make_pdf(
            *({"number": n, "purpose": "Налог"} for n in range(50, 70))
        )
        many = self._read_file(content).payment_order_ids
        read(many[:2])
        self.assertLessEqual(read(many), read(many[:2]))
