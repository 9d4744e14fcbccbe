r"""Names of files that others gave.

>>> clean_name("..\\..\\etc/passwd\x00\n"), clean_name("Платёжки 05.10.pdf")
('passwd', 'Платёжки 05.10.pdf')
>>> clean_name("<img src=x>.pdf"), clean_name("  .. "), len(clean_name("x" * 500))
('img src=x.pdf', 'file', 120)
"""

import re

UNSAFE = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\u202a-\u202e\u2066-\u2069]+")
MAX_NAME = 120


def clean_name(name):
    """The name without paths, control characters and what turns its end around."""
    base = re.split(r"[\\/]", name or "")[-1]
    base = UNSAFE.sub("", base).strip(" .")
    if len(base) > MAX_NAME:
        head, dot, ending = base.rpartition(".")
        short = dot and len(ending) <= 5
        base = f"{head[: MAX_NAME - 6]}.{ending}" if short else base[:MAX_NAME]
    return base or "file"
