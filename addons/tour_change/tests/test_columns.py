from odoo.tests import tagged

from ..models.sale_order_columns import LINE_COLUMNS, ORDER_COLUMNS
from .change_common import ChangeCommon


@tagged("post_install", "-at_install")
class TestColumns(ChangeCommon):
    def test_columns_are_those_of_the_fields(self):
        for model, columns in (
            ("sale.order", ORDER_COLUMNS),
            ("sale.order.line", LINE_COLUMNS),
        ):
            fields = self.env[model]._fields
            stored = {
                name: field.column_type[0]
                for name, field in fields.items()
                if field._module == "tour_change" and field.store and field.compute
            }
            self.assertEqual(stored, columns)

    def test_booking_from_before_has_nothing(self):
        order = self._create_booking(self._stay())
        self.env.flush_all()
        empty = ", ".join(f"{name} = NULL" for name in ORDER_COLUMNS)
        self.cr.execute(f"UPDATE sale_order SET {empty} WHERE id = %s", [order.id])
        empty = ", ".join(f"{name} = NULL" for name in LINE_COLUMNS)
        self.cr.execute(
            f"UPDATE sale_order_line SET {empty} WHERE order_id = %s", [order.id]
        )
        self.env.invalidate_all()
        self.assertFalse(any(order[name] for name in ORDER_COLUMNS))
        self.assertFalse(any(order.order_line[name] for name in LINE_COLUMNS))
        found = order.search(
            [
                ("id", "=", order.id),
                ("needs_client_confirmation", "=", False),
                ("change_mark", "=", False),
            ]
        )
        self.assertEqual(found, order)
        # It is confirmed and changed as the others are.
        order.order_line.cancellation_rule_id = self.rule
        self.assertTrue(order.free_until)
