from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user

from odoo.addons.tour_partner.tests.common import TourPartnerCommon

PASSWORD = "Correct-horse-1"
# Of a company that does not exist; its check digits hold.
TAX_ID = "0000000018"
ADDRESS = "203.0.113.7"


class RegistrationCommon(TourPartnerCommon):
    """A company with an approver, and what a visitor fills in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.public = cls.env.ref("base.public_user")
        cls.head = cls.users["head"]
        cls.approver = new_test_user(
            cls.env,
            "approver",
            groups="tour_registration.tour_group_right_registration",
        )
        cls.env["tour.usage.agreement"].search([]).filtered(
            lambda agreement: agreement.state == "published"
        ).with_context(**cls._as_mover()).write({"state": "replaced"})
        cls.env.registry.clear_cache()

    def setUp(self):
        super().setUp()
        self.patch(
            type(self.env["ir.cron"]),
            "_commit_progress",
            lambda cron, *args, **kwargs: 60.0,
        )

    @classmethod
    def _as_mover(cls):
        from ..registration_states import MOVER

        return {"tour_registration_mover": MOVER}

    @contextmanager
    def _refused(self, text, exception=UserError):
        with self.assertRaises(exception) as caught:
            yield
        self.assertRegex(str(caught.exception), text)

    def _fill_in(self, kind="person_client", **values):
        """What a visitor types, by field."""
        typed = {
            "name": "Anna Kiss",
            "email": "anna@example.com",
            "phone": "+7 495 000-00-00",
            "country_id": str(self.russia.id),
            "city": "Moscow",
            "zip": "101000",
            "street": "Tverskaya 1",
            "login": "anna.kiss",
            "password": PASSWORD,
            "password2": PASSWORD,
            "note": "",
        }
        if kind.startswith("legal"):
            typed |= {
                "company_name": "Anna Travel",
                "vat": TAX_ID,
                "kpp": "000001001",
                "ogrn": "1260000000017",
                "function": "Director",
            }
        return {**typed, **values}

    def _register(self, kind="person_client", **values):
        """A request, as the form makes it."""
        requests = self.env["tour.registration"].with_user(self.public).sudo(False)
        return requests._receive(
            kind,
            self._fill_in(kind, **values),
            ADDRESS,
            agreement=self.env["tour.usage.agreement"]._get_current(self.company),
        )

    def _publish(self, text="<p>Terms of use</p>", **texts):
        texts = {"en_US": text, **texts}
        agreement = self.env["tour.usage.agreement"].create(
            {
                "text_ids": [
                    Command.create({"lang": lang, "body": body})
                    for lang, body in texts.items()
                ]
            }
        )
        agreement.action_publish()
        return agreement

    def _mails_to(self, email):
        return self.env["mail.mail"].search([("email_to", "ilike", email)])

    @contextmanager
    def _reminded(self):
        """Collect whom links to choose a password are sent to."""
        users = []
        self.patch(
            type(self.env["res.users"]),
            "action_reset_password",
            lambda found: users.extend(found.mapped("login")),
        )
        yield users

    def _accept(self, user, agreement):
        return user._accept_usage(agreement, ADDRESS, "en_US")


class RegistrationHttpCommon(RegistrationCommon, HttpCase):
    def setUp(self):
        super().setUp()
        # A visitor, of this database.
        self.authenticate(None, None)

    def _get_token(self, path, **options):
        page = self.url_open(path, **options)
        found = page.text.partition('name="csrf_token" value="')[2]
        return found.partition('"')[0]

    def _send(self, kind="person_client", omit=(), **values):
        """Send the form as a browser does, without following where it leads."""
        form = self._fill_in(kind, **values)
        form = {name: form[name] for name in form if name not in omit}
        form |= {
            "kind": kind,
            "csrf_token": self._get_token(f"/tour/register?kind={kind}"),
        }
        return self.url_open("/tour/register", data=form, allow_redirects=False)
