r"""How the streams of a PDF are packed: refused before anybody unpacks what bursts.

All of a file is looked at, however it says where its streams are: each is unpacked
piece by piece, keeping nothing, and all of them spend one budget. Only what can be
measured so is let through: one packing (Flate), written in letters at most (ASCII 85);
pictures of cameras and scanners are not unpacked here by anybody.

>>> def fault(content, **limits):
...     try:
...         check_packing(content, **limits)
...     except PdfError as error:
...         return error.code
>>> bomb = zlib.compress(b" " * 5000)
>>> one = b"1 0 obj <</Filter/FlateDecode>> stream\n" + bomb + b"endstream "
>>> fault(one, max_stream=5000), fault(one, max_stream=4999)
(None, 'bomb')
>>> fault(one * 3, max_stream=5000, max_total=14_000)
'bomb'
>>> letters = b"stream\r\n" + base64.a85encode(bomb) + b"~>endstream"
>>> fault(letters, max_stream=5000), fault(letters, max_stream=4999)
(None, 'bomb')
>>> for filters in (
...     b"[/FlateDecode /FlateDecode]", b"/LZWDecode", b"/LZW ", b"9 0 R",
...     b"[/ASCIIHexDecode/FlateDecode]", b"[/ASCII85Decode /RunLengthDecode]",
...     b"[%]\n/FlateDecode/FlateDecode]", b"/L#5aWDecode", b"%\n/FlateDecode",
... ):
...     fault(b"<</F#69lter" + filters + b"/Length 9>>")
'packing'
'packing'
'packing'
'packing'
'packing'
'packing'
'packing'
'packing'
'packing'
>>> for filters in (
...     b"/FlateDecode", b"[/ASCII85Decode/FlateDecode]", b"[ /Fl/DCTDecode ]",
...     b"/JPXDecode", b"[]", b" null", b"/Adobe.PPKLite", b"/Standard",
... ):
...     fault(b"<</Filter" + filters + b"/FilterX/LZWDecode>>")
"""

import base64
import re
import zlib

# What one packed stream of the file may unpack to: a large scan stays below.
MAX_STREAM = 128 * 1024 * 1024
# And all of them together: some seconds of work.
MAX_TOTAL = 2 * 1024 * 1024 * 1024
MAX_STREAMS = 200_000
PIECE = 64 * 1024
# Letters are read so much more slowly than packed bytes.
LETTER_COST = 32
# A line may go on behind the word, as readers allow.
MAX_LINE = 1024
SPACE = rb"\x00\t\n\f\r "
SIGNS = rb"()<>\[\]{}/%"
# Letters of a name may be written by their codes.
KEY = re.compile(
    rb"/(?:F|#46)(?:i|#69)(?:l|#6[Cc])(?:t|#74)(?:e|#65)(?:r|#72)"
    rb"(?=[" + SPACE + SIGNS + rb"]|\d)"
)
NAME = rb"/([^" + SPACE + SIGNS + rb"]{1,100})"
ONE = re.compile(rb"[" + SPACE + rb"]{0,99}(?:" + NAME + rb"|null(?![a-z]))")
LIST = re.compile(
    rb"[" + SPACE + rb"]{0,99}\[((?:[" + SPACE + rb"]|" + NAME + rb"){0,99})\]"
)
NAMES = re.compile(NAME)
CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
SHORT = {b"Fl": b"FlateDecode", b"A85": b"ASCII85Decode", b"LZW": b"LZWDecode"}
SHORT |= {b"RL": b"RunLengthDecode", b"DCT": b"DCTDecode", b"CCF": b"CCITTFaxDecode"}
PICTURES = {b"DCTDecode", b"CCITTFaxDecode", b"JBIG2Decode", b"JPXDecode"}
REFUSED = {b"LZWDecode", b"RunLengthDecode", b"Crypt"}
LINE_END = re.compile(rb"\r\n?|\n")
BLANKS = b"\x00\t\n\x0b\x0c\r "
NOT_LETTERS = re.compile(rb"[^!-uz]")
LETTERS = re.compile(rb"(?:z|[!-u]{5})*[!-u]{0,4}")


class PdfError(Exception):
    """A file that is not read; ``code`` says why.

    ``empty``, ``size``, ``type``, ``broken``, ``encrypted``, ``pages``, ``packing`` or
    ``bomb``.
    """

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def check_packing(data, max_stream=MAX_STREAM, max_total=MAX_TOTAL):
    """Refuse what would unpack to too much, or in ways that can't be measured.

    :param data: the file's bytes, or its memory map
    :raise PdfError: if it is refused
    """
    for match in KEY.finditer(data):
        _check_filters(data, match.end())
    budget = _Budget(max_stream, max_total)
    for start in _iter_starts(data):
        _check_stream(data, start, budget)


def _check_filters(data, start):
    """Refuse what the dictionary says of its stream, if it can't be measured."""
    found = ONE.match(data, start) or LIST.match(data, start)
    if not found:
        raise PdfError("packing")
    names = [
        CODE.sub(lambda code: bytes([int(code[1], 16)]), name)
        for name in NAMES.findall(found[0])
    ]
    names = [SHORT.get(name, name) for name in names]
    if names and names[-1] in PICTURES:
        names.pop()
    if len(names) == 2 and names[0] == b"ASCII85Decode":
        del names[0]
    if len(names) > 1 or REFUSED & set(names):
        raise PdfError("packing")


def _iter_starts(data):
    """Where streams begin: behind the line of each word that may begin one."""
    place, count = data.find(b"stream"), 0
    while place >= 0:
        count += 1
        if count > MAX_STREAMS:
            raise PdfError("bomb")
        end = place + len(b"stream")
        if data[max(place - 3, 0) : place] != b"end":
            line = LINE_END.search(data, end, end + MAX_LINE)
            if line:
                yield line.end()
        place = data.find(b"stream", end)


class _Budget:
    """What may be unpacked: of one stream, and of all."""

    def __init__(self, stream, total):
        self.stream, self.total = stream, total

    def spend(self, amount):
        self.total -= amount
        if self.total < 0:
            raise PdfError("bomb")


def _check_stream(data, start, budget):
    """Unpack a stream until it ends or is too much, whatever is said of it."""
    head = data[start : start + 2]
    if _is_packed(head):
        _unpack(_iter_pieces(data, start), budget)
    elif _is_lettered(data[start : start + 64]):
        _unpack(_iter_letters(data, start, budget), budget)


def _is_packed(head):
    """Whether zlib would unpack it: by its own head, or gzip's."""
    if head == b"\x1f\x8b":
        return True
    return len(head) == 2 and head[0] & 0x0F == 8 and int.from_bytes(head) % 31 == 0


def _is_lettered(head):
    """Whether the first group of letters says that something packed follows."""
    head = head.translate(None, BLANKS).removeprefix(b"<~")[:5]
    if len(head) < 5:
        return not NOT_LETTERS.search(head)
    try:
        return bool(LETTERS.fullmatch(head)) and _is_packed(_decode(head)[:2])
    except PdfError:
        return False


def _unpack(pieces, budget):
    # As pypdf does where the plain way fails: by either head.
    unpacker, size = zlib.decompressobj(zlib.MAX_WBITS | 32), 0
    try:
        for piece in pieces:
            while piece and not unpacker.eof:
                count = len(unpacker.decompress(piece, PIECE * 16))
                size += count
                budget.spend(count + len(piece))
                if size > budget.stream:
                    raise PdfError("bomb")
                piece = unpacker.unconsumed_tail
            if unpacker.eof:
                return
    except zlib.error:
        return


def _iter_pieces(data, start):
    while start < len(data):
        yield data[start : start + PIECE]
        start += PIECE


def _iter_letters(data, start, budget):
    rest = b""
    for piece in _iter_pieces(data, start):
        budget.spend(len(piece) * LETTER_COST)
        unpacked, rest, is_end = _read_letters(rest + piece)
        yield unpacked
        if is_end:
            return


def _read_letters(piece):
    """What is written in ASCII 85, the letters of a group that goes on, and whether it
    ends here.

    >>> _read_letters(b" <~87cU RD] i,"), _read_letters(b"z87cUR~>x")
    ((b'Hell', b'D]i,', False), (b'\\x00\\x00\\x00\\x00Hell', b'', True))
    """
    piece = piece.translate(None, BLANKS).removeprefix(b"<~")
    end = NOT_LETTERS.search(piece)
    letters = piece[: end.start()] if end else piece
    if not LETTERS.fullmatch(letters):
        # Readers do not agree what is meant.
        raise PdfError("broken")
    letters = letters.replace(b"z", b"!!!!!")
    # A group that ends early says less, and nothing that unpacks to much.
    whole = len(letters) - len(letters) % 5
    return _decode(letters[:whole]), b"" if end else letters[whole:], bool(end)


def _decode(letters):
    try:
        return base64.a85decode(letters)
    except ValueError:
        raise PdfError("broken") from None
