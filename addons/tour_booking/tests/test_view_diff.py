"""The diff engine by properties: any two views, and not only those we thought of."""

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..view_diff import Row, compare, is_same

DAYS = [f"2026-03-{day:02}" for day in range(27, 32)]
NAMES = st.sampled_from(["Orlov", "Petrova", "Li"])
GUESTS = st.fixed_dictionaries(
    {
        "id": st.integers(1, 3),
        "last_name": NAMES,
        "age": st.sampled_from([None, 4]),
        "extra": st.dictionaries(st.sampled_from(["VIP", "No"]), st.booleans()),
    }
)
SERVICES = st.fixed_dictionaries(
    {
        "id": st.integers(1, 3),
        "kind": st.sampled_from(["accommodation", "transfer"]),
        "hotel": st.sampled_from(["", "Alpina", "Bristol"]),
        "date_from": st.sampled_from(DAYS[:3]),
        "date_to": st.sampled_from(DAYS[2:]),
        "price": st.sampled_from([0.0, 100.0, 0.1 + 0.2]),
        "guests": st.lists(GUESTS, max_size=3, unique_by=lambda guest: guest["id"]),
    }
)
VIEWS = st.fixed_dictionaries(
    {
        "client": st.sampled_from(["", "Metran", None]),
        "services": st.lists(SERVICES, max_size=3, unique_by=lambda one: one["id"]),
    }
)


def canonical(value):
    """What is seen of a view, told in another way than the engine does."""
    if isinstance(value, dict):
        kept = {k: canonical(v) for k, v in value.items() if k != "id"}
        return {k: kept[k] for k in sorted(kept) if kept[k] not in (None, "", [], {})}
    if isinstance(value, list):
        return sorted(map(canonical, value), key=repr)
    return round(value, 6) if isinstance(value, float) else value


@tagged("post_install", "-at_install")
class TestViewDiff(BaseCase):
    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(VIEWS, VIEWS)
    def test_empty_exactly_when_nothing_visible_differs(self, before, after):
        rows = compare(before, after)
        same = repr(canonical(before)) == repr(canonical(after))
        self.assertEqual(not rows, same)
        self.assertEqual(is_same(before, after), same)
        for row in rows:
            self.assertFalse(is_same(row.before, row.after), row)

    @settings(max_examples=100, deadline=None, derandomize=True)
    @given(VIEWS, st.randoms(use_true_random=False))
    def test_order_and_ids_are_not_seen(self, view, random):
        after = {**view, "services": [dict(service) for service in view["services"]]}
        random.shuffle(after["services"])
        for number, service in enumerate(after["services"]):
            service["id"] = 100 + number
            service["guests"] = [dict(guest, id=200) for guest in service["guests"]]
        self.assertEqual(compare(view, after), [])

    @settings(max_examples=100, deadline=None, derandomize=True)
    @given(VIEWS, VIEWS)
    def test_there_and_back(self, before, after):
        """Back, each row says the opposite."""
        there = {(row.before, row.after) for row in compare(before, after)}
        back = {(row.after, row.before) for row in compare(after, before)}
        self.assertEqual(there, back)

    def test_rows_survive_json(self):
        [row] = compare({"client": "A"}, {"client": "B"})
        self.assertEqual(Row(*list(row)), row)
