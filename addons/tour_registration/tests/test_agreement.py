"""Versions of the usage agreement, and what was accepted."""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import RegistrationCommon


@tagged("post_install", "-at_install")
class TestAgreement(RegistrationCommon):
    def test_versions_follow_each_other(self):
        first = self._publish("<p>One</p>")
        self.assertEqual((first.state, first.version > 0), ("published", True))
        second = self._publish("<p>Two</p>")
        self.assertEqual(second.version, first.version + 1)
        self.assertEqual(first.state, "replaced")
        current = self.env["tour.usage.agreement"]._get_current(self.company)
        self.assertEqual(current, second)

    def test_several_at_once_have_numbers_of_their_own(self):
        made = self.env["tour.usage.agreement"].create([{}, {}])
        self.assertEqual(made[1].version, made[0].version + 1)

    def test_published_is_not_changed(self):
        agreement = self._publish()
        text = agreement.text_ids
        other = self.env["tour.usage.agreement"].create(
            {"text_ids": [Command.create({"lang": "en_US", "body": "<p>x</p>"})]}
        )
        for act in (
            lambda: agreement.write({"company_id": self.company.id}),
            lambda: agreement.unlink(),
            lambda: text.write({"body": "<p>Other</p>"}),
            lambda: text.unlink(),
            lambda: agreement.write({"text_ids": [Command.clear()]}),
            lambda: other.text_ids.write({"agreement_id": agreement.id}),
            lambda: text.create({"agreement_id": agreement.id, "lang": "en_US"}),
        ):
            with self._refused("published and is not changed"):
                act()
        with self._refused("is no draft"):
            agreement.action_publish()

    def test_status_is_not_written(self):
        agreement = self.env["tour.usage.agreement"].create({})
        admin = agreement.with_user(self.users["admin"])
        for vals in ({"state": "published"}, {"version": 9}):
            with self.assertRaises(AccessError):
                admin.write(vals)
            with self.assertRaises(AccessError):
                admin.create(vals)
        made = admin.with_context(default_state="published").create({})
        self.assertEqual(made.state, "draft")

    def test_empty_text_is_not_published(self):
        agreement = self.env["tour.usage.agreement"].create({})
        with self._refused("Enter the text"):
            agreement.action_publish()
        agreement.text_ids = [Command.create({"lang": "en_US", "body": "<p><br></p>"})]
        with self._refused("Enter the text"):
            agreement.action_publish()

    def test_new_version_has_the_texts(self):
        agreement = self._publish("<p>One</p>")
        action = agreement.action_new_version()
        draft = agreement.browse(action["res_id"])
        self.assertEqual(draft.state, "draft")
        self.assertEqual(draft.text_ids.mapped("body"), ["<p>One</p>"])

    def test_text_is_of_the_nearest_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["res.lang"]._activate_lang("fr_BE")
        agreement = self._publish("<p>English</p>", fr_FR="<p>Français</p>")
        for lang, found in (
            ("fr_FR", "fr_FR"),
            ("fr_BE", "fr_FR"),
            ("en_US", "en_US"),
            ("hu_HU", "en_US"),
            (None, "en_US"),
        ):
            self.assertEqual(agreement._get_text(lang).lang, found)

    def test_scripts_and_styles_of_the_text_are_dropped(self):
        agreement = self._publish(
            "<p style='position: fixed'>x</p><script>alert(1)</script>"
        )
        body = agreement.text_ids.body
        self.assertNotIn("script", body)
        self.assertNotIn("fixed", body)

    def test_acceptance_is_only_appended_to(self):
        acceptance = self._accept(self.client_user, self._publish())
        self.assertEqual(acceptance.login, "client_user")
        for records in (acceptance, acceptance.with_user(self.users["admin"])):
            with self.assertRaises(AccessError):
                records.write({"address": "10.0.0.1"})
            with self.assertRaises(AccessError):
                records.unlink()

    def test_companies_have_their_own(self):
        self._publish()
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.assertFalse(self.env["tour.usage.agreement"]._get_current(company))
