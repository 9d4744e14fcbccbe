"""Bills as suppliers send them: eight looks by five ways of making a file.

Each maker returns the file and what it says, for who counts what was read.
"""

import io
from dataclasses import dataclass, replace

import pypdf
import segno
import weasyprint
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen import canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from odoo.addons.tour_document.payment_qr import GostPayment, build_gost
from odoo.addons.tour_document.qr import data_address
from odoo.addons.tour_document.words import amount_in_words
from odoo.addons.tour_payment_order.tests.pdf_factory import (
    FONT,
    FONT_FILES,
    _register_font,
)

from . import bill_facts as facts_module
from . import bill_pages as pages
from . import bill_pages_more as more
from .bill_facts import OUR_KPP, OUR_NAME, OUR_TAX_ID, make_facts

MONTHS = (
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
).split()
NAMES = (
    "number date amount currency vat_rate vat_amount tax_id kpp name account bic"
    " corr_account bookings"
).split()


@dataclass(frozen=True)
class Bill:
    layout: str
    facts: object
    content: bytes
    expected: dict
    suffix: str = ".pdf"


def make_bills(each=4, layouts=None):
    """So many bills of each layout."""
    return [
        maker(seed)
        for name, maker in {**MAKERS, **LATE}.items()
        if not layouts or name in layouts
        for seed in range(each)
    ]


def _expect(facts, *left_out, **others):
    values = {name: getattr(facts, name) for name in NAMES if name not in left_out}
    values |= others
    values["bookings"] = tuple(sorted(values["bookings"]))
    return {
        name: value for name, value in values.items() if value not in ("", (), None)
    }


def money(amount, thousands="\u00a0", comma=","):
    """The sum as it is printed."""
    text = f"{amount:,.2f}".replace(",", "T").replace(".", comma)
    return text.replace("T", thousands)


def _straight(text):
    return text.replace("«", '"').replace("»", '"')


def long_date(day):
    return f"{day.day} {MONTHS[day.month - 1]} {day.year} г."


def words(facts):
    return amount_in_words(facts.amount, facts.currency, "ru_RU")


def _values(facts):
    """What the templates of pages ask for."""
    rows = [
        (
            str(place),
            line.name,
            str(line.quantity),
            money(line.price),
            money(line.amount),
        )
        for place, line in enumerate(facts.lines, 1)
    ]
    return {
        "f": facts, "rows": rows, "sum": money(facts.amount), "words": words(facts),
        "long_date": long_date(facts.date), "day": f"{facts.date:%d.%m.%Y}",
        "vat": money(facts.vat_amount) if facts.vat_amount is not None else "-",
        "our_name": OUR_NAME, "our_tax_id": OUR_TAX_ID, "our_kpp": OUR_KPP,
        "kpp_text": f", КПП {facts.kpp}" if facts.kpp else "",
    }  # fmt: skip


# === reportlab === #


def draw_classic(seed):
    """As 1C prints it: the bank's box above, totals below, drawn piece by piece."""
    facts = make_facts(f"classic {seed}")
    _register_font()
    target = io.BytesIO()
    paper = canvas.Canvas(target, pagesize=A4)
    for x, y, text in pages.classic(_values(facts)):
        paper.setFont(FONT, 12 if y == pages.HEADING_Y else 8)
        paper.drawString(x, y, text)
    paper.grid((40, 320, 370, 560), (695, 725, 765, 800))
    paper.save()
    return Bill("1C", facts, target.getvalue(), _expect(facts))


def draw_hotel(seed):
    """As a hotel's system prints it: the guest's stay, requisites below."""
    facts = make_facts(f"hotel {seed}")
    return Bill("hotel", facts, _flow(pages.hotel(_values(facts))), _expect(facts))


def draw_long(seed):
    """Two pages with a table, and the sum on the second."""
    facts = facts_module.make_long_facts(seed)
    content = _flow(pages.long(_values(facts)))
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) == 2
    return Bill("two pages", facts, content, _expect(facts))


def draw_columns(seed):
    facts = make_facts(f"columns {seed}")
    values = _values(facts)
    values["net"] = money(facts.amount - (facts.vat_amount or 0))
    content = _flow(more.columns(values))
    expected = _expect(facts)
    return Bill("columns", facts, content, expected)


def draw_sanatorium(seed):
    facts = make_facts(f"sanatorium {seed}")
    whole, cents = money(facts.amount).split(",")
    parts = more.sanatorium(_values(facts), f"{whole} рублей {cents} копеек")
    return Bill("sanatorium", facts, _flow(parts), _expect(facts))


def _flow(parts):
    """Paragraphs, and tables of (widths, rows)."""
    _register_font()
    plain = ParagraphStyle("plain", fontName=FONT, fontSize=8, leading=11)
    large = ParagraphStyle("large", parent=plain, fontSize=13, leading=20)
    story = []
    for part in parts:
        if isinstance(part, str):
            style = large if part.startswith("#") else plain
            story.append(Paragraph(part.removeprefix("#"), style))
        else:
            widths, rows = part
            cells = [[Paragraph(cell, plain) for cell in row] for row in rows]
            story.append(
                Table(
                    cells, widths, style=[("GRID", (0, 0), (-1, -1), 0.5, colors.grey)]
                )
            )
    target = io.BytesIO()
    SimpleDocTemplate(target, pagesize=A4, topMargin=40, bottomMargin=40).build(story)
    return target.getvalue()


# === WeasyPrint === #


def weave_offer(seed):
    """A bill that is an offer, as small hotels make it of a page of HTML."""
    facts = make_facts(f"offer {seed}")
    content = _weave(pages.OFFER, facts)
    return Bill("offer", facts, content, _expect(facts))


def weave_english(seed):
    facts = facts_module.make_foreign_facts(seed)
    content = _weave(pages.ENGLISH, facts, money=_english_money)
    return Bill("English", facts, content, _expect(facts))


def weave_mixed(seed):
    """Two languages in one, a QR code beside, written anew by another program."""
    facts = make_facts(f"mixed {seed}")
    code = data_address(build_gost(make_payment(facts)))
    content = _weave(pages.MIXED, facts, code=code)
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    target = io.BytesIO()
    writer.write(target)
    return Bill(
        "mixed", facts, target.getvalue(), _expect(facts, purpose=facts.purpose)
    )


def weave_letter(seed):
    facts = make_facts(f"letter {seed}")
    values = more.letter_values(_values(facts), money)
    content = _weave(more.LETTER, facts, **values)
    return Bill("letter", facts, content, _expect(facts))


def weave_agency(seed):
    facts = make_facts(f"agency {seed}")
    values = more.agency_values(_values(facts), money)
    content = _weave(more.AGENCY, facts, **values)
    return Bill("agency", facts, content, _expect(facts))


def _weave(template, facts, **values):
    values = {**_values(facts), "money": money, **values}
    values["lines"] = "".join(
        pages.LINE.format(
            place, line.name, line.quantity,
            values["money"](line.price), values["money"](line.amount),
        )
        for place, line in enumerate(facts.lines, 1)
    )  # fmt: skip
    values["sum"] = values["money"](facts.amount)
    values["vat_row"] = pages.vat_row(template, facts, values["money"])
    html = template.format(**values)
    return weasyprint.HTML(string=pages.STYLE + html).write_pdf()


def _english_money(amount):
    return money(amount, ",", ".")


# === Pictures === #


def make_payment(facts):
    return GostPayment(
        name=facts.name,
        account=facts.account,
        bank_name=facts.bank[:45],
        bic=facts.bic,
        corr_account=facts.corr_account,
        amount=facts.amount,
        purpose=facts.purpose,
        payee_inn=facts.tax_id,
        payee_kpp=facts.kpp,
    )


def _draw_picture(facts, encoding, size=(1240, 1754)):
    """A scan: the text is seen and not read, the code is."""
    picture = Image.new("L", size, "white")
    font = ImageFont.truetype(next(f for f in FONT_FILES if _exists(f)), 24)
    drawing = ImageDraw.Draw(picture)
    for x, y, text in pages.classic(_values(facts)):
        drawing.text((x * 2, size[1] - y * 2), text, fill="black", font=font)
    code = segno.make(
        build_gost(make_payment(facts), encoding), mode="byte", error="m",
        boost_error=False, micro=False,
    )  # fmt: skip
    target = io.BytesIO()
    code.save(target, kind="png", scale=5, border=4)
    picture.paste(Image.open(target).convert("L"), (700, 1200))
    return picture.rotate(0.4, fillcolor="white")


def _exists(file):
    try:
        ImageFont.truetype(file, 10)
    except OSError:
        return False
    return True


def picture_in_pdf(seed):
    return _make_picture(seed, "PDF", ".pdf")


def picture(seed):
    return _make_picture(seed, ("PNG", "JPEG")[seed % 2], (".png", ".jpg")[seed % 2])


def _make_picture(seed, kind, suffix):
    encoding = ("utf-8", "cp1251", "koi8-r")[seed % 3]
    facts = make_facts(f"{suffix} {seed}")
    if encoding == "koi8-r":
        # It has no such quotation marks, and no sign of a number.
        facts = replace(
            facts,
            name=_straight(facts.name),
            bank=_straight(facts.bank),
            number_sign="N",
        )
    target = io.BytesIO()
    _draw_picture(facts, encoding).save(target, kind, resolution=150)
    expected = _expect(facts, bookings=facts.bookings[:1], purpose=facts.purpose)
    return Bill(f"picture {suffix}", facts, target.getvalue(), expected, suffix)


# === By hand === #


def write_by_hand(seed):
    """As programs of the nineties do: one font of the system, letters by names."""
    facts = make_facts(f"by hand {seed}")
    facts = replace(facts, name=_straight(facts.name), bank=_straight(facts.bank))
    rows = pages.by_hand(_values(facts))
    return Bill("by hand", facts, pages.write_pdf(rows), _expect(facts))


MAKERS = {
    "1C": draw_classic,
    "hotel": draw_hotel,
    "two pages": draw_long,
    "offer": weave_offer,
    "English": weave_english,
    "mixed": weave_mixed,
    "picture in PDF": picture_in_pdf,
    "picture": picture,
    "by hand": write_by_hand,
    "letter": weave_letter,
    "columns": draw_columns,
}
# Made when the engine was done; nine values of ten were right at first.
LATE = {"sanatorium": draw_sanatorium, "agency": weave_agency}
