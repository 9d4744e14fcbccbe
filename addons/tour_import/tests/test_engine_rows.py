from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..engine import mapping
from ..engine.convert import Conventions
from ..engine.keys import Digester
from ..engine.pipeline import Pipeline, Plan
from ..engine.table import Format, Row, Table

STAY = ["hotel", "check_in", "check_out", "client", "price"]
OPTIONS = {"child_age": 10, "baby_age": 1}


def parse(kind, headers, rows, columns=None, after=0, **plan):
    """Parsed rows of a small table."""
    numbered = [Row(number, list(cells)) for number, cells in enumerate(rows, 2)]
    columns = columns or mapping.guess(kind, headers)
    table = Table(headers, 1, numbered, Format())
    pipeline = Pipeline(table, Plan(kind, columns, Conventions(), **plan))
    return list(pipeline.parse(after))


@tagged("post_install", "-at_install")
class TestRows(BaseCase):
    def _faults(self, kind, headers, row, **plan):
        [parsed] = parse(kind, headers, [row], **plan)
        return [(fault.column, fault.value, fault.rule) for fault in parsed.faults]

    # === Bookings === #

    def test_booking(self):
        [row] = parse("booking", STAY, [["Sea", "1.7.2015", "2015-07-04", "A", "99,5"]])
        self.assertEqual(row.faults[0].rule, "no_guests")
        self.assertTrue(row.is_good)
        values = row.values
        self.assertEqual(values["date_from"], date(2015, 7, 1))
        self.assertEqual(values["nights"], 3)
        self.assertEqual(values["price"], Decimal("99.50"))
        self.assertEqual(values["state"], "new")

    def test_departure_before_arrival(self):
        self.assertEqual(
            self._faults(
                "booking", STAY, ["Sea", "2015-07-04", "2015-07-01", "A", "1"]
            )[-1],
            ("check_out", "2015-07-01", "departure_before_arrival"),
        )

    def test_price_a_night(self):
        headers = ["hotel", "arrival", "nights", "client", "adr"]
        columns = dict(
            enumerate(("hotel", "date_from", "nights", "client", "price_night"))
        )
        [row] = parse(
            "booking", headers, [["Sea", "2015-07-01", "3", "A", "37.8"]], columns
        )
        self.assertEqual(row.values["price"], Decimal("113.40"))
        self.assertEqual(row.values["date_to"], date(2015, 7, 4))

    def test_stay_without_a_night(self):
        row = ["Sea", "2015-07-01", "2015-07-01", "A", "0"]
        self.assertIn("no_nights", [f[2] for f in self._faults("booking", STAY, row)])
        faults = self._faults("booking", STAY, row, options={"zero_nights": "day_use"})
        self.assertNotIn("no_nights", [fault[2] for fault in faults])

    def test_child_needs_an_age(self):
        headers = [*STAY, "children"]
        row = ["Sea", "2015-07-01", "2015-07-02", "A", "1", "2"]
        self.assertEqual(
            self._faults("booking", headers, row)[-1],
            ("children", "2", "child_without_age"),
        )
        [parsed] = parse("booking", headers, [row], options=OPTIONS)
        self.assertEqual([g["age"] for g in parsed.values["guests"]], [10, 10])
        [parsed] = parse(
            "booking",
            [*headers, "children ages"],
            [[*row, "5; 12"]],
            options=OPTIONS,
        )
        self.assertEqual([g["age"] for g in parsed.values["guests"]], [5, 12])

    def test_who_ordered(self):
        headers = ["hotel", "check_in", "check_out", "agent", "company"]
        options = {
            "agent_pattern": "Agent %s",
            "company_pattern": "Company %s",
            "default_client": "Direct",
        }
        cases = (
            (("240", "NULL"), ("agent:240", "Agent 240", "agent")),
            (("NULL", "223"), ("company:223", "Company 223", "corporate")),
            (("240", "223"), ("agent:240", "Agent 240", "agent")),
            (("NULL", "NULL"), ("name:direct", "Direct", "corporate")),
        )
        for (agent, company), expected in cases:
            row = ["Sea", "2015-07-01", "2015-07-02", agent, company]
            [parsed] = parse("booking", headers, [row], options=options)
            client = parsed.values["client"]
            self.assertEqual((client["key"], client["name"], client["kind"]), expected)

    def test_statuses(self):
        headers = [*STAY, "status", "is_canceled", "deposit_type"]
        for told, state in (
            (("Check-Out", "0", ""), "done"),
            (("Canceled", "1", "No Deposit"), "cancelled"),
            (("Canceled", "1", "Non Refund"), "cancelled_penalty"),
            (("No-Show", "1", "No Deposit"), "cancelled_penalty"),
            (("Отменена", "", ""), "cancelled"),
        ):
            row = ["Sea", "2015-07-01", "2015-07-03", "A", "200", *told]
            [parsed] = parse("booking", headers, [row])
            self.assertEqual(parsed.values["state"], state)
        self.assertEqual(parsed.values["penalty"], None)
        row = ["Sea", "2015-07-01", "2015-07-03", "A", "200", "Check-Out", "1", ""]
        faults = self._faults("booking", headers, row)
        self.assertIn(("status", "Check-Out", "status_contradiction"), faults)

    def test_penalty_of_what_is_not_paid_back(self):
        headers = [*STAY, "status", "deposit_type"]
        row = ["Sea", "2015-07-01", "2015-07-03", "A", "200", "Canceled", "Non Refund"]
        [parsed] = parse("booking", headers, [row])
        self.assertEqual(parsed.values["penalty"], 200)

    def test_what_follows_from_a_fault_is_not_told(self):
        headers = ["hotel", "client", "year", "month", "day", "nights"]
        names = ("hotel", "client", "arrival_year", "arrival_month", "arrival_day")
        columns = dict(enumerate((*names, "nights")))
        rows = [["Sea", "A", "20O5", "July", "1", "2"]]
        [row] = parse("booking", headers, rows, columns)
        self.assertEqual(
            [fault.column for fault in row.faults if not fault.warning], ["year"]
        )

    def test_every_fault_of_a_row_is_told(self):
        headers = [*STAY, "meal", "country", "currency"]
        row = ["", "bad", "2015-07-01", "", "x", "Caviar", "Atlantis", "EUR"]
        rules = {fault[2] for fault in self._faults("booking", headers, row)}
        self.assertLessEqual({"required", "date", "number", "meal", "country"}, rules)

    # === Cities === #

    def test_name_of_a_city(self):
        headers = ["region_type", "region", "area_type", "area", "city", "settlement"]
        for row, name in (
            (["г", "Москва", "", "", "", ""], "Москва"),
            (["обл", "Московская", "г", "Клин", "", ""], "Клин"),
            (["Респ", "Крым", "", "", "Ялта", "Алупка"], "Алупка"),
            (["Респ", "Адыгея", "", "", "Майкоп", ""], "Майкоп"),
        ):
            [parsed] = parse("city", headers, [row])
            self.assertEqual(parsed.values["name"], name)
        faults = self._faults("city", headers, ["обл", "Тверская", "р-н", "x", "", ""])
        self.assertEqual([fault[2] for fault in faults], ["required"])

    # === Keys === #

    def test_equal_rows_are_told_apart(self):
        row = ["Sea", "2015-07-01", "2015-07-02", "A", "1"]
        keys = [parsed.key for parsed in parse("booking", STAY, [row] * 3)]
        self.assertEqual(len(set(keys)), 3)
        self.assertEqual([key[-2:] for key in keys], ["#1", "#2", "#3"])
        # The same when the import goes on after the second.
        [last] = parse("booking", STAY, [row] * 3, after=3)
        self.assertEqual(last.key, keys[2])

    def test_own_number_is_the_key(self):
        headers = ["number", *STAY]
        rows = [
            ["B-1", "Sea", "2015-07-01", "2015-07-02", "A", "1"],
            ["b-1", "Sky", "2015-07-01", "2015-07-02", "A", "1"],
        ]
        parsed = parse("booking", headers, rows)
        self.assertEqual([p.key for p in parsed], ["number:b-1"] * 2)
        self.assertEqual([p.occurrence for p in parsed], [1, 2])

    @settings(max_examples=100, deadline=None)
    @given(
        st.dictionaries(
            st.text("abcdef", min_size=1, max_size=4),
            st.text(max_size=6),
            min_size=1,
            max_size=6,
        ),
        st.randoms(use_true_random=False),
    )
    def test_digest_knows_a_row_again(self, row, random):
        """Whatever the order of columns, and with empty columns between."""
        items = list(row.items())
        shuffled = [*items, ("zz", "")]
        random.shuffle(shuffled)
        one = Digester([h for h, _c in items]).digest([c for _h, c in items])
        two = Digester([h for h, _c in shuffled]).digest([c for _h, c in shuffled])
        self.assertEqual(one, two)

    @settings(max_examples=100, deadline=None)
    @given(st.lists(st.lists(st.sampled_from("ab"), min_size=5, max_size=5)))
    def test_keys_are_never_twice(self, rows):
        columns = {0: "note"}
        keys = [p.key for p in parse("booking", STAY, rows, columns) if p.key]
        self.assertEqual(len(keys), len(set(keys)))

    # === Mapping === #

    def test_duplicate_headers_are_not_guessed(self):
        self.assertEqual(mapping.guess("hotel", ["name", "city", "City "]), {0: "name"})
        table = Table(["Price", "price", "x"], 1, [], Format())
        self.assertEqual(table.duplicate_headers, {"price": [1, 2]})

    def test_russian_headers(self):
        headers = ["Отель", "Дата заезда", "Дата выезда", "Клиент", "Сумма", "Статус"]
        self.assertEqual(
            list(mapping.guess("booking", headers).values()),
            ["hotel", "date_from", "date_to", "client", "price_total", "status"],
        )

    def test_misspelt_header(self):
        self.assertEqual(mapping.guess("hotel", ["Name", "Lattitude"])[1], "latitude")
