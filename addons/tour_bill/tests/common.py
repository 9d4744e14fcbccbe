from base64 import b64encode

from odoo.addons.tour_billing.tests.common import BillingCommon


class BillCommon(BillingCommon):
    """A supplier with an account, a bank account of ours, a booking that he bills."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supplier.vat = "7701234560"
        cls.bank_account = cls.env["res.partner.bank"].create(
            {"acc_number": "40702810800000000001", "partner_id": cls.supplier.id}
        )
        cls.main_bank = cls.env["account.journal"].create(
            {"name": "Our bank", "type": "bank", "code": "OURB"}
        )
        cls.env.company.tour_bill_journal_id = cls.main_bank
        cls.booking = cls._create_sold()
        cls.manager2 = cls._create_staff("manager2", "manager_all")
        cls.accountant2 = cls._create_staff("accountant2", "accountant")
        cls.director2 = cls._create_staff("director2", "director")

    @classmethod
    def _upload(cls, content=b"bill 1", booking=None, user=None, name="bill.pdf"):
        """The bill of a file that the manager attaches to the booking as one."""
        booking = booking or cls.booking
        cls.env["ir.attachment"].with_user(user or cls.manager).create(
            {
                "name": name,
                "datas": b64encode(content),
                "res_model": "sale.order",
                "res_id": booking.id,
                "tour_incoming_type": "bill",
            }
        )
        return booking.bill_ids.sorted("id")[-1:]

    @classmethod
    def _open_prepare(cls, bill, user=None, **values):
        Wizard = cls.env["tour.bill.prepare"].with_user(user or cls.manager)
        return Wizard.create(
            {
                "move_id": bill.id,
                "partner_id": cls.supplier.id,
                "partner_bank_id": cls.bank_account.id,
                "ref": "77",
                "invoice_date": cls.today,
                "amount": 10000.0,
                "wanted_date": cls._day(0),
                **values,
            }
        )

    @classmethod
    def _create_prepared(cls, content=b"bill 1", user=None, booking=None, **values):
        bill = cls._upload(content, user=user, booking=booking)
        cls._open_prepare(bill, user=user, **values).action_apply()
        return bill

    @classmethod
    def _create_handed(cls, content=b"bill 1", **values):
        """A bill that the rules send to accounting, or where they say."""
        bill = cls._create_prepared(content, **values)
        bill.with_user(values.get("user") or cls.manager).action_hand_over_bill()
        return bill

    @classmethod
    def _create_ordered(cls, content=b"bill 1", **values):
        bill = cls._create_handed(content, **values)
        bill.with_user(cls.accountant).action_order_bill()
        return bill

    def _act(self, bill, act, user, note="because", **values):
        return bill.sudo(False).with_user(user)._do_bill_act(act, note=note, **values)
