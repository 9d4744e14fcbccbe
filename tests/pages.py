"""A person at the pages of a server, without a browser."""

import http.cookiejar
import io
import json
import re
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from typing import NamedTuple

from pypdf import PdfReader


class Answer(NamedTuple):
    status: int
    body: bytes
    headers: object
    url: str

    @property
    def text(self):
        """What a person could read of it, whatever kind of file it is."""
        return read_text(self.body)


def csrf(page):
    """The token of the first form of a page."""
    return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]


def read_text(body):
    """The text of a page, a PDF, or a table that is packed."""
    if body.startswith(b"%PDF"):
        pages = PdfReader(io.BytesIO(body)).pages
        return "\n".join(page.extract_text() for page in pages)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as files:
            return "\n".join(
                read_text(files.read(name)) + name for name in files.namelist()
            )
    return body.decode(errors="replace")


class Visitor:
    """Somebody with cookies of his own; without a login he is nobody.

    :param str url: the server
    """

    def __init__(self, url, login=None, password=None):
        self.url = url
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar)
        )
        self.token = None
        if login:
            self.login(login, password)

    def login(self, login, password):
        """Log in by the form; return the page that comes then."""
        values = {"login": login, "password": password}
        return self.post("/web/login", values, self.get("/web/login").text)

    def open(self, path, data=None, headers=None):
        request = urllib.request.Request(self.url + path, data, headers or {})
        try:
            answer = self.opener.open(request, timeout=120)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Answer(answer.status, answer.read(), answer.headers, answer.url)

    def get(self, path):
        return self.open(path)

    def post(self, path, values, form=None):
        """Send a form.

        :param str form: the page that has it; without one, one's own page has a token
        """
        token = csrf(form) if form else self._get_token()
        data = urllib.parse.urlencode({**values, "csrf_token": token}, doseq=True)
        return self.open(path, data.encode())

    def call(self, path, params=None):
        """Call an address that takes JSON, as the web client does."""
        body = {"jsonrpc": "2.0", "method": "call", "params": params or {}}
        return self.open(
            path, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )

    def _get_token(self):
        if not self.token:
            page = self.get("/web/login").text
            # Who is in already has been led on to his own page.
            found = re.search(r'csrf_token(?:: |" value=)"([^"]+)"', page)
            self.token = found[1] if found else "none"
        return self.token
