import base64

from odoo.addons.tour_booking.tests.common import BookingCommon

from .test_engine_files import make_csv

HOTEL_HEADERS = [
    *("hotel", "is_canceled", "lead_time", "arrival_date_year", "arrival_date_month"),
    *("arrival_date_week_number", "arrival_date_day_of_month"),
    *("stays_in_weekend_nights", "stays_in_week_nights", "adults", "children"),
    *("babies", "meal", "country", "market_segment", "distribution_channel"),
    *("is_repeated_guest", "previous_cancellations"),
    *("previous_bookings_not_canceled", "reserved_room_type", "assigned_room_type"),
    *("booking_changes", "deposit_type", "agent", "company", "days_in_waiting_list"),
    *("customer_type", "adr", "required_car_parking_spaces"),
    *("total_of_special_requests", "reservation_status", "reservation_status_date"),
]
HOTEL_ROW = dict(
    zip(
        HOTEL_HEADERS,
        [
            *("Test Hotel", "0", "14", "2016", "July", "27", "2", "1", "2", "2", "0"),
            *("0", "BB", "PRT", "Direct", "Direct", "0", "0", "0", "A", "A", "0"),
            *("No Deposit", "NULL", "NULL", "0", "Transient", "100.5", "0", "1"),
            *("Check-Out", "2016-07-05"),
        ],
        strict=True,
    )
)


class ImportCommon(BookingCommon):
    """Small files, and imports of them by a head of department."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel_editor = cls._create_staff("hotel_editor", "hotel_editor")
        cls.accountant = cls._create_staff("accountant", "accountant")

    @classmethod
    def _create_import(cls, kind, rows, user=None, **values):
        """An import of rows (the first are the headers), or of a file's bytes."""
        content = rows if isinstance(rows, bytes) else make_csv(rows)
        return (
            cls.env["tour.import"]
            .with_user(user or cls.head)
            .create(
                {
                    "kind": kind,
                    "file": base64.b64encode(content),
                    "file_name": "test.csv",
                    **values,
                }
            )
        )

    @classmethod
    def _import(cls, kind, rows, user=None, **values):
        """Make an import and take it through all its steps, here and now."""
        record = cls._create_import(kind, rows, user, **values)
        record.action_read()
        record.action_check()
        if record.to_make_count or record.to_merge_count:
            record.action_run()
            record._treat("run")
            record.invalidate_recordset()
        return record

    @classmethod
    def _hotel_rows(cls, *changes):
        """Rows of the demand data set's layout, with changes by header."""
        rows = [HOTEL_HEADERS]
        rows += [list((HOTEL_ROW | change).values()) for change in changes]
        return rows

    def assertCounts(self, record, made=0, merged=0, refused=0):
        counts = (record.made_count, record.merged_count, record.refused_count)
        self.assertEqual(counts, (made, merged, refused))
        self.assertEqual(record.run_rows, made + merged + refused)

    def assertFaults(self, record, *expected):
        """Row, column, value and rule of all faults of the dry run."""
        self.assertEqual(
            [
                (f.row, f.column, f.value or "", f.rule)
                for f in record.fault_ids.filtered(lambda f: f.phase == "check")
            ],
            list(expected),
        )
