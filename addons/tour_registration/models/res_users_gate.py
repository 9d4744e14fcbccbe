"""The gate (PPL-2): nothing of the portal for who has not accepted the agreement."""

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError

# Of the session: who accepted which version in it.
SESSION_KEY = "tour_usage_accepted"


class _NotAccepted(Exception):
    """Raised so that 'no' is not cached: it ends by an act that clears no cache."""


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    @tools.ormcache("uid")
    def _get_usage_gate(self, uid):
        """What the user must have accepted: (id of the version, at every login).

        (False, False) if he need not: staff, the public, where nothing is published.
        Cleared with what Odoo caches of a user, and when a version is published.
        """
        # In sudo: of whoever asks, before he may read anything.
        user = self.sudo().browse(uid).exists()
        if not user.share or user._is_public():
            return (False, False)
        agreement = self.env["tour.usage.agreement"]._get_current(user.company_id)
        return (agreement.id, user.company_id.tour_usage_when == "login")

    @api.model
    @tools.ormcache("uid", "agreement_id")
    def _find_usage_acceptance(self, uid, agreement_id):
        """Id of an acceptance; never of none. It cannot be taken back."""
        # In sudo: clients read no acceptances.
        found = (
            self.env["tour.usage.acceptance"]
            .sudo()
            .search(
                [("user_id", "=", uid), ("agreement_id", "=", agreement_id)],
                limit=1,
            )
        )
        if not found:
            raise _NotAccepted
        return found.id

    @api.model
    def _get_missing_agreement_id(self, uid, session=None):
        """Id of the version that the user has to accept before anything else.

        No query when he did, once it is cached.

        :param session: of the web; a call with a key has none, and needs to have
            accepted the version once
        """
        if not uid:
            return False
        agreement_id, at_login = self._get_usage_gate(uid)
        if not agreement_id:
            return False
        if session is not None and at_login:
            done = session.get(SESSION_KEY) == [uid, agreement_id]
            return False if done else agreement_id
        try:
            self._find_usage_acceptance(uid, agreement_id)
        except _NotAccepted:
            return agreement_id
        return False

    @api.model
    def _get_usage_refusal(self):
        """What the gate says."""
        return self.env._(
            "First accept the usage agreement: log in to the portal in a browser."
        )

    @api.model
    def _check_uid_passwd(self, uid, passwd):
        """Refuse calls by XML-RPC and JSON-RPC before the agreement is accepted."""
        result = super()._check_uid_passwd(uid, passwd)
        if self._get_missing_agreement_id(uid):
            # In sudo: the language of whom it is said to.
            lang = self.sudo().browse(uid).lang
            raise AccessError(self.with_context(lang=lang)._get_usage_refusal())
        return result

    def _accept_usage(self, agreement, address, lang):
        """Record that this user accepted; the caller checked that it is he."""
        self.ensure_one()
        # In sudo: nobody has the right to write what was agreed to.
        return (
            self.env["tour.usage.acceptance"]
            .sudo()
            .create(
                {
                    "user_id": self.id,
                    "agreement_id": agreement.id,
                    "lang": agreement._get_text_lang(lang),
                    "accepted_on": fields.Datetime.now(),
                    "address": address,
                    "how": "login",
                }
            )
        )
