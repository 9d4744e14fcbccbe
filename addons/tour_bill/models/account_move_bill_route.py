"""Handing a bill over: where it goes by the rules, and the director's word (BIL-5)."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_amount


class AccountMove(models.Model):
    _inherit = "account.move"

    def _apply_bill_hand_over(self, note):
        """Enter the bill into the books, and send it where the rules say."""
        self._check_bill_complete()
        if self.state == "draft":
            self._post_bill()
        self._carry_payments_over()
        vals = {"tour_bill_handed_on": fields.Datetime.now()}
        if self.currency_id.is_zero(self.amount_total):
            vals["tour_bill_state"] = "closed"
            return vals, {}
        routed, event = self._route_bill()
        return {**vals, **routed}, event

    def _check_bill_complete(self):
        missing = [
            self._fields[name]._description_string(self.env)
            for name in ("partner_id", "ref", "invoice_date", "tour_bill_wanted_date")
            if not self[name]
        ]
        if not self.invoice_line_ids:
            missing.append(self._fields["amount_total"]._description_string(self.env))
        if missing:
            raise UserError(
                self.env._(
                    "%(bill)s: fill in %(fields)s with 'Prepare for payment'.",
                    bill=self._get_bill_name(),
                    fields=", ".join(missing),
                )
            )

    def _post_bill(self):
        """Hook: enter the bill into the books; override to check more before."""
        self.action_post()

    def _route_bill(self):
        """Where the bill goes for what is left of it, and what rules look at.

        :return: what is written, and what the event says
        """
        left = self.currency_id.round(self.amount_residual)
        if self.currency_id.is_zero(left):
            vals = {"tour_bill_rule_id": False, "tour_bill_why_code": "settled"}
            return {"tour_bill_state": "paid", **vals}, {}
        today = fields.Date.context_today(self)
        pay_date = max(self.tour_bill_wanted_date or today, today)
        alarms = self._in_company_lang()._find_bill_alarms()
        self.write(
            {
                "tour_bill_pay_amount": left,
                "tour_bill_pay_date": pay_date,
                "tour_bill_days_left": (pay_date - today).days,
                "tour_bill_paid_share": 100 * (1 - left / self.amount_total),
                "tour_bill_company_amount": self._get_company_amount(left),
                "tour_bill_round": self.tour_bill_round + 1,
                "tour_bill_alarms": alarms,
                "tour_bill_has_alarm": bool(alarms),
                "tour_bill_account": self._get_bill_account(),
                "tour_bill_first_approver_id": False,
            }
        )
        target, rule, code = self._get_bill_route()
        vals = {
            "tour_bill_state": target,
            "tour_bill_rule_id": rule.id,
            "tour_bill_why_code": code,
        }
        why = self._in_company_lang()._describe_why(rule, code)
        return vals, {"amount": left, "pay_date": pay_date, "why": why}

    def _get_bill_route(self):
        """Who gets the bill, and by which rule, or why without one.

        :rtype: tuple[str, tour.bill.rule, str | bool]
        """
        rules = self.env["tour.bill.rule"]
        if self._needs_two_approvals(self.tour_bill_pay_amount):
            return "director", rules, "two_approvals"
        rule = rules._get_live(self.company_id)._find(self)
        if rule:
            return rule.target, rule, False
        return "accounting", rules, "no_rule"

    def _get_company_amount(self, amount):
        """An amount of the bill in the currency of the company, of today."""
        return self.currency_id._convert(
            amount,
            self.company_currency_id,
            self.company_id,
            fields.Date.context_today(self),
        )

    def _get_bill_account(self):
        """Where the money is to go, as text that does not change with the record."""
        account = self.partner_bank_id
        bic = account.bank_id.bic or ""
        return f"{account.sanitized_acc_number or ''} {bic}".strip()

    # === The director's word === #

    def _needs_two_approvals(self, amount):
        limit = self.company_id.tour_bill_four_eyes_amount
        own = self.company_currency_id
        return (
            bool(limit)
            and own.compare_amounts(self._get_company_amount(amount), limit) >= 0
        )

    def _apply_bill_approve(self, note, amount=None, pay_date=None):
        """Say how much is paid and when.

        Above the amount for two approvals the first one leaves the bill where it is.
        """
        amount = self._check_approved_amount(amount)
        pay_date = self._check_approved_date(pay_date)
        person = self._get_approving_person(amount)
        vals = {"tour_bill_pay_amount": amount, "tour_bill_pay_date": pay_date}
        event = {
            "amount": amount,
            "pay_date": pay_date,
            "substituted_id": person.id if person != self.env.user else False,
        }
        first = self.tour_bill_first_approver_id
        # Who approved a small part first does not approve the whole alone then.
        asked = max(amount, self.tour_bill_pay_amount)
        if first or self._needs_two_approvals(asked):
            self._check_second_approver(first, amount)
            if not first:
                vals["tour_bill_state"] = "director"
                vals["tour_bill_first_approver_id"] = self.env.uid
                event["why"] = self.env._("a second approval is needed")
        return vals, event

    def _check_approved_amount(self, amount):
        left, currency = self.amount_residual, self.currency_id
        amount = self.tour_bill_pay_amount if amount is None else amount
        if not isinstance(amount, int | float) or isinstance(amount, bool):
            raise UserError(self.env._("Enter how much to pay as a number."))
        if (
            currency.compare_amounts(amount, 0.0) <= 0
            or currency.compare_amounts(amount, left) > 0
        ):
            raise UserError(
                self.env._(
                    "%(bill)s: pay more than nothing, and no more than %(left)s, which "
                    "is left of it.",
                    bill=self._get_bill_name(),
                    left=format_amount(self.env, left, currency),
                )
            )
        return currency.round(amount)

    def _check_approved_date(self, pay_date):
        today = fields.Date.context_today(self)
        try:
            pay_date = fields.Date.to_date(pay_date) or self.tour_bill_pay_date
        except ValueError as error:
            raise UserError(
                self.env._("This is no date: %(text)s.", text=pay_date)
            ) from error
        # A date that passed while the bill waited is today's.
        if pay_date and pay_date < today and pay_date != self.tour_bill_pay_date:
            raise UserError(self.env._("Choose a day that has not passed."))
        return max(pay_date or today, today)

    def _get_approving_person(self, amount):
        """Whose authority covers the amount: the user's, or who he stands in for."""
        own = self._get_company_amount(amount)
        known = self._get_bill_authorities()
        for person, limit in known:
            if (
                limit is None
                or self.company_currency_id.compare_amounts(own, limit) <= 0
            ):
                return person
        limits = [limit for _person, limit in known if limit is not None]
        raise UserError(
            self.env._(
                "%(bill)s: you may approve up to %(limit)s. Send it to somebody who "
                "may approve more.",
                bill=self._get_bill_name(),
                limit=format_amount(
                    self.env, max(limits, default=0.0), self.company_currency_id
                ),
            )
        )

    def _check_second_approver(self, first, amount):
        user = self.env.user
        if user == self.tour_bill_user_id:
            raise UserError(
                self.env._(
                    "%(bill)s needs two approvals, and neither is of who prepared it.",
                    bill=self._get_bill_name(),
                )
            )
        if not first:
            return
        if first == user:
            raise UserError(
                self.env._(
                    "%(bill)s: you approved it already. The second approval is "
                    "somebody else's.",
                    bill=self._get_bill_name(),
                )
            )
        if self.currency_id.compare_amounts(amount, self.tour_bill_pay_amount) > 0:
            raise UserError(
                self.env._(
                    "%(bill)s: the first approval was of %(amount)s. Approve no more, "
                    "or send it back.",
                    bill=self._get_bill_name(),
                    amount=format_amount(
                        self.env, self.tour_bill_pay_amount, self.currency_id
                    ),
                )
            )
