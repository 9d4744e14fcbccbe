"""The client's page of the archive, and that no address shows what is not his."""

from odoo.tests import HttpCase, tagged

from .common import PRICES, SECRET, ArchiveCommon


@tagged("post_install", "-at_install")
class TestArchivePortal(HttpCase, ArchiveCommon):
    def setUp(self):
        super().setUp()
        self.page = "/my/tour/archive"

    def _get(self, user, url):
        if user:
            self.authenticate(user.login, user.login)
        else:
            self.authenticate(None, None)
        return self.url_open(url, allow_redirects=False)

    def test_client_finds_his_files(self):
        text = self._get(self.client_user, self.page).text
        self.assertIn("prices", text)
        self.assertIn("Prices", text)
        self.assertNotIn("alaries", text)
        self.assertIn(self.prices.access_path, text)
        self.assertIn("no files for you", self._get(self.other_user, self.page).text)

    def test_search(self):
        self.prices.description = "Summer at the sea"
        found = self._get(self.client_user, f"{self.page}?search=sea+summer").text
        self.assertIn(self.prices.access_path, found)
        for words in ("winter", "alar", "%25%27"):
            text = self._get(self.client_user, f"{self.page}?search={words}").text
            self.assertNotIn(self.prices.access_path, text)
        # A sign that the database keeps in no text is no word.
        text = self._get(self.client_user, f"{self.page}?search=%00").text
        self.assertIn(self.prices.access_path, text)

    def test_folder_he_may_not_see_is_not_named(self):
        self.salaries.write({"own_rights": True, "client_ids": self.other.ids})
        text = self._get(self.other_user, self.page).text
        self.assertIn(self.salaries.access_path, text)
        self.assertNotIn("Salaries", text)
        self.assertIn("Other files", text)

    def test_file(self):
        response = self._get(self.client_user, self.prices.access_path)
        self.assertEqual(response.content, PRICES)
        self.assertIn("no-store", response.headers["Cache-Control"])
        self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(
            self._get(self.manager, self.prices.access_path).content, PRICES
        )

    def test_what_a_browser_would_run_is_a_download(self):
        """Pictures and PDFs are shown; all else is saved, as what it is."""
        for name, content, kind, shown in (
            ("a.pdf", PRICES, "application/pdf", True),
            ("b.txt", b"<script>alert(1)</script>", "text/plain", False),
            ("c.csv", b"<html><script>alert(1)", "text/csv", False),
            ("d.ics", b"BEGIN:VCALENDAR\n<svg onload=x>", "text/calendar", False),
            ('e"\r\nX-Evil: 1.zip', b"PK\x03\x04", "application/zip", False),
        ):
            with self.subTest(name):
                file = self._create_file(name, content, self.open_folder)
                response = self._get(self.client_user, file.access_path)
                self.assertEqual(response.content, content)
                headers = response.headers
                self.assertEqual(headers["Content-Type"].split(";")[0], kind)
                how = headers["Content-Disposition"].split(";")[0]
                self.assertEqual(how, "inline" if shown else "attachment")
                self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
                self.assertNotIn("X-Evil", headers)

    def test_odd_addresses(self):
        for end in ("0", "9" * 30, "-1", "x"):
            with self.subTest(end):
                response = self._get(self.client_user, f"{self.page}/{end}")
                self.assertEqual(response.status_code, 404)
        for end in ("/page/0", f"/page/{'9' * 30}", "?search=%ED%A0%80", "?search=%5C"):
            with self.subTest(end):
                response = self._get(self.client_user, f"{self.page}{end}")
                self.assertEqual(response.status_code, 200)

    def test_tokens_open_nothing(self):
        """An attachment's own token would: no file of the archive has one."""
        attachment = self.salaries.version_ids.attachment_id
        for query in ("access_token=x", "access_token=", "unique=1"):
            for url in (self.salaries.access_path, f"/web/content/{attachment.id}"):
                response = self._get(self.client_user, f"{url}?{query}")
                self.assertEqual(response.status_code, 404)
        self.assertFalse(attachment.access_token)
        self._get(self.client_user, self.prices.access_path)
        self.assertFalse(self.prices.version_ids.attachment_id.access_token)

    def test_others_learn_nothing(self):
        nothing = self._get(self.other_user, f"{self.page}/999999999")
        self.assertEqual(nothing.status_code, 404)
        for user, file in (
            (self.other_user, self.prices),
            (self.client_user, self.salaries),
            (self.manager, self.salaries),
        ):
            self.assertEqual(self._get(user, file.access_path).status_code, 404)
        self.assertNotEqual(self._get(None, self.prices.access_path).content, PRICES)

    def test_attachments_are_not_read_past_the_page(self):
        for file, content in ((self.prices, PRICES), (self.salaries, SECRET)):
            attachment = file.version_ids.attachment_id
            for url in (
                f"/web/content/{attachment.id}",
                f"/web/content/{attachment.id}?download=true",
                f"/web/image/{attachment.id}",
                f"/web/content/tour.archive.file/{file.id}/upload",
                f"/web/content/ir.attachment/{attachment.id}/raw",
            ):
                for user in (self.client_user, self.other_user, None):
                    self.assertNotIn(content, self._get(user, url).content)
        attachment = self.salaries.version_ids.attachment_id
        for user in (self.manager, self.users["head"]):
            response = self._get(user, f"/web/content/{attachment.id}")
            self.assertEqual(response.status_code, 404)
        self.assertEqual(
            self._get(self.users["director"], f"/web/content/{attachment.id}").content,
            SECRET,
        )

    def test_home_leads_to_it(self):
        self.authenticate(self.client_user.login, self.client_user.login)
        # Also where the home of clients is another page, and this leads to it.
        self.assertIn(self.page, self.url_open("/my").text)
