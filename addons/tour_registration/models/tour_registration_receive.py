"""What comes in by the registration form."""

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models

from ..registration_form import SECRETS, get_fields
from ..registration_states import APPROVER, MOVER

TOKEN_SIZE = 64


class TourRegistration(models.Model):
    _inherit = "tour.registration"

    @api.model
    def _receive(self, kind, values, address, token=None, agreement=None):
        """Keep what was filled in, and answer by mail.

        The caller shows the same page whatever happens here. Whoever has a user with
        this mail already gets a mail that somebody tried; nothing else is made then.

        :param dict values: what was typed, by field of the form, found without fault
        :param str token: of the form: what was sent twice is kept once
        :param agreement: the usage agreement that was accepted
        :return: the request, in sudo mode, empty when there is none
        """
        # First, as it is what takes time: who is known waits as long as who is not.
        hashed = self._hash_password(values["password"])
        user = self._find_mail_user(values["email"])
        if user:
            self._mail("mail_template_tried", user)
            return self.sudo().browse()
        vals = self._prepare_vals(kind, values, address, agreement)
        vals |= {"password_hash": hashed, "form_token": (token or "")[:TOKEN_SIZE]}
        vals["form_token"] = vals["form_token"] or False
        registration = self._create_once(self._enrich_vals(vals))
        if registration:
            self._mail("mail_template_received", registration)
            registration._tell_approvers()
        return registration

    @api.model
    def _hash_password(self, password):
        # In sudo: the number of rounds is a system parameter.
        return self.env["res.users"].sudo()._crypt_context().hash(password)

    @api.model
    def _find_mail_user(self, email):
        """The user whose mail it is, in sudo mode."""
        normalized = email.strip().lower()
        # In sudo: the visitor is nobody.
        return (
            self.env["res.users"]
            .sudo()
            .search(
                [
                    "|",
                    ("partner_id.email_normalized", "=", normalized),
                    ("login", "=", normalized),
                ],
                order="id",
                limit=1,
            )
        )

    @api.model
    def _prepare_vals(self, kind, values, address, agreement):
        """Values of the new request; override to add to them."""
        vals = {
            field.name: values.get(field.name) or False
            for field in get_fields(kind)
            if field.name not in SECRETS
        }
        vals |= {
            "kind": kind,
            "company_id": self.env.company.id,
            "lang": self.env.lang,
            "address": address,
            "country_id": int(vals.get("country_id") or 0) or False,
        }
        if agreement:
            vals |= {
                "agreement_id": agreement.id,
                "agreed_on": fields.Datetime.now(),
                "agreed_from": address,
                "agreed_lang": agreement._get_text_lang(self.env.lang),
            }
        return vals

    @api.model
    def _enrich_vals(self, vals):
        """Values as a register knows them; override to ask one by the tax id.

        What was typed stays what a person said: fill in only what is empty.

        :return: the values that the request is made of
        :rtype: dict
        """
        return vals

    @api.model
    def _create_once(self, vals):
        """The new request; nothing if its form was sent before, in sudo mode."""
        # In sudo: the visitor is nobody, and nobody has the right to create one.
        requests = self.sudo().with_context(
            tour_registration_mover=MOVER, mail_create_nosubscribe=True
        )
        known = vals["form_token"] and requests.search_count(
            [("form_token", "=", vals["form_token"])], limit=1
        )
        if known:
            return requests.browse()
        try:
            with self.env.cr.savepoint():
                registration = requests.create(vals)
                registration.flush_recordset()
        except UniqueViolation:
            # Sent at the same moment.
            return requests.browse()
        return registration.with_context(tour_registration_mover=None)

    # === Mails === #

    @api.model
    def _mail(self, template, record):
        """Queue a mail of one of our templates; it goes out after the commit."""
        # In sudo: templates are for staff, and the mail is the suite's.
        template_sudo = self.env.ref(f"tour_registration.{template}").sudo()
        template_sudo.send_mail(record.id, force_send=False)
        # In sudo: whoever acts may wake up the mail queue.
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _tell_approvers(self):
        """Tell those who may approve that somebody waits."""

        def title(env):
            return env._("Somebody registers: %(name)s", name=self.display_name)

        def text(env):
            kinds = dict(self._fields["kind"]._description_selection(env))
            return f"{kinds[self.kind]}\n{self.email}"

        # In sudo: the visitor does not read users.
        group = self.env.ref(APPROVER).sudo()
        approvers = group.all_user_ids.filtered(
            lambda user: self.company_id in user.company_ids
        )
        self.env["tour.notification.category"]._tell_users(
            "registration", approvers, title, text, self
        )
