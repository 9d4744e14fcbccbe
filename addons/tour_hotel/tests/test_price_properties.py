"""What must hold for every price, whatever the numbers."""

import json
from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..price import (
    OVERRIDABLE,
    RATE_KINDS,
    SETTLEMENTS,
    VALUES,
    PriceError,
    Segment,
    StayInput,
    calculate,
)
from ..stay import CLIENT_LINES, PERCENT_VALUES, SUPPLIER_LINES

prices = st.decimals(0, 10**7, places=3)
percents = st.decimals(0, 100, places=2)
shares = st.sampled_from([Decimal(0), Decimal("0.5"), Decimal(1)])
roundings = st.sampled_from([Decimal(x) for x in ("0.01", "1", "0.05", "0.001", "5")])
segments = st.builds(
    Segment,
    nights=st.integers(1, 60),
    rack_price=prices,
    net_price=prices,
    meal_price=st.none() | prices,
    meal_in_rate=st.none() | prices,
)
overrides = st.dictionaries(st.sampled_from(OVERRIDABLE), percents, max_size=4)
stays = st.builds(
    StayInput,
    segments=st.lists(segments, max_size=4).map(tuple),
    rooms=st.integers(1, 20),
    persons=st.integers(0, 40),
    rate_kind=st.sampled_from(RATE_KINDS),
    meal_price=prices,
    meal_included=st.booleans(),
    early_share=shares,
    late_share=shares,
    commission_percent=percents,
    meals_commissionable=st.booleans(),
    settlement=st.sampled_from(SETTLEMENTS),
    discount_percent=percents,
    rounding=roundings,
)
# The same examples in each run: a build must not fail by chance.
checked = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def sum_of(calculation, codes):
    return sum(step.amount for step in calculation.steps if step.code in codes)


@tagged("post_install", "-at_install")
class TestPriceProperties(BaseCase):
    @checked
    @given(stays)
    def test_lines_add_up_to_their_totals(self, stay):
        result = calculate(stay)
        total = result.values["supplier_price_total"]
        self.assertEqual(sum_of(result, SUPPLIER_LINES), total)
        if stay.rate_kind == "net" and stay.segments:
            self.assertEqual(
                sum_of(result, CLIENT_LINES), result.values["client_price"]
            )
        else:
            self.assertEqual(result.values["client_price"], total)
        base = max(total + sum_of(result, {"meals_out"}), 0)
        self.assertEqual(result.values["commission_base"], base)

    @checked
    @given(stays, overrides)
    def test_money_is_neither_made_nor_lost(self, stay, typed):
        """Margin, discount and cost are all of the client's price."""
        values = calculate(replace(stay, overrides=typed)).values
        cost = values["supplier_price_total"] - values["commission_amount"]
        self.assertEqual(
            values["margin"] + values["discount_amount"] + cost,
            values["client_price"],
        )

    @checked
    @given(stays, stays, overrides)
    def test_typed_values_survive_any_other_input(self, stay, other, typed):
        for one in (stay, replace(other, rounding=stay.rounding)):
            values = calculate(replace(one, overrides=typed)).values
            for name, value in typed.items():
                if name in PERCENT_VALUES:
                    self.assertEqual(values[name], value)
                else:
                    self.assertLessEqual(abs(values[name] - value), stay.rounding / 2)

    @checked
    @given(stays, st.data())
    def test_typing_what_is_computed_changes_nothing(self, stay, data):
        computed = calculate(stay).values
        # A night's price is a mean: typed, it makes the nights equal.
        name = data.draw(st.sampled_from([*OVERRIDABLE[1:]]))
        typed = replace(stay, overrides={name: computed[name]})
        self.assertEqual(calculate(typed).values, computed)

    @checked
    @given(stays, overrides)
    def test_amounts_are_multiples_of_the_smallest_coin(self, stay, typed):
        result = calculate(replace(stay, overrides=typed))
        for step in result.steps:
            self.assertEqual(step.amount % stay.rounding, 0)
        for name in set(VALUES) - set(PERCENT_VALUES):
            self.assertEqual(result.values[name] % stay.rounding, 0)

    @checked
    @given(stays)
    def test_commission_is_a_part_of_the_price(self, stay):
        values = calculate(stay).values
        total = values["supplier_price_total"]
        self.assertTrue(0 <= values["commission_base"] <= total)
        self.assertTrue(0 <= values["commission_amount"] <= total)
        due = {"full": total, "less": total - values["commission_amount"]}
        self.assertEqual(values["supplier_due"], due[stay.settlement])

    @checked
    @given(stays, overrides)
    def test_steps_are_storable_and_end_in_the_values(self, stay, typed):
        result = calculate(replace(stay, overrides=typed))
        steps = result.steps_as_json()
        self.assertEqual(json.loads(json.dumps(steps)), steps)
        self.assertEqual(set(result.values), set(VALUES))
        self.assertEqual(steps[-1]["code"], "margin")
        names = {step.code: step.amount for step in result.steps}
        for code in ("supplier_price_total", "supplier_due", "client_price"):
            self.assertEqual(names[code], result.values[code])

    @checked
    @given(stays.filter(lambda stay: len(stay.segments) > 1))
    def test_order_of_seasons_does_not_matter_without_ends(self, stay):
        stay = replace(stay, early_share=Decimal(0), late_share=Decimal(0))
        turned = replace(stay, segments=stay.segments[::-1])
        self.assertEqual(calculate(stay).values, calculate(turned).values)

    def test_senseless_input_is_refused_by_name(self):
        night = Segment(1, Decimal(100))
        stay = StayInput(segments=(night,))
        for name, value in (
            ("rooms", 0),
            ("persons", -1),
            ("rate_kind", "gross"),
            ("settlement", "half"),
            ("rounding", Decimal(0)),
            ("meal_price", Decimal(-1)),
            ("early_share", Decimal(-1)),
            ("commission_percent", Decimal(101)),
            ("discount_percent", Decimal(-1)),
        ):
            with self.subTest(name=name), self.assertRaisesRegex(PriceError, name):
                calculate(replace(stay, **{name: value}))
        for name, value in (("nights", 0), ("rack_price", Decimal(-1))):
            wrong = replace(night, **{name: value})
            with self.subTest(name=name), self.assertRaisesRegex(PriceError, name):
                calculate(replace(stay, segments=(wrong,)))

    def test_only_values_that_stand_at_the_start_may_be_typed(self):
        for name in ("margin", "unheard_of"):
            with self.assertRaisesRegex(PriceError, name):
                calculate(StayInput(overrides={name: Decimal(1)}))
        for value in (Decimal(-1), Decimal(101)):
            with self.assertRaisesRegex(PriceError, "commission_percent"):
                calculate(StayInput(overrides={"commission_percent": value}))

    def test_zero_may_be_typed(self):
        stay = StayInput(
            segments=(Segment(1, Decimal(100)),),
            commission_percent=Decimal(10),
            overrides={"commission_percent": Decimal(0)},
        )
        self.assertEqual(calculate(stay).values["commission_amount"], 0)
