import datetime
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..engine import convert
from ..engine.convert import Conventions
from ..engine.countries import find_country
from ..engine.errors import ValueRefused

PLAIN = Conventions()
COMMA = Conventions(decimal_sign=",")
POINT = Conventions(decimal_sign=".")
AMOUNTS = st.decimals(0, 10**9, places=2, allow_nan=False)
DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))


@tagged("post_install", "-at_install")
class TestConvert(BaseCase):
    def assertRefused(self, rule, function, text, conventions=PLAIN):
        with self.assertRaises(ValueRefused) as caught:
            function(text, conventions)
        self.assertEqual(caught.exception.rule, rule)

    @settings(max_examples=100, deadline=None)
    @given(AMOUNTS)
    def test_number_written_in_three_ways(self, amount):
        """1,234.56 and 1 234,56 and 1234.56 are one number."""
        english = f"{amount:,.2f}"
        russian = english.replace(",", "\u00a0").replace(".", ",")
        german = english.translate(str.maketrans(",.", ".,"))
        self.assertEqual(convert.to_number(english, POINT), amount)
        self.assertEqual(convert.to_number(russian, PLAIN), amount)
        self.assertEqual(convert.to_number(german, COMMA), amount)
        self.assertEqual(convert.to_number(str(amount), PLAIN), amount)

    @settings(max_examples=200, deadline=None)
    @given(st.text(max_size=20))
    def test_number_is_right_or_refused(self, text):
        """No text makes anything but a number or a refusal."""
        for conventions in (PLAIN, COMMA, POINT):
            try:
                number = convert.to_number(text, conventions)
            except ValueRefused:
                continue
            self.assertTrue(number.is_finite())
            self.assertTrue(any(c.isdigit() for c in text))

    @settings(max_examples=100, deadline=None)
    @given(DAYS)
    def test_date_written_in_many_ways(self, day):
        for text, conventions in (
            (day.isoformat(), PLAIN),
            (f"{day.isoformat()} 00:00:00", PLAIN),
            (f"{day.isoformat()}T14:30:00Z", PLAIN),
            (f"{day:%d.%m.%Y}", PLAIN),
            (f"{day:%d/%m/%Y}", Conventions(date_order="dmy")),
            (f"{day:%m/%d/%Y}", Conventions(date_order="mdy")),
        ):
            self.assertEqual(convert.to_date(text, conventions), day, text)

    @settings(max_examples=100, deadline=None)
    @given(DAYS)
    def test_ambiguous_date_is_never_guessed(self, day):
        text = f"{day.day}/{day.month}/{day.year}"
        if day.day <= 12 and day.day != day.month:
            self.assertRefused("date_ambiguous", convert.to_date, text)
        else:
            self.assertEqual(convert.to_date(text, PLAIN), day)

    def test_dates_that_do_not_exist(self):
        for text in ("2015-02-29", "31.04.2016", "2015-13-01", "0015-01-01", "42186"):
            self.assertRefused("date", convert.to_date, text)

    def test_numbers_refused(self):
        for text in ("", "abc", "1.2.3", "--1", "1e5", "12,34,56", "٣"):
            self.assertRefused("number", convert.to_number, text)
        self.assertRefused("number_ambiguous", convert.to_number, "1,234")
        self.assertEqual(convert.to_number("0,234", PLAIN), Decimal("0.234"))
        self.assertEqual(convert.to_number("12 500 руб.", PLAIN), 12500)

    def test_booleans(self):
        for text in ("1", "Да", "YES", "true", "x"):
            self.assertIs(convert.to_boolean(text, PLAIN), True)
        for text in ("0", "нет", "No", "FALSE"):
            self.assertIs(convert.to_boolean(text, PLAIN), False)
        self.assertRefused("boolean", convert.to_boolean, "maybe")

    def test_small_types(self):
        self.assertEqual(convert.to_hour("14:30", PLAIN), 14.5)
        self.assertRefused("hour", convert.to_hour, "25:00")
        self.assertRefused("percent", convert.to_percent, "101")
        self.assertRefused("count", convert.to_count, "-1")
        self.assertRefused("whole_number", convert.to_integer, "1.5")
        self.assertRefused("coordinate", convert.to_coordinate, "200")
        self.assertRefused("month", convert.to_month, "13")
        self.assertRefused("year", convert.to_year, "15")
        self.assertEqual(convert.to_month("мая", PLAIN), 5)

    def test_countries(self):
        for text, code in (
            ("RU", "RU"),
            ("rus", "RU"),
            ("Российская Федерация", "RU"),
            ("Kazakhstan", "KZ"),
            ("Magyarország", "HU"),
            ("TMP", "TL"),
        ):
            self.assertEqual(find_country(text), code)
        self.assertIsNone(find_country("XQZ"))
