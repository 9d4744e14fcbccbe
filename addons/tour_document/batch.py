"""Acts on many records, of which one that fails keeps no other back."""

import logging

from psycopg2 import OperationalError

from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

# So many reasons are told at once, the others are counted.
MAX_TOLD = 10


def each_by_itself(records, act):
    """Do the act for each of the records, and undo it for those that fail.

    :param act: takes a record
    :return: what the acts gave, and why they failed for others, with their names
    :rtype: tuple[list, list[str]]
    :raise UserError: with every reason, if they failed for all
    """
    given, problems = [], []
    for record in records:
        name = record.display_name
        number = record[record._rec_name] or name
        try:
            with record.env.cr.savepoint():
                given.append(act(record))
        except OperationalError:
            # Another transaction was in the way: Odoo runs all of it again.
            raise
        except UserError as error:
            reason = str(error)
            problems.append(reason if number in reason else f"{name}: {reason}")
        except Exception:
            _logger.exception("%s: failed among many", name)
            problems.append(
                record.env._("%(name)s: failed. The server's log says why.", name=name)
            )
    if problems and not given:
        raise UserError("\n".join(problems))
    return given, problems


def tell(env, message, problems=(), is_success=True, next_action=None):
    """The action that tells what was done, and what was not; then the next one."""
    told = [message, *problems[:MAX_TOLD]]
    if len(problems) > MAX_TOLD:
        told.append(env._("And %(count)s more.", count=len(problems) - MAX_TOLD))
    kind = "success" if is_success else "info"
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {
            "type": "warning" if problems else kind,
            "sticky": bool(problems),
            "message": " ".join(told),
            "next": next_action or {"type": "ir.actions.client", "tag": "soft_reload"},
        },
    }
