"""Pictures and PDF files in, contents of their QR codes out.

Files come from outside, so everything is bounded: bytes, pages, pixels, and time,
which is looked at between pages.  What can't be read raises a
:class:`QrReadError`; a file without codes gives an empty list.
"""

import io
import threading
import time
from contextlib import closing

import pypdfium2
import zxingcpp
from PIL import Image, UnidentifiedImageError

from .payment_qr import PaymentQrError, parse

MAX_BYTES = 20 * 1024 * 1024
MAX_PAGES = 20
MAX_PIXELS = 30_000_000
MAX_SECONDS = 20
DPI = 200
# Where a PDF file says that it is one; some programs put something before it.
PDF_HEAD_WITHIN = 1024
# No others: Odoo leaves the rest of Pillow's readers out, as they are risky.
PICTURE_FORMATS = ("PNG", "JPEG", "GIF", "BMP")

# PDFium is not made for several threads; whoever uses it in this process takes this.
pdfium_lock = threading.Lock()


class QrReadError(ValueError):
    """The file can't be read.

    :param str reason: ``empty``, ``too_large``, ``encrypted``, ``corrupt``,
        ``unknown`` or ``too_slow``
    """

    def __init__(self, reason, message):
        super().__init__(message)
        self.reason = reason


def read_codes(
    content: bytes, max_pages: int = MAX_PAGES, max_seconds: float = MAX_SECONDS
) -> list[bytes]:
    """The bytes of every QR code in a picture, or on the first pages of a PDF.

    A code that comes again, as on each page, is given once.
    """
    if not content:
        raise QrReadError("empty", "The file is empty.")
    if len(content) > MAX_BYTES:
        raise QrReadError("too_large", "The file is too large.")
    is_pdf = b"%PDF" in content[:PDF_HEAD_WITHIN]
    pictures = _draw_pages(content, max_pages) if is_pdf else _open_picture(content)
    deadline = time.monotonic() + max_seconds
    found = {}
    with closing(pictures):
        for picture in pictures:
            for code in zxingcpp.read_barcodes(picture, zxingcpp.BarcodeFormat.QRCode):
                found.setdefault(code.bytes)
            if time.monotonic() > deadline:
                raise QrReadError("too_slow", "Reading the file takes too long.")
    return list(found)


def read_payments(content: bytes, **limits) -> list:
    """The payments among the codes of the file, decoded as each of them says."""
    payments = []
    for code in read_codes(content, **limits):
        try:
            payments.append(parse(code))
        except PaymentQrError:
            continue
    return payments


def _open_picture(content):
    try:
        with Image.open(io.BytesIO(content), formats=PICTURE_FORMATS) as picture:
            _check_pixels(*picture.size)
            yield _flatten(picture)
    except UnidentifiedImageError:
        raise QrReadError("unknown", "The file is no picture and no PDF.") from None
    except Image.DecompressionBombError:
        raise QrReadError("too_large", "The picture is too large.") from None
    except QrReadError:
        raise
    # What Pillow raises on a broken file differs with its format.
    except Exception as error:
        raise QrReadError("corrupt", "The picture is broken.") from error


def _flatten(picture):
    """The picture in shades of grey, on white where it is transparent."""
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture)
    return picture.convert("L")


def _draw_pages(content, max_pages):
    """The pages of the file, drawn one after the other."""
    with pdfium_lock:
        document = _open_pdf(content)
        try:
            for number in range(min(len(document), max_pages)):
                yield _draw_page(document, number)
        finally:
            document.close()


def _open_pdf(content):
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise QrReadError("encrypted", "The file needs a password.") from None
        raise QrReadError("corrupt", "The PDF file is broken.") from None


def _draw_page(document, number):
    try:
        page = document[number]
        width, height = page.get_size()
        scale = DPI / 72
        pixels = width * height * scale**2
        if pixels > MAX_PIXELS:
            # A poster: as sharp as fits, its code is large as well.
            scale *= (MAX_PIXELS / pixels) ** 0.5
        return page.render(scale=scale, grayscale=True).to_pil()
    except (pypdfium2.PdfiumError, ValueError, MemoryError) as error:
        raise QrReadError("corrupt", "The PDF file is broken.") from error


def _check_pixels(width, height):
    if width * height > MAX_PIXELS:
        raise QrReadError("too_large", "The picture is too large.")
