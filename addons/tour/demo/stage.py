"""What the loaders share: the environment, today, and the records made so far."""

from datetime import timedelta

from odoo import fields

from odoo.addons.tour_partner import requisites

from .story_people import TIME_ZONE


class Stage:
    """The demo while it is made.

    :param env: environment of the one who loads it; users of the story act in it
    """

    def __init__(self, env):
        # Nobody gets mails of the making: neither invitations nor notices of changes.
        self.env = env(
            su=True,
            context={
                **env.context,
                "lang": "en_US",
                # One today for whoever acts: late in the evening there are two in the
                # world, and what is planned for yesterday is refused.
                "tz": TIME_ZONE,
                "no_reset_password": True,
                "mail_create_nolog": True,
                "mail_notify_force_send": False,
                "tracking_disable": True,
            },
        )
        self.today = fields.Date.context_today(self.env["res.users"])
        self.company = env.company
        self.records = {}
        self.languages = {code for code, _name in self.env["res.lang"].get_installed()}

    def __getitem__(self, key):
        """A record made before, by kind and key."""
        return self.records[key]

    def get(self, kind, key):
        return self.records.get((kind, key))

    def keep(self, kind, key, record):
        """Remember a record, also by an external id of the demo."""
        self.records[kind, key] = record
        name = f"tour.demo_{kind}_{key}"
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": name, "record": record, "noupdate": True}]
        )
        return record

    def day(self, offset):
        return self.today + timedelta(days=offset)

    def lang(self, code):
        """The language if it is installed, else English."""
        return code if code in self.languages else "en_US"

    def as_user(self, login):
        """The environment of a user of the story, past his rights.

        Past them, because the story goes on in the past too, where few may write.
        """
        return self.env(user=self["user", login].id, su=True)


def make_tax_id(number, sole_trader=False):
    """A well-formed INN of region 00, which does not exist.

    >>> make_tax_id(1)
    '0000000018'
    """
    digits, checks = (10, 2) if sole_trader else (9, 1)
    stem = f"00{number:0{digits - 2}d}"
    return _complete(
        lambda check: f"{stem}{check:0{checks}d}",
        10**checks,
        lambda text: requisites.check_tax_id("RU", text),
    )


def make_registry_number(number, sole_trader=False):
    """A well-formed OGRN (for a sole trader, OGRNIP)."""
    stem = f"32600000{number:06d}" if sole_trader else f"12600000{number:04d}"
    return _complete(lambda check: f"{stem}{check}", 10, requisites.check_ogrn)


def make_account(number, bic):
    """A well-formed bank account in roubles at a bank."""
    return _complete(
        lambda check: f"40702810{check}{number:011d}",
        10,
        lambda text: requisites.check_account(text, bic),
    )


def _complete(build, count, find_fault):
    return next(text for text in map(build, range(count)) if not find_fault(text))
