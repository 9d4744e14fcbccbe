"""The documents of a long statement as PDF, drawn line by line.

The engine of our papers lays out every cell as a box of its own, which takes a minute
for ten thousand rows; here they take a second or two, and little memory. It looks like
the tables of our papers, and is bound behind the page with the sums and signatures.

No records here, and nothing but text in the rows.
"""

from functools import lru_cache
from typing import NamedTuple

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas
from weasyprint.text.ffi import ffi, fontconfig

# As in `paper.css`.
FAMILIES = ("Noto Sans", "Liberation Sans", "DejaVu Sans")
PLAIN, BOLD = ("Regular", "Book", "Roman"), ("Bold",)
LEFT, RIGHT, TOP, BOTTOM = 17 * mm, A4[0] - 15 * mm, A4[1] - 24 * mm, 21 * mm
TEXT, MUTED, LINE = HexColor("#1d2733"), HexColor("#5b6775"), HexColor("#dfe4e9")
SIZE = 7.5
LEADING = 9.5
PADDING = 2.6
# Date, document and booking; the five sums share the rest.
TEXT_WIDTHS = (19 * mm, 37 * mm, 20 * mm)
SUMS = 5
GAP = 2 * mm
# A document of ours has a name of a line or two.
MAX_LINES = 4


class Words(NamedTuple):
    """What stands around the rows."""

    title: str
    ours: str
    theirs: str
    columns: tuple[str, ...]
    #: With ``{page}`` and ``{pages}``.
    foot: str


def draw(file, words: Words, rows):
    """Draw the rows into ``file``, which is opened for writing bytes.

    :param rows: a list of tuples of eight texts, as the columns are
    """
    fonts = _get_fonts(frozenset().union(*(set("".join(row)) for row in rows)))
    sheet = _Sheet(file, words, fonts)
    size = min([SIZE, *(sheet.fit(row) for row in rows)])
    pages = list(_split_pages([sheet.wrap(row, size) for row in rows]))
    for number, page in enumerate(pages, 1):
        sheet.draw_page(page, size, number, len(pages))
    sheet.save()


def _split_pages(rows):
    """Rows of lines, as many as a page holds."""
    page, left = [], TOP - BOTTOM - 2 * LEADING
    room = left
    for row in rows:
        height = _get_height(row)
        if height > room and page:
            yield page
            page, room = [], left
        page.append(row)
        room -= height
    if page:
        yield page


def _get_height(row):
    return max(map(len, row)) * LEADING + PADDING


class _Sheet:
    """Pages of the list in the making."""

    def __init__(self, file, words, fonts):
        self.canvas = Canvas(file, pagesize=A4, pageCompression=1)
        self.canvas.setTitle(words.title)
        self.canvas.setAuthor(words.ours)
        self.words = words
        self.plain, self.bold = fonts
        rest = (RIGHT - LEFT - sum(TEXT_WIDTHS)) / SUMS
        self.widths = [*TEXT_WIDTHS, *[rest] * SUMS]
        self.starts = [LEFT + sum(self.widths[:place]) for place in range(8)]

    def measure(self, text, size=SIZE, font=None):
        return pdfmetrics.stringWidth(text, font or self.plain, size)

    def fit(self, row):
        """The size at which the sums do not run into each other."""
        longest = max(row[3:], key=len)
        if len(longest) <= 12:
            return SIZE
        return SIZE * (self.widths[-1] - GAP) / self.measure(longest)

    def wrap(self, row, size):
        """Each cell as its lines."""
        texts = [
            self.break_lines(text, width - GAP, size)
            for text, width in zip(row[:3], TEXT_WIDTHS, strict=True)
        ]
        return [*texts, *([text] for text in row[3:])]

    def break_lines(self, text, width, size):
        """At spaces, and in the middle of what has none.

        :return: no more than ``MAX_LINES``
        """
        lines = []
        while self.measure(text, size) > width and len(lines) < MAX_LINES - 1:
            end = self.count_fitting(text, width, size)
            space = text.rfind(" ", 1, end + 1)
            end = space if space > 0 else end
            lines.append(text[:end].rstrip())
            text = text[end:].lstrip()
        return [*lines, self.clip(text, width, size)]

    def count_fitting(self, text, width, size):
        end = 1
        while end < len(text) and self.measure(text[: end + 1], size) <= width:
            end += 1
        return end

    def clip(self, text, width, size, font=None):
        if self.measure(text, size, font) <= width:
            return text
        while text and self.measure(f"{text}…", size, font) > width:
            text = text[:-1]
        return f"{text}…"

    # === Drawing === #

    def draw_page(self, rows, size, number, count):
        self.draw_frame(number, count)
        y = self.draw_head()
        canvas = self.canvas
        canvas.setFillColor(TEXT)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.5)
        canvas.setFont(self.plain, size)
        for row in rows:
            for place, lines in enumerate(row):
                for index, line in enumerate(lines):
                    self.put(place, y - LEADING * (index + 1), line)
            y -= _get_height(row)
            canvas.line(LEFT, y, RIGHT, y)
        canvas.showPage()

    def put(self, place, y, text):
        if text and place < len(TEXT_WIDTHS):
            self.canvas.drawString(self.starts[place], y, text)
        elif text:
            end = self.starts[place] + self.widths[place]
            self.canvas.drawRightString(end, y, text)

    def draw_frame(self, number, count):
        """Running head and foot."""
        canvas, words = self.canvas, self.words
        canvas.setFillColor(MUTED)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.5)
        canvas.setFont(self.plain, SIZE)
        head, foot = A4[1] - 14 * mm, 12 * mm
        canvas.drawString(LEFT, head, self.clip(words.ours, 85 * mm, SIZE))
        canvas.drawRightString(RIGHT, head, words.title)
        canvas.line(LEFT, head - 3, RIGHT, head - 3)
        canvas.line(LEFT, foot + 10, RIGHT, foot + 10)
        canvas.drawRightString(RIGHT, foot, words.foot.format(page=number, pages=count))

    def draw_head(self):
        """Whose books they are, and the columns; where the rows begin."""
        canvas, words = self.canvas, self.words
        canvas.setFont(self.bold, SIZE - 0.5)
        theirs = self.starts[6]
        for x, draw, text, width in (
            (LEFT, canvas.drawString, words.ours, theirs - LEFT),
            (RIGHT, canvas.drawRightString, words.theirs, RIGHT - theirs),
        ):
            draw(x, TOP, self.clip(text, width - GAP, SIZE - 0.5, self.bold))
        y = TOP - LEADING - 2
        for place, text in enumerate(words.columns):
            self.put(place, y, text)
        canvas.setStrokeColor(TEXT)
        canvas.setLineWidth(1)
        canvas.line(LEFT, y - 4, RIGHT, y - 4)
        return y - 4

    def save(self):
        self.canvas.save()


# === Fonts === #


@lru_cache(maxsize=32)
def _get_fonts(letters):
    """Names of the plain and the bold font, of the first family with these letters."""
    codes = {ord(letter) for letter in letters if letter.isprintable()}
    known = [pair for pair in map(_register, FAMILIES) if pair]
    for plain, bold in known:
        if codes <= pdfmetrics.getFont(plain).face.charToGlyph.keys():
            return plain, bold
    return known[0] if known else ("Helvetica", "Helvetica-Bold")


@lru_cache(maxsize=8)
def _register(family):
    """Make a family of the machine known; its names, or none if it is not there."""
    names = []
    for styles in (PLAIN, BOLD):
        files = _get_font_files()
        file = next((files[key] for s in styles if (key := (family, s)) in files), None)
        try:
            font = file and TTFont(f"{family} {styles[0]}", file)
        except TTFError:
            font = None
        if font:
            pdfmetrics.registerFont(font)
            names.append(font.fontName)
    return (names[0], names[-1]) if names else None


@lru_cache(maxsize=1)
def _get_font_files():
    """Files of the fonts that this machine has, by family and style."""
    config = fontconfig.FcInitLoadConfigAndFonts()
    fonts = fontconfig.FcConfigGetFonts(config, fontconfig.FcSetSystem)
    files = {}
    for index in range(fonts.nfont):
        family, style, file = (
            _get_property(fonts.fonts[index], name)
            for name in (b"family", b"style", b"file")
        )
        files.setdefault((family, style), file)
    fontconfig.FcConfigDestroy(config)
    return files


def _get_property(pattern, name):
    value = ffi.new("FcChar8 **")
    found = fontconfig.FcPatternGetString(pattern, name, 0, value)
    if found != fontconfig.FcResultMatch:
        return ""
    return ffi.string(ffi.cast("char *", value[0])).decode(errors="replace")
