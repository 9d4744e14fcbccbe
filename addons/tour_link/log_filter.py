"""Keeps the tokens of private links out of the log of requests.

>>> hide("GET /tour/link/Zm9vYmFy?lang=fr HTTP/1.1")
'GET /tour/link/…?lang=fr HTTP/1.1'
>>> hide("GET /odoo/bookings HTTP/1.1")
'GET /odoo/bookings HTTP/1.1'
"""

import logging
import re

LINK = re.compile(r"(/tour/link/)[\w-]+")
# Where a request's address is written, by Odoo's servers.
LOGGERS = ("werkzeug", "odoo.http", "odoo.addons.base.models.ir_http")


def hide(text):
    """The text with every token of a link taken out."""
    return LINK.sub(r"\1…", text)


class LinkFilter(logging.Filter):
    """Takes tokens out of what is logged; lets everything pass."""

    def filter(self, record):
        if isinstance(record.msg, str):
            record.msg = hide(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(
                hide(arg) if isinstance(arg, str) else arg for arg in record.args
            )
        return True


def install():
    """Put the filter where addresses are logged; once is enough."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(known, LinkFilter) for known in logger.filters):
            logger.addFilter(LinkFilter())
