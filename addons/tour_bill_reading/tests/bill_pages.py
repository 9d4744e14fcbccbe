"""What stands where on the bills of `bill_factory`."""

import re

STYLE = """<style>
body {font: 8.5pt "DejaVu Sans"} table {width: 100%; border-collapse: collapse}
td, th {border: 0.5pt solid #888; padding: 2pt 4pt; vertical-align: top}
.bare td {border: none} .right {text-align: right} h1 {font-size: 13pt}
</style>"""
LINE = """<tr><td>{}</td><td>{}</td><td>{}</td><td class=right>{}</td>
<td class=right>{}</td></tr>"""
HEADING_Y = 670


def classic(v):
    """The bill of 1C: (x, y, text)."""
    f = v["f"]
    rows = [
        (45, 790, f.bank), (325, 790, "БИК"), (375, 790, f.bic),
        (325, 778, "Сч. №"), (375, 778, f.corr_account),
        (45, 768, "Банк получателя"),
        (45, 755, f"ИНН {f.tax_id}"), (180, 755, f"КПП {f.kpp}"),
        (325, 755, "Сч. №"), (375, 755, f.account),
        (45, 740, f.name), (45, 728, "Получатель"),
        (45, HEADING_Y, f"Счет на оплату № {f.number} от {v['long_date']}"),
        (45, 640, "Поставщик"), (45, 630, "(Исполнитель):"),
        (130, 635, f"{f.name}, ИНН {f.tax_id}{v['kpp_text']}, г. Сочи, ул. Мира, д. 7"),
        (45, 610, "Покупатель"), (45, 600, "(Заказчик):"),
        (130, 605, f"ООО «{v['our_name']}», ИНН {v['our_tax_id']}, КПП {v['our_kpp']},"
                   " 101000, Москва, Мясницкая ул., д. 1"),
        (45, 580, "Основание:"), (130, 580, "Договор № 77/15 от 01.02.2025"),
        (45, 560, "№"), (70, 560, "Товары (работы, услуги)"), (370, 560, "Кол-во"),
        (430, 560, "Цена"), (500, 560, "Сумма"),
    ]  # fmt: skip
    y = 545
    for place, name, quantity, price, amount in v["rows"]:
        rows += [(45, y, place), (70, y, name), (375, y, quantity), (430, y, price)]
        rows.append((500, y, amount))
        y -= 14
    vat = f"В том числе НДС {f.vat_rate}%:", v["vat"]
    if f.vat_rate == "none":
        vat = "Без налога (НДС)", "-"
    rows += [
        (430, y - 10, "Итого:"), (500, y - 10, v["sum"]),
        (370, y - 22, vat[0]), (500, y - 22, vat[1]),
        (400, y - 34, "Всего к оплате:"), (500, y - 34, v["sum"]),
        (45, y - 55, f"Всего наименований {len(v['rows'])}, на сумму {v['sum']} руб."),
        (45, y - 67, v["words"]),
        (45, y - 100, "Руководитель"), (300, y - 100, "Бухгалтер"),
    ]  # fmt: skip
    return rows


def hotel(v):
    """A hotel's own: a confirmation and bill in one."""
    f = v["f"]
    kpp = f"/{f.kpp}" if f.kpp else ""
    vat = f"НДС {f.vat_rate}%" if f.vat_rate != "none" else "Без НДС"
    return [
        f"{f.name}",
        f"#СЧЁТ-ПОДТВЕРЖДЕНИЕ № {f.number} от {v['day']}",
        f"Заказчик: ООО «{v['our_name']}», ИНН/КПП {v['our_tax_id']}/{v['our_kpp']}",
        f"Ваш номер брони: {', '.join(f.bookings)}. Гость: Петров П. П. Заезд"
        f" 14.11.2026, выезд 19.11.2026",
        ((35, 265, 50, 80, 80),
         [("№", "Услуга", "Ночей", "Тариф", "Стоимость"), *v["rows"]]),
        ((350, 160),
         [("ИТОГО", v["sum"]), (vat, v["vat"]), ("К ОПЛАТЕ, руб.", v["sum"])]),
        "Оплатить до 20.12.2026. При неоплате бронь снимается.",
        "Реквизиты для оплаты:",
        f"Получатель: {f.name}",
        f"ИНН/КПП: {f.tax_id}{kpp}",
        f"р/с {f.account} в {f.bank}",
        f"БИК {f.bic}, к/с {f.corr_account}",
        "Телефон: +7 (862) 245-67-89, ОГРН 1027700132195",
    ]  # fmt: skip


def long(v):
    """A long table, totals on the second page."""
    f = v["f"]
    vat = f"в т.ч. НДС ({f.vat_rate}%)" if f.vat_rate != "none" else "НДС не облагается"
    return [
        f"#Счет № {f.number} от {v['long_date']}",
        ((110, 400), [
            ("Исполнитель", f.name),
            ("ИНН / КПП", f"{f.tax_id} / {f.kpp}" if f.kpp else f.tax_id),
            ("Банк", f.bank),
            ("Расчетный счет", f.account),
            ("Корр. счет", f.corr_account),
            ("БИК", f.bic),
        ]),
        ((110, 400), [
            ("Заказчик", f"ООО «{v['our_name']}»"),
            ("ИНН / КПП", f"{v['our_tax_id']} / {v['our_kpp']}"),
            ("Договор", "№ 15-А от 10.01.2025"),
        ]),
        ((30, 270, 50, 80, 80),
         [("№", "Наименование", "Кол-во", "Цена", "Сумма"), *v["rows"]]),
        ((350, 160),
         [("Всего", v["sum"]), (vat, v["vat"]), ("Итого к оплате", v["sum"])]),
        f"Сумма прописью: {v['words']}",
    ]  # fmt: skip


def by_hand(v):
    """Typed below each other, as on a line printer."""
    f = v["f"]
    lines = [
        f"ПОСТАВЩИК: {f.name}",
        f"Р/СЧ {f.account} БИК {f.bic}",
        f"К/СЧ {f.corr_account}",
        f"{f.bank}",
        f"ИНН {f.tax_id} КПП {f.kpp}" if f.kpp else f"ИНН {f.tax_id}",
        "",
        f"С Ч Е Т   N {f.number} от {v['day']}",
        "",
        f"ПЛАТЕЛЬЩИК: ООО «{v['our_name']}» ИНН {v['our_tax_id']} КПП {v['our_kpp']}",
        "-" * 60,
    ]
    lines += [
        f"{n}. {name}  {count} x {price} = {sum_}"
        for n, name, count, price, sum_ in v["rows"]
    ]
    vat = f"НДС {f.vat_rate}% {v['vat']}" if f.vat_rate != "none" else "БЕЗ НДС"
    lines += ["-" * 60, f"ИТОГО К ОПЛАТЕ: {v['sum']} руб. {vat}", v["words"]]
    return [(50, 800 - 14 * row, line) for row, line in enumerate(lines)]


OFFER = """<h1>Счет-оферта №{f.number} от {day}</h1>
<p><b>Образец заполнения платежного поручения</b></p>
<table>
<tr><td>Получатель</td><td colspan=3>{f.name}</td></tr>
<tr><td>ИНН</td><td>{f.tax_id}</td><td>КПП</td><td>{f.kpp}</td></tr>
<tr><td>Расч. счет №</td><td colspan=3>{f.account}</td></tr>
<tr><td>Банк получателя</td><td colspan=3>{f.bank}</td></tr>
<tr><td>БИК</td><td>{f.bic}</td><td>Корсчет</td><td>{f.corr_account}</td></tr>
</table>
<p>Плательщик: ООО «{our_name}», ИНН {our_tax_id}, КПП {our_kpp}</p>
<table><tr><th>№</th><th>Услуга</th><th>Кол-во</th><th>Цена</th><th>Сумма</th></tr>
{lines}
<tr><td colspan=4 class=right>Итого</td><td class=right>{sum}</td></tr>
{vat_row}
<tr><td colspan=4 class=right><b>Сумма к оплате</b></td><td class=right>{sum}</td></tr>
</table>
<p>{words}</p>
<p>Оплата счета означает согласие с условиями договора № 3 от 09.01.2025.</p>"""
ENGLISH = """<h1>INVOICE</h1>
<table class=bare><tr><td style="width:50%">
<b>{f.name}</b><br>1 Lake Street<br>VAT ID: EU123456789</td>
<td>Invoice No.: {f.number}<br>Invoice date: {f.date:%-d %B %Y}<br>
Due date: 31 December 2026</td></tr></table>
<p>Bill to: Tour Example LLC, Moscow, tax ID {our_tax_id}</p>
<table><tr><th>#</th><th>Description</th><th>Nights</th><th>Rate</th><th>Amount</th></tr>
{lines}
{vat_row}
<tr><td colspan=4 class=right><b>Total due ({f.currency})</b></td>
<td class=right>{sum}</td></tr></table>
<p><b>Payment details</b><br>Beneficiary: {f.name}<br>Bank: {f.bank}<br>
IBAN: {f.account}<br>SWIFT: {f.bic}</p>"""
MIXED = """<table class=bare><tr><td>
<b>Поставщик / Supplier:</b> {f.name}<br>
ИНН / TIN: {f.tax_id}<br>КПП / KPP: {f.kpp}<br>
Расчётный счёт / Account: {f.account}<br>
Банк / Bank: {f.bank}<br>БИК / BIC: {f.bic}<br>
Корр. счёт / Corr. account: {f.corr_account}</td>
<td><img src="{code}" style="width: 38mm"></td></tr></table>
<h1>Счёт / Invoice № {f.number}</h1>
<p>Дата / Date: {day}</p>
<p>Покупатель / Customer: ООО «{our_name}», ИНН / TIN: {our_tax_id}</p>
<table><tr><th>№</th><th>Услуга / Service</th><th>Кол. / Qty</th><th>Цена / Price</th>
<th>Сумма / Amount</th></tr>{lines}
{vat_row}
<tr><td colspan=4>Всего к оплате / Total due, RUB</td><td class=right>{sum}</td></tr>
</table>"""


def vat_row(template, facts, money):
    rate, amount = facts.vat_rate, facts.vat_amount
    shown = money(amount) if amount is not None else "-"
    if template is ENGLISH:
        text = f"Including VAT {rate}%" if amount is not None else "VAT exempt"
    elif template is MIXED:
        text = (
            f"В т. ч. НДС / incl. VAT {rate}%"
            if amount is not None
            else "Без НДС / No VAT"
        )
    else:
        text = f"В том числе НДС {rate}%" if amount is not None else "НДС не облагается"
    return f"<tr><td colspan=4 class=right>{text}</td><td class=right>{shown}</td></tr>"


def write_pdf(rows):
    """A page, byte by byte: a font that every reader has, with Russian letters put
    into its places by their names.
    """
    names = " ".join(f"/afii{n}" for n in _letter_names())
    encoding = (
        f"<</Type/Encoding/Differences[168/afii10023 184/afii10071 192 {names}]>>"
    )
    drawn = b"BT /F 9 Tf\n"
    for x, y, text in rows:
        coded = text.replace("\u00a0", " ").encode("cp1251", "replace")
        coded = re.sub(rb"([\\()])", rb"\\\1", coded)
        drawn += b"1 0 0 1 %d %d Tm (%s) Tj\n" % (x, y, coded)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R"
        b"/Resources<</Font<</F 4 0 R>>>>>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding 6 0 R>>",
        b"<</Length %d>> stream\n%s\nendstream" % (len(drawn), drawn + b"ET"),
        encoding.encode(),
    ]
    parts, places = [b"%PDF-1.4"], []
    for number, content in enumerate(objects, 1):
        places.append(sum(map(len, parts)) + len(parts))
        parts.append(b"%d 0 obj %s endobj" % (number, content))
    start = sum(map(len, parts)) + len(parts)
    table = [b"xref", b"0 7", b"0000000000 65535 f "]
    table += [b"%010d 00000 n " % place for place in places]
    parts += [*table, b"trailer <</Size 7/Root 1 0 R>>", b"startxref", b"%d" % start]
    return b"\n".join([*parts, b"%%EOF"])


def _letter_names():
    """Adobe's names of А to я; Ё and ё stand elsewhere."""
    capitals = [*range(10017, 10023), *range(10024, 10050)]
    return [*capitals, *(n + 48 for n in capitals)]
