"""Looks that the built-in layouts were not made for: written after them, and read as
they are.
"""

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
