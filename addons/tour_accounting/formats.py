"""The formats of the export, as data."""

from typing import NamedTuple

BOOKINGS, MOVES, PAYMENTS = "sale.order", "account.move", "account.payment"


class Format(NamedTuple):
    """What a file has, and how it is called."""

    name: str
    extension: str
    mimetype: str
    #: Models of the records that go, in their order in the file.
    models: tuple[str, ...]
    #: A journal has every entry of the ledger; else it is documents, which 1C checks.
    is_journal: bool = False


XML = "application/xml"
DOCUMENTS = (BOOKINGS, MOVES, PAYMENTS)
FORMATS = {
    "enterprise_data": Format("1C: EnterpriseData (XML)", "xml", XML, DOCUMENTS),
    "commerceml": Format("1C: CommerceML 2.10 (XML)", "xml", XML, DOCUMENTS),
    "journal_xlsx": Format(
        "General journal (XLSX)",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        (BOOKINGS, MOVES),
        is_journal=True,
    ),
    "journal_csv": Format(
        "General journal (CSV)", "csv", "text/csv", (MOVES,), is_journal=True
    ),
}
SELECTION = [(code, each.name) for code, each in FORMATS.items()]

# Who makes exports and keeps their settings; who sees them.
KEEPERS = ("tour_partner.tour_group_accountant", "tour_partner.tour_group_head")
SEES = ",".join((*KEEPERS, "tour_partner.tour_group_director"))

# Life of an export. The work is done in the background, `OPEN` says of what.
STATES = [
    ("waiting", "Waiting"),
    ("reading", "Being made"),
    ("writing", "Being written"),
    ("done", "Done"),
    ("failed", "Failed"),
]
OPEN = ("waiting", "reading", "writing")

ACTS = [
    ("new", "New"),
    ("correction", "Correction"),
    ("cancellation", "Cancellation"),
    ("repeated", "Repeated"),
]
KINDS = [
    ("booking", "Booking"),
    ("invoice", "Invoice"),
    ("credit_note", "Credit note"),
    ("bill", "Supplier bill"),
    ("bill_refund", "Supplier credit note"),
    ("payment_in", "Payment received"),
    ("payment_out", "Payment made"),
    ("entry", "Journal entry"),
]
