from datetime import timedelta

from odoo import fields

from odoo.addons.tour_bill.tests.common import BillCommon


class BillDeskCommon(BillCommon):
    """Bills of different numbers and sums, so that none looks entered twice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        bank = cls.env["res.bank"].create(
            {
                "name": "Sample Bank",
                "bic": "044525225",
                "corr_account": "30101810400000000225",
            }
        )
        cls.bank_account.bank_id = bank
        cls.supplier.kpp = "770101001"
        cls.moves = cls.env["account.move"]

    @classmethod
    def _create_bills(cls, count, **values):
        """So many bills with accounting, in the order in which they are dealt."""
        bills = cls.moves
        for number in range(1, count + 1):
            wanted = {"ref": f"A-{number:03}", "amount": 1000.0 + number, **values}
            bills |= cls._create_handed(f"bill {number}".encode(), **wanted)
        return bills

    @classmethod
    def _create_large(cls, ref="B-1", **values):
        """A bill that the rules send to the director."""
        values = {"amount": 250000.0, **values}
        return cls._create_handed(ref.encode(), ref=ref, **values)

    def _next(self, user, queue="accounting", skipped=()):
        return self.moves.with_user(user).bill_desk_next(queue, list(skipped))

    def _do(self, user, shown, act, queue="accounting", **values):
        """Act as the screen does: on the bill as it was shown."""
        return self.moves.with_user(user).bill_desk_act(
            queue, shown["bill"]["id"], act, shown["bill"]["seen"], values
        )

    def _end_lease(self, bill):
        """Let the time pass that the bill was dealt for."""
        bill._as_bill_mover().tour_bill_held_until = fields.Datetime.now() - timedelta(
            minutes=1
        )
        self.env.flush_all()

    def _get_held(self, bill):
        bill.invalidate_recordset(["tour_bill_holder_id"])
        return bill.tour_bill_holder_id
