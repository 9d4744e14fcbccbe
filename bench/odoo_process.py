"""Odoo inside this process, with one database beside the other."""

import json
import os
import threading
from contextlib import contextmanager


def start():
    """Configure Odoo as ``./tour`` starts it, without server and crons."""
    from odoo.tools import config

    # The first three are how to start a process of its own.
    arguments = json.loads(os.environ["TOUR_ODOO"])[3:]
    quiet = ["--no-http", "--max-cron-threads=0", "--log-level=critical"]
    config.parse_config([*arguments, *quiet], setup_logging=True)
    thread = threading.current_thread()
    # Odoo adds up here what its cursors do.
    thread.query_count = thread.query_time = 0


#: The server's processes that work for this one.
backends = set()


@contextmanager
def environment(database, login=None, **context):
    """An environment as a request has it: empty caches, committed at its end."""
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry

    with Registry(database).cursor() as cr:
        backends.add(cr._cnx.info.backend_pid)
        env = api.Environment(cr, SUPERUSER_ID, context)
        if login:
            uid, companies = _get_user(env, login)
            defaults = {"lang": "en_US", "tz": "UTC", "uid": uid}
            defaults["allowed_company_ids"] = companies
            env = api.Environment(cr, uid, defaults | context)
        yield env
        env.flush_all()


_users = {}


def _get_user(env, login):
    """Id and companies, looked up once: a session knows them."""
    key = (env.cr.dbname, login)
    if key not in _users:
        user = env["res.users"].search([("login", "=", login)])
        _users[key] = (user.id, user.company_ids.ids)
        env.invalidate_all()
    return _users[key]


def release(database):
    """Close the connections to a database, so that others may work on it."""
    from odoo import sql_db
    from odoo.modules.registry import Registry

    Registry.delete(database)
    sql_db.close_db(database)
