"""Documents by hand, one of each kind, for tests of the formats."""

from datetime import datetime
from decimal import Decimal

from ..engine.documents import NEW, Entry
from ..engine.enterprise_parts import Head
from ..engine.taxes import Vat

SPACE = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"
COMPANY = {
    "id": 1,
    "guid": "11111111-2222-3333-4444-555555555555",
    "name": "ТУР ПРИМЕР ООО",
    "inn": "7712345671",
    "kpp": "771201001",
    "is_company": True,
    "country": "RU",
}
CLIENT = {
    "id": 7,
    "guid": "7a0c3d7e-7a83-4b43-a8c3-0c6f0e2b0001",
    "name": "РОМАШКА ООО",
    "inn": "7701234560",
    "kpp": "770101001",
    "is_company": True,
    "country": "RU",
    "address": "125009, г. Москва, ул. Тверская, д. 1",
    "contract": {
        "guid": "9d2f7b10-0000-4000-8000-000000000001",
        "number": "15",
        "date": "2026-02-01",
    },
}
SUPPLIER = {
    "id": 8,
    "guid": "7a0c3d7e-7a83-4b43-a8c3-0c6f0e2b0008",
    "name": "АЛЬПИНА ООО",
    "inn": "7707083893",
    "kpp": "770701001",
    "is_company": True,
    "country": "RU",
    "payable": 60,
}
PARTIES = {"7": CLIENT, "8": SUPPLIER}
STAY = {
    "name": "Проживание: Отель «Пример», 10.10.2026–12.10.2026",
    "product": {
        "guid": "2b9a9d3f-0000-4000-8000-000000000010",
        "name": "Проживание в гостинице",
    },
    "quantity": "1",
    "amount": "24400.00",
    "tax": "4400.00",
    "taxes": [5],
    "account": 90,
    "supplier": 8,
}
VISA = {
    "name": "Виза",
    "product": {"guid": None, "name": "Виза"},
    "quantity": "2",
    "amount": "140.00",
    "tax": "0.00",
    "taxes": [],
    "account": 90,
    "supplier": None,
}
COMMON = {
    "date": "2026-10-05",
    "currency": "RUB",
    "currency_code": "643",
    "rate": "1",
    "partner": 7,
    "account": 62,
    "bookings": ["T000001"],
    "note": "Odoo INV/2026/00123",
}
INVOICE = {
    **COMMON,
    "kind": "invoice",
    "guid": "5e0f0f0e-0f66-4c2a-9a50-1b1f6f1f0a01",
    "number": "ТУР-000123",
    "amount": "24400.00",
    "due": "2026-10-08",
    "lines": [STAY],
    "act": [],
    "act_guid": "5e0f0f0e-0f66-4c2a-9a50-1b1f6f1f0a09",
}
ACT = {
    **COMMON,
    "kind": "booking",
    "guid": "5e0f0f0e-0f66-4c2a-9a50-1b1f6f1f0a02",
    "number": "T000001",
    "date": "2026-10-12",
    "amount": "24400.00",
    "lines": [STAY],
    "invoice": {
        "guid": INVOICE["guid"],
        "number": INVOICE["number"],
        "date": INVOICE["date"],
    },
}
CREDIT_NOTE = {
    **COMMON,
    "kind": "credit_note",
    "guid": "5e0f0f0e-0f66-4c2a-9a50-1b1f6f1f0a03",
    "number": "RTUR-000001",
    "date": "2026-10-20",
    "amount": "6100.00",
    "parts": [
        {
            "guid": "5e0f0f0e-0f66-4c2a-9a50-1b1f6f1f0a04",
            "date": "2026-10-20",
            "base": {"guid": ACT["guid"], "number": "T000001", "date": "2026-10-12"},
            "lines": [
                {
                    **STAY,
                    "amount": "6100.00",
                    "tax": "1100.00",
                    "before": "24400.00",
                    "before_tax": "4400.00",
                }
            ],
        }
    ],
}
BILL = {
    **COMMON,
    "kind": "bill",
    "guid": "5e0f0f0e-0f66-4c2a-9a50-1b1f6f1f0a05",
    "number": "BILL/2026/10/0001",
    "reference": "А-77",
    "reference_date": "2026-10-04",
    "partner": 8,
    "account": 60,
    "amount": "18300.00",
    "lines": [{**STAY, "amount": "18300.00", "tax": "3300.00", "account": 20}],
}
BILL_REFUND = {
    **BILL,
    "kind": "bill_refund",
    "guid": "5e0f0f0e-0f66-4c2a-9a50-1b1f6f1f0a06",
    "number": "RBILL/2026/10/0001",
    "parts": [
        {
            **CREDIT_NOTE["parts"][0],
            "guid": "5e0f0f0e-0f66-4c2a-9a50-1b1f6f1f0a06",
            "base": {
                "guid": BILL["guid"],
                "number": BILL["number"],
                "date": BILL["date"],
            },
        }
    ],
}
PAYMENT = {
    **COMMON,
    "kind": "payment_in",
    "guid": "5e0f0f0e-0f66-4c2a-9a50-1b1f6f1f0a07",
    "number": "PBNK1/2026/00001",
    "amount": "24400.00",
    "is_cash": False,
    "is_customer": True,
    "memo": "Оплата по счету ТУР-000123",
    "reference": "451",
    "journal": "Банк",
    "bank": {
        "id": 3,
        "account": "40702810900000000001",
        "name": "ПАО Банк",
        "bic": "044525225",
    },
}
TAXES = {"5": Vat("general", Decimal(22))}
DOCUMENTS = (
    ACT,
    INVOICE,
    {**INVOICE, "act": [VISA], "guid": "5e0f0f0e-0f66-4c2a-9a50-1b1f6f1f0a11"},
    CREDIT_NOTE,
    BILL,
    BILL_REFUND,
    PAYMENT,
    {**PAYMENT, "kind": "payment_out", "is_customer": False, "partner": 8},
    {**PAYMENT, "is_cash": True},
    {**PAYMENT, "kind": "payment_out", "is_cash": True},
)


def head(**values):
    values = {
        "version": "1.17",
        "made": datetime(2026, 10, 5, 19, 0, 0),
        "namespace": SPACE,
        "company": COMPANY,
        "taxes": TAXES,
        "accounts": {"62": "62.01", "60": "60.01", "90": "90.01.1"},
        **values,
    }
    return Head(**values)


def entry(document, act=NEW, revision=1, before=None):
    return Entry(act, revision, document, before, PARTIES)
