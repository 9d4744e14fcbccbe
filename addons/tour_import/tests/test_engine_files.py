import gzip
import io
import os
import tempfile
import zipfile
from contextlib import contextmanager
from datetime import date

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..engine import table
from ..engine.errors import FileRefused
from ..engine.sources import MEGABYTE, Limits, open_source

HEADERS = ["город", "регион", "цена"]
ROWS = [["Казань", "Татарстан", "1 234,56"], ["Самара", "Самарская область", "75"]]
# Cells as people type them: no control signs but line breaks.
CELLS = st.text(
    st.characters(
        blacklist_categories=("Cs", "Cc", "Cn"), blacklist_characters="\ufeff"
    ),
    max_size=12,
) | st.sampled_from(["a\nb", 'say "hi"', "x;y", "1,5", " padded "])
TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(
        st.lists(CELLS, min_size=width, max_size=width).filter(any),
        min_size=1,
        max_size=8,
    )
)


def make_csv(rows, delimiter=";", encoding="utf-8"):
    """Bytes of a CSV file."""
    quoted = (
        delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row)
        for row in rows
    )
    return ("\r\n".join(quoted) + "\r\n").encode(encoding)


def make_xlsx(rows, title="Data", before=()):
    """Bytes of a workbook; ``before`` names empty sheets that come first."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in before:
        book.create_sheet(name)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@tagged("post_install", "-at_install")
class TestFiles(BaseCase):
    @contextmanager
    def _open(self, content, limits=None, **file_format):
        with tempfile.NamedTemporaryFile() as file:
            file.write(content)
            file.flush()
            with open_source(file.name, limits) as source:
                yield table.open_table(source, table.Format(**file_format), limits)

    def _read(self, content, limits=None, **file_format):
        with self._open(content, limits, **file_format) as found:
            return found.headers, [(row.number, row.cells) for row in found.rows]

    def _refusal(self, content, limits=None, **file_format):
        with self.assertRaises(FileRefused) as caught:
            self._read(content, limits, **file_format)
        return caught.exception

    # === Encodings === #

    def test_encodings_are_found(self):
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"):
            with (
                self.subTest(encoding),
                self._open(make_csv([HEADERS, *ROWS], ";", encoding)) as found,
            ):
                self.assertEqual(found.headers, HEADERS)
                self.assertEqual([row.cells for row in found.rows], ROWS)

    def test_encodings_that_cannot_be_trusted(self):
        """Other Cyrillic and Western encodings would come out as rubbish."""
        for encoding in ("cp866", "koi8-r", "mac-cyrillic"):
            refusal = self._refusal(make_csv([HEADERS, *ROWS], ";", encoding))
            self.assertEqual(refusal.code, "unknown_encoding", encoding)
        western = make_csv(
            [["hôtel", "ville"], ["Île-de-Ré", "Besançon"]], ";", "cp1252"
        )
        self.assertEqual(self._refusal(western).code, "unknown_encoding")

    def test_encoding_named_by_the_user(self):
        headers, _rows = self._read(make_csv([HEADERS], ";", "cp866"), encoding="cp866")
        self.assertEqual(headers, HEADERS)
        refusal = self._refusal(make_csv([HEADERS], ";", "cp1251"), encoding="utf-8")
        self.assertEqual(refusal.code, "broken_encoding")

    def test_wrong_byte_names_its_line(self):
        content = "a;b\nСочи;1\nx;2\n".encode() + b"\xff;3\n"
        refusal = self._refusal(content)
        self.assertEqual(refusal.code, "broken_encoding")
        self.assertEqual(refusal.details, {"encoding": "utf-8", "line": 4})

    # === CSV === #

    @settings(max_examples=100, deadline=None)
    @given(TABLES, st.sampled_from(";,\t|"), st.sampled_from(["utf-8", "utf-16"]))
    def test_what_is_written_is_read(self, rows, delimiter, encoding):
        headers = [f"h{number}" for number in range(len(rows[0]))]
        content = make_csv([headers, *rows], delimiter, encoding)
        with self._open(content, delimiter=delimiter) as found:
            self.assertEqual(found.headers, headers)
            self.assertEqual([row.cells for row in found.rows], rows)

    def test_delimiters_are_found(self):
        for delimiter in ";,\t|":
            headers, rows = self._read(make_csv([HEADERS, *ROWS], delimiter))
            self.assertEqual(headers, HEADERS)
            self.assertEqual(len(rows), 2)

    def test_row_numbers_are_lines(self):
        """Counted as an editor shows them, over line breaks and empty lines."""
        content = b'a;b\n"1\n1";2\n\n3;4\n'
        _headers, rows = self._read(content)
        self.assertEqual([number for number, _cells in rows], [2, 5])

    def test_broken_row_is_one_fault(self):
        content = b'a;b\n1;2\n"x"y;3\n4;5\n'
        with self._open(content) as found:
            rows = list(found.rows)
        self.assertEqual([row.number for row in rows], [2, 3, 4])
        self.assertEqual(
            [row.fault.rule if row.fault else None for row in rows],
            [None, "broken_row", None],
        )

    def test_open_quote_does_not_swallow_the_file(self):
        lines = ["a;b", '"open;1', *(f"x{number};{number}" for number in range(200))]
        with self._open("\n".join(lines).encode()) as found:
            rows = list(found.rows)
        self.assertEqual(len(rows), 201)
        self.assertEqual(rows[0].fault.rule, "open_quote")
        self.assertEqual([row for row in rows[1:] if row.fault], [])

    def test_too_many_cells(self):
        with self._open(b"a;b\n1;2;3\n4\n5;6;;\n") as found:
            rows = list(found.rows)
        self.assertEqual(rows[0].fault.rule, "too_many_cells")
        self.assertEqual(rows[1].cells, ["4", ""])
        self.assertEqual(rows[2].cells, ["5", "6"])
        self.assertIsNone(rows[2].fault)

    def test_nothing_to_read(self):
        self.assertEqual(self._refusal(b"").code, "empty_file")
        self.assertEqual(self._refusal(b"\n\n").code, "no_rows")

    def test_header_row(self):
        content = b"Report of today\n\na;b\n1;2\n"
        headers, rows = self._read(content, header_row=3, delimiter=";")
        self.assertEqual(headers, ["a", "b"])
        self.assertEqual(rows, [(4, ["1", "2"])])

    # === Limits === #

    def test_hundred_megabytes(self):
        """Refused by its size; the file is a hole and never read."""
        with tempfile.NamedTemporaryFile() as file:
            os.truncate(file.name, 100 * MEGABYTE)
            with self.assertRaises(FileRefused) as caught, open_source(file.name):
                pass
        self.assertEqual(caught.exception.code, "too_big")
        self.assertEqual(caught.exception.details["megabytes"], 100)

    def test_bombs(self):
        limits = Limits(unpacked_bytes=MEGABYTE)
        bomb = b"a;b\n" + b"0" * (3 * MEGABYTE)
        self.assertEqual(self._refusal(gzip.compress(bomb), limits).code, "bomb")
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("x.csv", bomb)
        self.assertEqual(self._refusal(buffer.getvalue(), limits).code, "bomb")
        book = make_xlsx(
            [["a", "b"], *(["x" * 1000, number] for number in range(3000))]
        )
        self.assertEqual(self._refusal(book, limits).code, "bomb")

    def test_too_many_rows_and_columns(self):
        limits = Limits(rows=3, columns=2)
        self.assertEqual(
            self._refusal(b"a;b\n1;1\n2;2\n3;3\n4;4\n", limits).code, "too_many_rows"
        )
        self.assertEqual(self._refusal(b"a;b;c\n", limits).code, "too_many_columns")

    # === Archives and foreign files === #

    def test_packed(self):
        content = make_csv([HEADERS, *ROWS])
        self.assertEqual(self._read(gzip.compress(content))[0], HEADERS)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("folder/data.csv", content)
        self.assertEqual(self._read(buffer.getvalue())[0], HEADERS)

    def test_packed_badly(self):
        content = gzip.compress(make_csv([HEADERS, *ROWS]))
        self.assertEqual(self._refusal(content[:-12]).code, "broken_archive")
        self.assertEqual(self._refusal(gzip.compress(content)).code, "nested_archive")
        for names, code in (((), "empty_archive"), (("a", "b"), "many_files")):
            buffer = io.BytesIO()
            with zipfile.ZipFile(buffer, "w") as archive:
                for name in names:
                    archive.writestr(name, "x")
            self.assertEqual(self._refusal(buffer.getvalue()).code, code)

    def test_foreign_files(self):
        for content, code in (
            (b"%PDF-1.7 ...", "foreign_format"),
            (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "foreign_format"),
            (bytes(range(256)) * 4, "binary"),
        ):
            self.assertEqual(self._refusal(content).code, code)

    # === XLSX === #

    def test_workbook_reads_like_csv(self):
        """Numbers and dates get the spelling that a CSV file has."""
        content = make_xlsx(
            [["Name", "Price", "Day"], ["Sea", 75.0, date(2015, 7, 1)], ["Sky", 37.8]]
        )
        headers, rows = self._read(content)
        self.assertEqual(headers, ["Name", "Price", "Day"])
        self.assertEqual(
            rows, [(2, ["Sea", "75", "2015-07-01"]), (3, ["Sky", "37.8", ""])]
        )

    def test_sheets(self):
        content = make_xlsx([["a", "b"], [1, 2]], "Data", before=["Cover"])
        self.assertEqual(self._read(content)[0], ["a", "b"])
        refusal = self._refusal(content, sheet="Nope")
        self.assertEqual(refusal.code, "no_sheet")
        self.assertEqual(refusal.details, {"sheet": "Nope", "sheets": "Cover, Data"})
        self.assertEqual(self._refusal(content, sheet="Cover").code, "no_rows")

    def test_formulas(self):
        """A formula that was saved without its result is a fault of its cell."""
        content = make_xlsx([["a", "b"], ["x", "=1+1"], ["y", "#REF!"], ["z", 3]])
        with self._open(content) as found:
            rows = list(found.rows)
        self.assertEqual(rows[0].cells[1].rule, "formula_without_value")
        self.assertEqual(rows[1].cells[1].rule, "formula_error")
        self.assertEqual(rows[2].cells, ["z", "3"])

    def test_damaged_workbook(self):
        content = make_xlsx([["a", "b"]])
        self.assertEqual(self._refusal(content[:-200]).code, "broken_archive")
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("xl/workbook.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>")
        self.assertEqual(self._refusal(buffer.getvalue()).code, "foreign_format")
