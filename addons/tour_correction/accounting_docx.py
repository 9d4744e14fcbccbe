"""The document for accounting as a Word file: plain data in, bytes out.

Nothing here knows of Odoo. What the document says is made by the reposting, and the
same data is drawn as PDF by a QWeb template.

The data: ``title``, ``subtitle``, ``issuer`` (its ``name``), ``facts`` [(label,
value)], ``sums`` {heading, columns, rows [[text]]}, ``changes`` {heading, columns,
groups [{name, rows [[text]]}]} and ``foot``; all text.
"""

import io
import re

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

ACCENT = RGBColor(0x17, 0x50, 0x6B)
GREY = RGBColor(0x5B, 0x67, 0x75)
# XML has no room for these, not even escaped; who pastes a name may bring one.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text):
    r"""The text without what XML cannot hold.

    >>> clean("Alp\x00ina \x0b✓"), clean(None), clean(0)
    ('Alpina ✓', '', '0')
    """
    return FORBIDDEN.sub("", "" if text is None else str(text))


def build(paper):
    """Make the Word file.

    :param dict paper: see the module
    :rtype: bytes
    """
    document = Document()
    _set_up(document, paper)
    _add_text(document, paper["issuer"]["name"], size=9, color=GREY)
    heading = document.add_heading(clean(paper["title"]), level=1)
    heading.runs[0].font.color.rgb = ACCENT
    _add_text(document, paper["subtitle"], color=GREY)
    _add_facts(document, paper["facts"])
    _add_table(document, paper["sums"], [{"name": "", "rows": paper["sums"]["rows"]}])
    _add_table(document, paper["changes"], paper["changes"]["groups"])
    _add_text(document, paper["foot"], size=8, color=GREY)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _set_up(document, paper):
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(16)
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(10)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    properties = document.core_properties
    properties.title = clean(paper["title"])[:255]
    properties.author = clean(paper["issuer"]["name"])[:255]
    properties.comments = ""


def _add_text(container, text, size=None, color=None, bold=False):
    run = container.add_paragraph().add_run(clean(text))
    _style(run, size, color, bold)


def _style(run, size=None, color=None, bold=False):
    run.bold = bold
    if size:
        run.font.size = Pt(size)
    if color is not None:
        run.font.color.rgb = color


def _add_facts(document, facts):
    table = document.add_table(rows=0, cols=2)
    for label, value in facts:
        cells = table.add_row().cells
        cells[0].width, cells[1].width = Mm(50), Mm(124)
        _style(cells[0].paragraphs[0].add_run(clean(label)), color=GREY)
        _style(cells[1].paragraphs[0].add_run(clean(value)), bold=True)


def _add_table(document, part, groups):
    """A heading, and a table whose head comes again on every page."""
    heading = document.add_heading(clean(part["heading"]), level=2)
    heading.runs[0].font.color.rgb = ACCENT
    columns = part["columns"]
    table = document.add_table(rows=1, cols=len(columns))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, columns, strict=True):
        _style(cell.paragraphs[0].add_run(clean(text)), size=9, bold=True)
        _shade(cell, "E4EBEF")
    _repeat(table.rows[0])
    for group in groups:
        if group["name"]:
            cells = table.add_row().cells
            merged = cells[0].merge(cells[-1])
            _style(merged.paragraphs[0].add_run(clean(group["name"])), 9, bold=True)
            _shade(merged, "F3F6F8")
        for row in group["rows"]:
            cells = table.add_row().cells
            for index, (cell, text) in enumerate(zip(cells, row, strict=True)):
                paragraph = cell.paragraphs[0]
                _style(paragraph.add_run(clean(text)), size=9)
                if index and part.get("numbers"):
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _shade(cell, color):
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), color)
    cell._tc.get_or_add_tcPr().append(shade)


def _repeat(row):
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(repeat)
