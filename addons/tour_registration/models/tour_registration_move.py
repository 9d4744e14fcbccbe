"""The one place that decides a request for registration."""

from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from odoo.addons.auth_signup.models.res_partner import SignupError
from odoo.addons.tour_partner.defaults import plain

from ..registration_form import is_latin
from ..registration_states import MOVER, MOVES, get_targets

BATCH = 1000


class TourRegistration(models.Model):
    _inherit = "tour.registration"

    allowed_moves = fields.Json(compute="_compute_allowed_moves")

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_allowed_moves(self):
        """Codes of the statuses that the user may move to, for the buttons."""
        for registration in self:
            registration.allowed_moves = [
                target
                for target in get_targets(registration.state)
                if self._has_move_right(MOVES[registration.state, target])
            ]

    @api.model
    def _has_move_right(self, move):
        return self.env.su or self.env.user.has_group(move.right)

    # === Approving and rejecting === #

    def _approve(self, partner=None, login=None, is_curator=False):
        """Make a user of whoever asked; the client is linked, or made.

        :param partner: the company, or the person, that is a contact of ours already
        :param str login: another than was chosen, when that one is taken
        :param bool is_curator: whether he sees all bookings of his company
        :return: the new user, in sudo mode
        """
        self.ensure_one()
        self._begin_move("approved")
        login = (login or self.login or "").strip()
        self._check_login(login)
        # In sudo: who approves need not be allowed to make users; the right is checked.
        work = plain(self).sudo()
        client = work._link_client(partner) if partner else work._create_client()
        contact = work._get_contact(client, linked=bool(partner))
        user = work._create_user(contact, login, is_curator, linked=bool(partner))
        work._keep_acceptance(user)
        self._end_move(
            "approved", "", partner_id=client.id, user_id=user.id, login=login
        )
        self._mail("mail_template_approved", self)
        return user

    def _reject(self, reason):
        """Refuse; whoever asked gets the reason by mail."""
        reason = (reason or "").strip()
        self._begin_move("rejected", reason)
        self._end_move("rejected", reason, reject_reason=reason)
        for registration in self:
            self._mail("mail_template_rejected", registration)

    def _begin_move(self, state, reason=""):
        """Lock these, then check that they may move."""
        self.check_access("read")
        # In sudo: who decides need not be able to write them.
        held = self - self.sudo().try_lock_for_update(allow_referencing=True)
        if held:
            raise UserError(
                self.env._(
                    "Somebody else is deciding on %(requests)s right now. Try again in "
                    "a moment.",
                    requests=", ".join(held.mapped("display_name")),
                )
            )
        self.invalidate_recordset(["state"])
        self._check_move(state, reason)

    def _check_move(self, state, reason=""):
        """Collect every reason why these cannot move, and raise once."""
        self.check_access("read")
        faults, rights = [], []
        for registration in self:
            move = MOVES.get((registration.state, state))
            if not move:
                faults.append(registration._explain_no_move(state))
            elif not self._has_move_right(move):
                rights.append(registration.display_name)
            elif move.reason_required and not reason:
                faults.append(
                    self.env._(
                        "%(request)s: say why.", request=registration.display_name
                    )
                )
        if rights:
            raise AccessError(
                self.env._(
                    "%(requests)s: you may not decide on registrations.",
                    requests=", ".join(rights),
                )
            )
        if faults:
            raise UserError("\n".join(faults))

    def _explain_no_move(self, state):
        names = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "%(request)s is '%(state)s' and cannot become '%(target)s'.",
            request=self.display_name,
            state=names[self.state],
            target=names.get(state, state),
        )

    def _end_move(self, state, text, **values):
        """Write the status with what belongs to it; the password is not kept."""
        # In sudo: nobody has the right to write it himself.
        mover = plain(self).sudo().with_context(tour_registration_mover=MOVER)
        mover.write(
            {
                "state": state,
                "password_hash": False,
                "decided_by_id": self.env.uid,
                "decided_on": fields.Datetime.now(),
                **values,
            }
        )
        if text:
            for registration in mover:
                registration._message_log(
                    body=Markup("<p>%s</p>") % text,
                    author_id=self.env.user.partner_id.id,
                )

    # === The client === #

    def _check_login(self, login):
        if not is_latin(login) or len(login) > 64:
            raise UserError(
                self.env._(
                    "A login has Latin letters, digits and signs, and no blanks; "
                    "%(login)s has not.",
                    login=login,
                )
            )
        if self._find_login_user(login):
            raise UserError(
                self.env._(
                    "The login %(login)s is taken. Choose another one; the mail to the "
                    "client will name it.",
                    login=login,
                )
            )

    def _link_client(self, partner):
        """The contact of ours that it is, made a client of the kind that was asked."""
        # In sudo, as this method: the right to approve was checked.
        partner = partner.sudo()
        if not partner.exists():
            raise UserError(self.env._("The chosen client was deleted. Choose again."))
        if self._is_legal() and not partner.is_company:
            raise UserError(
                self.env._(
                    "%(name)s is a person, and the request is of a company.",
                    name=partner.display_name,
                )
            )
        if not partner.active:
            raise UserError(
                self.env._(
                    "%(name)s is archived. Unarchive it first, or choose another.",
                    name=partner.display_name,
                )
            )
        flag = self._get_client_flag()
        if not partner[flag]:
            partner[flag] = True
        return partner

    def _create_client(self):
        """A new company, or a new person, with what was filled in."""
        client = self.env["res.partner"].create(self._prepare_client_vals())
        self._create_bank_account(client)
        return client

    def _get_client_flag(self):
        return "tour_client_agent" if self._is_agent() else "tour_client_corporate"

    def _prepare_client_vals(self):
        """Values of the new client; override to add to them."""
        vals = {
            "name": self.company_name if self._is_legal() else self.name,
            "is_company": self._is_legal(),
            self._get_client_flag(): True,
            "vat": self.vat,
            "kpp": self.kpp,
            "ogrn": self.ogrn,
            "country_id": self.country_id.id,
            "zip": self.zip,
            "city": self.city,
            "street": self.street,
            "email": self.email,
            "phone": self.phone,
            "lang": self.lang,
        }
        return vals

    def _create_bank_account(self, client):
        if not self.bank_account:
            return
        bank = self.env["res.bank"]
        if self.bank_bic or self.bank_name:
            key = "bic" if self.bank_bic else "name"
            value = self.bank_bic or self.bank_name
            bank = bank.search([(key, "=", value)], limit=1) or bank.create(
                {"name": self.bank_name or self.bank_bic, "bic": self.bank_bic}
            )
        self.env["res.partner.bank"].create(
            {
                "acc_number": self.bank_account,
                "bank_id": bank.id,
                "partner_id": client.id,
            }
        )

    def _get_contact(self, client, linked):
        """Who the user is: a person of the company, or the person himself."""
        if not self._is_legal():
            if client.with_context(active_test=False).user_ids:
                raise UserError(
                    self.env._(
                        "%(name)s has a user already. Reset the password there, or "
                        "reject this request.",
                        name=client.display_name,
                    )
                )
            return client
        known = client.child_ids.filtered(
            lambda child: linked
            and child.email_normalized == self.email_normalized
            and child.type == "contact"
            and not child.with_context(active_test=False).user_ids
        )
        return known[:1] or self.env["res.partner"].create(
            {
                "name": self.name,
                "parent_id": client.id,
                "type": "contact",
                "function": self.function,
                "email": self.email,
                "phone": self.phone,
                "lang": self.lang,
            }
        )

    # === The user === #

    def _create_user(self, contact, login, is_curator, linked=False):
        users = self.env["res.users"].with_context(no_reset_password=True)
        try:
            user = users._create_user_from_template(
                self._prepare_user_vals(contact, login, is_curator)
            )
        except SignupError as error:
            # Another took the login at this very moment.
            raise UserError(
                self.env._(
                    "The user was not made: %(reason)s Try again with another login.",
                    reason=error,
                )
            ) from error
        if not contact.email:
            contact.email = self.email
        # Of a client that we have, anybody can type the tax id and a mail address: he
        # sees its bookings who reads that mail, and not who chose a password here.
        if self.password_hash and not linked:
            users._set_encrypted_password(user.id, self.password_hash)
        else:
            user.with_context(create_user=True).action_reset_password()
        return user

    def _prepare_user_vals(self, contact, login, is_curator):
        """Values of the new user; override to add to them."""
        return {
            "login": login,
            "partner_id": contact.id,
            "company_id": self.company_id.id,
            "company_ids": [Command.set(self.company_id.ids)],
            "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            "lang": self.lang,
            "is_curator": is_curator,
        }

    def _keep_acceptance(self, user):
        """What was agreed to with the form counts as the user's."""
        if self.agreement_id:
            self.env["tour.usage.acceptance"].create(
                {
                    "user_id": user.id,
                    "agreement_id": self.agreement_id.id,
                    "lang": self.agreed_lang,
                    "accepted_on": self.agreed_on,
                    "address": self.agreed_from,
                    "how": "registration",
                }
            )

    # === Erasing === #

    @api.model
    def _cron_erase(self):
        """Erase old rejected requests, and passwords that wait for too long."""
        companies = self.env["res.company"].search([("tour_registration_days", ">", 0)])
        for company in companies:
            days = timedelta(days=company.tour_registration_days)
            self._erase_before(company, fields.Datetime.now() - days)

    @api.model
    def _erase_before(self, company, date):
        requests = self.with_context(tour_registration_mover=MOVER)
        ours = [("company_id", "=", company.id)]
        waiting = requests.search(
            [
                *ours,
                ("state", "=", "new"),
                ("password_hash", "!=", False),
                ("create_date", "<", date),
            ]
        )
        # Whoever is approved later chooses a password by mail.
        waiting.write({"password_hash": False})
        rejected = requests.search(
            [*ours, ("state", "=", "rejected"), ("decided_on", "<", date)]
        )
        for start in range(0, len(rejected), BATCH):
            rejected[start : start + BATCH].unlink()
            self.env["ir.cron"]._commit_progress(BATCH)
