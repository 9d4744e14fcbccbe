"""Which format a file has, by what it says itself."""

from . import camt, client_bank, swift
from .result import Statement
from .text import check_size

# In the order in which they are asked; what none knows may be a table.
READERS = {"1c": client_bank, "camt": camt, "mt940": swift}


def kind_of(data: bytes) -> str:
    """The format, one of `READERS`, or nothing.

    >>> kind_of(b"1CClientBankExchange"), kind_of(b"a;b")
    ('1c', '')
    """
    check_size(data)
    return next((kind for kind, reader in READERS.items() if reader.is_ours(data)), "")


def read(data: bytes, kind: str, strict: bool = True) -> list[Statement]:
    """The statements of a file of that format.

    :raise BankFileError: with the number of the line
    """
    return READERS[kind].read(data, strict)
