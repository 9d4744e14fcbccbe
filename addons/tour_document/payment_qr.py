"""What payment QR codes say: the Russian one and the European one, both ways.

GOST R 56042-2014, for roubles, and EPC069-12, for euros.  Text and amounts in,
bytes out, and back; no pictures here (see :mod:`.qr` and :mod:`.qr_reader`), no
records and no environment.

What a bank could not pay is refused with a :class:`PaymentQrError`, never written,
and never taken from a picture either.

>>> payment = GostPayment(
...     name="ООО Тур", account="40702810200000000001", bank_name="Банк",
...     bic="044525225", corr_account="30101810400000000225",
...     amount=Decimal("24400"), purpose="Счёт 7",
... )
>>> build_gost(payment).decode().split("|")[0]
'ST00012'
>>> parse(build_gost(payment, encoding="cp1251")) == payment
True
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

# GOST R 56042-2014

GOST_HEAD = b"ST0001"
# By the digit after the head.
GOST_ENCODINGS = {"1": "cp1251", "2": "utf-8", "3": "koi8-r"}
# The first that stands in no value parts them.
SEPARATORS = "|~_^;#$&@*!?%"
MANDATORY = {
    "Name": "name",
    "PersonalAcc": "account",
    "BankName": "bank_name",
    "BIC": "bic",
    "CorrespAcc": "corr_account",
}
USUAL = {"PayeeINN": "payee_inn", "KPP": "payee_kpp", "Purpose": "purpose"}
MANDATORY_BYTES = 300
# In characters; those that are not named here may be as long as the code holds.
MAX_LENGTHS = {
    "Name": 160, "PersonalAcc": 20, "BankName": 45, "BIC": 9, "CorrespAcc": 20,
    "Sum": 18, "Purpose": 210, "PayeeINN": 12, "PayerINN": 12, "DrawerStatus": 2,
    "KPP": 9, "CBC": 20, "OKTMO": 11, "PaytReason": 2, "TaxPeriod": 10, "DocNo": 15,
    "DocDate": 10, "TaxPaytKind": 2, "TechCode": 2,
}  # fmt: skip
KEY = re.compile(r"[A-Za-z]{1,32}", re.ASCII)
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
BIC_RU = re.compile(r"0[0-24]\d{7}", re.ASCII)
ACCOUNT_RU = re.compile(r"\d{20}", re.ASCII)
INN = re.compile(r"\d{10}(\d{2})?", re.ASCII)
KPP = re.compile(r"\d{4}[0-9A-Z]{2}\d{3}", re.ASCII)
KOPECKS = re.compile(r"[1-9]\d{0,17}", re.ASCII)
KEY_WEIGHTS = (7, 1, 3)
# A QR code of error correction M holds no more.
MAX_BYTES = 2331

# EPC069-12

EPC_MAX_BYTES = 331
EPC_CHARSETS = {
    "1": "utf-8", "2": "iso8859-1", "3": "iso8859-2", "4": "iso8859-4",
    "5": "iso8859-5", "6": "iso8859-7", "7": "iso8859-10", "8": "iso8859-15",
}  # fmt: skip
EPC_MAX_AMOUNT = Decimal("999999999.99")
BIC_SWIFT = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?", re.ASCII)
IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", re.ASCII)
EPC_AMOUNT = re.compile(r"EUR\d{1,9}(\.\d{1,2})?", re.ASCII)


class PaymentQrError(ValueError):
    """The payment can't be put into a code, or the code holds none.

    :param str reason: short name of what is wrong, for who words it himself
    :param str message: the same in English
    """

    def __init__(self, reason, message):
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True)
class GostPayment:
    """A payment to a Russian account.

    ``corr_account`` is empty where the bank has none; ``amount`` is in roubles;
    ``others`` are pairs of further keys of the standard with their values.
    """

    name: str
    account: str
    bank_name: str
    bic: str
    corr_account: str = ""
    amount: Decimal | None = None
    purpose: str = ""
    payee_inn: str = ""
    payee_kpp: str = ""
    others: tuple[tuple[str, str], ...] = field(default=())


@dataclass(frozen=True)
class EpcPayment:
    """A SEPA credit transfer; ``reference`` is that of a creditor (ISO 11649), and
    stands instead of ``remittance``."""

    name: str
    iban: str
    amount: Decimal | None = None
    bic: str = ""
    purpose_code: str = ""
    reference: str = ""
    remittance: str = ""
    information: str = ""


def parse(data: bytes) -> GostPayment | EpcPayment:
    """The payment in a code, of whichever kind it is.

    >>> parse(b"https://example.com")
    Traceback (most recent call last):
    ...
    odoo.addons.tour_document.payment_qr.PaymentQrError: This is no payment code.
    """
    if data.startswith(GOST_HEAD):
        return parse_gost(data)
    if data.startswith(b"BCD"):
        return parse_epc(data)
    raise PaymentQrError("unknown", "This is no payment code.")


# === GOST R 56042-2014 === #


def build_gost(payment: GostPayment, encoding: str = "utf-8") -> bytes:
    """The bytes of the code.

    :param encoding: ``utf-8``, ``cp1251`` or ``koi8-r``; the others are shorter
    """
    digit = next((d for d, name in GOST_ENCODINGS.items() if name == encoding), None)
    if not digit:
        raise PaymentQrError("encoding", f"The standard has no encoding {encoding}.")
    check_gost(payment)
    pairs = list(_gost_pairs(payment))
    separator = _choose_separator(value for _key, value in pairs)
    block = [f"{key}={value}" for key, value in pairs]
    try:
        head = separator.join(block[: len(MANDATORY)]).encode(encoding)
        data = separator.join(block).encode(encoding)
    except UnicodeEncodeError as error:
        letter = error.object[error.start]
        raise PaymentQrError(
            "encoding", f"“{letter}” can't be written in {encoding}."
        ) from None
    if len(head) > MANDATORY_BYTES:
        raise PaymentQrError(
            "too_long",
            f"The payee and his bank take {len(head)} bytes; {MANDATORY_BYTES} are"
            " allowed.",
        )
    code = GOST_HEAD + digit.encode() + separator.encode() + data
    if len(code) > MAX_BYTES:
        raise PaymentQrError("too_long", "The payment is too long for a QR code.")
    return code


def parse_gost(data: bytes) -> GostPayment:
    """The payment in the bytes of a code.

    The order of the keys is not insisted on, as not all programs keep to it; a key
    that comes twice is refused, as nobody knows which one would be paid.
    """
    values = _read_gost_values(data)
    missing = [key for key in MANDATORY if key not in values]
    if missing:
        raise PaymentQrError("missing", f"The code lacks {', '.join(missing)}.")
    kopecks = values.pop("Sum", None)
    if kopecks is not None and not KOPECKS.fullmatch(kopecks):
        raise PaymentQrError("amount", f"“{kopecks}” is no amount in kopecks.")
    known = {name: values.pop(key, "") for key, name in {**MANDATORY, **USUAL}.items()}
    if known["corr_account"] == "0":
        known["corr_account"] = ""
    payment = GostPayment(
        **known,
        amount=Decimal(kopecks).scaleb(-2) if kopecks else None,
        others=tuple(values.items()),
    )
    check_gost(payment)
    return payment


def check_gost(payment: GostPayment) -> None:
    """Refuse a payment that a bank could not carry out."""
    if not BIC_RU.fullmatch(payment.bic):
        raise PaymentQrError("bic", f"“{payment.bic}” is no BIC of a Russian bank.")
    if not ACCOUNT_RU.fullmatch(payment.account):
        raise PaymentQrError("account", "The account has not got 20 digits.")
    if not has_account_key(payment.account, payment.bic):
        raise PaymentQrError(
            "account_key", "The account is not one of this bank: its key is wrong."
        )
    corr = payment.corr_account
    if corr and not (
        ACCOUNT_RU.fullmatch(corr) and has_corr_account_key(corr, payment.bic)
    ):
        raise PaymentQrError(
            "corr_account", "The correspondent account is not that of this bank."
        )
    if payment.payee_inn and not INN.fullmatch(payment.payee_inn):
        raise PaymentQrError("inn", "A tax id has 10 or 12 digits.")
    if payment.payee_kpp and not KPP.fullmatch(payment.payee_kpp):
        raise PaymentQrError("kpp", f"“{payment.payee_kpp}” is no KPP.")
    _check_gost_texts(payment)


def has_account_key(account: str, bic: str) -> bool:
    """Whether the key of an account holds with the BIC of its bank.

    >>> has_account_key("40702810200000000001", "044525225")
    True
    >>> has_account_key("40702810300000000001", "044525225")
    False
    >>> has_account_key("40702810200000000001", "044525593")
    False
    """
    if _key_sum(bic[-3:] + account) == 0:
        return True
    # Accounts with the central bank and the treasury have keys of their own kind.
    is_central = not bic.startswith("04") or bic[-3:] in ("000", "001", "002")
    return is_central and has_corr_account_key(account, bic)


def has_corr_account_key(account: str, bic: str) -> bool:
    """Whether the key of a bank's own account with the central bank holds.

    >>> has_corr_account_key("30101810400000000225", "044525225")
    True
    >>> has_corr_account_key("30101810200000000593", "044525593")
    True
    >>> has_corr_account_key("30101810300000000593", "044525593")
    False
    """
    return _key_sum(f"0{bic[4:6]}{account}") == 0


def _key_sum(digits):
    return sum(int(d) * KEY_WEIGHTS[i % 3] % 10 for i, d in enumerate(digits)) % 10


def _gost_pairs(payment):
    for key, name in MANDATORY.items():
        value = getattr(payment, name)
        yield key, value or "0" if key == "CorrespAcc" else value
    if payment.payee_inn:
        yield "PayeeINN", payment.payee_inn
    if payment.payee_kpp:
        yield "KPP", payment.payee_kpp
    if payment.amount is not None:
        yield "Sum", str(_to_cents(payment.amount))
    if payment.purpose:
        yield "Purpose", payment.purpose
    yield from payment.others


def _check_gost_texts(payment):
    taken = {*MANDATORY, *USUAL, "Sum"}
    for key, _value in payment.others:
        if not KEY.fullmatch(key) or key in taken:
            raise PaymentQrError("key", f"“{key}” can't be one more key.")
        taken.add(key)
    for key, value in _gost_pairs(payment):
        _check_text(key, value, MAX_LENGTHS.get(key))
        if not value:
            raise PaymentQrError("missing", f"{key} is empty.")


def _choose_separator(values):
    """The first character that stands in no value.

    >>> _choose_separator(["a|b", "c"])
    '~'
    """
    text = "".join(values)
    for separator in SEPARATORS:
        if separator not in text:
            return separator
    raise PaymentQrError("separator", "Every possible separator stands in the text.")


def _read_gost_values(data):
    """Values by key, as they stand in the bytes."""
    encoding = GOST_ENCODINGS.get(data[6:7].decode("ascii", "replace"))
    if not data.startswith(GOST_HEAD) or not encoding or len(data) < 9:
        raise PaymentQrError("unknown", "This is no payment code of GOST R 56042.")
    if len(data) > MAX_BYTES:
        raise PaymentQrError("too_long", "The payment is too long for a QR code.")
    try:
        text = data[7:].decode(encoding)
    except UnicodeDecodeError:
        raise PaymentQrError("encoding", f"The text is not in {encoding}.") from None
    separator, text = text[0], text[1:].rstrip("\r\n\x00")
    values = {}
    for pair in text.removesuffix(separator).split(separator):
        key, equals, value = pair.partition("=")
        if not equals or not KEY.fullmatch(key):
            raise PaymentQrError("key", f"“{pair[:40]}” is no key with a value.")
        if key in values:
            raise PaymentQrError("twice", f"{key} stands in the code twice.")
        # Programs that know no value write the key all the same.
        if value or key in MANDATORY:
            values[key] = value
    return values


# === EPC069-12 === #


def build_epc(payment: EpcPayment) -> bytes:
    """The bytes of the code: version 002, in UTF-8.

    >>> build_epc(EpcPayment(
    ...     name="Tour Kft", iban="HU42117730161111101800000000",
    ...     amount=Decimal("12.3"), remittance="Invoice 7",
    ... )).decode().split("\\n")[4:]
    ['', 'Tour Kft', 'HU42117730161111101800000000', 'EUR12.30', '', '', 'Invoice 7']
    """
    check_epc(payment)
    amount = payment.amount
    lines = [
        "BCD", "002", "1", "SCT", payment.bic, payment.name, payment.iban,
        "" if amount is None else f"EUR{_to_cents(amount) / Decimal(100):.2f}",
        payment.purpose_code, payment.reference, payment.remittance,
        payment.information,
    ]  # fmt: skip
    while not lines[-1]:
        lines.pop()
    code = "\n".join(lines).encode()
    if len(code) > EPC_MAX_BYTES:
        raise PaymentQrError(
            "too_long",
            f"The code takes {len(code)} bytes; {EPC_MAX_BYTES} are allowed.",
        )
    return code


def parse_epc(data: bytes) -> EpcPayment:
    """The payment in the bytes of a code, version 001 or 002."""
    if len(data) > EPC_MAX_BYTES:
        raise PaymentQrError("too_long", "The code is longer than the standard allows.")
    lines = re.split(rb"\r?\n", data)
    encoding = EPC_CHARSETS.get(b"".join(lines[2:3]).decode("ascii", "replace"))
    head = [line.strip() for line in lines[:4]]
    if (
        head[:1] != [b"BCD"]
        or not encoding
        or head[1:2] not in ([b"001"], [b"002"])
        or head[3:4] != [b"SCT"]
    ):
        raise PaymentQrError("unknown", "This is no payment code of EPC069-12.")
    try:
        texts = [line.decode(encoding) for line in lines[4:]]
    except UnicodeDecodeError:
        raise PaymentQrError("encoding", f"The text is not in {encoding}.") from None
    while texts and not texts[-1]:
        texts.pop()
    if not 3 <= len(texts) <= 8:
        raise PaymentQrError("missing", "The code lacks lines, or has too many.")
    texts += [""] * (8 - len(texts))
    bic, name, iban, amount, purpose_code, reference, remittance, information = texts
    if amount and not EPC_AMOUNT.fullmatch(amount):
        raise PaymentQrError("amount", f"“{amount}” is no amount in euros.")
    payment = EpcPayment(
        name=name,
        iban=iban,
        amount=Decimal(amount.removeprefix("EUR")) if amount else None,
        bic=bic,
        purpose_code=purpose_code,
        reference=reference,
        remittance=remittance,
        information=information,
    )
    check_epc(payment)
    return payment


def check_epc(payment: EpcPayment) -> None:
    """Refuse a payment that a bank could not carry out."""
    if payment.bic and not BIC_SWIFT.fullmatch(payment.bic):
        raise PaymentQrError("bic", f"“{payment.bic}” is no BIC.")
    if not is_iban(payment.iban):
        raise PaymentQrError("iban", f"“{payment.iban}” is no IBAN.")
    if not payment.name:
        raise PaymentQrError("missing", "The name is empty.")
    if payment.reference and payment.remittance:
        raise PaymentQrError("twice", "A reference stands instead of a remittance.")
    for name, length in (
        ("name", 70),
        ("purpose_code", 4),
        ("reference", 35),
        ("remittance", 140),
        ("information", 70),
    ):
        _check_text(name, getattr(payment, name), length)
    if payment.amount is not None:
        _to_cents(payment.amount)
        if payment.amount > EPC_MAX_AMOUNT:
            raise PaymentQrError("amount", "The amount is too large for the code.")


def is_iban(text: str) -> bool:
    """Whether the account is an IBAN whose check digits hold.

    >>> is_iban("HU42117730161111101800000000"), is_iban("DE89370400440532013000")
    (True, True)
    >>> is_iban("DE88370400440532013000"), is_iban("de89"), is_iban("")
    (False, False, False)
    """
    if not IBAN.fullmatch(text):
        return False
    turned = text[4:] + text[:4]
    return int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1


# === Both === #


def _to_cents(amount):
    """The amount in whole hundredths; what has more digits is refused, not rounded.

    >>> _to_cents(Decimal("24400")), _to_cents(Decimal("0.01"))
    (2440000, 1)
    """
    if not isinstance(amount, Decimal) or not amount.is_finite():
        raise PaymentQrError("amount", "The amount is no decimal number.")
    if amount <= 0 or amount >= Decimal(10) ** 16:
        raise PaymentQrError("amount", f"{amount} can't be paid.")
    exact = amount.quantize(Decimal("0.01"))
    if exact != amount:
        raise PaymentQrError("amount", f"{amount} has parts of a hundredth.")
    return int(exact.scaleb(2))


def _check_text(name, value, length):
    if length and len(value) > length:
        raise PaymentQrError(
            "too_long", f"{name} has {len(value)} characters; {length} are allowed."
        )
    if CONTROL.search(value):
        raise PaymentQrError("control", f"{name} holds a line break or the like.")
