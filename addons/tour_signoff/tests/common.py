from datetime import date

from freezegun import freeze_time

from odoo.addons.tour_client_account.tests.common import AccountCommon

JUNE = {"date_from": date(2026, 6, 1), "date_to": date(2026, 6, 30)}


class SignoffCommon(AccountCommon):
    """A client with a curator, and three documents in June: two payments of 1,000 and
    200.50, and one of 30 that another contact of his made."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.tour_signoff_monthly = False
        for day, amount in (("2026-06-05", 1000), ("2026-06-10", 200.5)):
            cls._pay_in(amount, day)
        cls._pay_in(30, "2026-06-20")
        cls.other_client = cls.env["res.partner"].create(
            {
                "name": "Other",
                "is_company": True,
                "tour_client_corporate": True,
                "email": "office@other.example",
            }
        )
        cls.stranger = cls._create_client_user(
            "stranger", cls.other_client, is_curator=True
        )

    @classmethod
    def _pay_in(cls, amount, day, partner=None):
        payment = cls.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": (partner or cls.client_company).id,
                "amount": amount,
                "date": day,
                "journal_id": cls.cash.id,
            }
        )
        payment.action_post()
        return payment

    def _get_period(self, **values):
        return {
            "company_id": self.env.company,
            "currency_id": self.env.company.currency_id,
            **JUNE,
            **values,
        }

    def _ask(self, partner=None, user=None, **values):
        Signoff = self.env["tour.signoff"].with_user(user or self.accountant)
        signoff = Signoff._ask(
            (partner or self.client_company).with_user(user or self.accountant),
            self._get_period(**values),
            user=user or self.accountant,
        )
        return signoff.sudo(False).with_user(self.env.user).with_env(self.env)

    def _as(self, signoff, user=None):
        return signoff.with_user(user or self.curator)

    def _answer(self, signoff, answers, user=None):
        """Answer lines by their numbers: {number: (state, comment)}."""
        signoff.invalidate_recordset()
        lines = {line.number: line for line in signoff.line_ids}
        values = {}
        for number, answer in answers.items():
            state, comment = answer if isinstance(answer, tuple) else (answer, "")
            line = lines[number]
            values[line.id] = (state, comment, line.revision)
        return self._as(signoff, user)._answer_lines(values)

    def _sign(self, signoff, user=None, **values):
        self._as(signoff, user)._sign(
            **{"content_hash": signoff.content_hash, "address": "192.0.2.1", **values}
        )

    def _add_lines(self, signoff, count):
        """More lines, as if the books had been that long."""
        values = signoff.line_ids[0].copy_data()[0]
        first = signoff.line_count
        lines = signoff._as_mover().env["tour.signoff.line"]
        lines.create(
            [
                {
                    **values,
                    "signoff_id": signoff.id,
                    "number": first + index,
                    "state": "open",
                }
                for index in range(1, count + 1)
            ]
        )
        signoff._as_mover().line_count = first + count

    def _sign_all(self, signoff):
        self._as(signoff)._agree_to_rest()
        self._sign(signoff)

    def _get_mails(self, signoff, subject=""):
        return self.env["mail.mail"].search(
            [
                ("model", "=", "tour.signoff"),
                ("res_id", "=", signoff.id),
                ("subject", "like", subject),
            ]
        )

    def _at(self, day):
        return freeze_time(f"{day} 09:00:00")
