"""What can be wrong with a file or a value, as codes: records put them in words."""

from dataclasses import dataclass, field


class FileRefused(Exception):
    """The file as a whole cannot be read.

    >>> str(FileRefused("empty_file"))
    'empty_file {}'
    """

    def __init__(self, code, **details):
        super().__init__(f"{code} {details}")
        self.code = code
        self.details = details


class ValueRefused(Exception):
    """A value does not fit the field it is meant for."""

    def __init__(self, rule, **details):
        super().__init__(f"{rule} {details}")
        self.rule = rule
        self.details = details


@dataclass(slots=True)
class Fault:
    """One thing wrong in one row.

    ``column`` is the header as the file has it (or the field's name when no column
    is meant), ``rule`` a code of what was broken, ``details`` the rule's parameters.
    A ``warning`` does not keep the row out.
    """

    row: int
    rule: str
    column: str = ""
    value: str = ""
    details: dict = field(default_factory=dict)
    warning: bool = False
