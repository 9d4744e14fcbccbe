"""A week of suppliers' bills, in all stages. They are Russian, as the suppliers are."""

from typing import NamedTuple


class Bill(NamedTuple):
    """How far a bill is, when it is wanted paid (days from today), and what was said.

    ``share`` is the part of the booking's cost that it is of.
    """

    stage: str
    wanted: int = 0
    urgent: bool = False
    share: float = 1.0
    note: tuple[str, str] = ("", "")


HURRY = (
    "The hotel keeps the rooms until tomorrow evening.",
    "Гостиница держит номера до завтрашнего вечера.",
)
DEPOSIT = ("Half now, the rest on arrival.", "Половина сейчас, остальное к заезду.")
# English, Russian.
NO_ACCOUNT = (
    "The account in the bill is not the one in the contract. Ask the supplier.",
    "Счёт в банке не тот, что в договоре. Уточните у поставщика.",
)
ENOUGH = ("Half of it for now.", "Пока половину.")

BILLS = [
    Bill("uploaded"),
    Bill("uploaded"),
    Bill("prepared", 3),
    Bill("sent_back", 2),
    Bill("director", 1, urgent=True, note=HURRY),
    Bill("director", 0, urgent=True, note=HURRY),
    Bill("partly", 6, urgent=False, note=DEPOSIT),
    Bill("accounting"),
    Bill("accounting"),
    Bill("accounting"),
    Bill("accounting", 2),
    Bill("accounting", 4),
    Bill("ordered"),
    Bill("ordered"),
    Bill("paid"),
    Bill("paid"),
    Bill("closed", share=0.0),
]

# How suppliers name their bills.
NUMBER = "{number}/26"
FILE = "Счет {number}.pdf"

FORM = """<section style="font-size: 9pt">
<table style="width: 100%; border: 0.5pt solid black" border="1">
<tr><td colspan="2">{bank}<br/><small>Банк получателя</small></td>
<td>БИК<br/>Сч. №</td><td>{bic}<br/>{correspondent}</td></tr>
<tr><td>ИНН {tax_id}</td><td>КПП {kpp}</td><td rowspan="2">Сч. №</td>
<td rowspan="2">{account}</td></tr>
<tr><td colspan="2">{supplier}<br/><small>Получатель</small></td></tr>
</table>
<h2>Счет на оплату № {number} от {date} г.</h2>
<p>Поставщик (Исполнитель): <b>{supplier}, ИНН {tax_id}</b></p>
<p>Покупатель (Заказчик): <b>{payer}, ИНН {payer_tax_id}</b></p>
<p>Основание: заявка {booking}</p>
<table style="width: 100%" border="1">
<tr><th>№</th><th>Товары (работы, услуги)</th><th>Кол-во</th><th>Ед.</th>
<th>Цена</th><th>Сумма</th></tr>
<tr><td>1</td><td>{service}</td><td>1</td><td>усл.</td><td>{amount}</td>
<td>{amount}</td></tr>
</table>
<p style="text-align: right">Итого: {amount}<br/>Без налога (НДС) -<br/>
<b>Всего к оплате: {amount}</b></p>
<p>Всего наименований 1, на сумму {amount} руб.<br/><b>{words}</b></p>
<p>Оплатить не позднее {wanted}</p>
<p>Руководитель ____________ &#160; Бухгалтер ____________</p>
</section>"""
