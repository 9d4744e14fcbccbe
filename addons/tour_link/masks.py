"""Personal data as they are shown until somebody asks to see them.

>>> mask_document("4509 123456"), mask_document("AB12"), mask_document("")
('•••• 456', '••••', '')
>>> is_mask("•••• 456"), is_mask("4509 123456")
(True, False)

What is kept to be compared later has a mark that differs when the data do, and that
says nothing without the key:

>>> mark("4509 123456", "•••• 456", "key") == mark("4509 123456", "•••• 456", "key")
True
>>> mark("4509 123456", "•••• 456", "key") == mark("4508 123456", "•••• 456", "key")
False
>>> unmark(mark("4509 123456", "•••• 456", "key")), mark("", "", "key")
('•••• 456', '')
"""

import hashlib
import hmac

DOT = "•"
HIDDEN = DOT * 4
# So much of a number is shown, if most of it stays hidden.
SHOWN = 3
LEAST = 7


def mask_document(number):
    """The end of a document's number, so that two of them can be told apart."""
    number = (number or "").strip()
    if not number:
        return ""
    return f"{HIDDEN} {number[-SHOWN:]}" if len(number) >= LEAST else HIDDEN


def mask_date(date):
    """Nothing of a date but that there is one."""
    return HIDDEN if date else ""


def is_mask(text):
    """Whether the text is a mask that came back from a form."""
    return DOT in (text or "")


def mark(value, mask, key):
    """The mask with a mark of what it hides: some of it, lest it can be guessed."""
    if not value:
        return ""
    code = hmac.new(key.encode(), value.encode(), hashlib.sha256).hexdigest()
    return f"{mask} #{code[:5]}"


def unmark(text):
    """The mask as it is shown."""
    return text.partition(" #")[0]
