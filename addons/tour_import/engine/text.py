"""Which encoding and which delimiter a text file has: found, or refused.

A wrong guess would fill the database with unreadable names, so a file is taken only
when the answer can be trusted; else the user is asked to name the encoding.

>>> find_encoding(lambda: [b"name\\r\\n", "Алматы".encode("utf-8")])
'utf-8'
>>> find_encoding(lambda: ["город;регион\\nКазань;Татарстан".encode("cp1251")])
'cp1251'
>>> find_encoding(lambda: ["name\\n".encode("utf-16")])
'utf-16'
"""

import codecs
import contextlib
import csv
import re

from .errors import FileRefused

SAMPLE_BYTES = 64 * 1024
SAMPLE_LINES = 50

# Offered to the user; the reader finds the first four by itself.
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1251", "cp866", "koi8-r", "cp1252")
DELIMITERS = (";", ",", "\t", "|")

# Together about two thirds of the letters of any Russian text.
COMMON_LETTERS = frozenset("оеаинтсрвлкм")
RUSSIAN = re.compile(r"[А-Яа-яЁё]")
# What Russian typists use beside letters, as cp1251 has it.
TYPOGRAPHY = frozenset("«»—–№…“”„’‘•°§©®™\xa0·±€")
FOREIGN_WORD = re.compile(rb"[^\s,;]*[\x80-\xff][^\s,;]*")
# Serbian and Macedonian letters: what capitals of other encodings turn into.
BALKAN = frozenset("ЂЃѓЉЊЌЋЏђљњќћџЈјЅѕ")
ODD_CASE = re.compile(r"[а-яё][А-ЯЁ]")


def find_encoding(read_all):
    """The encoding of a text.

    :param read_all: called for an iterator over pieces of the whole file, so that a
        wrong byte on the last line is seen before anything is imported
    """
    head = next(iter(read_all()), b"")
    if head.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    elif head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif b"\0" in head:
        encoding = _find_utf16(head)
    else:
        line, letters_seen = find_bad_line(read_all(), "utf-8")
        if not line:
            return "utf-8"
        if letters_seen:
            # UTF-8 letters before the wrong byte: it is that, and damaged.
            raise FileRefused("broken_encoding", encoding="utf-8", line=line)
        return _find_single_byte(read_all)
    check_encoding(encoding, read_all)
    return encoding


def check_encoding(encoding, read_all):
    """Refuse a file that is not in the encoding found or named by the user."""
    line, _letters_seen = find_bad_line(read_all(), encoding)
    if line:
        raise FileRefused("broken_encoding", encoding=encoding, line=line)


def find_bad_line(pieces, encoding):
    """The number of the first line that does not decode (0: all do), and whether
    letters beyond ASCII were read before it.

    >>> find_bad_line([b"a\\n", b"b\\n\\xff"], "utf-8")
    (3, False)
    >>> find_bad_line(["é".encode()], "utf-8")
    (0, True)
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    line, letters_seen = 1, False
    try:
        for piece in pieces:
            text = decoder.decode(piece)
            letters_seen = letters_seen or not text.isascii()
            if "\0" in text:
                return line + text[: text.index("\0")].count("\n"), letters_seen
            line += text.count("\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        good = error.object[: error.start]
        with contextlib.suppress(UnicodeDecodeError):
            letters_seen = letters_seen or not good.decode(encoding).isascii()
        return line + good.count(b"\n"), letters_seen
    return 0, letters_seen


def _find_utf16(head):
    """UTF-16 without a mark: every other byte of Latin text and of commas is zero."""
    even = head[0::2].count(0)
    odd = head[1::2].count(0)
    half = max(len(head) // 2, 1)
    if odd > half * 0.05 and even < odd * 0.05:
        return "utf-16-le"
    if even > half * 0.05 and odd < even * 0.05:
        return "utf-16-be"
    raise FileRefused("binary")


def _find_single_byte(read_all):
    """cp1251, when it reads as Russian; anything else is a guess we do not make."""
    sample = b" ".join(_foreign_words(read_all())).decode("cp1251", errors="replace")
    odd = [c for c in sample if ord(c) > 127]
    letters = [c for c in odd if RUSSIAN.match(c)]
    strange = sum(not RUSSIAN.match(c) and c not in TYPOGRAPHY for c in odd)
    common = sum(c.lower() in COMMON_LETTERS for c in letters)
    if (
        not letters
        or strange > 0.02 * len(odd)
        or BALKAN.intersection(odd)
        or common < 0.45 * len(letters)
        or len(ODD_CASE.findall(sample)) > 0.05 * len(letters)
        or find_bad_line(read_all(), "cp1251")[0]
    ):
        raise FileRefused("unknown_encoding")
    return "cp1251"


def _foreign_words(pieces):
    """The first words that hold other than ASCII, enough to judge by."""
    size = 0
    for piece in pieces:
        for word in FOREIGN_WORD.findall(piece):
            yield word
            size += len(word)
            if size > SAMPLE_BYTES:
                return


def find_delimiter(sample):
    """The delimiter that cuts the first lines into equally many columns.

    >>> find_delimiter("a;b;c\\n1,5;2;3\\n")
    ';'
    >>> find_delimiter('name,price\\n"Sea, sun",7\\n')
    ','
    >>> find_delimiter("name\\nSochi\\n")
    ','
    """
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        widths = _widths(sample, delimiter)
        if not widths or widths[0] < 2:
            continue
        same = sum(width == widths[0] for width in widths) / len(widths)
        if (same, widths[0]) > best_score:
            best, best_score = delimiter, (same, widths[0])
    return best


def _widths(sample, delimiter):
    widths = []
    # What does not read with this delimiter speaks for another one.
    with contextlib.suppress(csv.Error):
        for cells in csv.reader(sample.splitlines(True), delimiter=delimiter):
            if cells:
                widths.append(len(cells))
            if len(widths) == SAMPLE_LINES:
                break
    return widths[:-1] if len(widths) > 2 else widths
