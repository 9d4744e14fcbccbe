"""Elements from nested pairs, and the file that they are streamed into.

>>> root = build("a", [("b", "x"), ("c", None), ("d", [("e", True)])])
>>> etree.tostring(root)
b'<a><b>x</b><d><e>true</e></d></a>'

Characters that XML has no place for are left out:

>>> etree.tostring(build("a", "x\\x00\\x0by\\ud800"))
b'<a>xy</a>'
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from lxml import etree

# All that XML 1.0 has no place for.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Pairs = Iterable[tuple[str, Any]]


def build(
    name: str,
    value: Any,
    namespace: str | None = None,
    prefix: str | None = None,
    **attributes: str,
):
    """An element with text or with children; a child that is None is left out."""
    nsmap = {prefix: namespace} if namespace else None
    element = etree.Element(_qualify(name, namespace), attributes, nsmap)
    _fill(element, value, namespace)
    return element


def clean(value: str, limit: int | None = None) -> str:
    """Text as a file may have it, in one line, cut where it must be.

    >>> clean("a  b\\nc", 4)
    'a b…'
    """
    text = " ".join(_FORBIDDEN.sub("", value).split())
    if limit and len(text) > limit:
        text = text[: limit - 1].rstrip() + "…"
    return text


def _fill(element, value, namespace):
    if isinstance(value, etree._Element):
        element.append(value)
    elif isinstance(value, (list, tuple)):
        for name, child in value:
            if isinstance(child, etree._Element):
                element.append(child)
            elif child is not None:
                _fill(
                    etree.SubElement(element, _qualify(name, namespace)),
                    child,
                    namespace,
                )
    else:
        element.text = _to_text(value)


def _to_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return _FORBIDDEN.sub("", str(value))


def _qualify(name, namespace):
    return f"{{{namespace}}}{name}" if namespace else name
