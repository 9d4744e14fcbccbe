"""XLSX as numbered rows of text.

Formulas are not computed: the result that was saved with the file is taken, and a
formula without one is a fault of its row. Dates come as ISO text, whole numbers
without a fraction, so that the same data as CSV and as XLSX gives the same keys.
"""

import datetime
import re
import warnings
import zipfile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from .errors import FileRefused
from .sources import PIECE
from .table import BadCell, Format, Row, make_table

MIDNIGHT = datetime.time(0)
FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
FORMULA_ERRORS = frozenset(
    ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")
)
READ_ERRORS = (
    InvalidFileException,
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    SyntaxError,  # The base of XML parse errors.
    OSError,
    EOFError,
)


def open_table(source, file_format, limits):
    """Headers and rows of the sheet that is meant."""
    book = _load(source, data_only=True)
    names = [sheet.title for sheet in book.worksheets]
    if not names:
        raise FileRefused("no_rows")
    if file_format.sheet:
        if file_format.sheet not in names:
            raise FileRefused(
                "no_sheet", sheet=file_format.sheet, sheets=", ".join(names)
            )
        candidates = [file_format.sheet]
    else:
        candidates = names
    formulas = _load(source, data_only=False) if _has_formulas(source) else None
    for name in candidates:
        found = Format("", "", name, file_format.header_row)
        rows = _rows(book, formulas, name, limits)
        try:
            return make_table(rows, found, limits, names)
        except FileRefused as refusal:
            # Leading empty sheets are common: the first with headers is meant.
            if refusal.code not in ("no_rows", "no_headers"):
                raise
    raise FileRefused("no_rows")


def _load(source, data_only):
    # By its stream: of a path the reader asks for an ending in .xlsx.
    stream = source.stack.enter_context(open(source.path, "rb"))
    try:
        with warnings.catch_warnings():
            # Styles and extensions that we do not read anyway.
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(
                stream, read_only=True, data_only=data_only, keep_links=False
            )
    except READ_ERRORS as error:
        raise FileRefused("broken_archive") from error


def _has_formulas(source):
    with zipfile.ZipFile(source.path) as archive:
        for info in archive.infolist():
            if info.filename.startswith("xl/worksheets/"):
                with archive.open(info) as stream:
                    tail = b""
                    while piece := stream.read(PIECE):
                        if FORMULA.search(tail + piece):
                            return True
                        tail = piece[-16:]
    return False


def _rows(book, formulas, name, limits):
    values = _raw_rows(book[name], limits)
    if formulas is None:
        for number, cells in enumerate(values, 1):
            yield Row(number, [canonical(cell) for cell in cells])
        return
    sources = _raw_rows(formulas[name], limits)
    for number, (cells, written) in enumerate(zip(values, sources, strict=False), 1):
        yield Row(
            number,
            [
                _formula_cell(source)
                if cell is None and source is not None
                else canonical(cell)
                for cell, source in zip(cells, written, strict=False)
            ],
        )


def _raw_rows(sheet, limits):
    # The size a sheet declares may lie; what is there is read up to the limits.
    sheet.reset_dimensions()
    empty = 0
    try:
        for cells in sheet.iter_rows(max_col=limits.columns + 1, values_only=True):
            empty = 0 if any(cell is not None for cell in cells) else empty + 1
            if empty > limits.rows:
                raise FileRefused("too_many_rows", limit=limits.rows)
            yield list(cells)
    except READ_ERRORS as error:
        raise FileRefused("broken_archive") from error


def _formula_cell(source):
    text = str(source)
    return BadCell(text, "formula_without_value") if text.startswith("=") else text


def canonical(value):
    """One spelling per value.

    >>> canonical(75.0), canonical(37.8), canonical(None), canonical(True)
    ('75', '37.8', '', 'true')
    >>> canonical(datetime.datetime(2015, 7, 1))
    '2015-07-01'
    >>> canonical("#REF!").rule
    'formula_error'
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime.datetime):
        if value.time() == MIDNIGHT:
            return value.date().isoformat()
        return value.replace(microsecond=0).isoformat(sep=" ")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    text = str(value)
    return BadCell(text, "formula_error") if text in FORMULA_ERRORS else text
