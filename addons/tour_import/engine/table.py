"""A file as numbered rows of text, read as a stream.

A row is a list of cells; a cell is text as the file has it (a number or a date of a
workbook in one canonical spelling), or a :class:`BadCell` that says why it has none.
"""

import csv
import itertools
from dataclasses import dataclass

from . import text
from .errors import Fault, FileRefused
from .sources import PIECE, Limits

# A quoted cell may hold line breaks; one that never ends must not eat the file.
MAX_LINES_OF_A_ROW = 60


class BadCell(str):
    """A cell without a usable value; ``rule`` says why."""

    __slots__ = ("rule",)

    def __new__(cls, value, rule):
        cell = super().__new__(cls, value)
        cell.rule = rule
        return cell


@dataclass(frozen=True, slots=True)
class Format:
    """How a file is to be read; empty means: find out."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_row: int = 0


@dataclass(slots=True)
class Row:
    """One row: ``number`` as a person counts lines in the file, from 1."""

    number: int
    cells: list
    fault: Fault | None = None


@dataclass(slots=True)
class Table:
    """Headers and a stream of rows; ``format`` is what was found."""

    headers: list
    header_row: int
    rows: object
    format: Format
    sheets: tuple = ()

    @property
    def duplicate_headers(self):
        """Headers that more than one column bears, as they are compared.

        >>> Table(["A", "b", " a"], 1, [], Format()).duplicate_headers
        {'a': [1, 3]}
        """
        seen = {}
        for number, header in enumerate(self.headers, 1):
            if header.strip():
                seen.setdefault(header.strip().lower(), []).append(number)
        return {header: at for header, at in seen.items() if len(at) > 1}


def open_table(source, file_format=None, limits=None):
    """Read the headers of a source and give the stream of its rows.

    >>> import tempfile
    >>> from .sources import open_source
    >>> with tempfile.NamedTemporaryFile(suffix=".csv") as file:
    ...     _ = file.write(b"city;stars\\nSochi;5\\n\\nKazan;4\\n")
    ...     file.flush()
    ...     with open_source(file.name) as source:
    ...         table = open_table(source)
    ...         table.headers, [(row.number, row.cells) for row in table.rows]
    (['city', 'stars'], [(2, ['Sochi', '5']), (4, ['Kazan', '4'])])
    """
    file_format = file_format or Format()
    limits = limits or Limits()
    if source.kind == "xlsx":
        from . import workbook

        return workbook.open_table(source, file_format, limits)
    return _open_csv(source, file_format, limits)


def make_table(rows, file_format, limits, sheets=()):
    """Take the headers off a stream of rows, and watch over the rest."""
    header = _find_header(rows, file_format)
    headers = [str(cell).strip() for cell in header.cells]
    while headers and not headers[-1]:
        headers.pop()
    if not headers:
        raise FileRefused("no_headers", row=header.number)
    if len(headers) > limits.columns:
        raise FileRefused("too_many_columns", limit=limits.columns)
    return Table(
        headers,
        header.number,
        _watch(rows, len(headers), limits),
        file_format,
        tuple(sheets),
    )


def _find_header(rows, file_format):
    for row in rows:
        if row.number < file_format.header_row:
            continue
        if row.fault:
            raise FileRefused("broken_header", row=row.number)
        if any(str(cell).strip() for cell in row.cells):
            return row
    raise FileRefused("no_rows")


def _watch(rows, width, limits):
    """Skip empty rows, refuse misshapen ones, stop at the limit."""
    count = 0
    for row in rows:
        cells = row.cells
        if not row.fault and not any(cells):
            continue
        count += 1
        if count > limits.rows:
            raise FileRefused("too_many_rows", limit=limits.rows)
        if not row.fault:
            row.fault = _shape_fault(row, width, limits)
            if len(cells) < width:
                cells.extend([""] * (width - len(cells)))
        yield row


def _shape_fault(row, width, limits):
    cells = row.cells
    while len(cells) > width and not cells[-1]:
        cells.pop()
    if len(cells) > width:
        return Fault(
            row.number,
            "too_many_cells",
            value=str(cells[width])[:80],
            details={"cells": len(cells), "columns": width},
        )
    if any(len(cell) > limits.cell_chars for cell in cells):
        return Fault(row.number, "cell_too_long", details={"limit": limits.cell_chars})
    return None


# === CSV === #


def _open_csv(source, file_format, limits):
    def read_all():
        with open(source.path, "rb") as stream:
            while piece := stream.read(PIECE):
                yield piece

    encoding = file_format.encoding
    if encoding:
        text.check_encoding(encoding, read_all)
    else:
        encoding = text.find_encoding(read_all)
    delimiter = file_format.delimiter
    if not delimiter:
        with open(source.path, encoding=encoding, newline="") as stream:
            delimiter = text.find_delimiter(stream.read(text.SAMPLE_BYTES))
    found = Format(encoding, delimiter, "", file_format.header_row)
    return make_table(_csv_rows(source.path, found), found, limits)


def _csv_rows(path, file_format):
    """Rows of a CSV file, each on its own: a broken one does not take the next along.

    Python's reader alone would swallow all that follows an opening quote without an
    end; so the lines it is given are counted, and given back when it fails.
    """
    with open(path, encoding=file_format.encoding, newline="") as stream:
        lines = _Lines(stream)
        while True:
            reader = csv.reader(lines, delimiter=file_format.delimiter, strict=True)
            try:
                for cells in reader:
                    # An empty line is an empty list; it counts as a line all the same.
                    yield Row(lines.take(), cells)
                return
            except csv.Error as error:
                value = (lines.taken[0] if lines.taken else "")[:80].rstrip("\r\n")
                rule = "broken_row" if lines.complete else "open_quote"
                number = lines.give_back()
                details = {"reason": str(error)}
                yield Row(number, [], Fault(number, rule, "", value, details))


class _Lines:
    """Lines of a stream that can be given back after a failed row."""

    def __init__(self, stream):
        self._stream = iter(stream)
        self._returned = []
        self.taken = []
        self.number = 0
        self.complete = True

    def __iter__(self):
        return self

    def __next__(self):
        if len(self.taken) >= MAX_LINES_OF_A_ROW:
            self.complete = False
            raise csv.Error("a quoted cell does not end")
        if self._returned:
            line = self._returned.pop()
        else:
            line = next(self._stream, None)
            if line is None:
                if self.taken:
                    # The file ends inside quotes.
                    self.complete = False
                raise StopIteration
        self.taken.append(line)
        return line

    def take(self):
        """The row is read: its number, the one of its first line."""
        number = self.number + 1
        self.number += len(self.taken)
        self.taken.clear()
        return number

    def give_back(self):
        """The row is broken: all but its first line are read again."""
        self.number += 1
        self._returned.extend(reversed(self.taken[1:]))
        self.taken.clear()
        self.complete = True
        return self.number


def count_rows(table):
    """How many rows a table has; what is broken counts too."""
    return sum(1 for _row in table.rows)


def sample_rows(table, count=5):
    """The first good rows, to show what is in the columns."""
    good = (row.cells for row in table.rows if not row.fault)
    return list(itertools.islice(good, count))
