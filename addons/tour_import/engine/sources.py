"""From what was uploaded to a plain file on disk, within limits.

Nothing is held in memory: gzip and zip are unpacked by pieces into a temporary file,
and unpacking stops where the limit is, whatever the archive says of itself.
"""

import contextlib
import gzip
import os
import tempfile
import zipfile
import zlib
from dataclasses import dataclass, field

from .errors import FileRefused

MEGABYTE = 1024 * 1024
PIECE = 256 * 1024

GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = b"PK\x03\x04"
EMPTY_ZIP_MAGIC = b"PK\x05\x06"
# Formats that people upload by mistake, by their first bytes.
FOREIGN_MAGICS = {
    b"\xd0\xcf\x11\xe0": "xls",
    b"%PDF": "pdf",
    b"Rar!": "rar",
    b"7z\xbc\xaf": "7z",
    b"\x89PNG": "png",
    b"\xff\xd8\xff": "jpeg",
    b"{\\rtf": "rtf",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much we are ready to read."""

    upload_bytes: int = 50 * MEGABYTE
    unpacked_bytes: int = 250 * MEGABYTE
    rows: int = 500_000
    columns: int = 256
    cell_chars: int = 10_000
    # The texts of a workbook are kept in memory by its reader.
    shared_text_bytes: int = 60 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Source:
    """A readable file: ``kind`` is ``"csv"`` or ``"xlsx"``.

    What readers of it open goes onto ``stack``, and is closed with the source.
    """

    path: str
    kind: str
    name: str = ""
    stack: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)


@contextlib.contextmanager
def open_source(path, limits=None):
    """Give the plain file behind ``path``, unpacked if need be.

    The temporary file is gone when the context is left.
    """
    limits = limits or Limits()
    _check_file(path, limits)
    with contextlib.ExitStack() as stack:
        if _get_head(path).startswith(GZIP_MAGIC):
            path = stack.enter_context(_unpacked(_open_gzip(path), limits))
        source = stack.enter_context(_plain(path, limits))
        with source.stack:
            yield source


def _check_file(path, limits):
    size = os.path.getsize(path)
    if not size:
        raise FileRefused("empty_file")
    if size > limits.upload_bytes:
        raise FileRefused(
            "too_big",
            megabytes=-(-size // MEGABYTE),
            limit=limits.upload_bytes // MEGABYTE,
        )
    head = _get_head(path)
    foreign = next((n for m, n in FOREIGN_MAGICS.items() if head.startswith(m)), None)
    if foreign:
        raise FileRefused("foreign_format", format=foreign)


def _get_head(path):
    with open(path, "rb") as stream:
        return stream.read(8)


@contextlib.contextmanager
def _plain(path, limits):
    head = _get_head(path)
    if head.startswith(GZIP_MAGIC):
        raise FileRefused("nested_archive")
    if head.startswith(EMPTY_ZIP_MAGIC):
        raise FileRefused("empty_archive")
    if not head.startswith(ZIP_MAGIC):
        yield Source(path, "csv")
        return
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise FileRefused("broken_archive") from error
    with archive:
        if any(i.filename == "xl/workbook.xml" for i in archive.infolist()):
            check_workbook(archive, limits)
            yield Source(path, "xlsx")
            return
        member = _only_member(archive, limits)
        with _unpacked(lambda: archive.open(member), limits) as inner:
            if _get_head(inner).startswith((GZIP_MAGIC, ZIP_MAGIC)):
                # An archive in an archive is how bombs are built; a workbook in a
                # zip is honest, but saves nothing: it is packed already.
                raise FileRefused("nested_archive")
            yield Source(inner, "csv", member.filename)


def _only_member(archive, limits):
    files = [
        info
        for info in archive.infolist()
        if not info.is_dir()
        and not info.filename.startswith("__MACOSX/")
        and not os.path.basename(info.filename).startswith(".")
    ]
    if not files:
        raise FileRefused("empty_archive")
    if len(files) > 1:
        names = ", ".join(sorted(i.filename for i in files)[:5])
        raise FileRefused("many_files", count=len(files), names=names)
    if files[0].flag_bits & 0x1:
        raise FileRefused("encrypted")
    if files[0].file_size > limits.unpacked_bytes:
        raise FileRefused("bomb", limit=limits.unpacked_bytes // MEGABYTE)
    return files[0]


def check_workbook(archive, limits):
    """Refuse a workbook that would unfold to more than we read."""
    total = 0
    for info in archive.infolist():
        if info.flag_bits & 0x1:
            raise FileRefused("encrypted")
        total += info.file_size
        if info.filename.endswith("sharedStrings.xml"):
            if info.file_size > limits.shared_text_bytes:
                raise FileRefused("bomb", limit=limits.shared_text_bytes // MEGABYTE)
        if info.filename.endswith((".xml", ".rels")):
            _refuse_entities(archive, info)
    if total > limits.unpacked_bytes:
        raise FileRefused("bomb", limit=limits.unpacked_bytes // MEGABYTE)


def _refuse_entities(archive, info):
    """No honest workbook declares a document type; entity bombs must."""
    try:
        with archive.open(info) as stream:
            head = stream.read(4096)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise FileRefused("broken_archive") from error
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise FileRefused("foreign_format", format="xml")


def _open_gzip(path):
    return lambda: gzip.open(path, "rb")


@contextlib.contextmanager
def _unpacked(opener, limits):
    """The unpacked content as a temporary file, stopped at the limit."""
    handle, path = tempfile.mkstemp(prefix="tour_import_")
    try:
        with os.fdopen(handle, "wb") as target:
            written = 0
            try:
                with opener() as stream:
                    while piece := stream.read(PIECE):
                        written += len(piece)
                        if written > limits.unpacked_bytes:
                            raise FileRefused(
                                "bomb", limit=limits.unpacked_bytes // MEGABYTE
                            )
                        target.write(piece)
            except (
                OSError,
                EOFError,
                zlib.error,
                zipfile.BadZipFile,
                NotImplementedError,
                RuntimeError,
            ) as error:
                raise FileRefused("broken_archive") from error
        if not written:
            raise FileRefused("empty_file")
        yield path
    finally:
        os.unlink(path)
