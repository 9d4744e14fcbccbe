"""The kinds of paper there are, as data; an add-on may register kinds of its own.

No records and no environment here.  See :func:`register_kind`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """What holds for every paper of a kind.

    :param str view: xml id of the QWeb view that draws it unless the template
        names another
    :param str audience: ``client``, ``supplier`` or ``staff``, whom it is written to
    :param str unit: of what there is one paper: ``booking``, ``service``, ``stay``
        (a service that is lodging) or ``supplier``
    :param str prices: whose prices are on it: ``client``, ``supplier``, ``both`` (for
        staff only) or ``none``
    :param bool open_when_done: the client sees it once the booking is done,
        even when nobody opened it to him
    :param str when: which bookings have one, see :data:`WHEN`
    :param bool has_terms: the terms of the booking itself stand on it
    :param bool is_enclosed: it goes to the client's accountants, and so is named on
        the cover sheet that goes with such papers
    """

    view: str
    audience: str
    unit: str
    prices: str
    open_when_done: bool = False
    when: str = "any"
    has_terms: bool = False
    is_enclosed: bool = False


# Which bookings have a paper, by their statuses: all, those that take place, those
# that are off, those that were agreed on and take place, and those that a supplier
# was asked for.
OFF = ("cancelled", "cancelled_penalty", "refused")
WHEN = {
    "any": lambda state: True,
    "on": lambda state: state not in OFF,
    "off": lambda state: state in OFF,
    "agreed": lambda state: state not in (*OFF, "new", "accepted", "awaiting_client"),
    "asked": lambda state: state not in ("new", "awaiting_client", "done", "reposting"),
}

# Every kind of paper by its code; :func:`register_kind` adds to it.
KINDS = {}


def register_kind(code, **values):
    """Make a kind of paper known; an add-on may bring kinds of its own.

    It calls this when it is imported, and has besides, for a kind ``x``:

    - ``selection_add=[("x", "Name")]`` with ``ondelete={"x": "cascade"}`` on the field
      ``kind`` of ``tour.document`` and of ``tour.document.template``;
    - a QWeb view ``view`` that gets the one value ``paper``, and calls
      ``tour_document.paper_layout``;
    - a record of ``tour.document.template``, which is the default one;
    - a button in the booking's Documents tab: ``action_make_document`` with
      ``{"tour_document_kind": "x"}`` in its context;
    - what the paper shows besides: facts in ``tour.document._get_facts`` and their
      text in ``tour.document.template._present``; refusals in
      ``sale.order._get_document_problems``; whom it is to, if that is not its
      audience, in ``sale.order._get_document_subjects``.

    :param str code: value of the field ``kind``
    :param values: see :class:`Kind`
    :return: the kind
    """
    kind = Kind(**values)
    if kind.when not in WHEN:
        raise ValueError(f"{code}: unknown bookings, {kind.when}.")
    if kind.prices == "both" and kind.audience != "staff":
        raise ValueError(f"{code}: only staff see both prices.")
    if KINDS.setdefault(code, kind) != kind:
        raise ValueError(f"{code}: there is another kind of this code.")
    return kind


def get_codes(**values):
    """Codes of the kinds that have these values, as they are known by now.

    >>> "invoice" in get_codes(audience="client"), get_codes(audience="nobody")
    (True, ())
    """
    return tuple(
        code
        for code, kind in KINDS.items()
        if all(getattr(kind, name) == value for name, value in values.items())
    )


register_kind(
    "voucher",
    view="tour_document.paper_voucher",
    audience="client",
    unit="service",
    prices="none",
    open_when_done=True,
    when="on",
)
register_kind(
    "booking_sheet",
    view="tour_document.paper_booking_sheet",
    audience="client",
    unit="booking",
    prices="client",
    has_terms=True,
)
register_kind(
    "invoice",
    view="tour_document.paper_invoice",
    audience="client",
    unit="booking",
    prices="client",
    open_when_done=True,
    has_terms=True,
    is_enclosed=True,
)
register_kind(
    "supplier_request",
    view="tour_document.paper_supplier_request",
    audience="supplier",
    unit="supplier",
    prices="supplier",
    when="on",
)
register_kind(
    "contract",
    view="tour_document.paper_contract",
    audience="client",
    unit="booking",
    prices="none",
)
register_kind(
    "service_act",
    view="tour_document.paper_service_act",
    audience="client",
    unit="booking",
    prices="client",
    when="agreed",
    is_enclosed=True,
)
register_kind(
    "apartment_act",
    view="tour_document.paper_apartment_act",
    audience="client",
    unit="stay",
    prices="client",
    when="agreed",
    is_enclosed=True,
)
register_kind(
    "cover_sheet",
    view="tour_document.paper_cover_sheet",
    audience="client",
    unit="booking",
    prices="client",
)
register_kind(
    "cancellation_letter",
    view="tour_document.paper_cancellation_letter",
    audience="supplier",
    unit="supplier",
    prices="none",
    when="asked",
)
register_kind(
    "cancellation_accounting",
    view="tour_document.paper_cancellation_accounting",
    audience="staff",
    unit="booking",
    prices="both",
    when="off",
)
register_kind(
    "guarantee_letter",
    view="tour_document.paper_guarantee_letter",
    audience="supplier",
    unit="supplier",
    prices="supplier",
    when="on",
)
