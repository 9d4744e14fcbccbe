"""Personal data are hidden until somebody looks, and each look is logged (BKG-27)."""

from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.tour_booking.view_diff import compare

from .common import LinkCommon

SECRETS = ["birth_date", "document_number"]


@tagged("post_install", "-at_install")
class TestLooks(LinkCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guest.write(
            {"document_number": "4509 123456", "birth_date": date(1980, 3, 4)}
        )
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _as(self, role):
        return self.guest.with_user(self.users[role])

    def _get_log(self):
        return self.env["tour.guest.look"].search([("guest_id", "=", self.guest.id)])

    def test_staff_read_masks_only(self):
        for role in ("manager_own", "head", "director", "accountant", "admin"):
            guest = self._as(role)
            self.assertEqual(guest.document_shown, "•••• 456")
            self.assertEqual(guest.birth_shown, "••••")
            for name in SECRETS:
                for read in (
                    lambda guest=guest, name=name: guest.read([name]),
                    lambda guest=guest, name=name: guest.web_read({name: {}}),
                    lambda guest=guest, name=name: guest.export_data([name]),
                    lambda guest=guest, name=name: guest[name],
                    lambda guest=guest, name=name: guest.search([(name, "!=", False)]),
                    lambda guest=guest, name=name: guest.search([], order=name),
                    lambda guest=guest, name=name: guest.formatted_read_group(
                        [], [name], ["__count"]
                    ),
                ):
                    with self.assertRaises(AccessError):
                        read()
                self.assertNotIn(name, guest.fields_get())
            with self.assertRaises(AccessError):
                guest.env["sale.order"].search(
                    [("guest_ids.document_number", "=", "4509 123456")]
                )
            self.assertNotIn("123456", str(guest.read()))
            self.assertNotIn("123456", str(guest.copy_data()))
            self.assertNotIn("1980", str(guest.copy_data()))
        self.assertFalse(self._get_log())

    def test_look_is_logged(self):
        seen = self._as("manager_own").action_look("The hotel asks")
        self.assertEqual(
            seen,
            {
                self.guest.id: {
                    "birth_date": "1980-03-04",
                    "document_number": "4509 123456",
                }
            },
        )
        self.assertRecordValues(
            self._get_log(),
            [
                {
                    "act": "look",
                    "user_id": self.manager.id,
                    "guest_name": "Orlov Oleg",
                    "order_name": self.order.name,
                    "reason": "The hotel asks",
                }
            ],
        )

    def test_who_may_look(self):
        for role in ("manager_own", "manager_all", "head", "director", "admin"):
            self.assertTrue(self._as(role).action_look())
        for role in ("accountant", "hotel_editor"):
            with self.assertRaises(AccessError):
                self._as(role).action_look()
        with self.assertRaises(AccessError):
            self.guest.with_user(self.client_user).action_look()

    def test_nobody_looks_at_guests_that_he_does_not_see(self):
        self.order.user_id = self.users["head"]
        with self.assertRaises(AccessError):
            self._as("manager_own").action_look()
        self.assertFalse(self._get_log())

    def test_nonsense_is_refused(self):
        for reason in (["x"], {"a": 1}, "x" * 201):
            with self.assertRaises(UserError):
                self._as("head").action_look(reason)
        many = self.guest.browse(range(1, 102)).with_user(self.users["head"])
        with self.assertRaises(UserError):
            many.action_look()

    def test_log_is_read_by_heads_and_written_by_nobody(self):
        self._as("head").action_look()
        log = self._get_log()
        for role in ("head", "admin"):
            self.assertTrue(log.with_user(self.users[role]).read(["guest_name"]))
        for role in ("manager_own", "manager_all", "accountant", "director"):
            with self.assertRaises(AccessError):
                log.with_user(self.users[role]).read(["guest_name"])
        for act in (
            lambda: log.with_user(self.users["admin"]).unlink(),
            lambda: log.with_user(self.users["admin"]).write({"reason": "x"}),
            lambda: log.with_user(self.users["admin"]).create({"act": "look"}),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_log_outlives_the_guest(self):
        self._as("head").action_look()
        log = self._get_log()
        self.guest.unlink()
        self.assertEqual(log.guest_name, "Orlov Oleg")

    def test_client_sees_his_own_guests(self):
        guest = self.guest.with_user(self.client_user)
        self.assertEqual(guest.read(SECRETS)[0]["document_number"], "4509 123456")
        order = self.order.with_user(self.client_user)
        shown = order._client_view()["services"][0]["guests"][0]
        self.assertEqual(shown["document"], "4509 123456")

    def test_papers_need_no_look(self):
        for kind in ("voucher", "supplier_request", "booking_sheet"):
            self.order.with_user(self.manager)._make_documents(kind)
        self.assertFalse(self._get_log())

    def test_what_is_kept_of_a_booking_has_marks_only(self):
        order = self.order.with_context(tour_booking_view_kept=True)
        before = order._client_view()
        self.assertNotIn("123456", str(before))
        self.assertNotIn("1980", str(before))
        self.guest.write({"document_number": "4508 123456", "birth_date": "1980-03-05"})
        rows = compare(before, order._client_view())
        self.assertEqual(
            [
                (row["field"], row["before"], row["after"])
                for row in order._render_diff(rows)
            ],
            [("Birth date", "••••", "••••"), ("Document", "•••• 456", "•••• 456")],
        )

    # === Writing === #

    def test_staff_write_by_the_mask(self):
        guest = self._as("manager_own")
        guest.write({"document_shown": "AB 765432", "birth_shown": "1990-12-31"})
        self.assertEqual(self.guest.document_number, "AB 765432")
        self.assertEqual(self.guest.birth_date, date(1990, 12, 31))
        self.assertEqual(guest.document_shown, "•••• 432")

    def test_mask_that_comes_back_changes_nothing(self):
        self._as("manager_own").write(
            {"document_shown": "•••• 456", "birth_shown": "••••"}
        )
        self.assertEqual(self.guest.document_number, "4509 123456")
        self.assertEqual(self.guest.birth_date, date(1980, 3, 4))

    def test_emptied_is_cleared(self):
        self._as("manager_own").write({"document_shown": "", "birth_shown": ""})
        self.assertFalse(self.guest.document_number)
        self.assertFalse(self.guest.birth_date)

    def test_no_date_is_refused_by_name(self):
        with self.assertRaisesRegex(ValidationError, "Orlov Oleg.*no date"):
            self._as("manager_own").birth_shown = "soon"

    def test_fields_themselves_are_written_as_before(self):
        """By imports and over RPC."""
        self._as("manager_own").write({"document_number": "NEW 1"})
        self.assertEqual(self.guest.document_number, "NEW 1")

    def test_new_guest_as_forms_save_him(self):
        values = {
            "last_name": "Volkov",
            "document_shown": "AB 111222",
            "birth_shown": "1999-01-02",
        }
        saved = self.order.with_user(self.manager).web_save(
            {
                "order_line": [
                    Command.update(
                        self.stay.id, {"guest_ids": [Command.create(values)]}
                    )
                ]
            },
            {
                "order_line": {
                    "fields": {"guest_ids": {"fields": {"document_shown": {}}}}
                }
            },
        )
        shown = saved[0]["order_line"][0]["guest_ids"][-1]["document_shown"]
        self.assertEqual(shown, "•••• 222")
        new = self.stay.guest_ids.filtered(lambda g: g.last_name == "Volkov")
        self.assertEqual(new.document_number, "AB 111222")
        self.assertEqual(new.birth_date, date(1999, 1, 2))
        self.assertEqual(self.guest.document_number, "4509 123456")

    # === Copying === #

    def test_copy_of_a_booking_takes_the_data_along_unseen(self):
        copy = self.order.with_user(self.manager).copy()
        guest = copy.sudo().guest_ids.filtered(lambda g: g.last_name == "Orlov")
        self.assertEqual(guest.document_number, "4509 123456")
        self.assertEqual(guest.birth_date, date(1980, 3, 4))
        self.assertFalse(self._get_log())

    def test_data_of_guests_out_of_sight_are_not_taken(self):
        other = self._create_booking(
            lines=[self._prepare_open_stay()], user_id=self.users["head"].id
        )
        stranger = other.guest_ids[0]
        stranger.document_number = "SECRET 999"
        with self.assertRaises(AccessError):
            self.stay.with_user(self.manager).write(
                {
                    "guest_ids": [
                        Command.create({"last_name": "X", "data_source": stranger.id})
                    ]
                }
            )
