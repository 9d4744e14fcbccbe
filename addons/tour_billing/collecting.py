"""Collecting what falls due from a saved card: when to ask, and when never again.

Nothing here touches the ORM: ``tour.collection`` acts on what is decided here.

>>> due, policy = date(2026, 6, 1), Policy(attempts=3, days=2)
>>> decide(due, date(2026, 5, 31), [], policy)
'not_due'
>>> decide(due, due, [], policy)
'ask'

A refusal is tried again after some days, so often and no more:

>>> refused = Attempt("failed", due)
>>> decide(due, date(2026, 6, 2), [refused], policy)
'wait'
>>> decide(due, date(2026, 6, 3), [refused], policy)
'ask'
>>> decide(due, date(2026, 7, 1), [refused] * 3, policy)
'given_up'

What was paid is never asked for again. Neither is what nobody answered: the card may
have been charged, and only people can find out.

>>> decide(due, date(2026, 7, 1), [refused, Attempt("done", due)], policy)
'done'
>>> decide(due, date(2026, 7, 1), [Attempt("no_answer", due)], policy)
'no_answer'
"""

from datetime import date, timedelta
from typing import NamedTuple

import requests

STATES = [
    ("no_answer", "No answer yet"),
    ("done", "Paid"),
    ("failed", "Failed"),
]
# What the state of a transaction says of the attempt. A draft may have been sent to
# the provider, just before we were cut off.
BY_TRANSACTION = {
    "draft": "no_answer",
    "pending": "no_answer",
    "authorized": "no_answer",
    "done": "done",
    "cancel": "failed",
    "error": "failed",
}


class Policy(NamedTuple):
    """How often a card is asked, and how many days lie between."""

    attempts: int
    days: int


class Attempt(NamedTuple):
    """One time that the card was asked; its state is one of `STATES`."""

    state: str
    day: date


def decide(due: date, today: date, attempts: list[Attempt], policy: Policy) -> str:
    """What to do about one due row today: 'ask', or why not."""
    states = {attempt.state for attempt in attempts}
    for final in ("done", "no_answer"):
        if final in states:
            return final
    if today < due:
        return "not_due"
    if len(attempts) >= max(policy.attempts, 1):
        return "given_up"
    last = max((attempt.day for attempt in attempts), default=None)
    if last and today < last + timedelta(days=policy.days):
        return "wait"
    return "ask"


def is_unanswered(error: BaseException) -> bool:
    """Whether a failed request may have charged the card all the same.

    >>> is_unanswered(ValueError("The card is stolen."))
    False
    >>> error = ValueError("Could not connect.")
    >>> error.__context__ = requests.Timeout()
    >>> is_unanswered(error)
    True

    A provider that is out of order has not said no:

    >>> answer = requests.Response()
    >>> answer.status_code = 503
    >>> error.__context__ = requests.HTTPError(response=answer)
    >>> is_unanswered(error)
    True
    >>> answer.status_code = 402
    >>> is_unanswered(error)
    False
    """
    cause = error.__cause__ or error.__context__
    if isinstance(cause, requests.HTTPError):
        return cause.response is None or cause.response.status_code >= 500
    return isinstance(cause, requests.RequestException | OSError)
