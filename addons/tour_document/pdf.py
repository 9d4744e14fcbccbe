"""HTML in, PDF out: the one place that knows which engine draws our papers.

Nothing here knows of Odoo.  A caller needs one function::

    pdf = render(html)

and another engine can take its place by offering the same ``render``.

How it works
    WeasyPrint lays the HTML out with the one style sheet of our own,
    ``static/paper/paper.css`` (page size, running heads, page n of m,
    repeated table heads).  Parsing the sheet and scanning the fonts of the
    machine cost more than drawing a page, so both are done once per process.

What it may read
    ``data:`` addresses, and ``paper:<file>`` for files in ``static/paper``.
    Everything else (network, ``file:``, relative addresses) is refused, as the
    HTML may hold wording that people typed: a paper must never fetch a
    neighbour's page or a file of the server.  What is refused is left out of
    the paper and logged.
"""

import gc
import logging
import mimetypes
import re
import threading
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

_logger = logging.getLogger(__name__)

# It tells of every font table it drops, at the level of our own news.
logging.getLogger("fontTools").setLevel(logging.WARNING)

PAPER_DIR = Path(__file__).resolve().parent / "static" / "paper"
STYLE_SHEET = PAPER_DIR / "paper.css"
STATIC_SCHEME = "paper:"

# A logo or a stamp is far below this; a picture above it is not a paper's.
MAX_RESOURCE_BYTES = 4 * 1024 * 1024

# White space that templates are laid out with, and papers are better without:
# before a closing tag, as WeasyPrint breaks a line at its first space when the text
# would just fit but for it; and before a comma or a full stop.
IDLE_SPACE = re.compile(r"\s+(?=</(?:div|td|th|p|h[1-6]|li)>|[,.](?:\s|<))")


class RefusedAddress(ValueError):
    """The HTML asks for something that a paper may not read."""


class PaperFetcher(URLFetcher):
    """Read ``data:`` addresses and our own static files, refuse all else."""

    def __init__(self):
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)

    def fetch(self, url, headers=None):
        if url.startswith(STATIC_SCHEME):
            return self._fetch_static(url)
        if not url.startswith("data:"):
            _logger.info("Paper engine refused to read %.80s", url)
            raise RefusedAddress("A paper may not read this address.")
        if len(url) > MAX_RESOURCE_BYTES * 4 // 3 + 100:
            raise RefusedAddress("The picture is too large for a paper.")
        return super().fetch(url, headers)

    def _fetch_static(self, url):
        path = (PAPER_DIR / url.removeprefix(STATIC_SCHEME)).resolve()
        if not path.is_relative_to(PAPER_DIR) or not path.is_file():
            _logger.info("Paper engine refused to read %.80s", url)
            raise RefusedAddress("A paper may not read this file.")
        mime = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": mime})


class PdfEngine:
    """WeasyPrint with a style sheet and fonts that are read once.

    Pango's font maps are not made for several threads, and drawing is bound to
    one CPU anyway: a lock lets one thread of the process draw at a time.
    """

    def __init__(self, style_sheet=STYLE_SHEET):
        self._lock = threading.Lock()
        self._fetcher = PaperFetcher()
        self._fonts = FontConfiguration()
        self._sheet = weasyprint.CSS(
            string=Path(style_sheet).read_text(encoding="utf-8"),
            font_config=self._fonts,
            url_fetcher=self._fetcher,
        )

    def render(self, html, identifier=None):
        """Draw the paper.

        :param str html: a whole HTML document, styled by our sheet's classes
        :param str identifier: makes the file's id, so that the same paper
            comes out as the same bytes
        :return: the PDF
        :rtype: bytes
        """
        with self._lock, _collected_afterwards():
            document = weasyprint.HTML(
                string=IDLE_SPACE.sub("", html),
                # Without one, a relative address in an @import breaks WeasyPrint;
                # with it, the fetcher refuses such an address.
                base_url=STATIC_SCHEME,
                url_fetcher=self._fetcher,
            )
            # Pictures are not packed anew: it takes longer than all else, for nothing.
            return document.write_pdf(
                stylesheets=[self._sheet],
                font_config=self._fonts,
                pdf_identifier=identifier and identifier.encode(),
                pdf_tags=False,
                dpi=300,
            )


@contextmanager
def _collected_afterwards():
    """Free the circles of boxes that a drawing leaves behind, while they are young.

    Python's own collector comes to them so late that memory is in pieces by then, and
    goes through all that Odoo has in memory to find them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
        gc.collect(0)


@lru_cache(maxsize=1)
def get_engine():
    """The engine of this process; made when the first paper is drawn."""
    return PdfEngine()


def render(html, identifier=None):
    """Draw ``html`` with the engine of this process."""
    return get_engine().render(html, identifier=identifier)
