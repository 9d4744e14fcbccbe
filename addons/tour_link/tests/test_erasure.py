"""Personal data are erased some time after the stay (BKG-27)."""

from datetime import date, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ..models import tour_guest_erasure
from .common import LinkCommon


@tagged("post_install", "-at_install")
class TestErasure(LinkCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.company.tour_guest_data_days = 30
        # Other tests' and databases' guests are not looked at.
        cls.env.cr.execute(
            "UPDATE tour_guest SET birth_date = NULL, document_number = NULL"
        )
        cls.env.invalidate_all()
        cls._give_stay(cls.order, -31)
        cls._fill(cls.guest)

    @classmethod
    def _give_stay(cls, order, days):
        """Let the stay have ended so many days from now."""
        end = cls.today + timedelta(days=days)
        order.order_line.write({"date_from": end - timedelta(days=2), "date_to": end})

    @classmethod
    def _fill(cls, guest, **values):
        guest.write(
            {"document_number": "45 1", "birth_date": date(1980, 3, 4), **values}
        )
        cls.env.flush_all()

    def _run(self):
        self.progress = []

        def commit(_cron, processed=0, *, remaining=None, **_kwargs):
            self.progress.append((processed, remaining))
            return 60.0

        with patch.object(type(self.env["ir.cron"]), "_commit_progress", commit):
            self.env["tour.guest"]._cron_erase_personal_data()
        self.env.invalidate_all()

    def _is_erased(self, guest=None):
        guest = guest or self.guest
        self.env.cr.execute(
            "SELECT document_number, birth_date FROM tour_guest WHERE id = %s",
            (guest.id,),
        )
        row = self.env.cr.fetchone()
        self.assertIn(row.count(None), (0, 2))
        return row == (None, None)

    def _plan_trip(self, client=None, state="new", days=10, **values):
        order = self._create_booking(lines=[self._prepare_open_stay()])
        self._give_stay(order, days)
        if client:
            order.write({"consignee_id": False, "client_user_id": False})
            order.partner_id = client
        guest = order.guest_ids[0]
        guest.write({"birth_date": False, "document_number": False, **values})
        self.env.flush_all()
        self._move_to(order, state)
        return guest

    def test_values_are_cleared_and_names_kept(self):
        self._run()
        self.assertTrue(self._is_erased())
        self.assertEqual(self.guest.full_name, "Orlov Oleg")
        self.assertTrue(self.guest.data_erased_on)
        self.assertRecordValues(
            self.env["tour.guest.look"].search([("guest_id", "=", self.guest.id)]),
            [{"act": "erase", "guest_name": "Orlov Oleg"}],
        )

    def test_on_the_day(self):
        """Thirty days after the stay they are there still, a day later not."""
        self._give_stay(self.order, -30)
        self._run()
        self.assertFalse(self._is_erased())
        self._give_stay(self.order, -31)
        self._run()
        self.assertTrue(self._is_erased())

    def test_zero_is_never(self):
        self.company.tour_guest_data_days = 0
        self._run()
        self.assertFalse(self._is_erased())

    def test_another_trip_of_the_same_client(self):
        self._plan_trip()
        self._run()
        self.assertFalse(self._is_erased())

    def test_other_trips_that_do_not_count(self):
        for case, values in (
            ("cancelled", {"state": "cancelled"}),
            ("over", {"days": -1}),
            ("of a namesake at another client", {"client": self.other_client}),
            ("of somebody born on another day", {"birth_date": date(1999, 1, 1)}),
            ("of another document", {"document_number": "99 9"}),
            ("of another name", {"last_name": "Sokolov"}),
        ):
            with self.subTest(case), self.cr.savepoint() as savepoint:
                self._plan_trip(**values)
                self.assertIn(
                    self.guest, self.env["tour.guest"]._find_erasable(self.company)
                )
                savepoint.rollback()
                self.env.invalidate_all()

    def test_same_person_at_another_client(self):
        self._plan_trip(client=self.other_client, birth_date=date(1980, 3, 4))
        self._run()
        self.assertFalse(self._is_erased())

    def test_name_is_the_same_whatever_its_letters(self):
        self._plan_trip(last_name="ORLOV", first_name="OLEG")
        self._run()
        self.assertFalse(self._is_erased())

    def test_service_without_dates_goes_by_the_booking(self):
        self.order.order_line.write({"date_from": False, "date_to": False})
        self.order.date_order = self.today - timedelta(days=40)
        self._run()
        self.assertTrue(self._is_erased())

    def test_in_batches(self):
        self.stay.guest_ids.unlink()
        self.stay.guest_ids = [
            (0, 0, {"last_name": f"Guest {number}", "document_number": "1"})
            for number in range(7)
        ]
        self.env.flush_all()
        with patch.object(tour_guest_erasure, "BATCH", 3):
            self._run()
        self.assertFalse(any(self.stay.guest_ids.mapped("document_number")))
        self.assertEqual(self.progress, [(3, 1), (3, 1), (1, 0)])
        self.assertEqual(
            self.env["tour.guest.look"].search_count(
                [("guest_id", "in", self.stay.guest_ids.ids)]
            ),
            7,
        )
        # Run again, it finds nothing to do.
        self.assertFalse(self.env["tour.guest"]._find_erasable(self.company))

    def test_queries_do_not_grow_with_the_number(self):
        self.env.flush_all()
        self.stay.guest_ids.write({"document_number": "1"})
        guests = self.env["tour.guest"]._find_erasable(self.company)
        self.assertEqual(len(guests), 2)
        self.env.invalidate_all()
        # Erasing, names of guests, of bookings, the log.
        with self.assertQueryCount(5):
            guests._erase_personal_data()
            self.env.flush_all()

    def test_changes_nothing_else(self):
        """Neither a price nor a version of the booking."""
        version = self.order.edit_version
        self._run()
        self.assertEqual(self.order.edit_version, version)
