"""A browser that minds: each console error, failed request and dialog counts."""

import os
import re

from playwright.sync_api import sync_playwright

# Odoo's forms name a widget of an add-on that calls its maker's servers; it stays out.
ODOO = re.compile("Missing widget: res_partner_many2one")
# What Chromium reports of pages that are left while they load.
ABORTED = ("net::ERR_ABORTED",)


class Browser:
    """One Chromium for the session, a fresh profile for each user."""

    def __init__(self, url):
        self.url = url
        self.playwright = sync_playwright().start()
        self.chromium = self.playwright.chromium.launch(
            executable_path=os.environ.get("TOUR_CHROMIUM"), args=["--no-sandbox"]
        )

    def close(self):
        self.chromium.close()
        self.playwright.stop()

    def visit(self, **options):
        return Visit(self, **options)


class Visit:
    """What one person does in one window, and what went wrong meanwhile."""

    def __init__(self, browser, **options):
        self.browser = browser
        self.faults = []
        self.expected = [ODOO]
        options = {"viewport": {"width": 1400, "height": 900}, **options}
        self.context = browser.chromium.new_context(accept_downloads=True, **options)
        self.context.route(
            lambda url: not url.startswith((browser.url, "data:", "blob:")),
            self._refuse_foreign,
        )
        self.pending = set()
        self.page = self.context.new_page()
        # Long, for machines with much else to do.
        self.page.set_default_timeout(120_000)
        self._listen(self.page)

    def _refuse_foreign(self, route):
        self.faults.append(f"asked a foreign host: {route.request.url}")
        route.abort()

    def _listen(self, page):
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self._fault(f"page error: {error}"))
        page.on("requestfailed", self._on_failure)
        page.on("response", self._on_response)
        page.on("request", self._on_request)
        # What a page that was left had asked for never ends.
        page.on("domcontentloaded", lambda _page: self.pending.clear())
        page.on("requestfinished", lambda request: self.pending.discard(request))

    def _fault(self, text):
        self.faults.append(text)

    def _on_console(self, message):
        if message.type in ("error", "warning"):
            self._fault(f"console {message.type}: {message.text}")

    def _on_request(self, request):
        if request.resource_type in ("fetch", "xhr"):
            self.pending.add(request)

    def _on_failure(self, request):
        self.pending.discard(request)
        if request.failure not in ABORTED:
            self._fault(f"request failed: {request.url} {request.failure}")

    def _on_response(self, response):
        if response.status >= 400:
            self._fault(f"answer {response.status}: {response.url}")

    def settle(self, seconds=60):
        """Wait until the page has had what it asked for, for a moment."""
        quiet = 0
        for _tick in range(seconds * 20):
            self.page.wait_for_timeout(50)
            quiet = 0 if self.pending else quiet + 1
            if quiet >= 4:
                return
        raise AssertionError(f"Still waiting for {[each.url for each in self.pending]}")

    def expect(self, pattern):
        """Let faults come that match: the test provokes them."""
        self.expected.append(re.compile(pattern))

    def unexpected(self):
        """Faults that nobody provoked."""
        return [
            fault
            for fault in self.faults
            if not any(pattern.search(fault) for pattern in self.expected)
        ]

    def login(self, login, password, path="/odoo"):
        """Log in by the form, as people do."""
        self._fill_login(login, password, path)
        self.page.wait_for_url(
            lambda url: "/web/login" not in url, wait_until="commit", timeout=90_000
        )

    def login_refused(self, login, password):
        """Try to log in, and be told that it is wrong."""
        self._fill_login(login, password, "/my")
        self.page.wait_for_selector(".alert-danger")

    def _fill_login(self, login, password, path):
        self.page.goto(f"{self.browser.url}/web/login?redirect={path}")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", password)
        self.page.press("input[name=password]", "Enter")

    def close(self):
        self.context.close()
