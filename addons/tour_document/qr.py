"""Bytes in, picture of a QR code out, as the address of an SVG picture."""

from functools import lru_cache

import segno

# Of white around the code, in modules: without them it is not found.
QUIET_ZONE = 4


@lru_cache(maxsize=64)
def data_address(content: str | bytes) -> str:
    """The code as a ``data:`` address, fit for an image of a paper.

    Bytes are put in as they are, whatever their encoding; text as UTF-8.  Error
    correction is M: what EPC asks for, and what is usual on bills.

    >>> data_address("x")[:24], data_address("x") == data_address(b"x")
    ('data:image/svg+xml;chars', True)
    """
    if isinstance(content, str):
        content = content.encode()
    code = segno.make(content, mode="byte", error="m", boost_error=False, micro=False)
    return code.svg_data_uri(border=QUIET_ZONE, svgclass=None, lineclass=None)
