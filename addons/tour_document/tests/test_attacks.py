"""Wording is typed by people: a paper must not read what it is told to."""

import base64
import io
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

from pypdf import PdfReader

from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from odoo.addons.tour_document import pdf

from .test_engine import make_html, read_pages

SECRET = "SECRET-OF-THE-SERVER"
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6"
    "kgAAAABJRU5ErkJggg=="
)


def attack_bodies(url):
    """Each way of HTML, CSS and SVG to have an address read."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}"/></svg>'
    encoded = base64.b64encode(svg.encode()).decode()
    return {
        "image": f'<img src="{url}"/>',
        "style": f"<style>@import url('{url}');</style>",
        "background": f"<div style=\"background: url('{url}')\">x</div>",
        "list": f"<ul style=\"list-style-image: url('{url}')\"><li>x</li></ul>",
        "font": f"<style>@font-face {{font-family: x; src: url('{url}')}}</style>"
        '<p style="font-family: x">x</p>',
        "content": f"<style>p::before {{content: url('{url}')}}</style><p>x</p>",
        "link": f'<link rel="stylesheet" href="{url}"/>',
        "attachment": f'<link rel="attachment" href="{url}"/>',
        "attached anchor": f'<a rel="attachment" href="{url}">x</a>',
        "object": f'<object data="{url}">x</object>',
        "embed": f'<embed src="{url}"/>',
        "svg": svg,
        "svg use": f'<svg xmlns="http://www.w3.org/2000/svg"><use href="{url}"/></svg>',
        "svg style": f"<svg><style>@import url('{url}');</style></svg>",
        "svg in data": f'<img src="data:image/svg+xml;base64,{encoded}"/>',
        "base": f'<base href="{url}"/><img src="x.png"/>',
        "frame": f'<iframe src="{url}"></iframe>',
    }


@tagged("post_install", "-at_install")
class TestAttacks(BaseCase):
    def setUp(self):
        super().setUp()
        logs = mute_logger("weasyprint", "odoo.addons.tour_document.pdf")
        logs.__enter__()
        self.addCleanup(logs.__exit__)

    def _assert_nothing_read(self, url, secret=SECRET):
        for name, body in attack_bodies(url).items():
            with self.subTest(name):
                content = pdf.render(make_html(f"<p>before</p>{body}<p>after</p>"))
                text = " ".join(read_pages(content))
                self.assertIn("before", text)
                self.assertNotIn(secret, text)
                reader = PdfReader(io.BytesIO(content))
                self.assertFalse(dict(reader.attachments))

    def test_network_is_never_asked(self):
        asked = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(SECRET.encode())

            def log_message(self, *args):
                """Keep the log of the tests clean."""

        server = HTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self._assert_nothing_read(f"http://127.0.0.1:{server.server_port}/x.css")
        self.assertFalse(asked)

    def test_files_are_never_read(self):
        with TemporaryDirectory() as folder:
            path = Path(folder) / "secret.css"
            path.write_text(f"p::before {{content: '{SECRET}'}}")
            self._assert_nothing_read(path.as_uri())
            self._assert_nothing_read(str(path))

    def test_other_schemes_are_refused(self):
        fetcher = pdf.PaperFetcher()
        for url in (
            "file:///etc/passwd",
            "FILE:///etc/passwd",
            "http://169.254.169.254/latest/meta-data/",
            "https://example.com/",
            "ftp://example.com/x",
            "//example.com/x",
            "/etc/passwd",
            "gopher://127.0.0.1:5432/",
            "jar:file:///x",
            " file:///etc/passwd",
            "",
        ):
            with self.assertRaises(pdf.RefusedAddress, msg=url):
                fetcher.fetch(url)

    def test_static_files_are_ours_only(self):
        fetcher = pdf.PaperFetcher()
        with fetcher.fetch("paper:paper.css")._file_obj as file:
            self.assertIn(b"@page", file.read())
        for url in (
            "paper:../../pdf.py",
            "paper:/etc/passwd",
            "paper:%2e%2e/%2e%2e/pdf.py",
            "paper:..\\..\\pdf.py",
            "paper:",
            "paper:nothing.png",
        ):
            with self.assertRaises(pdf.RefusedAddress, msg=url):
                fetcher.fetch(url)

    def test_pictures_in_the_text_are_drawn(self):
        """What may be read is read: the refusals above are not for want of trying."""
        content = pdf.render(make_html(f'<img src="data:image/png;base64,{PIXEL}"/>'))
        self.assertEqual(len(PdfReader(io.BytesIO(content)).pages[0].images), 1)

    def test_large_pictures_are_refused(self):
        url = "data:image/png;base64," + "A" * (pdf.MAX_RESOURCE_BYTES * 2)
        with self.assertRaises(pdf.RefusedAddress):
            pdf.PaperFetcher().fetch(url)

    def test_scripts_do_nothing(self):
        body = "<script>document.write('RUN')</script><p onclick='x()'>Text</p>"
        text = read_pages(pdf.render(make_html(body)))[0]
        self.assertIn("Text", text)
        self.assertNotIn("RUN", text)
        content = pdf.render(make_html(body))
        self.assertNotIn(b"/JavaScript", content)
        self.assertNotIn(b"/JS", content)
