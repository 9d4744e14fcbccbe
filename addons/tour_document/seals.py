"""Pictures of signatures and stamps: PNG, transparent and small.  No records here."""

import struct

PNG_HEAD = b"\x89PNG\r\n\x1a\n"
MAX_BYTES = 300 * 1024
# At 300 dots per inch a stamp of 40 mm has 470.
MAX_PIXELS = 1600
# Colour types with an alpha channel: grey and colour.
ALPHA_TYPES = (4, 6)


class SealError(ValueError):
    """The picture can't be laid over a paper; says why by a code."""


def check_seal(data):
    """Return width and height of the picture, or say why it won't do.

    >>> head = PNG_HEAD + b"\\0\\0\\0\\rIHDR" + struct.pack(">II", 3, 2)
    >>> check_seal(head + b"\\x08\\6\\0\\0\\0crc.")
    (3, 2)

    Colours without an alpha channel may have a transparent one:

    >>> plain = head + b"\\x08\\2\\0\\0\\0crc."
    >>> check_seal(plain + b"\\0\\0\\0\\2tRNS..crc.")
    (3, 2)
    >>> wide = plain.replace(b"\\0\\0\\0\\3", b"\\0\\0\\xff\\0")
    >>> for wrong in (b"GIF89a", plain, wide):
    ...     try:
    ...         check_seal(wrong)
    ...     except SealError as error:
    ...         print(error)
    format
    opaque
    large
    """
    if len(data) > MAX_BYTES:
        raise SealError("large")
    if not data.startswith(PNG_HEAD) or data[12:16] != b"IHDR" or len(data) < 33:
        raise SealError("format")
    width, height, _depth, colour = struct.unpack(">IIBB", data[16:26])
    if not width or not height:
        raise SealError("format")
    if max(width, height) > MAX_PIXELS:
        raise SealError("large")
    if colour not in ALPHA_TYPES and not _has_transparent_colour(data):
        raise SealError("opaque")
    return width, height


def _has_transparent_colour(data):
    place = len(PNG_HEAD)
    while place + 8 <= len(data):
        length, name = struct.unpack(">I4s", data[place : place + 8])
        if name in (b"tRNS", b"IDAT"):
            return name == b"tRNS"
        place += length + 12
    return False
