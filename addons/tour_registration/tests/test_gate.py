"""Nothing of the portal before the agreement is accepted, by any way."""

import json

from odoo.exceptions import AccessError
from odoo.http import root
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import RegistrationHttpCommon

# It leads nowhere by itself.
PAGE = "/my/security"
REFUSAL = "First accept the usage agreement"


@tagged("post_install", "-at_install")
class TestGate(RegistrationHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.tour_usage_when = "version"
        cls.env["ir.config_parameter"].set_param("portal.allow_api_keys", "True")

    def _get(self, path, **options):
        return self.url_open(path, allow_redirects=False, **options)

    def _is_let_in(self, path=PAGE):
        response = self._get(path)
        if response.status_code == 303:
            self.assertIn("/tour/agreement?redirect=", response.headers["Location"])
            return False
        self.assertEqual(response.status_code, 200)
        return True

    def _press(self, agreement, act="accept", **values):
        form = {
            "csrf_token": self._get_token("/tour/agreement"),
            "act": act,
            "agreement": str(agreement.id),
            **values,
        }
        return self.url_open("/tour/agreement", data=form, allow_redirects=False)

    # === Pages === #

    def test_nothing_published_nothing_asked(self):
        self.authenticate("client_user", "client_user")
        self.assertTrue(self._is_let_in())

    def test_accepted_lets_in(self):
        agreement = self._publish("<p>Be kind to hotels</p>")
        self.authenticate("client_user", "client_user")
        self.assertFalse(self._is_let_in())
        self.assertIn("Be kind to hotels", self._get("/tour/agreement").text)
        response = self._press(agreement, redirect=PAGE)
        self.assertEqual(response.status_code, 303)
        self.assertTrue(response.headers["Location"].endswith(PAGE))
        self.assertTrue(self._is_let_in())
        self.assertRecordValues(
            self.env["tour.usage.acceptance"].search([]),
            [
                {
                    "user_id": self.client_user.id,
                    "agreement_id": agreement.id,
                    "address": "127.0.0.1",
                    "how": "login",
                }
            ],
        )

    def test_declined_logs_out(self):
        agreement = self._publish()
        self.authenticate("client_user", "client_user")
        response = self._press(agreement, "decline")
        self.assertTrue(response.headers["Location"].endswith("/web/login"))
        self.assertIn("/web/login", self._get(PAGE).headers["Location"])
        self.assertFalse(self.env["tour.usage.acceptance"].search([]))

    def test_a_new_version_is_asked_for(self):
        self._accept(self.client_user, self._publish())
        self.authenticate("client_user", "client_user")
        self.assertTrue(self._is_let_in())
        self._publish("<p>New</p>")
        self.assertFalse(self._is_let_in())

    def test_stale_page_is_shown_anew(self):
        old, _new = self._publish(), self._publish("<p>New text</p>")
        self.authenticate("client_user", "client_user")
        page = self._press(old)
        self.assertEqual(page.status_code, 200)
        self.assertIn("A new version came", page.text)
        self.assertIn("New text", page.text)
        self.assertFalse(self._is_let_in())

    def test_at_every_login(self):
        self.company.tour_usage_when = "login"
        agreement = self._publish()
        self._accept(self.client_user, agreement)
        self.authenticate("client_user", "client_user")
        self.assertFalse(self._is_let_in())
        self._press(agreement)
        self.assertTrue(self._is_let_in())
        # By the form, in the same session.
        form = {
            "csrf_token": self._get_token("/web/login"),
            "login": "client_user",
            "password": "client_user",
        }
        self.url_open("/web/login", data=form, allow_redirects=False)
        self.assertFalse(self._is_let_in())
        # A call with a key has no login to be asked at.
        self.assertFalse(
            self.env["res.users"]._get_missing_agreement_id(self.client_user.id)
        )

    def test_session_of_another_does_not_count(self):
        self.company.tour_usage_when = "login"
        agreement = self._publish()
        other = self._create_client_user("other_user", self.client)
        session = self.authenticate("client_user", "client_user")
        session["tour_usage_accepted"] = [other.id, agreement.id]
        root.session_store.save(session)
        self.assertFalse(self._is_let_in())

    def test_redirect_stays_with_us(self):
        agreement = self._publish()
        self.authenticate("client_user", "client_user")
        for there in (
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "/tour/agreement",
        ):
            page = self._get(f"/tour/agreement?redirect={there}")
            self.assertNotIn(f'value="{there}"', page.text)
        response = self._press(agreement, redirect="//evil.example")
        self.assertTrue(response.headers["Location"].endswith("/my"))

    def test_staff_and_visitors_are_not_asked(self):
        self._publish()
        self.assertEqual(self._get("/web/login").status_code, 200)
        self.assertEqual(self._get("/tour/register").status_code, 200)
        self.authenticate("test_head", "test_head")
        self.assertTrue(self._is_let_in())
        for user in (self.head, self.public, self.env.ref("base.user_root")):
            self.assertFalse(self.env["res.users"]._get_missing_agreement_id(user.id))

    def test_open_pages(self):
        self._publish()
        self.authenticate("client_user", "client_user")
        for path in ("/web/login", "/web/reset_password", "/web/health"):
            self.assertEqual(self._get(path).status_code, 200, path)
        self.assertEqual(self._get("/web/binary/company_logo").status_code, 200)
        page = self._get("/tour/agreement").text
        style = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
        self.assertEqual(self._get(style).status_code, 200)
        response = self._get("/web/session/logout")
        self.assertEqual(response.status_code, 303)

    def test_all_pages_lead_to_the_agreement(self):
        self._publish()
        self.authenticate("client_user", "client_user")
        for path in ("/", "/odoo", "/web", "/my", "/my/home", "/my/account", PAGE):
            self.assertFalse(self._is_let_in(path), path)
        page = {"Accept": "text/html"}
        for path in ("/my/../my/security", "/no/such/page", "/web/content/1"):
            response = self._get(path, headers=page)
            self.assertEqual(response.status_code, 303, path)
            self.assertIn("/tour/agreement", response.headers["Location"])

    def test_every_route_is_closed(self):
        """Whatever add-on it is of: what is not named open is refused."""
        self._publish()
        from ..models.ir_http import OPEN_PREFIXES, OPEN_ROUTES

        rules = self.env["ir.http"].routing_map().iter_rules()
        open_rules = {
            rule.rule
            for rule in rules
            if rule.rule in OPEN_ROUTES or rule.rule.startswith(OPEN_PREFIXES)
        }
        self.authenticate("client_user", "client_user")
        asked = {
            rule.rule
            for rule in self.env["ir.http"].routing_map().iter_rules()
            if not rule.arguments and "GET" in (rule.methods or {"GET"})
        } - open_rules
        # Websockets are none of a test server's; invitations to meetings are opened by
        # a token of their own, which is asked for before anything else.
        others = ("/websocket", "/calendar/")
        asked = {path for path in asked if not path.startswith(others)}
        self.assertGreater(len(asked), 20)
        slipped = []
        with mute_logger("odoo.http"):
            for path in sorted(asked):
                response = self._get(path)
                led = "/tour/agreement" in response.headers.get("Location", "")
                if not led and response.status_code not in (403, 404, 405, 415):
                    slipped.append((path, response.status_code))
        self.assertFalse(slipped)

    # === Files and calls === #

    def test_files_are_refused(self):
        attachment = self.env["ir.attachment"].create(
            {"name": "a.txt", "raw": b"Secret", "public": True}
        )
        by_url = self.env["ir.attachment"].create(
            {"name": "b", "raw": b"Secret", "url": "/our/file.txt", "type": "binary"}
        )
        self._publish()
        self.authenticate("client_user", "client_user")
        for path in (
            f"/web/content/{attachment.id}",
            f"/web/image/{attachment.id}",
            by_url.url,
        ):
            with mute_logger("odoo.http"):
                response = self._get(path)
            self.assertEqual(response.status_code, 403, path)
            self.assertIn(REFUSAL, response.text)
            self.assertNotIn("Secret", response.text)

    def _call_json(self, path, **params):
        with mute_logger("odoo.http"):
            response = self.url_open(
                path,
                data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
                headers={"Content-Type": "application/json"},
            )
        return response.json()

    def test_json_routes_are_refused(self):
        self._publish()
        self.authenticate("client_user", "client_user")
        calls = [
            ("/my/counters", {"counters": []}),
            ("/mail/thread/messages", {"thread_model": "res.partner", "thread_id": 1}),
            ("/mail/data", {"fetch_params": []}),
            ("/websocket/peek_notifications", {"channels": [], "last": 0}),
            ("/web/session/get_session_info", {}),
            (
                "/web/dataset/call_kw/res.partner/search_read",
                {"model": "res.partner", "method": "search_read"}
                | {"args": [[]], "kwargs": {}},
            ),
        ]
        for path, params in calls:
            answer = self._call_json(path, **params)
            self.assertNotIn("result", answer, path)
            error = answer["error"]["data"]
            self.assertEqual(error["name"], "odoo.exceptions.AccessError", path)
            self.assertIn(REFUSAL, error["message"])

    def test_forms_are_refused(self):
        self._publish()
        self.authenticate("client_user", "client_user")
        with mute_logger("odoo.http"):
            response = self._get(
                PAGE,
                data={"csrf_token": self._get_token("/tour/agreement"), "old": "x"},
            )
        self.assertEqual(response.status_code, 403)
        self.assertIn(REFUSAL, response.text)

    def _make_key(self):
        return (
            self.env["res.users.apikeys"]
            .with_user(self.client_user)
            .sudo()
            ._generate(None, "test", None)
        )

    def _call_json2(self, key):
        with mute_logger("odoo.http"):
            return self.url_open(
                "/json/2/res.partner/search_read",
                data=json.dumps({"domain": [], "fields": ["name"], "limit": 1}),
                headers={
                    "Content-Type": "application/json",
                    "Authorization": f"Bearer {key}",
                },
            )

    def test_json2_is_refused(self):
        key = self._make_key()
        self.assertEqual(self._call_json2(key).status_code, 200)
        agreement = self._publish()
        response = self._call_json2(key)
        self.assertEqual(response.status_code, 403)
        self.assertIn(REFUSAL, response.json()["message"])
        self._accept(self.client_user, agreement)
        self.assertEqual(self._call_json2(key).status_code, 200)

    def test_older_calls_are_refused(self):
        """XML-RPC and JSON-RPC both ask here who calls, with password and with key."""
        users, uid = self.env["res.users"], self.client_user.id
        keys = ("client_user", self._make_key())
        agreement = self._publish()
        for key in keys:
            with self._refused(REFUSAL, AccessError):
                users._check_uid_passwd(uid, key)
        self._accept(self.client_user, agreement)
        for key in keys:
            users._check_uid_passwd(uid, key)
        self._publish("<p>New</p>")
        with self._refused(REFUSAL, AccessError):
            users._check_uid_passwd(uid, keys[0])
        # Staff are not asked.
        users._check_uid_passwd(self.head.id, "test_head")

    # === Cost === #

    def test_who_accepted_costs_no_query(self):
        for when in ("version", "login"):
            self.company.tour_usage_when = when
            agreement = self._publish()
            self._accept(self.client_user, agreement)
            users, uid = self.env["res.users"], self.client_user.id
            session = {"tour_usage_accepted": [uid, agreement.id]}
            users._get_missing_agreement_id(uid, session)
            with self.subTest(when=when), self.assertQueryCount(0):
                self.assertFalse(users._get_missing_agreement_id(uid, session))

    def test_becoming_a_client_is_noticed(self):
        self._publish()
        users = self.env["res.users"]
        user = new_test_user(self.env, "turncoat", groups="base.group_user")
        self.assertFalse(users._get_missing_agreement_id(user.id))
        user.group_ids = self.env.ref("base.group_portal")
        self.assertTrue(users._get_missing_agreement_id(user.id))
