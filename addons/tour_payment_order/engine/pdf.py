r"""PDFs from outside, page by page, in bounded memory.

pdfium opens the file and cuts it into files of one page; pypdf reads only these, so
that it never meets the page tree of a stranger. Where pypdf reads nothing sensible,
pdfium's own text is taken. A file is opened anew every few pages, as pdfium keeps
what it has seen.

What can't be read is refused with a :class:`PdfError` whose ``code`` says why:

>>> def fault(content, **limits):
...     try:
...         check(io.BytesIO(content), **limits)
...     except PdfError as error:
...         return error.code
>>> fault(b""), fault(b"PK\x03\x04 a spreadsheet"), fault(b"%PDF-1.7" * 9, max_bytes=9)
('empty', 'type', 'size')

So is a small file that would fill the memory when it is unpacked, see `packing`; a page
of it that would is not read.
"""

import io
import logging
import mmap
import threading
from contextlib import contextmanager
from typing import NamedTuple

import pypdf
import pypdfium2

from .packing import MAX_STREAM, PdfError, check_packing
from .trust import find_faults

MAX_BYTES = 50 * 1024 * 1024
MAX_PAGES = 2000
# What one page may unpack to: a large scan, and its fonts.
MAX_PAGE = 2 * MAX_STREAM
# What is drawn on one page; a form of the bank has some thousand bytes.
MAX_PAGE_TEXT = 2 * 1024 * 1024
# Drawings within drawings, as a stamp on a form; and how many of them.
MAX_DEPTH = 2
MAX_DRAWINGS = 100
MAX_OPERATIONS = 100_000
# A form has about 1,500 letters.
MAX_LETTERS = 50_000
PAGES_PER_OPENING = 25
# The header may follow some rubbish, as readers allow.
HEADER_WITHIN = 1024

# pdfium bears one thread of a process at a time. Taken from here when it is needed, as
# who uses pdfium elsewhere puts the common lock here.
PDFIUM = threading.Lock()

# It tells of every oddity of a page it reads.
logging.getLogger("pypdf").setLevel(logging.ERROR)


class Page(NamedTuple):
    """One page: where it was, the file it makes, its text and what is wrong with it.

    Without faults the text can be trusted; ``scan`` says that there is none. What is
    not harmless would keep pdfium busy for hours: it is neither read nor drawn.
    """

    index: int
    content: bytes
    text: str
    faults: tuple[str, ...]
    is_harmless: bool


def check(file, max_bytes=MAX_BYTES, max_stream=MAX_STREAM):
    """Refuse what is no PDF, too large, or made to burst when it is unpacked.

    :param file: opened for reading in binary mode
    :raise PdfError: if it is refused
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if not size:
        raise PdfError("empty")
    if size > max_bytes:
        raise PdfError("size")
    if b"%PDF-" not in file.read(HEADER_WITHIN):
        raise PdfError("type")
    with _mapped(file) as data:
        check_packing(data, max_stream)


@contextmanager
def _mapped(file):
    """The file's bytes without reading them all into memory."""
    try:
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            yield data
    except (OSError, AttributeError):  # Not a file of the system.
        file.seek(0)
        yield file.read()


def count_pages(path, max_pages=MAX_PAGES):
    """How many pages the PDF has.

    :raise PdfError: if it can't be opened, or has too many or none
    """
    with _opened(path) as document:
        count = len(document)
    if count > max_pages:
        raise PdfError("pages")
    if not count:
        raise PdfError("broken")
    return count


def iter_pages(path, start=0, max_pages=MAX_PAGES):
    """Yield the pages from ``start`` on, each as :class:`Page`.

    :param path: of the file, or its content as bytes
    :raise PdfError: if it can't be opened, also in the middle
    """
    count = count_pages(path, max_pages)
    for first in range(start, count, PAGES_PER_OPENING):
        indexes = range(first, min(first + PAGES_PER_OPENING, count))
        with _opened(path) as document:
            # Nothing of the caller's runs while pdfium is held.
            contents = [_cut(document, index) for index in indexes]
        for index, content in zip(indexes, contents, strict=True):
            yield Page(index, content, *_read(content))


@contextmanager
def _opened(path):
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError as error:
            locked = "password" in str(error).lower()
            raise PdfError("encrypted" if locked else "broken") from error
        try:
            yield document
        finally:
            document.close()


def _cut(document, index):
    """The page as a file of its own; nothing if it is broken."""
    single = pypdfium2.PdfDocument.new()
    try:
        single.import_pages(document, [index])
        target = io.BytesIO()
        single.save(target)
        return target.getvalue()
    except pypdfium2.PdfiumError:
        return b""
    finally:
        single.close()


def _read(content):
    """The first text that makes sense, or what is wrong with the best there is."""
    if not content:
        return "", ("broken",), False
    text, is_harmless = _read_typed(content)
    faults = find_faults(text)
    if faults and is_harmless:
        drawn = read_drawn(content)
        other = find_faults(drawn)
        if not other or "scan" in faults:
            text, faults = drawn, other
    return _clean(text), tuple(faults), is_harmless


def _read_typed(content):
    """The text as pypdf reads it, in the order it was typed, and whether the page is
    harmless: pdfium reads to the end what would take hours.
    """
    try:
        # As pdfium has written it: nothing is hidden by locks or odd ways of writing.
        check_packing(content, max_total=MAX_PAGE)
        page = pypdf.PdfReader(io.BytesIO(content)).pages[0]
        if _measure(page.get_contents()) > MAX_PAGE_TEXT or _is_deep(page):
            return "", False
    except Exception:  # noqa: BLE001 Each way of being broken has its own error.
        return "", False
    try:
        text = page.extract_text(visitor_operand_before=_Budget().spend)
        return text[:MAX_LETTERS], True
    except _Exhausted:
        return "", False
    except Exception:  # noqa: BLE001 As above; pdfium may know better.
        return "", True


class _Exhausted(Exception):
    """The page has more to draw than any form of a bank."""


class _Budget:
    """Counts what is drawn, also by drawings within drawings."""

    def __init__(self):
        self.left = MAX_OPERATIONS

    def spend(self, *_operation):
        self.left -= 1
        if self.left < 0:
            raise _Exhausted


def _measure(stream):
    return len(stream.get_data()) if stream is not None else 0


def _is_deep(holder, depth=0):
    """Whether drawings are in drawings in drawings, or one of them is too large."""
    if depth > MAX_DEPTH:
        return True
    # Square brackets follow references, `get` does not.
    resources = holder["/Resources"] if "/Resources" in holder else {}
    drawings = resources["/XObject"] if "/XObject" in resources else {}
    if len(drawings) > MAX_DRAWINGS:
        return True
    for name in drawings:
        drawing = drawings[name]
        if drawing.get("/Subtype") == "/Form" and (
            _measure(drawing) > MAX_PAGE_TEXT or _is_deep(drawing, depth + 1)
        ):
            return True
    return False


def read_layout(content):
    """The text in the lines and columns that are seen; of a page read before."""
    try:
        page = pypdf.PdfReader(io.BytesIO(content)).pages[0]
        return _clean(page.extract_text(extraction_mode="layout")[:MAX_LETTERS])
    except Exception:  # noqa: BLE001 As above.
        return ""


def read_drawn(content):
    """The text as pdfium reads it, letter by letter as it is drawn."""
    return _read_text_page(content, lambda page: page.get_text_range()) or ""


def read_letters(content):
    """The letters as pdfium draws them, each (letter, left, bottom, right, top)."""
    return _read_text_page(content, _list_letters) or []


def _list_letters(text_page):
    text = _clean(text_page.get_text_range())
    count = text_page.count_chars()
    if len(text) != count:
        # Letters of two halves, or left out: each is asked for alone.
        text = [text_page.get_text_range(index, 1)[:1] or " " for index in range(count)]
    return [
        (letter, *text_page.get_charbox(index, loose=True))
        for index, letter in enumerate(text)
    ]


def _read_text_page(content, read):
    try:
        with _opened(content) as document:
            page = document[0]
            text_page = page.get_textpage()
            try:
                if text_page.count_chars() > MAX_LETTERS:
                    return None
                return read(text_page)
            finally:
                text_page.close()
                page.close()
    except (PdfError, pypdfium2.PdfiumError):
        return None


def _clean(text):
    """Text that can be kept: broken maps give halves of letters."""
    text = text.encode("utf-8", "ignore").decode().replace("\x00", "")
    return text.replace("\r\n", "\n").replace("\r", "\n")
