"""Importing bookings from a file, beside creating plain orders in batches."""

import base64
import csv
import io
import random

from . import odoo_process
from .cleanup import Marks
from .creating import BATCH, Creator
from .measure import Result, details, middle, sample

MONTHS = "January February March April May June July".split()
HEADERS = """
    hotel is_canceled lead_time arrival_date_year arrival_date_month
    arrival_date_week_number arrival_date_day_of_month stays_in_weekend_nights
    stays_in_week_nights adults children babies meal country market_segment
    distribution_channel is_repeated_guest previous_cancellations
    previous_bookings_not_canceled reserved_room_type assigned_room_type
    booking_changes deposit_type agent company days_in_waiting_list customer_type adr
    required_car_parking_spaces total_of_special_requests reservation_status
    reservation_status_date
""".split()


def make_file(rows, seed=19):
    """A file of bookings in the layout of the hotel booking demand data sets."""
    rand = random.Random(seed)
    file = io.StringIO()
    writer = csv.DictWriter(file, HEADERS, restval="0")
    writer.writeheader()
    for _row in range(rows):
        cancelled = rand.random() < 0.28
        room = rand.choice("AAAAADDDEEFG")
        day = rand.randint(1, 28)
        writer.writerow(
            {
                "hotel": "Bench Resort",
                "is_canceled": int(cancelled),
                "lead_time": rand.randint(0, 300),
                "arrival_date_year": 2016,
                "arrival_date_month": rand.choice(MONTHS),
                "arrival_date_week_number": 27,
                "arrival_date_day_of_month": day,
                "stays_in_weekend_nights": rand.randint(0, 2),
                "stays_in_week_nights": rand.randint(1, 7),
                "adults": rand.choice((1, 2, 2, 2, 3)),
                "children": rand.choice((0, 0, 0, 0, 1, 2)),
                "meal": rand.choice(("BB", "BB", "BB", "HB", "FB", "SC")),
                "country": rand.choice(("PRT", "GBR", "ESP", "IRL", "FRA", "DEU")),
                "market_segment": "Online TA",
                "distribution_channel": "TA/TO",
                "reserved_room_type": room,
                "assigned_room_type": room,
                "deposit_type": "No Deposit",
                "agent": rand.choice((240, 240, 250, 241, 40, 314, "NULL")),
                "company": rand.choice(("NULL",) * 9 + (110, 223, 281)),
                "customer_type": "Transient",
                "adr": round(rand.uniform(40, 250), 2),
                "reservation_status": "Canceled" if cancelled else "Check-Out",
                "reservation_status_date": f"2016-08-{day:02d}",
            }
        )
    return file.getvalue().encode()


def measure(pair, quick):
    """Yield what a booking costs: imported, and imported with the dry run before."""
    rows = 1500 if quick else 6000
    content = make_file(rows)
    plain = Creator(pair.plain, False)
    plain.lines = 1
    with Marks(pair.tour), Marks(pair.plain):
        # Before and after, so that what disturbs the import is in both.
        plains = [sample(plain.batch)[0] for _go in range(4)][1:]
        check, run, made = _import(pair, content)
        plains += [sample(plain.batch)[0] for _go in range(3)]
    per_plain = middle(plains) / BATCH
    for name, seconds, target in (
        (f"{made:,} bookings of a file", run, 2.0),
        ("the same with reading and dry run", check + run, None),
    ):
        yield Result(
            group="import",
            name=name,
            ours=seconds / max(made, 1),
            plain=per_plain,
            ratio=per_plain / (seconds / max(made, 1)),
            target=target,
            at_least=True,
            note=f"times faster than create of plain orders with a line, {BATCH} at a"
            " time (aim: 4)",
            details=details(plain=plains) | {"rows": rows, "seconds": seconds},
        )


def _import(pair, content):
    """Take a file through all its steps as the worker does; return the seconds."""
    with odoo_process.environment(pair.tour) as env:
        record = env["tour.import"].create(
            {
                "kind": "booking",
                "file": base64.b64encode(content),
                "file_name": "bench.csv",
            }
        )
        record_id = record.id
        env.flush_all()
    check, _done = sample(_step, pair, record_id, "action_check", "check", True)
    run, _done = sample(_step, pair, record_id, "action_run", "run", False)
    with odoo_process.environment(pair.tour) as env:
        return check.wall, run.wall, env["tour.import"].browse(record_id).made_count


def _step(pair, record_id, action, phase, read):
    with odoo_process.environment(pair.tour) as env:
        record = env["tour.import"].browse(record_id)
        if read:
            record.action_read()
        getattr(record, action)()
        record._treat(phase, commits=False)
