"""Checks of tax ids, registry numbers and bank accounts.

Plain Python, without ORM. Each check takes what a person typed and returns the
code of what is wrong with it, or ``None``; the wording is the caller's.

Tax ids (INN in Russia) are checked by python-stdnum where it knows the country.
The other Russian requisites have no module there (KPP, bank account) or one that
is absent from the version Odoo asks for (OGRN), so their rules are here.
"""

import re

from stdnum import get_cc_module
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength
from stdnum.exceptions import ValidationError as StdnumError

LENGTH = "length"
FORMAT = "format"
CHECKSUM = "checksum"
OTHER = "other"

_KPP = re.compile(r"\d{4}[0-9A-Z]{2}\d{3}")
_ACCOUNT_WEIGHTS = (7, 1, 3)
_CORRESPONDENT_PREFIX = "301"


def compact(value: str | None) -> str:
    """Return the number without the spaces and dashes people type into it.

    >>> compact(" 7707 083-893 ")
    '7707083893'
    >>> compact(None)
    ''
    """
    return re.sub(r"[\s\u2010-\u2015-]", "", value or "")


def normalize_tax_id(value: str | None) -> str | None:
    """Return a tax id made of digits without its separators, any other as typed.

    Signs belong to some countries' tax ids, so only all-digit ones are changed.

    >>> normalize_tax_id("7707 083893")
    '7707083893'
    >>> normalize_tax_id(" BE 0477.472.701 ")
    'BE 0477.472.701'
    >>> normalize_tax_id("/"), normalize_tax_id("")
    ('/', '')
    """
    if not value:
        return value
    digits = compact(value)
    return digits if digits.isdecimal() else value.strip()


def check_tax_id(country_code: str | None, number: str | None) -> str | None:
    """Return what is wrong with a tax id of the country.

    A country that python-stdnum doesn't know is not checked. A single character
    ("/") says that there is no tax id, as it does in Odoo.

    >>> check_tax_id("RU", "7707083893")
    >>> check_tax_id("RU", "500100732259")
    >>> check_tax_id("RU", "7707083894")
    'checksum'
    >>> check_tax_id("RU", "77070838")
    'length'
    >>> check_tax_id("RU", "77070838AB")
    'format'
    >>> check_tax_id("HU", "12892312")
    >>> check_tax_id("FR", "FR 23 334 175 221")
    >>> check_tax_id("XX", "whatever")
    >>> check_tax_id("RU", "/")
    """
    if not country_code or not number or len(number.strip()) == 1:
        return None
    module = _get_tax_id_module(country_code)
    if module is None:
        return None
    try:
        module.validate(number)
    except InvalidLength:
        return LENGTH
    except InvalidFormat:
        return FORMAT
    except InvalidChecksum:
        return CHECKSUM
    except StdnumError:
        return OTHER
    return None


def check_kpp(kpp: str | None) -> str | None:
    """Return what is wrong with a KPP (reason of registration), if anything.

    >>> check_kpp("770101001")
    >>> check_kpp("7701AB001")
    >>> check_kpp("77010100")
    'length'
    >>> check_kpp("77010100A")
    'format'
    """
    kpp = compact(kpp).upper()
    if not kpp:
        return None
    if len(kpp) != 9:
        return LENGTH
    return None if _KPP.fullmatch(kpp) else FORMAT


def check_ogrn(ogrn: str | None) -> str | None:
    """Return what is wrong with an OGRN (13 digits) or OGRNIP (15), if anything.

    The last digit is the last digit of what remains of the number before it
    when divided by 11 (OGRN) or 13 (OGRNIP).

    >>> check_ogrn("1027700132195")
    >>> check_ogrn("1027700132196")
    'checksum'

    30450011600015 % 13 = 7:

    >>> check_ogrn("304500116000157")
    >>> check_ogrn("304500116000158")
    'checksum'

    30450011600018 % 13 = 10, of which the last digit is 0:

    >>> check_ogrn("304500116000180")
    >>> check_ogrn("10277001321")
    'length'
    >>> check_ogrn("10277001321AB")
    'format'
    """
    ogrn = compact(ogrn)
    if not ogrn:
        return None
    if not ogrn.isdecimal():
        return FORMAT
    if len(ogrn) not in (13, 15):
        return LENGTH
    expected = int(ogrn[:-1]) % (len(ogrn) - 2) % 10
    return None if expected == int(ogrn[-1]) else CHECKSUM


def check_bic(bic: str | None) -> str | None:
    """Return what is wrong with a Russian bank code (BIC), if anything.

    >>> check_bic("044525225")
    >>> check_bic("04452522")
    'length'
    >>> check_bic("SABRRUMM0")
    'format'
    """
    bic = compact(bic)
    if not bic:
        return None
    if len(bic) != 9:
        return LENGTH
    return None if bic.isdecimal() and bic.isascii() else FORMAT


def check_account(account: str | None, bic: str | None) -> str | None:
    """Return what is wrong with a Russian bank account kept at the bank's BIC.

    The account has 20 digits. Put the last three digits of the BIC before it
    (for a correspondent account, "0" and the fifth and sixth digit), multiply by
    7, 1, 3, 7, 1, 3, ... and the last digit of the sum of last digits is 0.

    >>> check_account("40702810200000000001", "044525225")
    >>> check_account("30101810400000000225", "044525225")
    >>> check_account("40802810000000000002", "044525593")
    >>> check_account("40702810200000000001", "044525593")
    'checksum'
    >>> check_account("4070281020000000000", "044525225")
    'length'
    >>> check_account("4070281020000000000X", "044525225")
    'format'

    Without a sound BIC only the form is checked:

    >>> check_account("40702810200000000001", None)
    """
    account = compact(account)
    bic = compact(bic)
    if not account:
        return None
    if len(account) != 20:
        return LENGTH
    if not (account.isdecimal() and account.isascii()):
        return FORMAT
    if not bic or check_bic(bic):
        return None
    if account.startswith(_CORRESPONDENT_PREFIX):
        prefix = "0" + bic[4:6]
    else:
        prefix = bic[-3:]
    total = sum(
        int(digit) * _ACCOUNT_WEIGHTS[position % 3] % 10
        for position, digit in enumerate(prefix + account)
    )
    return CHECKSUM if total % 10 else None


def _get_tax_id_module(country_code: str):
    """Return stdnum's module for the tax id of the country, or None."""
    code = country_code.lower()
    # stdnum names its module of Greece, Ireland ... by the ISO code, and a few
    # countries call their number "tin" only.
    for name in ("vat", "tin"):
        module = get_cc_module(code, name)
        if module is not None:
            return module
    return None
