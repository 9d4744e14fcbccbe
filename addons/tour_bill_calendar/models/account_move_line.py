from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # The calendar of money: what is due when, and is not paid.
    _tour_money_day_idx = models.Index(
        "(date_maturity) INCLUDE (move_id, company_id) WHERE"
        " display_type = 'payment_term' AND parent_state = 'posted'"
        " AND amount_residual <> 0"
    )


class AccountMove(models.Model):
    _inherit = "account.move"

    _tour_money_day_idx = models.Index(
        "(tour_bill_wanted_date, tour_bill_pay_date) WHERE"
        " tour_bill_state IN ('prepared', 'director', 'accounting')"
    )


class AccountPayment(models.Model):
    _inherit = "account.payment"

    _tour_money_day_idx = models.Index(
        "(date) WHERE state = 'in_process' AND payment_type = 'outbound'"
        " AND tour_bill_confirmed_on IS NULL"
    )
