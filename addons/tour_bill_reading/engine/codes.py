"""What the payment code on a bill says: the Russian one or the European one."""

from odoo.addons.tour_document import payment_qr, qr_reader

from .hints import QR, Hint

# The code was made by a program and checked by its digits.
CODE = 0.93
FROM_CODE = {
    "name": "name", "account": "account", "bic": "bic", "corr_account": "corr_account",
    "amount": "amount", "payee_inn": "tax_id", "payee_kpp": "kpp", "purpose": "purpose",
}  # fmt: skip
FROM_EPC = {
    "name": "name", "iban": "account", "bic": "bic", "amount": "amount",
    "remittance": "purpose",
}  # fmt: skip
MAX_SECONDS = 5


def read_codes(content, **limits):
    """The payments in the codes of the page or picture.

    :raise qr_reader.QrReadError: if it can't be read
    """
    return qr_reader.read_payments(content, max_pages=1, **limits)


def list_hints(payment, page=0):
    """What one payment says, as hints.

    >>> payment = payment_qr.GostPayment(
    ...     "ООО Тур", "40702810200000000001", "Банк", "044525225",
    ...     payee_kpp="770101001")
    >>> {hint.field: hint.value for hint in list_hints(payment)}["kpp"]
    '770101001'
    """
    is_gost = isinstance(payment, payment_qr.GostPayment)
    values = {
        name: getattr(payment, key)
        for key, name in (FROM_CODE if is_gost else FROM_EPC).items()
    }
    values["currency"] = "RUB" if is_gost else "EUR"
    return [
        Hint(name, value, CODE, QR, "", page + 1)
        for name, value in values.items()
        if value
    ]
