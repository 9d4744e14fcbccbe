"""What the bench itself reckons: measurements, and the check of reports."""

import doctest
from collections import Counter
from datetime import date
from importlib import import_module

import pytest
import xlsxwriter

from bench import check_figures, check_reports, real_bookings

MODULES = "check_figures check_reports measure real_bookings report".split()
HEADERS = """
    hotel is_canceled lead_time arrival_date_year arrival_date_month
    arrival_date_day_of_month stays_in_weekend_nights stays_in_week_nights adults
    children babies market_segment reserved_room_type deposit_type agent company adr
    reservation_status reservation_status_date
""".split()
ROWS = """
    Inn,0,10,2016,July,2,1,1,2,0,0,Direct,A,No Deposit,240,NULL,50,Check-Out,2016-07-04
    Inn,1,10,2016,July,2,1,1,2,0,0,Direct,A,Non Refund,NULL,7,50,Canceled,2016-07-01
    Inn,1,10,2016,July,2,1,1,2,0,0,Direct,A,No Deposit,NULL,NULL,50,Canceled,2016-07-01
    Inn,0,10,2016,July,2,0,0,1,0,0,Direct,A,No Deposit,NULL,NULL,50,Check-Out,2016-07-02
""".split("\n")
JULY = (date(2016, 7, 1), date(2016, 7, 31))
TURNOVER = check_figures.Asked("turnover", "departure", *JULY)


@pytest.mark.parametrize("name", MODULES)
def test_what_the_docstrings_say(name):
    result = doctest.testmod(import_module(f"bench.{name}"))
    assert result.failed == 0


@pytest.fixture
def bookings(tmp_path):
    path = tmp_path / "bookings.csv"
    lines = [",".join(HEADERS), *(line.strip() for line in ROWS if line.strip())]
    path.write_text("\n".join(lines))
    return real_bookings.read(path)


def test_how_bookings_ended(bookings):
    assert Counter(booking.state for booking in bookings) == {
        "done": 2,
        "cancelled_penalty": 1,
        "cancelled": 1,
    }
    assert [booking.client.name for booking in bookings] == [
        *("Agent 240", "Company 7", "Direct guests", "Direct guests"),
    ]
    assert bookings[3].services[0].title == "Day use, Inn, Direct, Category A"


def test_turnover_by_hand(bookings):
    """Row 1: 100 less 5 % for an agent so marked; row 2: the price as penalty, which
    is the hotel's; row 4: a day of 50, without a night."""
    [rows] = check_figures.get_sheets(TURNOVER, bookings).values()
    figures = {
        row["Client"]: [int(row[name]) for name in ("Nights", "Turnover", "Margin")]
        for row in rows
    }
    # 100 - 5 - 85 + 8.5 (10 % of 85); 100 - 100; 50 - 42.50 + 8 % of 42.50.
    assert figures == {
        "Agent 240": [2, 95, 18],
        "Company 7": [0, 100, 0],
        "Direct guests": [0, 50, 10],
    }


def _write(path, rows, total_of=None):
    """A file of the report, with a total that may be another one."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Client turnover")
    sheet.write(0, 0, "Client turnover")
    for place, label in enumerate(rows[0]):
        sheet.write(2, place, label)
        for number, row in enumerate(rows, 3):
            value = row[label]
            sheet.write(number, place, value if place == 0 else float(value))
        if label in check_figures.SUMMED:
            letter = chr(ord("A") + place)
            total = float(sum(row[label] for row in total_of or rows))
            formula = f"=SUBTOTAL(109,{letter}4:{letter}{3 + len(rows)})"
            sheet.write_formula(3 + len(rows), place, formula, None, total)
    sheet.write(3 + len(rows), 0, "Total")
    book.add_worksheet("Columns")
    book.close()


def test_a_right_file_agrees(bookings, tmp_path):
    [rows] = check_figures.get_sheets(TURNOVER, bookings).values()
    path = tmp_path / "right.xlsx"
    _write(path, rows)
    counts, faults = check_reports.check_file(path, TURNOVER, bookings)
    assert faults == []
    assert counts["rows"] == 3
    assert counts["totals"] == 7


def test_each_wrong_figure_is_found(bookings, tmp_path):
    [rows] = check_figures.get_sheets(TURNOVER, bookings).values()
    path = tmp_path / "wrong.xlsx"
    for label in list(rows[0])[1:]:
        wrong = [{**rows[0], label: rows[0][label] + 1}, *rows[1:]]
        _write(path, wrong)
        _counts, faults = check_reports.check_file(path, TURNOVER, bookings)
        assert any(label in fault for fault in faults), label


def test_a_wrong_total_a_missing_row_are_found(bookings, tmp_path):
    [rows] = check_figures.get_sheets(TURNOVER, bookings).values()
    path = tmp_path / "wrong.xlsx"
    _write(path, rows, total_of=rows[:2])
    assert check_reports.check_file(path, TURNOVER, bookings)[1]
    _write(path, rows[:2])
    assert check_reports.check_file(path, TURNOVER, bookings)[1]
