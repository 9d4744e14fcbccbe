"""What the registration form asks of whom, as data, and what is wrong with answers.

Nothing here touches the ORM. The wording of the faults is the caller's.

>>> [field.name for field in get_fields("person_client")][:3]
['name', 'email', 'phone']
>>> is_required(FIELDS["vat"], "legal_client", "FR")
True
>>> is_required(FIELDS["vat"], "person_client", "FR")
False

What only Russian papers need is asked of Russian companies only:

>>> is_required(FIELDS["ogrn"], "legal_client", "RU")
True
>>> is_required(FIELDS["ogrn"], "legal_client", "HU")
False

>>> answers = {"name": "Anna", "email": "anna@", "login": "анна", "password": "short"}
>>> sorted(find_faults("person_client", answers, "RU").items())[:3]
[('city', 'required'), ('country_id', 'required'), ('email', 'email')]
>>> faults = find_faults("person_client", answers, "RU")
>>> faults["login"], faults["password"], faults["phone"]
('latin', 'short', 'required')
"""

import re
from typing import NamedTuple

from odoo.addons.tour_partner import requisites

LEGAL = ("legal_agent", "legal_client")
AGENTS = ("legal_agent", "person_agent")
CLIENTS = ("legal_client", "person_client")
KINDS = [
    ("legal_agent", "Legal entity, agent"),
    ("legal_client", "Legal entity, client"),
    ("person_agent", "Individual, agent"),
    ("person_client", "Individual, client"),
]
ALL = tuple(code for code, _name in KINDS)

# Odoo hashes no more than this; what is shorter than the least is guessed.
MIN_PASSWORD, MAX_PASSWORD = 8, 128
MIN_LOGIN = 3
# ASCII, printable, no blanks: what every keyboard and every system can repeat.
_LATIN = re.compile(r"[!-~]+")
_EMAIL = re.compile(r"[^@\s<>\",;]+@[^@\s<>\",;]+\.[^@\s<>\",;.]{2,}")


class FormField(NamedTuple):
    """A field of the form: of which kinds it is asked, and of which it is required."""

    name: str
    size: int
    shown: tuple[str, ...] = ALL
    required: tuple[str, ...] = ()
    type: str = "text"
    autocomplete: str | None = None
    # In which it is required; everywhere when empty.
    countries: tuple[str, ...] = ()


# In the order of the form.
_FIELDS = (
    FormField("company_name", 200, LEGAL, LEGAL, autocomplete="organization"),
    FormField("vat", 32, (*LEGAL, "person_agent"), (*LEGAL, "person_agent")),
    FormField("kpp", 9, LEGAL, LEGAL, countries=("RU",)),
    FormField("ogrn", 15, (*LEGAL, "person_agent"), LEGAL, countries=("RU",)),
    FormField("name", 120, ALL, ALL, autocomplete="name"),
    FormField("function", 120, LEGAL, LEGAL, autocomplete="organization-title"),
    FormField("email", 254, ALL, ALL, "email", "email"),
    FormField("phone", 40, ALL, ALL, "tel", "tel"),
    FormField("country_id", 10, ALL, ALL, "country", "country"),
    FormField("zip", 16, ALL, LEGAL, autocomplete="postal-code"),
    FormField("city", 100, ALL, ALL, autocomplete="address-level2"),
    FormField("street", 200, ALL, LEGAL, autocomplete="street-address"),
    FormField("bank_name", 120, (*LEGAL, "person_agent"), AGENTS),
    FormField("bank_bic", 11, (*LEGAL, "person_agent"), AGENTS, countries=("RU",)),
    FormField("bank_account", 40, (*LEGAL, "person_agent"), AGENTS),
    FormField("note", 2000, type="textarea"),
    FormField("login", 64, ALL, ALL, autocomplete="username"),
    FormField(
        "password", MAX_PASSWORD, ALL, ALL, "password", autocomplete="new-password"
    ),
    FormField(
        "password2", MAX_PASSWORD, ALL, ALL, "password", autocomplete="new-password"
    ),
)
FIELDS = {field.name: field for field in _FIELDS}
# Never shown again, and never kept as they were typed.
SECRETS = ("password", "password2")


def get_fields(kind: str) -> list[FormField]:
    """The fields that the form has for a kind, in their order."""
    return [field for field in _FIELDS if kind in field.shown]


def is_required(field: FormField, kind: str, country_code: str | None) -> bool:
    """Whether the kind must fill in the field, being of that country."""
    if kind not in field.required:
        return False
    return not field.countries or country_code in field.countries


def is_latin(text: str) -> bool:
    """Whether a login or password has signs only that every keyboard has.

    >>> is_latin("anna.k@example.com"), is_latin("анна"), is_latin("an na")
    (True, False, False)
    """
    return bool(_LATIN.fullmatch(text))


def find_faults(
    kind: str, values: dict[str, str], country_code: str | None
) -> dict[str, str]:
    """What is wrong: {name of the field: code of the fault}, in the form's order."""
    faults = {}
    for field in get_fields(kind):
        text = values.get(field.name) or ""
        if not text:
            if is_required(field, kind, country_code):
                faults[field.name] = "required"
        elif len(text) > field.size:
            faults[field.name] = "long"
        elif fault := _find_fault(field.name, text, values, country_code):
            faults[field.name] = fault
    return faults


def _find_fault(name, text, values, country_code):
    """The code of what is wrong with a field that was filled in, or None."""
    check = _CHECKS.get(name)
    return check(text, values, country_code) if check else None


def _check_email(text, values, country_code):
    return None if _EMAIL.fullmatch(text) else "email"


def _check_login(text, values, country_code):
    if not is_latin(text):
        return "latin"
    return "short_login" if len(text) < MIN_LOGIN else None


def _check_password(text, values, country_code):
    if not is_latin(text):
        return "latin"
    if len(text) < MIN_PASSWORD:
        return "short"
    return "same" if text.lower() == (values.get("login") or "").lower() else None


def _check_password2(text, values, country_code):
    return None if text == (values.get("password") or "") else "mismatch"


def _check_vat(text, values, country_code):
    return "malformed" if requisites.check_tax_id(country_code, text) else None


def _check_kpp(text, values, country_code):
    return "malformed" if country_code == "RU" and requisites.check_kpp(text) else None


def _check_ogrn(text, values, country_code):
    return "malformed" if country_code == "RU" and requisites.check_ogrn(text) else None


def _check_bic(text, values, country_code):
    return "malformed" if country_code == "RU" and requisites.check_bic(text) else None


def _check_account(text, values, country_code):
    if country_code != "RU":
        return None
    bic = values.get("bank_bic")
    return "malformed" if requisites.check_account(text, bic) else None


_CHECKS = {
    "bank_account": _check_account,
    "bank_bic": _check_bic,
    "email": _check_email,
    "kpp": _check_kpp,
    "login": _check_login,
    "ogrn": _check_ogrn,
    "password": _check_password,
    "password2": _check_password2,
    "vat": _check_vat,
}
