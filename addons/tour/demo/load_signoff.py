"""Makes a statement that a client has answered in part."""

from dateutil.relativedelta import relativedelta


def load(stage):
    """Ask the first client who has a curator and anything in the books."""
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
    word = "We have paid this twice already."
    if signer.lang == "ru_RU":
        word = "Мы уже дважды это оплатили."
    answers[half[-1].id] = ("disputed", word, 0)
    own = signoff.with_env(stage.env(user=signer.id, su=False))
    own._answer_lines(answers)
