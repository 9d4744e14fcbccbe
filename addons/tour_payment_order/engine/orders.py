"""A PDF with many payment orders becomes one entry for each.

A page with a heading begins an order; a page of readable text without one belongs to
the order before it. A page without text (a scan), or with text that can't be trusted,
is an entry of its own: nobody knows what it says, and a person looks at it.

    for entry in iter_entries(path):
        entry.order, entry.faults, entry.content
"""

import io
from dataclasses import dataclass, field

import pypdfium2

from . import pdf
from .fields import Order, begins_order, count_orders, read_order
from .trust import find_faults

# An order has one page, with a rare list behind it.
MAX_PAGES_OF_ORDER = 20


@dataclass
class Entry:
    """One payment order, or a page that is none.

    :param int first: index of its first page in the file; ``pages`` are its pages
    :param tuple faults: why it is not matched: ``scan``, ``letters``, ``glyphs``,
        ``encoding``, ``words``, ``broken``, ``no_order``, ``several``, ``digits`` or
        ``missing_`` with the name of a field
    """

    first: int
    contents: list[bytes]
    text: str
    faults: tuple[str, ...] = ()
    order: Order = field(default_factory=Order)

    @property
    def pages(self):
        return len(self.contents)

    @property
    def next(self):
        """Index of the page behind it."""
        return self.first + self.pages

    @property
    def content(self):
        """The PDF of this order alone."""
        return _join(self.contents)


def iter_entries(path, start=0, max_pages=pdf.MAX_PAGES, in_words=None):
    """Yield the orders of the file from page ``start`` on, one after the other.

    Only the pages at hand are kept in memory.

    :param path: of the file, or its content as bytes
    :param in_words: see :func:`.fields.read_order`
    :raise pdf.PdfError: if the file can't be read
    """
    entry = None
    for page in pdf.iter_pages(path, start, max_pages):
        if _goes_on(entry, page):
            entry.contents.append(page.content)
            entry.text = f"{entry.text}\n{page.text}"
            continue
        if entry:
            yield _finish(entry, in_words)
        entry = Entry(page.index, [page.content], page.text, page.faults)
    if entry:
        yield _finish(entry, in_words)


def _goes_on(entry, page):
    """Whether the page belongs to the entry before it."""
    return (
        entry is not None
        and not entry.faults
        and not page.faults
        and begins_order(entry.text)
        and not begins_order(page.text)
        and entry.pages < MAX_PAGES_OF_ORDER
    )


def _finish(entry, in_words):
    if entry.faults:
        return entry
    entry.faults = tuple(_find_faults(entry))
    if entry.faults:
        return entry
    entry.order = read_order(entry.text, in_words)
    if entry.order.get_missing():
        _read_otherwise(entry, in_words)
    missing = entry.order.get_missing()
    entry.faults = tuple(f"missing_{name}" for name in missing)
    if not missing and _has_wrong_digits(entry.order):
        entry.faults = ("digits",)
    return entry


def _has_wrong_digits(order):
    """Both tax ids fail their check: the font says other digits than it shows."""
    return order.payer_tax_id.trust == order.payee_tax_id.trust == "read"


def _read_otherwise(entry, in_words):
    """Programs may type all labels first and then what belongs to them: take the text
    as it is seen on the page, where that says more.
    """
    for read in (pdf.read_layout, pdf.read_drawn):
        text = "\n".join(map(read, entry.contents))
        if find_faults(text):
            continue
        order = read_order(text, in_words)
        if len(order.get_missing()) < len(entry.order.get_missing()):
            entry.order, entry.text = order, text


def _find_faults(entry):
    if not begins_order(entry.text):
        yield "no_order"
    elif count_orders(entry.text) > 1:
        yield "several"


def _join(contents):
    contents = [content for content in contents if content]
    if len(contents) <= 1:
        return contents[0] if contents else b""
    with pdf.PDFIUM:
        target = pypdfium2.PdfDocument.new()
        try:
            for content in contents:
                single = pypdfium2.PdfDocument(content)
                target.import_pages(single)
                single.close()
            result = io.BytesIO()
            target.save(result)
            return result.getvalue()
        finally:
            target.close()
