"""From the facts of an invoice to what its payment QR code says.

GOST R 56042 in roubles, EPC in euros, nothing in other currencies.
"""

import re

from .payment_qr import (
    BIC_SWIFT,
    INN,
    KPP,
    MAX_LENGTHS,
    EpcPayment,
    GostPayment,
    PaymentQrError,
    build_epc,
    build_gost,
)

RATE = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")


def make_code(facts, purpose=""):
    """The bytes of the code, or nothing where no code is usual.

    :param dict facts: see `papers`
    :param str purpose: what a payment in euros is for; in roubles it is worded here,
        as Russian accountants expect it
    :raise PaymentQrError: if the bank account lacks what is needed
    """
    makers = {"RUB": _make_gost, "EUR": _make_epc}
    make = makers.get(facts["currency"]["code"])
    if not make or facts["totals"]["total"] <= 0:
        return None
    bank = facts["issuer"].get("bank")
    if not bank or not bank.get("account"):
        raise PaymentQrError("no_account", "The payee has no bank account.")
    return make(facts, bank, purpose)


def _make_gost(facts, bank, _purpose):
    issuer = facts["issuer"]
    vat = _tidy(issuer.get("vat")).removeprefix("RU")
    kpp = _tidy(issuer.get("kpp"))
    payment = GostPayment(
        name=_tidy(issuer["name"], MAX_LENGTHS["Name"]),
        account=_close_up(bank["account"]),
        bank_name=_tidy(bank.get("name"), MAX_LENGTHS["BankName"]),
        bic=_close_up(bank.get("bic")),
        corr_account=_close_up(bank.get("corr_account")),
        amount=facts["totals"]["total"],
        purpose=_tidy(word_purpose(facts), MAX_LENGTHS["Purpose"]),
        payee_inn=vat if INN.fullmatch(vat) else "",
        payee_kpp=kpp if KPP.fullmatch(kpp) else "",
    )
    try:
        return build_gost(payment)
    except PaymentQrError as error:
        if error.reason != "too_long":
            raise
        # A byte for a letter instead of two.
        return build_gost(payment, "cp1251")


def _make_epc(facts, bank, purpose):
    bic = _close_up(bank.get("bic")).upper()
    return build_epc(
        EpcPayment(
            name=_tidy(facts["issuer"]["name"], 70),
            iban=_close_up(bank["account"]).upper(),
            amount=facts["totals"]["total"],
            bic=bic if BIC_SWIFT.fullmatch(bic) else "",
            remittance=_tidy(purpose, 140),
        )
    )


def word_purpose(facts):
    """The purpose of a payment in roubles, with the VAT in it.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> facts = {"number": "7", "date": date(2026, 10, 5), "totals": {"taxes": []}}
    >>> word_purpose(facts)
    'Оплата по счету № 7 от 05.10.2026. Без НДС'
    >>> facts["totals"]["taxes"] = [{"name": "VAT 22%", "amount": Decimal(4400)}]
    >>> word_purpose(facts)
    'Оплата по счету № 7 от 05.10.2026. В т.ч. НДС 22% - 4400-00'
    """
    taxes = facts["totals"].get("taxes") or ()
    vat = "Без НДС"
    if taxes:
        total = f"{sum(tax['amount'] for tax in taxes):.2f}".replace(".", "-")
        rate = RATE.search(taxes[0]["name"]) if len(taxes) == 1 else None
        vat = f"В т.ч. НДС {rate[1] + '% - ' if rate else ''}{total}"
    return f"Оплата по счету № {facts['number']} от {facts['date']:%d.%m.%Y}. {vat}"


def _tidy(text, length=None):
    """The text in one line, cut where it is too long.

    >>> _tidy(" a\\n b "), _tidy("abc def", 5), _tidy(False)
    ('a b', 'abc d', '')
    """
    return " ".join(str(text or "").split())[:length].strip()


def _close_up(text):
    """A number as banks write it, without the gaps.

    >>> _close_up("HU42 1177 3016"), _close_up(None)
    ('HU4211773016', '')
    """
    return "".join(str(text or "").split())
