"""Makes a client's prepaid account, and refunds in each status that people act on."""

REFUNDS = (
    ("asked", "The guest fell ill."),
    ("rejected", "We found a cheaper one."),
    ("done", "One night less."),
)


def load(stage):
    """Top up an account, and let clients ask some of their money back."""
    stage.env["tour.service.type"].search([]).client_may_ask_refund = True
    _top_up(stage)
    _refund(stage)


def _top_up(stage):
    journal = _find_journal(stage)
    Topup = stage.as_user("accountant")["tour.topup"]
    values = {"partner_id": stage["client", "harbour"].id}
    paid, _open = Topup.create(
        [
            {**values, "amount": 50000.0, "date": stage.day(-5)},
            {**values, "amount": 25000.0, "date": stage.today},
        ]
    )
    Topup.env["tour.topup.pay"].create(
        {"topup_id": paid.id, "journal_id": journal.id, "date": stage.day(-4)}
    ).action_apply()


def _find_journal(stage):
    return stage.env["account.journal"].search(
        [
            ("type", "in", ("cash", "bank")),
            ("company_id", "=", stage.company.id),
            ("id", "!=", stage.company.tour_gift_journal_id.id),
        ],
        order="type desc, id",
        limit=1,
    )


def _refund(stage):
    accountant = stage.as_user("accountant")
    moves = accountant["account.move"].search(
        [
            ("move_type", "=", "out_invoice"),
            ("payment_state", "in", ("paid", "in_payment")),
            ("tour_booking_ids.client_user_id", "!=", False),
            ("reversal_move_ids", "=", False),
        ],
        order="id desc",
        limit=len(REFUNDS),
    )
    moves._set_shown()
    for move, (state, reason) in zip(moves, REFUNDS, strict=False):
        amount = move.currency_id.round(move._get_refundable() / 4)
        if not amount:
            continue
        client = move.tour_booking_ids.client_user_id[:1]
        asking = move.with_env(stage.env(user=client.id, su=True))
        refund = accountant["tour.refund"].browse(
            asking.action_ask_refund(amount, reason)
        )
        if state == "rejected":
            refund._move_to("rejected", "It was booked as not refundable.")
        elif state == "done":
            accountant["tour.refund.make"].create(
                {
                    "move_id": move.id,
                    "refund_id": refund.id,
                    "how": "hand",
                    "journal_id": _find_journal(stage).id,
                    "reason": "The hotel gave it back, too.",
                }
            ).action_apply()
