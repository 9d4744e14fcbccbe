"""A bill's file in, hints out.

    reading = read_bill(content, own=Own(tax_ids=frozenset({"7712345671"})))
    reading.hints["amount"].value, reading.hints["amount"].confidence

Files are strangers' work: what is no bill, locked, or made to burst is refused with a
:class:`PdfError`, whose ``code`` says why, before it is unpacked; all else is bounded.
"""

import io
import time
from dataclasses import dataclass, field

from odoo.addons.tour_document.qr_reader import PDF_HEAD_WITHIN, QrReadError
from odoo.addons.tour_payment_order.engine import pdf
from odoo.addons.tour_payment_order.engine.matching import (
    NUMBER,
    Numbering,
    find_numbers,
)
from odoo.addons.tour_payment_order.engine.packing import PdfError
from odoo.addons.tour_payment_order.engine.trust import find_faults

from . import checks, codes, labels
from .cells import Sheet, make_cells, text_cells
from .checks import Own
from .hints import LABEL, LEAST, QR, Hint, choose, doubt
from .layouts import FIELDS, LAYOUTS

MAX_BYTES = 20 * 1024 * 1024
# A bill has one page or two; a list of guests may follow, and the sum at its end.
MAX_PAGES, FIRST, LAST = 200, 8, 2
CODE_PAGES = 3
MAX_SECONDS = 20
# Faults of the text that its labels don't mind: no word of a payment order's form.
HARMLESS = {"words"}
QR_FAULTS = {
    "empty": "empty", "too_large": "size", "encrypted": "encrypted",
    "corrupt": "broken", "unknown": "type", "too_slow": "slow",
}  # fmt: skip
MAX_BOOKINGS = 20
ALL = (*FIELDS, "currency", "bookings")


@dataclass
class Reading:
    """``hints`` by field; ``fault`` says why there are none."""

    hints: dict[str, Hint] = field(default_factory=dict)
    fault: str = ""
    pages: int = 0


@dataclass
class _Found:
    hints: list[Hint] = field(default_factory=list)
    texts: list[tuple[str, str, int]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    pages: int = 0


def read_bill(
    content,
    own=None,
    layouts=(),
    numbering=None,
    in_words=None,
    max_bytes=MAX_BYTES,
    max_seconds=MAX_SECONDS,
):
    """Read the bill.

    :param Own own: what is ours, and never the payee's
    :param layouts: further ones, looked at before the general ones
    :param Numbering numbering: how our bookings are numbered
    :param in_words: gives a sum in words, to be found in the text: bears the sum out
    :raise PdfError: if the file is refused; ``size`` if it is larger than ``max_bytes``
    :rtype: Reading
    """
    if len(content) > max_bytes:
        raise PdfError("size")
    layouts = (*layouts, *LAYOUTS)
    deadline = time.monotonic() + max_seconds
    if b"%PDF-" in content[:PDF_HEAD_WITHIN]:
        found = _read_pdf(content, layouts, deadline)
    else:
        found = _read_picture(content, layouts)
    hints = _settle(found, own or Own(), numbering or Numbering("", 1), in_words)
    fault = "" if hints else next(iter(found.faults), "nothing")
    return Reading(hints, fault, found.pages)


def _read_picture(content, layouts):
    found = _Found(pages=1)
    try:
        _take_codes(found, content, layouts, 0)
    except QrReadError as error:
        raise PdfError(QR_FAULTS.get(error.reason, "broken")) from error
    found.faults.append("scan")
    return found


def _read_pdf(content, layouts, deadline):
    pdf.check(io.BytesIO(content), max_bytes=len(content))
    found = _Found(pages=pdf.count_pages(content, MAX_PAGES))
    for page in _iter_pages(content, found.pages):
        faults = [fault for fault in page.faults if fault not in HARMLESS]
        if page.is_harmless:
            _read_page(found, page, layouts, faults)
        found.faults += faults
        if time.monotonic() > deadline:
            found.faults.append("slow")
            break
    return found


def _iter_pages(content, count):
    for page in pdf.iter_pages(content, 0, MAX_PAGES):
        if page.index >= FIRST:
            break
        yield page
    if count > FIRST:
        yield from pdf.iter_pages(content, max(FIRST, count - LAST), MAX_PAGES)


def _read_page(found, page, layouts, faults):
    if not faults:
        sheet = Sheet(make_cells(pdf.read_letters(page.content), page.index))
        faults += [f for f in find_faults(sheet.text) if f not in HARMLESS]
        if not faults:
            found.hints += labels.iter_hints(sheet, layouts, LABEL)
            found.texts.append((sheet.text, LABEL, page.index))
    if page.index < CODE_PAGES:
        try:
            _take_codes(found, page.content, layouts, page.index)
        except QrReadError as error:
            found.faults.append(QR_FAULTS.get(error.reason, "broken"))


def _take_codes(found, content, layouts, page):
    """What the codes say, and what their wording says as a text of its own."""
    for payment in codes.read_codes(content, max_seconds=codes.MAX_SECONDS):
        hints = codes.list_hints(payment, page)
        found.hints += hints
        for hint in hints:
            if hint.field == "purpose":
                sheet = Sheet(text_cells(hint.value, page))
                found.hints += labels.iter_hints(sheet, layouts, QR)
                found.texts.append((hint.value, QR, page))


def _settle(found, own, numbering, in_words):
    """The one hint of each field, out of all that was found."""
    if any(h.source == QR and h.field == "tax_id" and own.has(h) for h in found.hints):
        # The code is for paying to us.
        found.hints = [hint for hint in found.hints if hint.source != QR]
        found.texts = [text for text in found.texts if text[1] != QR]
    hints = {name: [] for name in ALL}
    for hint in found.hints:
        if not own.has(hint):
            hints[hint.field].append(hint)
    text = "\n".join(text for text, _source, _page in found.texts)
    _check(hints, text, in_words)
    best = {name: choose(some) for name, some in hints.items() if some}
    _agree(best)
    _add_currency(best, found.texts)
    _add_bookings(best, found.texts, numbering)
    known = (name for name in ALL if name in best)
    return {name: best[name] for name in known if best[name].confidence >= LEAST}


def _check(hints, text, in_words):
    hints["number"], hints["date"] = checks.check_headings(
        hints["number"], hints["date"]
    )
    hints["tax_id"] = checks.check_tax_ids(hints["tax_id"])
    hints["account"], hints["bic"], hints["corr_account"] = checks.check_banks(
        hints["account"], hints["bic"], hints["corr_account"]
    )
    for hint in checks.find_vat(hints["amount"], text):
        hints[hint.field].append(hint)
    hints["amount"], hints["vat_rate"], hints["vat_amount"] = checks.check_sums(
        hints["amount"], hints["vat_rate"], hints["vat_amount"], text, in_words
    )


def _agree(best):
    """Leave out what can't be together with what is surer."""
    tax_id, kpp = best.get("tax_id"), best.get("kpp")
    if tax_id and kpp and len(tax_id.value) == 12:
        del best["kpp"]
    rate, vat, amount = (best.get(n) for n in ("vat_rate", "vat_amount", "amount"))
    if vat and rate and rate.value == "none":
        best.pop("vat_rate" if vat.confidence > rate.confidence else "vat_amount")
    elif vat and amount and vat.value >= amount.value:
        best["vat_amount"] = doubt(vat, checks.REFUTED)


def _add_currency(best, texts):
    amount = best.get("amount")
    if not amount or "currency" in best:
        return
    whole = "\n".join(text for text, _source, _page in texts)
    near = "\n".join(
        line for line in whole.splitlines() if amount.label and amount.label in line
    )
    hint = checks.find_currency(whole, near)
    account = best.get("account")
    if account and account.value[5:8] in ("810", "643"):
        said = hint and hint.value == "RUB"
        hint = Hint("currency", "RUB", 0.95 if said else 0.8)
    if hint:
        best["currency"] = hint


def _add_bookings(best, texts, numbering):
    found = {}
    for text, source, page in texts:
        numbers = find_numbers(text, numbering)
        for name in sorted(n for n, p in numbers.bookings.items() if p >= NUMBER):
            found.setdefault(name, (source, page))
        for name in sorted(numbers.travelline):
            found.setdefault(name, (source, page))
    if found:
        names = tuple(sorted(found)[:MAX_BOOKINGS])
        source, page = found[names[0]]
        best["bookings"] = Hint("bookings", names, 0.9, source, "", page + 1)
