r"""Whether a mail is from whom it says, by the word of the server that took it in.

The server notes in the header Authentication-Results (RFC 8601) what it found, below
its own name. Its word counts only where what it checked is the domain of the sender:

>>> said = '''mx.tour.example; spf=pass smtp.mailfrom=bounce@mailer.example;
...   dkim=pass (2048-bit key) header.d=bank.example header.s=s1'''
>>> headers = [("Authentication-Results", said)]
>>> is_authentic(headers, "mx.tour.example", "statements@bank.example")
True
>>> is_authentic(headers, "mx.tour.example", "statements@other.example")
False

What others say counts for nothing, and of several the topmost is the last server's:

>>> is_authentic(headers, "mx.other.example", "statements@bank.example")
False
>>> newer = ("Authentication-Results", "mx.tour.example; dkim=fail; dmarc=fail")
>>> is_authentic([newer, *headers], "mx.tour.example", "statements@bank.example")
False

Names that the sender chose can't pass for what the server says:

>>> for said in (
...     'mx.tour.example; spf=pass smtp.mailfrom="; dkim=pass header.d=bank.ru"@x.y',
...     "mx.tour.example; dkim=fail (; dkim=pass header.d=bank.ru)",
...     "mx.tour.example; dkim=pass header.d=bank.ru.x.y",
...     "mx.tour.example; dkim=pass reason=header.d=bank.ru header.d=x.y",
...     "mx.tour.example; spf=pass smtp.mailfrom==?utf-8?q?=3Bdkim=3Dpass?=@x.y",
...     "mx.tour.example; dkim=pass header.d=bank.ru (open",
... ):
...     headers = [("authentication-results", said)]
...     is_authentic(headers, "mx.tour.example", "a@bank.ru")
False
False
False
False
False
False
"""

HEADER = "authentication-results"
# What each of the checks is about; `header.from` is what the reader sees.
CHECKED = {
    "dmarc": ("header.from",),
    "dkim": ("header.d", "header.i"),
    "spf": ("smtp.mailfrom",),
}


def is_authentic(headers, server, address):
    """Whether the server says that the mail comes from the address's domain.

    :param headers: pairs of name and text as they came, not decoded, topmost first
    :param str server: its name, as it stands first in the header
    :param str address: the one that the mail is said to be from
    """
    domain = _get_domain(address)
    if not (server and domain):
        return False
    for name, text in headers:
        if name.lower() != HEADER:
            continue
        author, *results = _strip(text).split(";")
        # A version may stand behind the name.
        if author.split()[:1] == [server.strip().lower()]:
            return any(_bears_out(result, domain) for result in results)
    return False


def _strip(text):
    r"""The header in small letters without comments, quoted texts as one letter.

    >>> _strip('A (b (c) ") "d; \\" e"@F')
    'a  _@f'
    """
    kept, depth, quoted, escaped = [], 0, False, False
    for sign in text.lower():
        if escaped:
            escaped = False
        elif sign == "\\" and (quoted or depth):
            escaped = True
        elif quoted:
            quoted = sign != '"'
        elif sign == "(":
            depth += 1
        elif depth:
            depth -= sign == ")"
        elif sign == '"':
            quoted = True
            kept.append("_")
        else:
            kept.append(sign)
    return "" if quoted or depth else "".join(kept)


def _bears_out(result, domain):
    """Whether one check passed, and what it checked is the domain or one above it."""
    words = result.replace("=", " = ").split()
    said = {}
    for place in range(len(words) - 2, 0, -1):
        # The first one counts, and no value is a name at once.
        if words[place] == "=" and "=" not in words[place + 1]:
            said[words[place - 1]] = words[place + 1]
    method = next(iter(words), "").split("/")[0]
    names = CHECKED.get(method)
    if not names or said.get(words[0]) != "pass" or words.count("=") != len(said):
        return False
    found = [_get_domain(said[name]) for name in names if name in said]
    above = method == "dkim"
    return bool(found) and all(
        other == domain or (above and "." in other and domain.endswith(f".{other}"))
        for other in found
    )


def _get_domain(text):
    return (text or "").rpartition("@")[2].strip().strip("<>").lower()
