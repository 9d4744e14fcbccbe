"""What the bank's payment orders say. They are Russian, as their form is."""

SENDER = "statements@bank.example"
FILE = "Платёжные поручения.pdf"

# Number and purpose, of a booking each.
PURPOSES = [
    ("1501", "Оплата за проживание, заявка {booking}. НДС не облагается"),
    ("1502", "Оплата по заявке {booking}. В т.ч. НДС"),
    ("1503", "Оплата за проживание по договору. НДС не облагается"),
    ("1504", "Оплата по заявке T999999. НДС не облагается"),
]

FORM = """<section style="break-after: page; font-size: 9pt">
<p style="text-align: right">0401060</p>
<h3>ПЛАТЕЖНОЕ ПОРУЧЕНИЕ № {number} &#160; {date} &#160; электронно</h3>
<table style="width: 100%">
<tr><td>Сумма прописью</td><td colspan="3">{words}</td></tr>
<tr><td>ИНН {payer_tax_id}</td><td>КПП 000001001</td><td>Сумма</td>
<td>{amount}</td></tr>
<tr><td colspan="2">{payer}<br/>Плательщик</td><td>Сч. №</td>
<td>40702810200000000001</td></tr>
<tr><td colspan="2">Банк плательщика</td><td>БИК</td><td>044525225</td></tr>
<tr><td colspan="2">Банк получателя</td><td>БИК</td><td>044525593</td></tr>
<tr><td>ИНН {payee_tax_id}</td><td>КПП 000002001</td><td>Сч. №</td>
<td>40702810800000000001</td></tr>
<tr><td colspan="2">{payee}<br/>Получатель</td><td colspan="2">Вид оп. 01</td></tr>
</table>
<p>Назначение платежа</p>
<p>{purpose}</p>
<p>М.П. &#160; Подписи &#160; Отметки банка</p>
</section>"""
