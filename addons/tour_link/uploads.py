r"""What a supplier may send: a bill as PDF or picture, told by its content.

Name and type that a browser claims are not believed. The name is kept as far as it is
harmless, with the ending of what the file really is.

>>> check("bill.exe", b"%PDF-1.7 ... %%EOF")
('bill.pdf', 'application/pdf')
>>> check("..\\..\\scan\n.JPG", b"\xff\xd8\xff\xe0" + b"x" * 20 + b"\xff\xd9")
('scan.jpg', 'image/jpeg')
>>> check("", b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"x" * 20 + b"IEND\xaeB`\x82")
('bill.png', 'image/png')

What is none of these is refused, whatever it is called:

>>> def fault(name, content):
...     try:
...         check(name, content)
...     except UploadError as error:
...         return error.code
>>> fault("bill.pdf", b"")
'empty'
>>> fault("bill.pdf", b"<html>%PDF-1.7")
'type'
>>> fault("bill.pdf", b"%PDF-1.7 cut off on its w")
'broken'
>>> fault("bill.pdf", b"%PDF-1.7 /Encrypt %%EOF")
'locked'
>>> fault("bill.pdf", b"%PDF-" + b"x" * MAX_SIZE)
'size'
"""

import re

MAX_SIZE = 10 * 1024 * 1024
MAX_NAME = 80
# How far from its end a file may say that it ends.
TAIL = 2048

TYPES = {
    "application/pdf": (b"%PDF-", b"%%EOF", "pdf"),
    "image/jpeg": (b"\xff\xd8\xff", b"\xff\xd9", "jpg"),
    "image/png": (b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82", "png"),
}
UNSAFE = re.compile(r"[^\w .,()№#+-]+")


class UploadError(Exception):
    """A file that is not taken; its ``code`` says why."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def check(name, content):
    """The name to keep the file under, and what it really is.

    :raise UploadError: with ``empty``, ``size``, ``type``, ``broken`` or ``locked``
    """
    if not content:
        raise UploadError("empty")
    if len(content) > MAX_SIZE:
        raise UploadError("size")
    for mimetype, (start, end, ending) in TYPES.items():
        if content.startswith(start):
            if end not in content[-TAIL:]:
                raise UploadError("broken")
            if mimetype == "application/pdf" and b"/Encrypt" in content:
                raise UploadError("locked")
            return clean_name(name, ending), mimetype
    raise UploadError("type")


def clean_name(name, ending):
    r"""A file's own name without paths, control characters and a false ending.

    >>> clean_name("C:\\bills\\Счёт № 5.pdf.exe", "pdf")
    'Счёт № 5.pdf'
    >>> clean_name("/etc/passwd", "pdf"), clean_name("...", "png")
    ('passwd.pdf', 'bill.png')
    """
    base = re.split(r"[\\/]", name or "")[-1]
    base = UNSAFE.sub("", base).strip(" .")
    while re.search(r"\.\w{2,4}$", base):
        base = base.rpartition(".")[0].strip(" .")
    return f"{base[:MAX_NAME] or 'bill'}.{ending}"
