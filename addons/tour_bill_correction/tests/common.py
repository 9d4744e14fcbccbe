from odoo.addons.tour_bill.tests.common import BillCommon


class BillCorrectionCommon(BillCommon):
    """Alpina was paid for three nights at 5,000, and two are left: he owes 5,000."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Only what the tests enter counts in their trial balances.
        cls.before = cls._get_balances_so_far()
        cls.order = cls._create_stay(3)
        cls.paid_bill = cls._create_ordered(
            b"paid", booking=cls.order, ref="B-1", amount=15000.0
        )
        cls.paid_bill.with_user(cls.accountant).action_confirm_bill()
        cls._change(cls.order, 2)
        cls.overpayment = cls.order.overpayment_ids
        cls.other = cls._create_stay(2)

    @classmethod
    def _create_stay(cls, nights, **values):
        stay = cls._stay(supplier_id=cls.supplier.id, date_to=cls._day(1 + nights))
        return cls._create_booking(stay, **values)

    @classmethod
    def _change(cls, order, nights):
        order.order_line[0].with_user(cls.manager).date_to = cls._day(1 + nights)

    @classmethod
    def _next(cls, amount, set_off=True, ref="B-2", **values):
        """The supplier's next bill, handed over by the manager."""
        return cls._create_handed(
            f"next {ref}".encode(),
            booking=cls.other,
            ref=ref,
            amount=amount,
            set_off=set_off,
            **values,
        )

    @classmethod
    def _get_balances_so_far(cls):
        cls.env.flush_all()
        groups = cls.env["account.move.line"]._read_group(
            [("parent_state", "=", "posted"), ("company_id", "=", cls.env.company.id)],
            ["account_id"],
            ["balance:sum"],
        )
        return {account: balance for account, balance in groups}

    def _get_trial_balance(self):
        """What the tests entered, by type of account; nothing where it is nothing."""
        result = {}
        for account, balance in self._get_balances_so_far().items():
            name = account.account_type
            moved = balance - self.before.get(account, 0.0)
            result[name] = round(result.get(name, 0.0) + moved, 2)
        return {name: balance for name, balance in result.items() if balance}

    def _get_notes(self, state="posted"):
        return self.env["account.move"].search(
            [
                ("move_type", "=", "in_refund"),
                ("state", "=", state),
                ("commercial_partner_id", "=", self.supplier.id),
            ]
        )

    def assertOwed(self, overpayment, state, amount):
        self.assertRecordValues(overpayment, [{"state": state, "amount": amount}])
