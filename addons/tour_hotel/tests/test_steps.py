from decimal import Decimal

from odoo.tests import tagged

from ..price import Segment, StayInput, calculate
from .common import TourHotelCommon


@tagged("post_install", "-at_install")
class TestSteps(TourHotelCommon):
    """HTL-4: the sum in words."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calculation = calculate(
            StayInput(
                segments=(Segment(3, Decimal(5000), meal_price=Decimal(600)),),
                persons=2,
                meal_included=True,
                meals_commissionable=False,
                early_share=Decimal("0.5"),
                commission_percent=Decimal(10),
                discount_percent=Decimal(5),
                settlement="less",
                overrides={"commission_amount": Decimal(1000)},
            )
        )

    def _render(self, steps):
        return self.env["tour.price.mixin"]._render_price_steps(steps, self.rub)

    def test_each_line_says_what_and_how_and_how_much(self):
        """3 x 5000 + 2500 = 17500; less 3600 of breakfast: 13900 with commission."""
        steps = [
            (step["label"], step["detail"].replace("\xa0", " "), step["amount"])
            for step in self._render(self.calculation.steps)
        ]
        self.assertEqual(
            steps,
            [
                ("Rooms", "nights: 3 × rooms: 1 × 5,000.00 ₽", 15000),
                ("Early arrival", "50 % of a night × rooms: 1 × 5,000.00 ₽", 2500),
                ("Supplier's price", "", 17500),
                (
                    "Meals without commission",
                    "nights: 3 × persons: 2 × 600.00 ₽",
                    -3600,
                ),
                ("Commission base", "", 13900),
                ("Our commission", "10 % of 13,900.00 ₽", 1000),
                ("Due to the supplier", "less commission", 16500),
                ("Client's price", "", 17500),
                ("Client's discount", "5 % of 13,900.00 ₽", 695),
                ("Margin", "17,500.00 ₽ − 695.00 ₽ − 16,500.00 ₽", 305),
            ],
        )

    def test_typed_values_are_marked_with_what_was_computed(self):
        steps = {step["code"]: step for step in self._render(self.calculation.steps)}
        self.assertTrue(steps["commission"]["typed"])
        self.assertEqual(
            steps["commission"]["computed"].replace("\xa0", " "), "1,390.00 ₽"
        )
        self.assertFalse(steps["client_price"]["typed"])

    def test_stored_steps_render_alike(self):
        stored = self.calculation.steps_as_json()
        self.assertEqual(self._render(stored), self._render(self.calculation.steps))

    def test_every_step_has_its_words(self):
        """All codes: rack with all lines, and net with all lines of the client."""
        night = Segment(1, Decimal(100), Decimal(80), meal_price=Decimal(10))
        for kind in ("rack", "net"):
            stay = StayInput(
                segments=(night,),
                rate_kind=kind,
                early_share=Decimal(1),
                late_share=Decimal(1),
                meals_commissionable=False,
            )
            steps = self._render(calculate(stay).steps)
            self.assertTrue(all(step["label"] for step in steps))
            self.assertEqual(steps[-1]["code"], "margin")
