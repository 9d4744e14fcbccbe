"""The official forms of the VAT invoice and of the universal transfer document.

The VAT invoice (счёт-фактура) is appendix 1 to the decree of the Russian government
of 26.12.2011 No. 1137; the universal transfer document (УПД) is what the tax service
recommends in its letter of 21.10.2013 No. ММВ-20-3/96@, with the VAT invoice in it.

Their lines and columns have numbers that accountants go by, so both are written down
here as data.  They are forms of the Russian state: in Russian, whatever the language
of the client.  Decimals and dates in, text out; no records and no environment.
"""

from dataclasses import dataclass
from decimal import Decimal

from odoo.addons.tour_document import formats

LANG = "ru_RU"
DASH = "–"
NO_VAT = "без НДС"
NO_EXCISE = "без акциза"
CROSS = "Х"
DRAFT = "ПРОЕКТ – номер ещё не присвоен"
# Of the classifier of units: a service is counted in units.
UNIT = ("642", "ед")
# As the state's classifier of currencies calls them.
CURRENCY_NAMES = {
    "RUB": "Российский рубль",
    "USD": "Доллар США",
    "EUR": "Евро",
    "GBP": "Фунт стерлингов",
    "CHF": "Швейцарский франк",
    "CNY": "Юань",
    "BYN": "Белорусский рубль",
    "KZT": "Тенге",
    "AMD": "Армянский драм",
    "GEL": "Лари",
    "UZS": "Узбекский сум",
    "HUF": "Форинт",
    "AED": "Дирхам (ОАЭ)",
}
STATUSES = {"1": "счет-фактура и передаточный документ (акт)",
            "2": "передаточный документ (акт)"}  # fmt: skip

VAT_APPENDIX = (
    "Приложение № 1 к постановлению Правительства Российской Федерации от 26 декабря"
    " 2011 г. № 1137 (в редакции постановлений Правительства Российской Федерации от"
    " 16 августа 2024 г. № 1096, от 23 января 2026 г. № 26)"
)
UPD_APPENDIX = "Приложение № 1 к письму ФНС России от 21.10.2013 № ММВ-20-3/96@"
# To be filled in by hand.
EMPTY_DATE = "«{gap}» {gap}{gap}{gap} 20{gap} г.".format(gap="\u00a0" * 6)
GIVER_LABELS = (
    "Товар (груз) передал / услуги, результаты работ, права сдал",
    "Дата отгрузки, передачи (сдачи)",
    "Иные сведения об отгрузке, передаче",
)
TAKER_LABELS = (
    "Товар (груз) получил / услуги, результаты работ, права принял",
    "Дата получения (приемки)",
    "Иные сведения о получении, приемке",
)


@dataclass(frozen=True)
class Column:
    """A column of the table: its number, its head, and how wide it is."""

    number: str
    title: str
    width: int
    key: str
    group: str = ""
    is_number: bool = False


UNIT_GROUP = "Единица измерения"
COUNTRY_GROUP = "Страна происхождения товара"
TRACED_GROUP = (
    "Количественная единица измерения товара, используемая в целях осуществления"
    " прослеживаемости"
)
CODE_COLUMN = Column("А", "Код товара/ работ, услуг", 13, "code")
COLUMNS = (
    Column("1", "№ п/п", 7, "index"),
    Column(
        "1а",
        "Наименование товара (описание выполненных работ, оказанных услуг),"
        " имущественного права",
        48,
        "name",
    ),
    Column("1б", "Код вида товара", 10, "kind_code"),
    Column("2", "код", 8, "unit_code", UNIT_GROUP),
    Column("2а", "условное обозначение (национальное)", 14, "unit", UNIT_GROUP),
    Column("3", "Количество (объем)", 11, "quantity", is_number=True),
    Column("4", "Цена (тариф) за единицу измерения", 19, "price", is_number=True),
    Column(
        "5",
        "Стоимость товаров (работ, услуг), имущественных прав без налога – всего",
        21,
        "untaxed",
        is_number=True,
    ),
    Column("6", "В том числе сумма акциза", 12, "excise"),
    Column("7", "Налоговая ставка", 12, "rate"),
    Column("8", "Сумма налога, предъявляемая покупателю", 19, "tax", is_number=True),
    Column(
        "9",
        "Стоимость товаров (работ, услуг), имущественных прав с налогом – всего",
        22,
        "total",
        is_number=True,
    ),
    Column("10", "цифровой код", 10, "country_code", COUNTRY_GROUP),
    Column("10а", "краткое наименование", 14, "country", COUNTRY_GROUP),
    Column(
        "11",
        "Регистрационный номер декларации на товары или регистрационный номер партии"
        " товара, подлежащего прослеживаемости",
        19,
        "declaration",
    ),
    Column("12", "код", 8, "traced_code", TRACED_GROUP),
    Column("12а", "условное обозначение", 13, "traced_unit", TRACED_GROUP),
    Column(
        "13",
        "Количество товара, подлежащего прослеживаемости, в количественной единице"
        " измерения товара, используемой в целях осуществления прослеживаемости",
        16,
        "traced_quantity",
    ),
    Column(
        "14",
        "Стоимость товара, подлежащего прослеживаемости, без налога на добавленную"
        " стоимость, в рублях",
        17,
        "traced_cost",
    ),
)
# What is filled in for goods only: a dash for services.
GOODS_KEYS = (
    "kind_code", "country_code", "country", "declaration", "traced_code",
    "traced_unit", "traced_quantity", "traced_cost",
)  # fmt: skip
# What an advance has not got, besides.
ADVANCE_DASHES = ("unit_code", "unit", "quantity", "price", "untaxed", "excise")


def rate_label(percents, is_advance=False):
    """The rate as column 7 names it.

    :param percents: rates of the taxes on the row; none if there is no VAT
    :param is_advance: what is paid before the service has the computed rate

    >>> rate_label([Decimal(22)]), rate_label([Decimal(0)]), rate_label([])
    ('22%', '0%', 'без НДС')
    >>> rate_label([Decimal("22.0")], is_advance=True), rate_label([], is_advance=True)
    ('22/122', 'без НДС')
    """
    if not percents:
        return NO_VAT
    rates = list(dict.fromkeys(f"{percent.normalize():f}" for percent in percents))
    if is_advance:
        return ", ".join(f"{rate}/{Decimal(rate) + 100:f}" for rate in rates)
    return ", ".join(f"{rate}%" for rate in rates)


def numbered(number, date):
    """A number with its date, as the lines of the form want it.

    >>> from datetime import date
    >>> numbered("7", date(2026, 10, 5)), numbered("", None)
    ('№ 7 от 5 октября 2026 г.', '№ – от –')
    """
    shown = formats.long_date(date, LANG) if date and number else DASH
    return f"№ {number or DASH} от {shown}"


def ids(party):
    """Tax id and reason of registration of a party.

    >>> ids({"vat": "7712345671", "kpp": "771201001"}), ids({"vat": "500100732259"})
    ('7712345671/771201001', '500100732259')
    >>> ids({})
    '–'
    """
    parts = [party.get("vat"), party.get("kpp")]
    return "/".join(part for part in parts if part) or DASH


def present(form, kind):
    """Text of a form, line by line and column by column.

    :param dict form: facts: ``number``, ``date``, ``correction_number``,
        ``correction_date``, ``seller``, ``buyer``, ``consignee``, ``author`` (parties),
        ``payment_documents``, ``shipping``, ``advance_invoices``, ``state_contract``,
        ``currency`` {code, name, number}, ``rows``, ``is_advance``, ``signatory``,
        ``accountant`` (names), ``signatory_title``, ``entrepreneur``, and of the
        universal document ``status``, ``basis``, ``transport``, ``transfer_date``,
        ``transfer_note``
    :param str kind: ``vat_invoice`` or ``upd``
    """
    is_upd = kind == "upd"
    columns = (CODE_COLUMN, *COLUMNS) if is_upd else COLUMNS
    rows = [_present_row(row, i, form) for i, row in enumerate(form["rows"], 1)]
    return {
        "is_upd": is_upd,
        "appendix": UPD_APPENDIX if is_upd else VAT_APPENDIX,
        "draft": "" if form["number"] else DRAFT,
        "head": [
            ("Счет-фактура " + numbered(form["number"], form["date"]), "(1)"),
            (
                "Исправление "
                + numbered(form["correction_number"], form["correction_date"]),
                "(1а)",
            ),
        ],
        "sides": _split(_present_lines(form)),
        "columns": columns,
        "widths": _widths(columns),
        "heads": _heads(columns),
        "rows": [[row[column.key] for column in columns] for row in rows],
        "totals": _present_totals(form),
        "people": _people(form),
        "upd": _present_upd(form) if is_upd else None,
    }


def _present_lines(form):
    """The lines under the head: name, value, number."""
    seller, buyer, consignee = form["seller"], form["buyer"], form["consignee"]
    currency = form["currency"]
    name = CURRENCY_NAMES.get(currency["code"]) or currency["name"]
    return [
        ("Продавец", seller["name"], "(2)"),
        ("Адрес", seller.get("address") or DASH, "(2а)"),
        ("ИНН/КПП продавца", ids(seller), "(2б)"),
        ("Грузоотправитель и его адрес", DASH, "(3)"),
        ("Грузополучатель и его адрес", _name_and_address(consignee), "(4)"),
        (
            "К платежно-расчетному документу",
            form["payment_documents"] or numbered("", None),
            "(5)",
        ),
        (
            "Документ об отгрузке: наименование, № п/п",
            form["shipping"] or f"{DASH}, {numbered('', None)}",
            "(5а)",
        ),
        (
            "К счету-фактуре (счетам-фактурам), выставленному (выставленным) при"
            " получении оплаты, частичной оплаты",
            form["advance_invoices"] or numbered("", None),
            "(5б)",
        ),
        ("Покупатель", buyer["name"], "(6)"),
        ("Адрес", buyer.get("address") or DASH, "(6а)"),
        ("ИНН/КПП покупателя", ids(buyer), "(6б)"),
        ("Валюта: наименование, код", f"{name}, {currency['number']}", "(7)"),
        (
            "Идентификатор государственного контракта, договора (соглашения)"
            " (при наличии)",
            form["state_contract"] or DASH,
            "(8)",
        ),
    ]


def _split(lines):
    """What is of the seller and the papers, and what is of the buyer beside it."""
    numbers = [number for _name, _value, number in lines]
    place = numbers.index("(6)")
    return [lines[:place], lines[place:]]


def _name_and_address(party):
    if not party:
        return DASH
    return ", ".join(part for part in (party["name"], party.get("address")) if part)


def _present_row(row, index, form):
    has_vat = row["rate"] != NO_VAT
    shown = dict.fromkeys(GOODS_KEYS, DASH)
    shown.update(
        index=str(index),
        code=row.get("code") or DASH,
        name=row["name"],
        unit_code=UNIT[0],
        unit=UNIT[1],
        quantity=_quantity(row["quantity"]),
        price=_amount(row["price"]),
        untaxed=_amount(row["untaxed"]),
        excise=NO_EXCISE,
        rate=row["rate"],
        tax=_amount(row["tax"]) if has_vat else NO_VAT,
        total=_amount(row["total"]),
    )
    if form["is_advance"]:
        shown.update(dict.fromkeys(ADVANCE_DASHES, DASH))
    return shown


def _present_totals(form):
    """The last row: sums of the rows as they are shown, so that they add up."""
    rows = form["rows"]
    untaxed = sum((row["untaxed"] for row in rows), Decimal(0))
    has_vat = any(row["rate"] != NO_VAT for row in rows)
    tax = sum((row["tax"] for row in rows), Decimal(0))
    return {
        "label": "Всего к оплате (9)",
        "untaxed": DASH if form["is_advance"] else _amount(untaxed),
        "cross": CROSS,
        "tax": _amount(tax) if has_vat else NO_VAT,
        "total": _amount(sum((row["total"] for row in rows), Decimal(0))),
    }


def _people(form):
    """Who signs the VAT invoice; an entrepreneur signs it alone."""
    entrepreneur = form["entrepreneur"]
    return [
        (
            "Руководитель организации или иное уполномоченное лицо",
            "" if entrepreneur else form["signatory"],
            "",
        ),
        (
            "Главный бухгалтер или иное уполномоченное лицо",
            "" if entrepreneur else form["accountant"],
            "",
        ),
        (
            "Индивидуальный предприниматель или иное уполномоченное лицо",
            form["signatory"] if entrepreneur else "",
            entrepreneur,
        ),
    ]


def _present_upd(form):
    status = form["status"]
    author, buyer = form["author"], form["buyer"]
    return {
        "title": "Универсальный передаточный документ",
        "status": status,
        "statuses": [f"{code} – {name}" for code, name in STATUSES.items()],
        "sheets": "Документ составлен на",
        "basis": (
            "Основание передачи (сдачи) / получения (приемки)",
            form["basis"] or DASH,
            "(договор; доверенность и др.)",
            "[10]",
        ),
        "transport": (
            "Данные о транспортировке и грузе",
            form["transport"] or DASH,
            "(транспортная накладная, поручение экспедитору, экспедиторская /"
            " складская расписка и др. / масса нетто/брутто груза, если не приведены"
            " ссылки на транспортные документы, содержащие эти сведения)",
            "[11]",
        ),
        "sides": [
            _side(
                GIVER_LABELS,
                12,
                author,
                person=(form["signatory_title"], form["signatory"]),
                date=formats.long_date(form["transfer_date"], LANG),
                note=form["transfer_note"],
            ),
            _side(TAKER_LABELS, 17, buyer),
        ],
    }


def _side(labels, first, party, person=("", ""), date="", note=""):
    """Five fields of who gives or who takes, numbered from the first on."""
    numbers = [f"[{first + i}]" for i in range(5)]
    title, date_label, note_label = labels
    details = ids(party)
    name = party["name"] + (f", ИНН/КПП {details}" if details != DASH else "")
    return {
        "title": title,
        "person": person,
        "number": numbers[0],
        "date": (date_label, date or EMPTY_DATE),
        "date_number": numbers[1],
        "note": (note_label, note or ""),
        "note_number": numbers[2],
        "responsible": "Ответственный за правильность оформления факта хозяйственной"
        " жизни",
        "responsible_person": person,
        "responsible_number": numbers[3],
        "party_label": "Наименование экономического субъекта – составителя документа"
        " (в т.ч. комиссионера / агента)",
        "party": name,
        "party_number": numbers[4],
    }


def _widths(columns):
    """Shares of the page's width, in percent."""
    whole = sum(column.width for column in columns)
    return [f"{column.width * 100 / whole:.3f}%" for column in columns]


def _heads(columns):
    """The upper row of the head: a title, how many columns and rows it takes.

    >>> [head[1:] for head in _heads(COLUMNS)][2:5]
    [(1, 2), (2, 1), (1, 2)]
    """
    heads = []
    for column in columns:
        if column.group and heads and heads[-1][0] == column.group:
            heads[-1] = (column.group, heads[-1][1] + 1, 1)
        elif column.group:
            heads.append((column.group, 1, 1))
        else:
            heads.append((column.title, 1, 2))
    return heads


def _amount(value):
    return formats.amount(value, LANG)


def _quantity(value):
    """The quantity without idle zeros.

    >>> _quantity(Decimal("2.00")), _quantity(Decimal("1.50")), _quantity(Decimal(10))
    ('2', '1,5', '10')
    """
    return f"{value.normalize():f}".replace(".", ",")


def sample(facts):
    """Facts of a form from those of a made-up booking, for the preview."""
    issuer = facts["issuer"]
    rows = [
        {
            "name": service.get("name") or service.get("route") or "",
            "code": "",
            "quantity": Decimal(1),
            "price": service["total"] - service["tax_amount"],
            "untaxed": service["total"] - service["tax_amount"],
            "rate": rate_label([Decimal(22)]),
            "tax": service["tax_amount"],
            "total": service["total"],
        }
        for service in facts["services"]
    ]
    return {
        "number": "17",
        "date": facts["date"],
        "correction_number": "",
        "correction_date": None,
        "seller": issuer,
        "buyer": facts["recipient"],
        "author": issuer,
        "consignee": facts.get("consignee"),
        "payment_documents": "",
        "shipping": "",
        "advance_invoices": "",
        "state_contract": "",
        "currency": {"code": "RUB", "name": "Российский рубль", "number": "643"},
        "rows": rows,
        "is_advance": False,
        "signatory": (issuer.get("signatory") or {}).get("name") or "",
        "signatory_title": (issuer.get("signatory") or {}).get("title") or "",
        "accountant": (issuer.get("accountant") or {}).get("name") or "",
        "entrepreneur": "",
        "status": "1",
        "basis": "",
        "transport": "",
        "transfer_date": facts["date"],
        "transfer_note": "",
    }
