"""Payment orders as PDFs, made by two different producers in several layouts."""

import io
import re
import zlib
from pathlib import Path

import pypdf
import pypdfium2
import weasyprint
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

FONT_FILES = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
)
FONT = "TourTestFont"
# Tax ids, accounts and banks with right check digits; nobody's.
OURS = "7712345671"
HOTEL = "7707083893"
VALUES = {
    "number": "15",
    "date": "05.10.2026",
    "amount": "24400-00",
    "words": "Двадцать четыре тысячи четыреста рублей 00 копеек",
    "payer": "ООО «Тур»",
    "payer_tax_id": OURS,
    "payer_kpp": "771201001",
    "payer_account": "40702810200000000001",
    "payer_bic": "044525225",
    "payee": "ООО «Жемчужина»",
    "payee_tax_id": HOTEL,
    "payee_kpp": "770701001",
    "payee_account": "40702810800000000001",
    "payee_bic": "044525593",
    "purpose": "Оплата по счету B-1207 за проживание, заявка T000123. Без НДС",
    "mark": "",
}


def has_font():
    return any(Path(file).exists() for file in FONT_FILES)


def _register_font():
    if FONT not in pdfmetrics.getRegisteredFontNames():
        file = next(file for file in FONT_FILES if Path(file).exists())
        pdfmetrics.registerFont(TTFont(FONT, file))


# Rows of (x, y, text) in the order they are typed; braces are filled in.
FORM = [
    (20, 800, "Поступ. в банк плат. 06.10.2026"),
    (220, 800, "Списано со сч. плат. 06.10.2026"),
    (520, 800, "0401060"),
    (20, 770, "ПЛАТЕЖНОЕ ПОРУЧЕНИЕ № {number}"),
    (300, 770, "{date}"),
    (420, 770, "электронно"),
    (20, 745, "Сумма прописью"),
    (120, 745, "{words}"),
    (20, 715, "ИНН {payer_tax_id}"),
    (170, 715, "КПП {payer_kpp}"),
    (320, 715, "Сумма"),
    (380, 715, "{amount}"),
    (20, 695, "{payer}"),
    (320, 680, "Сч. №"),
    (380, 680, "{payer_account}"),
    (20, 670, "Плательщик"),
    (20, 650, "ПАО СБЕРБАНК Г. МОСКВА"),
    (320, 650, "БИК"),
    (380, 650, "{payer_bic}"),
    (320, 635, "Сч. №"),
    (380, 635, "30101810400000000225"),
    (20, 630, "Банк плательщика"),
    (20, 610, "АО «АЛЬФА-БАНК» Г. МОСКВА"),
    (320, 610, "БИК"),
    (380, 610, "{payee_bic}"),
    (320, 595, "Сч. №"),
    (380, 595, "30101810200000000593"),
    (20, 590, "Банк получателя"),
    (20, 570, "ИНН {payee_tax_id}"),
    (170, 570, "КПП {payee_kpp}"),
    (320, 570, "Сч. №"),
    (380, 570, "{payee_account}"),
    (20, 550, "{payee}"),
    (320, 540, "Вид оп."),
    (380, 540, "01"),
    (420, 540, "Срок плат."),
    (320, 525, "Наз. пл."),
    (420, 525, "Очер. плат."),
    (490, 525, "5"),
    (320, 510, "Код"),
    (380, 510, "0"),
    (420, 510, "Рез. поле"),
    (20, 510, "Получатель"),
    (20, 470, "{purpose}"),
    (20, 440, "Назначение платежа"),
    (120, 400, "Подписи"),
    (400, 400, "Отметки банка"),
    (60, 380, "М.П."),
    (400, 380, "{mark}"),
]


def draw(*orders, layout="form"):
    """A PDF by reportlab with a page for each of the orders.

    :param dict orders: values that differ from VALUES; a key ``lines`` makes a page of
        these lines instead, and ``picture`` a page with the order as a picture
    :param str layout: ``form``, or ``labels_first`` that types labels before values
    """
    _register_font()
    target = io.BytesIO()
    paper = canvas.Canvas(target, pagesize=A4)
    for order in orders:
        _draw_page(paper, order, layout)
        paper.showPage()
    paper.save()
    return target.getvalue()


def _draw_page(paper, order, layout):
    paper.setFont(FONT, 9)
    if order.get("picture"):
        page = pypdfium2.PdfDocument(draw({**order, "picture": False}))[0]
        picture = page.render(scale=1).to_pil()
        paper.drawImage(ImageReader(picture), 0, 0, *A4)
    elif "lines" in order:
        for row, line in enumerate(order["lines"]):
            paper.drawString(20, 800 - 14 * row, line)
    else:
        rows = FORM
        if layout == "labels_first":
            rows = sorted(rows, key=lambda row: "{" in row[2])
        for x, y, text in rows:
            paper.drawString(x, y, text.format(**{**VALUES, **order}))


TABLE = """<section>
<p style="text-align:right">0401060</p>
<p>П Л А Т Ё Ж Н О Е &#160; П О Р У Ч Е Н И Е N {number} от {date} г.</p>
<table>
<tr><td>Сумма прописью</td><td colspan="3">{words}</td></tr>
<tr><td>ИНН {payer_tax_id}</td><td>КПП {payer_kpp}</td>
    <td>Сумма</td><td>{amount}</td></tr>
<tr><td colspan="2">{payer}<br/>Плательщик</td><td>Сч. №</td>
    <td>{payer_account}</td></tr>
<tr><td colspan="2">Банк плательщика</td><td>БИК<br/>Сч. №</td>
    <td>{payer_bic}<br/>30101810400000000225</td></tr>
<tr><td colspan="2">Банк получателя</td><td>БИК<br/>Сч. №</td>
    <td>{payee_bic}<br/>30101810200000000593</td></tr>
<tr><td>ИНН {payee_tax_id}</td><td>КПП {payee_kpp}</td><td>Сч. №</td>
    <td>{payee_account}</td></tr>
<tr><td colspan="2">{payee}<br/>Получатель</td><td colspan="2">Вид оп. 01</td></tr>
</table>
<p><b>Назначение платежа</b><br/>{purpose}</p>
<p>М.П. Подписи Отметки банка {mark}</p>
</section>"""


def weave(*orders):
    """A PDF by WeasyPrint, of a table with the purpose below its label."""
    pages = [TABLE.format(**{**VALUES, **order}) for order in orders]
    style = (
        "<style>section {break-after: page; font-size: 9pt} td {padding: 4px}</style>"
    )
    return weasyprint.HTML(string=style + "".join(pages)).write_pdf()


def break_font(content, mode):
    """The same pages, whose fonts say nothing or something wrong of their letters.

    :param str mode: ``none`` takes the maps away, ``private`` maps to the private area,
        ``shift`` to other letters
    """
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    for thing in list(writer._objects):
        if not isinstance(thing, pypdf.generic.DictionaryObject):
            continue
        if "/ToUnicode" in thing and mode == "none":
            del thing["/ToUnicode"]
        elif "/ToUnicode" in thing:
            stream = thing["/ToUnicode"]
            stream.set_data(_break_map(stream.get_data(), mode))
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _break_map(data, mode):
    def change(match):
        code = int(match[1], 16)
        code = 0xE000 + code % 0x1000 if mode == "private" else (code + 7) & 0xFFFF
        return b"<%04X>" % code

    head, _sign, rest = data.partition(b"beginbf")
    lines = [
        re.sub(rb"<([0-9A-Fa-f]{4})>(?=\s*$|\])", change, line)
        for line in rest.split(b"\n")
    ]
    return head + b"beginbf" + b"\n".join(lines)


def encrypt(content, password="secret"):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    writer.encrypt(password, algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def make_bomb(size, filters=b"/FlateDecode", pack=bytes):
    """A PDF of some kilobytes with one stream that unpacks to ``size`` bytes.

    :param filters: what is said of its packing
    :param pack: what is done with the stream besides
    """
    packer, packed = zlib.compressobj(9), []
    for _piece in range(size // 2**20):
        packed.append(packer.compress(b" " * 2**20))
    stream = pack(b"".join(packed) + packer.flush())
    return b"\n".join(
        [
            b"%PDF-1.4",
            b"1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj",
            b"2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj",
            b"3 0 obj <</Type/Page/Parent 2 0 R/Contents 4 0 R>> endobj",
            b"4 0 obj <</Filter %s/Length %d>> stream" % (filters, len(stream)),
            stream,
            b"endstream endobj",
            b"trailer <</Root 1 0 R>>",
            b"%%EOF",
        ]
    )


def tidy(content):
    """The same as pdfium writes it, with the table of objects that others ask for."""
    target = io.BytesIO()
    pypdfium2.PdfDocument(content).save(target)
    return target.getvalue()


def make_nested(depth, times):
    """A page that shows a drawing ``times`` times, which shows the next as often …"""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
        b"/Resources<</XObject<</X 5 0 R>>>>>>",
        _stream(b"/X Do " * times),
    ]
    for level in range(depth):
        here = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
        here += b"/Resources<</XObject<</X %d 0 R>>>>" % (len(objects) + 2)
        objects.append(_stream(b"/X Do " * times if level < depth else b"", here))
    objects.append(_stream(b"0 0 m", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"))
    parts = [b"%PDF-1.4"]
    parts += [b"%d 0 obj %s endobj" % pair for pair in enumerate(objects, 1)]
    return b"\n".join([*parts, b"trailer <</Root 1 0 R>>", b"%%EOF"])


def _stream(content, head=b""):
    return b"<<%s/Length %d>> stream\n%s\nendstream" % (head, len(content), content)
