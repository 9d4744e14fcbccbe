from odoo.tests import tagged

from .common import BillCorrectionCommon


@tagged("post_install", "-at_install")
class TestAge(BillCorrectionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.debts = cls.overpayment
        for amount, days in ((10, 30), (20, 31), (40, 60), (80, 61), (160, 91)):
            order = cls._create_stay(2)
            debt = cls.env["tour.overpayment"].create(
                {
                    "order_id": order.id,
                    "line_id": order.order_line.id,
                    "paid_amount": 10000.0 + amount,
                }
            )
            debt._as_mover().write({"date": cls._day(-days)})
            cls.debts |= debt

    def test_by_age(self):
        """0-30: 5,000 and 10; 31-60: 20 and 40; 61-90: 80; more: 160."""
        groups = (
            self.env["tour.overpayment"]
            .with_user(self.accountant)
            ._read_group(
                [("id", "in", self.debts.ids)],
                ["supplier_id", "age_group"],
                ["amount:sum"],
                order="age_group",
            )
        )
        self.assertEqual(
            [(supplier.name, age, amount) for supplier, age, amount in groups],
            [
                ("Alpina LLC", "from_0", 5010.0),
                ("Alpina LLC", "from_31", 60.0),
                ("Alpina LLC", "from_61", 80.0),
                ("Alpina LLC", "from_91", 160.0),
            ],
        )

    def test_the_field_and_the_search_say_the_same(self):
        Overpayment = self.env["tour.overpayment"].with_user(self.accountant)
        for code in ("from_0", "from_31", "from_61", "from_91"):
            found = Overpayment.search(
                [("age_group", "=", code), ("id", "in", self.debts.ids)]
            )
            self.assertTrue(found)
            self.assertEqual(set(found.mapped("age_group")), {code})
        others = Overpayment.search(
            [("age_group", "!=", "from_0"), ("id", "in", self.debts.ids)]
        )
        self.assertEqual(sum(others.mapped("amount")), 300.0)

    def test_of_what_is_closed_the_age_stands_still(self):
        debt = self.debts.sorted("date")[0]
        debt._as_mover().write({"state": "written_off", "closed_on": self._day(-80)})
        self.assertEqual((debt.age_days, debt.age_group), (11, "from_0"))
        found = debt.search([("age_group", "=", "from_0"), ("id", "=", debt.id)])
        self.assertEqual(found, debt)

    def test_the_menu_groups_by_supplier_and_age(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_bill_correction.tour_overpayment_action_owed"
        )
        self.assertIn("group_by_supplier", action["context"])
        fields = self.env["tour.overpayment"].fields_get(["age_group"])
        self.assertTrue(fields["age_group"]["groupable"])
