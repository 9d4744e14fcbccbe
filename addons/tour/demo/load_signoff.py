"""Makes a statement that a client has answered in part, and what clients rated."""

from dateutil.relativedelta import relativedelta

RATINGS = (
    (5, "Everything was ready when we came. The driver waited for us, too."),
    (2, "The room was cold, and breakfast ended before we were up."),
)


def load(stage):
    """Ask a client to sign off this year, and let two clients rate their journeys."""
    _rate(stage)
    _sign_off(stage)


def _rate(stage):
    orders = stage.env["sale.order"].search(
        [
            ("is_tour_booking", "=", True),
            ("booking_state", "=", "done"),
            ("client_user_id", "!=", False),
        ],
        order="id",
        limit=len(RATINGS),
    )
    for order, (rate, text) in zip(orders, RATINGS, strict=False):
        # As the client himself, who alone can.
        own = order.with_env(stage.env(user=order.client_user_id.id, su=False))
        own._rate(rate, text)


def _sign_off(stage):
    """Of the first client who has a curator and anything in the books."""
    accountant = stage.as_user("accountant")
    Signoff = accountant["tour.signoff"]
    period = {
        "company_id": stage.company,
        "date_from": stage.today - relativedelta(months=6),
        "date_to": stage.today,
    }
    for client_id, currency_id in Signoff._find_clients(**period):
        client = accountant["res.partner"].browse(client_id)
        signers = client._get_signers()
        if not signers:
            continue
        currency = accountant["res.currency"].browse(currency_id)
        signoff = Signoff._ask(
            client,
            {**period, "currency_id": currency},
            user=stage["user", "accountant"],
        )
        _answer(stage, signoff, signers[0])
        return


def _answer(stage, signoff, signer):
    """Half of it: the last of those lines is disputed."""
    lines = signoff.line_ids.sorted("number")
    half = lines[: max(1, len(lines) // 2)]
    answers = dict.fromkeys(half.ids, ("agreed", "", 0))
    answers[half[-1].id] = ("disputed", "We have paid this twice already.", 0)
    own = signoff.with_env(stage.env(user=signer.id, su=False))
    own._answer_lines(answers)
