"""The engine alone: what it draws is read back from the PDF."""

import gc
import io
from base64 import b64encode

from PIL import Image
from pypdf import PdfReader

from odoo.tests import BaseCase, tagged

from odoo.addons.tour_document import pdf


def read_pages(content):
    """Text of each page, with runs of white space made one."""
    pages = PdfReader(io.BytesIO(content)).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def make_html(body, title="Paper"):
    return f"""<html lang="en"><head><title>{title}</title></head><body>
        <table class="run-head"><tr><td>Head of Tour Example</td></tr></table>
        <table class="run-foot"><tr><td class="run-page"><div>Page
            <span class="page-number"></span> of <span class="page-count"></span>
        </div></td></tr></table>{body}</body></html>"""


def make_list(count):
    rows = "".join(
        f"<tr><td>Row {i}</td><td class='number'>{i}.00</td></tr>"
        for i in range(1, count + 1)
    )
    return (
        "<table class='list'><thead><tr><th>Name of column</th><th>Sum</th></tr>"
        f"</thead><tbody>{rows}</tbody></table>"
    )


@tagged("post_install", "-at_install")
class TestEngine(BaseCase):
    def test_page_numbers_on_every_page(self):
        pages = read_pages(pdf.render(make_html(make_list(120))))
        self.assertGreaterEqual(len(pages), 3)
        for number, text in enumerate(pages, start=1):
            self.assertIn(f"Page {number} of {len(pages)}", text)

    def test_running_head_on_every_page_but_the_first(self):
        """The first page has the letterhead instead, which is in the text."""
        pages = read_pages(pdf.render(make_html(make_list(120))))
        self.assertNotIn("Head of Tour Example", pages[0])
        for text in pages[1:]:
            self.assertIn("Head of Tour Example", text)

    def test_table_head_comes_again(self):
        pages = read_pages(pdf.render(make_html(make_list(120))))
        for text in pages:
            self.assertIn("Name of column", text)

    def test_no_row_is_lost_at_a_page_end(self):
        text = " ".join(read_pages(pdf.render(make_html(make_list(120)))))
        for number in range(1, 121):
            self.assertIn(f"Row {number} {number}.00", text)

    def test_heading_stays_with_its_table(self):
        """No heading is left alone at the foot of a page, wherever it falls."""
        for lines in range(30, 60, 3):
            filler = "".join(f"<p>Line {i}</p>" for i in range(lines))
            body = filler + "<h2>Guests of the stay</h2>" + make_list(5)
            for text in read_pages(pdf.render(make_html(body))):
                if "Guests of the stay" in text:
                    self.assertIn("Row 1", text, f"{lines} lines before")

    def test_scripts_of_many_languages(self):
        words = {
            "Russian": "Съешь ещё этих мягких французских булок",
            "Hungarian": "Árvíztűrő tükörfúrógép",
            "French": "Où l’œuf naît à Noël",
            "Greek": "Ξενοδοχείο Αθήνα",
            "Rouble": "1 000 ₽",
        }
        body = "".join(f"<p>{text}</p>" for text in words.values())
        page = read_pages(pdf.render(make_html(body)))[0]
        for language, text in words.items():
            self.assertIn(text, page, language)

    def test_letters_are_drawn_by_fonts_that_have_them(self):
        """The engine warns of every letter that it has to draw as a box."""
        with self.assertNoLogs("weasyprint", "WARNING"):
            pdf.render(make_html("<p>Жёлудь Árvíztűrő Ξενοδοχείο ₽ № ★ – « » €</p>"))
        with self.assertLogs("weasyprint", "WARNING"):
            pdf.render(make_html("<p>\U0010fffd</p>"))

    def test_idle_space_is_left_out(self):
        """What templates are laid out with changes neither lines nor commas."""
        for html, tidy in (
            ("<td>\n  Tour LLC\n  </td> <b>a </b>", "<td>\n  Tour LLC</td> <b>a </b>"),
            ("<b>Tour LLC</b>\n <t>, Tax ID</t>", "<b>Tour LLC</b>\n <t>, Tax ID</t>"),
            ("<b>Tour LLC</b>\n  , Tax ID", "<b>Tour LLC</b>, Tax ID"),
            ("1\n. Hotel .net", "1. Hotel .net"),
        ):
            self.assertEqual(pdf.IDLE_SPACE.sub("", html), tidy)

    def test_title_and_language_are_in_the_file(self):
        content = pdf.render(make_html("<p>x</p>", title="Voucher S00012"))
        reader = PdfReader(io.BytesIO(content))
        self.assertEqual(reader.metadata.title, "Voucher S00012")
        self.assertEqual(reader.trailer["/Root"]["/Lang"], "en")

    def test_same_paper_gives_same_bytes(self):
        html = make_html(make_list(3))
        self.assertEqual(
            pdf.render(html, identifier="1"), pdf.render(html, identifier="1")
        )

    def test_pictures_are_not_packed_anew(self):
        """That took ten times as long as all else of a paper with a stamp."""
        file = io.BytesIO()
        Image.effect_mandelbrot((60, 60), (-2, -2, 2, 2), 50).save(file, "JPEG")
        code = b64encode(file.getvalue()).decode()
        html = make_html(f"<img src='data:image/jpeg;base64,{code}' />")
        self.assertIn(file.getvalue(), pdf.render(html))

    def test_drawings_are_freed(self):
        """The next one finds the memory of the last: nothing of it is left."""
        html = make_html(make_list(30))
        pdf.render(html)
        gc.collect()
        before = len(gc.get_objects())
        for _time in range(3):
            pdf.render(html)
        self.assertLess(len(gc.get_objects()) - before, 2000)

    def test_style_sheet_is_parsed_once(self):
        pdf.render(make_html("<p>x</p>"))
        self.assertIs(pdf.get_engine(), pdf.get_engine())
