"""Naming a row, so that importing it again makes nothing new.

A row with a number of its own (a booking number, a FIAS code) is named by it. A row
without one is named by what it holds and, since real files have many equal rows, by
how many equal ones came before it: the third of three equal rows is the third again
when the file is imported anew, also with its columns in another order, or as XLSX.
"""

import hashlib
import sqlite3


def content_digest(headers, cells):
    """A digest of a row; empty cells and the order of columns do not matter.

    >>> one = content_digest(["a", "b"], ["1", "2"])
    >>> one == content_digest(["B", "a", "c"], ["2", " 1 ", ""])
    True
    >>> one == content_digest(["a", "b"], ["2", "1"])
    False
    """
    return Digester(headers).digest(cells)


class Digester:
    """Digests of the rows of one table."""

    def __init__(self, headers):
        names = [header.strip().lower() for header in headers]
        self._order = sorted(range(len(names)), key=lambda at: (names[at], at))
        self._names = names

    def digest(self, cells):
        """16 bytes that name the content of a row."""
        content = "\x1e".join(
            f"{self._names[at]}\x1f{text}"
            for at in self._order
            if at < len(cells) and (text := cells[at].strip())
        )
        return hashlib.blake2b(content.encode(), digest_size=16).digest()


class Occurrences:
    """How often each digest came, counted in a file on disk: memory stays as it is
    however long the table.

    >>> with Occurrences() as seen:
    ...     [seen.count(digest) for digest in (b"a", b"b", b"a", b"a")]
    [1, 1, 2, 3]
    """

    def __init__(self):
        # The empty name is sqlite's private temporary file, gone when closed.
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute(
            "CREATE TABLE seen (digest BLOB PRIMARY KEY, n INTEGER) WITHOUT ROWID"
        )
        self._db.execute("BEGIN")

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self._db.close()

    def count(self, digest):
        """Note a digest and give its occurrence number, from 1."""
        found = self._db.execute(
            "SELECT n FROM seen WHERE digest = ?", (digest,)
        ).fetchone()
        number = found[0] + 1 if found else 1
        self._db.execute("INSERT OR REPLACE INTO seen VALUES (?, ?)", (digest, number))
        return number


def content_key(digest, occurrence):
    """
    >>> content_key(b"\\x00\\xff", 2)
    'row:00ff#2'
    """
    return f"row:{digest.hex()}#{occurrence}"
