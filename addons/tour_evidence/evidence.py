r"""A ZIP of evidence: files as they come, each with its SHA-256, and an index to read.

No records here. Files are copied piece by piece and forgotten, so that memory does not
grow with what is in the ZIP. They come in the order in which they are added; their
names can't lead out of the folder that they are unpacked into.

>>> import io, json
>>> file = io.BytesIO()
>>> evidence = Evidence(file, "Booking T1", {"Made by": "Anna"})
>>> evidence.add("documents/../..", "C:\\x\\Ваучер/1.pdf", b"%PDF", title="Voucher")
'documents/1.pdf'
>>> evidence.add("documents", "1.pdf", io.BytesIO(b"%PDF 2"))
'documents/1 (2).pdf'
>>> evidence.add_table("history", "Statuses", ("When", "To"), [("2026-01-02", "New")])
'history/Statuses.csv'
>>> evidence.close()
>>> archive = zipfile.ZipFile(file)
>>> for name in archive.namelist():
...     print(name)
documents/1.pdf
documents/1 (2).pdf
history/Statuses.csv
manifest.json
index.html
>>> manifest = json.loads(archive.read("manifest.json"))
>>> [(one["path"], one["size"]) for one in manifest["files"]]
[('documents/1.pdf', 4), ('documents/1 (2).pdf', 6), ('history/Statuses.csv', 28)]
>>> manifest["files"][0]["sha256"] == sha256(b"%PDF").hexdigest()
True
>>> manifest["index.html"] == sha256(archive.read("index.html")).hexdigest()
True
"""

import csv
import io
import json
import re
import zipfile
from hashlib import sha256
from html import escape
from urllib.parse import quote

CHUNK = 64 * 1024
MAX_NAME = 100
# Times in the ZIP say nothing: the same evidence makes the same entries.
NO_TIME = (1980, 1, 1, 0, 0, 0)
# Names that Windows does not take, whatever their ending.
RESERVED = {"con", "prn", "aux", "nul"}
RESERVED |= {
    f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10)
}

_UNSAFE = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]")

STYLE = """
body { font: 14px/1.5 sans-serif; max-width: 70em; margin: 2em auto; color: #222 }
table { border-collapse: collapse; width: 100%; margin-bottom: 2em }
th, td { text-align: left; vertical-align: top; padding: .3em .6em;
    border-bottom: 1px solid #ddd }
code { font-size: 11px; word-break: break-all; color: #666 }
"""
# Nothing in a page is run or fetched, whatever a mail brought along.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
    " form-action 'none'; base-uri 'none'"
)
NUMBER = re.compile(r"-?\d+(\.\d+)?")
# What spreadsheets take for the start of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def make_safe_name(name, default="file"):
    r"""One part of a path that stays where it is put.

    >>> make_safe_name("../../etc/passwd"), make_safe_name("C:\\a\\b.pdf")
    ('passwd', 'b.pdf')
    >>> make_safe_name(".."), make_safe_name(""), make_safe_name("a\0b\u202e.pdf. ")
    ('file', 'file', 'ab.pdf')
    >>> make_safe_name("CON.txt"), len(make_safe_name("x" * 300 + ".pdf"))
    ('_CON.txt', 100)
    """
    base = _UNSAFE.sub("", re.split(r"[\\/]", name or "")[-1]).strip(" .")
    stem, dot, ending = base.rpartition(".")
    if dot and len(ending) <= 10:
        base = stem[: MAX_NAME - len(ending) - 1].rstrip(" .") + dot + ending
    else:
        base = base[:MAX_NAME].rstrip(" .")
    if base.partition(".")[0].lower() in RESERVED:
        base = f"_{base}"
    return base or default


def make_page(title, facts, body, lang="en"):
    """A page of its own: ``body`` is HTML that was sanitised, the rest is text."""
    rows = "".join(
        f"<tr><th>{escape(str(name))}</th><td>{escape(str(value))}</td></tr>"
        for name, value in facts.items()
        if value
    )
    return (
        f'<!DOCTYPE html><html lang="{escape(lang)}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body><h1>{escape(title)}</h1><table>{rows}</table>{body}</body></html>"
    )


class Evidence:
    """Writes the ZIP into ``file``, which is opened for writing bytes.

    :param str title: what it is evidence of
    :param dict facts: what the index says of it besides, as texts
    :param str lang: the language of all that is said, two letters
    :param dict words: those of the index in this language
    """

    def __init__(self, file, title, facts, lang="en", words=None):
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True)
        self._title = title
        self._facts = facts
        self.lang = lang
        self._words = words or {}
        self._files = []
        self._parts = []
        self._taken = set()

    def add(self, folder, name, content, title="", **facts):
        """Add a file.

        :param content: bytes, or an open file, which is read piece by piece
        :param str title: what the index calls it
        :param facts: what the manifest says of it besides, as texts
        :return: its path in the ZIP
        """
        path = self._get_free_path(folder, name)
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        digest, size = sha256(), 0
        with self._zip.open(self._get_entry(path), "w", force_zip64=True) as entry:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                entry.write(chunk)
        self._files.append(
            {
                "path": path,
                "title": title or path.rpartition("/")[2],
                "size": size,
                "sha256": digest.hexdigest(),
                **{key: value for key, value in facts.items() if value},
            }
        )
        return path

    def add_table(self, folder, name, columns, rows):
        """Add rows as CSV, and show them in the index."""
        rows = [[self._to_text(value) for value in row] for row in rows]
        text = io.StringIO()
        writer = csv.writer(text)
        for row in (columns, *rows):
            writer.writerow(map(self._defuse, row))
        # With a mark, so that spreadsheets read it as UTF-8.
        content = ("\ufeff" + text.getvalue()).encode()
        path = self.add(folder, f"{name}.csv", content, title=name)
        self._parts.append((name, columns, rows))
        return path

    def add_json(self, folder, name, value, title="", **facts):
        """Add plain data, written the same way whenever it is the same."""
        text = json.dumps(
            value, ensure_ascii=False, indent=1, sort_keys=True, default=str
        )
        return self.add(folder, f"{name}.json", text.encode(), title, **facts)

    def close(self):
        """Write manifest and index, and end the ZIP."""
        index = self._make_index().encode()
        manifest = {
            "title": self._title,
            **{name: str(value) for name, value in self._facts.items()},
            "files": self._files,
            "index.html": sha256(index).hexdigest(),
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        self._zip.writestr(self._get_entry("manifest.json"), text)
        self._zip.writestr(self._get_entry("index.html"), index)
        self._zip.close()

    def _get_entry(self, path):
        entry = zipfile.ZipInfo(path, NO_TIME)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        return entry

    def _get_free_path(self, folder, name):
        parts = [part for part in re.split(r"[\\/]", folder) if part.strip(" .")]
        parts = [make_safe_name(part, "folder") for part in parts]
        name = make_safe_name(name)
        stem, dot, ending = name.rpartition(".")
        path, number = "/".join([*parts, name]), 1
        # Systems that know no capitals would write one over the other.
        while path.lower() in self._taken or path in ("manifest.json", "index.html"):
            number += 1
            fresh = f"{stem} ({number}).{ending}" if dot else f"{name} ({number})"
            path = "/".join([*parts, fresh])
        self._taken.add(path.lower())
        return path

    @staticmethod
    def _to_text(value):
        return "" if value is None or value is False else str(value)

    @staticmethod
    def _defuse(text):
        """A cell that no spreadsheet takes for a formula; a number stays one.

        >>> [Evidence._defuse(text) for text in ("=1+1", "-5.00", "-5+1", "a")]
        ["'=1+1", '-5.00', "'-5+1", 'a']
        """
        if text.startswith(FORMULA) and not NUMBER.fullmatch(text):
            return f"'{text}"
        return text

    def _make_index(self):
        files = "".join(
            f'<tr><td><a href="{quote(one["path"])}">{escape(one["path"])}</a></td>'
            f"<td>{escape(one['title'])}</td><td>{one['size']}</td>"
            f"<td><code>{one['sha256']}</code></td></tr>"
            for one in self._files
        )
        tables = "".join(
            f"<h2>{escape(name)}</h2>{self._make_table(columns, rows)}"
            for name, columns, rows in self._parts
        )
        head = "".join(
            f"<th>{escape(self._words.get(word, word))}</th>"
            for word in ("File", "What", "Bytes", "SHA-256")
        )
        heading = escape(self._words.get("Files", "Files"))
        return make_page(
            self._title,
            self._facts,
            f"{tables}<h2>{heading}</h2><table><tr>{head}</tr>{files}</table>",
            self.lang,
        )

    @staticmethod
    def _make_table(columns, rows):
        head = "".join(f"<th>{escape(column)}</th>" for column in columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
            for row in rows
        )
        return f"<table><tr>{head}</tr>{body}</table>"
