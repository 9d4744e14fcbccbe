"""What was written in a conversation, made fit for a page of ours.

Mails bring colours nobody can read, headings, widths of their own, and pictures from
foreign hosts that tell who looked. Files, pictures among them, are listed beside.

>>> clean('<h1 style="color:#eee" class="x" data-oe-id="5">Good</h1><p>day</p>')
Markup('<p>Good</p><p>day</p>')
>>> clean('<p>See <img src="http://spy.example/1.png"/>it</p>')
Markup('<p>See it</p>')
>>> clean('<table width="900"><tr><td>a</td><td>b</td></tr></table>')
Markup('<div><div><div>a</div><div>b</div></div></div>')
>>> clean('<a href="https://tour.example" target="_top">here</a>')
Markup('<a href="https://tour.example" rel="nofollow noopener">here</a>')
>>> clean("")
Markup('')
"""

from lxml import etree, html
from markupsafe import Markup, escape

from odoo.tools import html_sanitize

# Kept as they are; what is not named here becomes a plain block, or goes.
_KEPT = {"a", "b", "blockquote", "br", "code", "div", "em", "i", "li", "ol", "p"}
_KEPT |= {"pre", "s", "span", "strong", "sub", "sup", "u", "ul"}
_RENAMED = {f"h{level}": "p" for level in range(1, 7)} | {"table": "div", "tr": "div"}
_DROPPED = ("img", "style", "svg", "video", "audio", "iframe", "object", "form")


def clean(body: str) -> Markup:
    """The HTML of a message, with nothing but its text, lists and links."""
    text = html_sanitize(body or "", strip_style=True, strip_classes=True)
    if not text.strip():
        return Markup()
    root = html.fragment_fromstring(str(text), create_parent="div")
    # What a dropped element is followed by stays.
    etree.strip_elements(root, *_DROPPED, etree.Comment, with_tail=False)
    # A table inside another needs no more blocks than its rows and cells make.
    etree.strip_tags(root, "tbody", "thead", "tfoot")
    for element in root.iterdescendants(etree.Element):
        element.tag = _RENAMED.get(element.tag, element.tag)
        if element.tag == "td" or element.tag == "th":
            element.tag = "div"
        elif element.tag not in _KEPT:
            element.tag = "span"
        _keep_link(element)
    parts = [str(escape(root.text or ""))]
    parts += [
        etree.tostring(child, encoding="unicode", method="html") for child in root
    ]
    # What is in it was sanitised above, and only made less since.
    return Markup("".join(parts).strip())


def _keep_link(element):
    """Leave an element no attribute but the address that it leads to."""
    href = element.get("href") if element.tag == "a" else None
    element.attrib.clear()
    if href:
        element.set("href", href)
        element.set("rel", "nofollow noopener")
