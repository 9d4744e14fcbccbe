r"""What may be kept as a file, told by its ending and its content together.

Neither is believed alone: a program called ``ticket.pdf`` is refused, and so is a page
called ``ticket.html``, which a browser would run.

>>> check("e-ticket.PDF", b"%PDF-1.7 ...", 100)
('e-ticket.pdf', 'application/pdf')
>>> check("C:\\papers\\Билет № 5.jpg", b"\xff\xd8\xff\xe0...", 100)
('Билет № 5.jpg', 'image/jpeg')
>>> check("programme.txt", "Прилёт в 10:00".encode(), 100)
('programme.txt', 'text/plain')

>>> def fault(name, content, max_size=100):
...     try:
...         check(name, content, max_size)
...     except FileError as error:
...         return error.code
>>> fault("ticket.pdf", b""), fault("ticket.pdf", b"%PDF-" + b"x" * 96)
('empty', 'size')
>>> fault("ticket.pdf", b"MZ\x90"), fault("ticket.pdf.exe", b"%PDF-1.7")
('type', 'type')
>>> fault("page.html", b"<html>"), fault("picture.svg", b"<svg>"), fault("", b"x")
('type', 'type', 'type')
>>> fault("programme.txt", b"a\0b")
'type'
"""

import re

MAX_NAME = 120
_ZIP = (b"PK\x03\x04",)
_OLE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."

# Ending: what it is, and how such a file starts; nothing said: it is plain text.
TYPES = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "gif": ("image/gif", (b"GIF87a", b"GIF89a")),
    "zip": ("application/zip", _ZIP),
    "pkpass": ("application/vnd.apple.pkpass", _ZIP),
    "docx": (_OFFICE + "wordprocessingml.document", _ZIP),
    "xlsx": (_OFFICE + "spreadsheetml.sheet", _ZIP),
    "pptx": (_OFFICE + "presentationml.presentation", _ZIP),
    "odt": (_OPEN + "text", _ZIP),
    "ods": (_OPEN + "spreadsheet", _ZIP),
    "doc": ("application/msword", _OLE),
    "xls": ("application/vnd.ms-excel", _OLE),
    "ics": ("text/calendar", (b"BEGIN:VCALENDAR",)),
    "txt": ("text/plain", ()),
    "csv": ("text/csv", ()),
}
# What a browser shows without running anything of it.
SHOWN = ("application/pdf", "image/jpeg", "image/png", "image/gif")

_UNSAFE = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class FileError(Exception):
    """A file that is not taken; its ``code``: ``empty``, ``size`` or ``type``."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def check(name, content, max_size):
    """The name to keep the file under, and what it is.

    :raise FileError: if it is empty, too big, or not what its ending says
    """
    if not content:
        raise FileError("empty")
    if len(content) > max_size:
        raise FileError("size")
    stem, ending = split_name(name)
    if ending not in TYPES:
        raise FileError("type")
    mimetype, starts = TYPES[ending]
    if starts and not content.startswith(starts):
        raise FileError("type")
    if not starts and b"\0" in content:
        raise FileError("type")
    return f"{stem}.{ending}", mimetype


def split_name(name):
    r"""A file's own name without its path and what spoils it, and its ending.

    >>> split_name("../../etc/passwd")
    ('passwd', '')
    >>> split_name("bad\u202efdp.exe"), split_name(".pdf")
    (('badfdp', 'exe'), ('file', 'pdf'))
    """
    base = re.split(r"[\\/]", name or "")[-1]
    base = _UNSAFE.sub("", base).strip()
    stem, _dot, ending = base.rpartition(".") if "." in base else (base, "", "")
    return stem.strip(" .")[:MAX_NAME] or "file", ending.strip().lower()
