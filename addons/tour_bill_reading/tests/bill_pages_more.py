"""More looks: a letter and columns; and two that were made when the engine was done."""

LETTER = """<p style="font-size: 7pt">{f.name} · ИНН {f.tax_id} {kpp_dot}· р/с
{f.account} в {f.bank} · к/с {f.corr_account} · БИК {f.bic} · тел. 8 (862) 245-67-89</p>
<p>Исх. № 145/{f.date:%m} от {f.date:%d.%m.%Y}</p>
<p style="text-align: right">Генеральному директору<br>ООО «{our_name}»<br>
(ИНН {our_tax_id}, КПП {our_kpp})</p>
<h1 style="text-align: center">Счёт № {f.number}</h1>
<p style="text-align: center">от {long_date}</p>
<p>Просим оплатить проживание по вашей заявке {bookings} согласно договору № 12 от
15.01.2025. Заезд 14.11.2026, выезд 19.11.2026.</p>
<p>Сумма к оплате составляет {roubles}, {vat_text}.</p>
<p>Директор ____________ /Смирнов А. А./</p>"""


def letter_values(v, money):
    f = v["f"]
    if f.vat_rate == "none":
        vat_text = "НДС не облагается в связи с применением УСН"
    else:
        vat_text = f"в том числе НДС {f.vat_rate} % — {in_roubles(f.vat_amount, money)}"
    return {
        "kpp_dot": f"· КПП {f.kpp} " if f.kpp else "",
        "bookings": ", ".join(f.bookings),
        "roubles": in_roubles(f.amount, money),
        "vat_text": vat_text,
    }


def in_roubles(amount, money):
    whole, cents = money(amount).split(",")
    return f"{whole} руб. {cents} коп."


def columns(v):
    """Seller and buyer side by side, number and day below their names, the sum in the
    last of several columns.
    """
    f = v["f"]
    seller = f"{f.name}<br/>ИНН {f.tax_id}"
    seller += f"<br/>КПП {f.kpp}" if f.kpp else ""
    seller += f"<br/>р/с {f.account}<br/>{f.bank}<br/>БИК {f.bic}"
    seller += f"<br/>к/с {f.corr_account}"
    buyer = f"ООО «{v['our_name']}»<br/>ИНН {v['our_tax_id']}<br/>КПП {v['our_kpp']}"
    buyer += "<br/>р/с 40702810200000000001<br/>ПАО СБЕРБАНК<br/>БИК 044525225"
    rate = f"{f.vat_rate}%" if f.vat_rate != "none" else "без НДС"
    net = v["net"]
    return [
        "#СЧЁТ",
        ((120, 120, 120), [("Номер счёта", "Дата счёта", "Оплатить до"),
                           (f.number, v["day"], "20.12.2026")]),
        ((255, 255), [("Продавец", "Покупатель"), (seller, buyer)]),
        ((250, 60, 70, 60, 80), [
            ("Услуга", "Ставка НДС", "Без НДС", "НДС", "Всего"),
            *((name, rate, "", "", amount) for _n, name, _q, _p, amount in v["rows"]),
            ("ИТОГО", "", net, v["vat"], v["sum"]),
        ]),
        f"Итого к оплате {v['sum']} ₽"
        + ("" if f.vat_amount else ", НДС не облагается"),
    ]  # fmt: skip


def sanatorium(v, words):
    """Requisites in sentences, numbers in groups, the sum in words between."""
    f = v["f"]
    kpp = f"/{f.kpp}" if f.kpp else ""
    account = " ".join(f.account[n : n + 4] for n in range(0, 20, 4))
    vat = "НДС: не облагается (пп. 18 п. 3 ст. 149 НК РФ)"
    if f.vat_rate != "none":
        vat = f"в т.ч. НДС {f.vat_rate}% {v['vat']} руб."
    rows = [
        (name, "14.11.2026", "19.11.2026", count, amount)
        for _n, name, count, _price, amount in v["rows"]
    ]
    day = f"«{f.date:%d}» {v['long_date'].split()[1]} {f.date:%Y} года"
    return [
        f"{f.name}<br/>Юридический адрес: 357700, г. Кисловодск, ул. Мира, 7."
        f" ИНН/КПП {f.tax_id}{kpp}, ОГРН 1027700132195",
        f"Платёжные реквизиты: расчётный счёт № {account} в банке {f.bank};"
        f" корреспондентский счёт № {f.corr_account}; БИК {f.bic}",
        f"#СЧЕТ НА ПРЕДОПЛАТУ № {f.number} от {day}",
        f"Плательщик: Общество с ограниченной ответственностью «{v['our_name']}»;"
        f" ИНН {v['our_tax_id']}",
        ((250, 65, 65, 50, 80),
         [("Наименование путёвки", "Заезд", "Выезд", "Кол-во", "Стоимость"), *rows]),
        f"Итого на сумму: {words} ({v['words']})",
        vat,
        "Срок действия счета 3 банковских дня.",
    ]  # fmt: skip


AGENCY = """<h1>Счет № {f.number}</h1>
<p>Дата выставления: {f.date:%Y-%m-%d}</p>
<table class=bare><tr><td><b>Получатель средств</b><br>
Наименование: {f.name}<br>ИНН: {f.tax_id}<br>КПП: {f.kpp}<br>Счёт: {f.account}<br>
Банк: {f.bank}<br>Кор. счёт: {f.corr_account}<br>БИК: {f.bic}</td>
<td><b>Турагент</b><br>Наименование: ООО «{our_name}»<br>ИНН: {our_tax_id}<br>
КПП: {our_kpp}<br>Счёт: 40702810200000000001<br>БИК: 044525225</td></tr></table>
<p>Бронирование: {bookings}</p>
<table><tr><th>Стоимость услуг</th><td class=right>{gross}</td></tr>
<tr><th>Агентское вознаграждение 10%</th><td class=right>{fee}</td></tr>
<tr><th>Итого к перечислению</th><td class=right>{sum}</td></tr>
<tr><th>{tax}</th><td class=right>{vat}</td></tr></table>"""


def agency_values(v, money):
    """The sum is what is left after our commission."""
    f = v["f"]
    gross = (f.amount / 9 * 10).quantize(f.amount)
    tax = f"НДС в сумме, {f.vat_rate}%" if f.vat_amount else "НДС не облагается"
    return {
        "bookings": ", ".join(f.bookings),
        "gross": money(gross),
        "fee": money(gross - f.amount),
        "tax": tax,
    }
