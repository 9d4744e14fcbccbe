"""What a client is told of records that are not there."""

from functools import partial


def refuse_missing(records, operation, error):
    """Refuse what is not there as what is another's: no client learns what there is.

    :param error: what a check of access met
    :return: as ``_check_access``: what is refused, and what makes the exception
    """
    known = records.exists()
    if known == records or not records.env.user.share:
        raise error
    refused = known._check_access(operation)
    forbidden = (records - known) | (refused[0] if refused else known.browse())
    rules = records.env["ir.rule"]
    return forbidden, partial(rules._make_access_error, operation, forbidden)
