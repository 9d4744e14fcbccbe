"""Files of 1C against what was made by hand, and against the format's structure."""

from io import BytesIO

from lxml import etree

from odoo.tests import BaseCase, tagged

from ..engine import commerceml, enterprise_data
from ..engine.documents import CANCELLATION, CORRECTION
from . import samples, structure
from .samples import entry, head

CML = "{urn:1C.ru:commerceml_2}"
# By hand, after samples of the format.
LINE = """
<Строка>
  <НомерСтрокиДокумента>1</НомерСтрокиДокумента>
  <Номенклатура>
    <Ссылка>2b9a9d3f-0000-4000-8000-000000000010</Ссылка>
    <Наименование>Проживание в гостинице</Наименование>
  </Номенклатура>
  <Количество>1</Количество>
  <Сумма>24400.00</Сумма>
  <Цена>24400.00</Цена>
  <СтавкаНДС>
    <Ставка>22</Ставка>
    <РасчетнаяСтавка>false</РасчетнаяСтавка>
    <НеОблагается>false</НеОблагается>
    <ВидСтавки>Общая</ВидСтавки>
  </СтавкаНДС>
  <СуммаНДС>4400.00</СуммаНДС>
  <Содержание>Проживание: Отель «Пример», 10.10.2026–12.10.2026</Содержание>
</Строка>
"""
KEYS = """
<КлючевыеСвойства>
  <Ссылка>5e0f0f0e-0f66-4c2a-9a50-1b1f6f1f0a01</Ссылка>
  <Дата>2026-10-05T12:00:00</Дата>
  <Номер>ТУР-000123</Номер>
  <Организация>
    <Ссылка>11111111-2222-3333-4444-555555555555</Ссылка>
    <Наименование>ТУР ПРИМЕР ООО</Наименование>
    <НаименованиеПолное>ТУР ПРИМЕР ООО</НаименованиеПолное>
    <ИНН>7712345671</ИНН>
    <КПП>771201001</КПП>
    <ЮридическоеФизическоеЛицо>ЮридическоеЛицо</ЮридическоеФизическоеЛицо>
  </Организация>
</КлючевыеСвойства>
"""
WITHOUT_VAT = """
<СтавкаНДС>
  <РасчетнаяСтавка>false</РасчетнаяСтавка>
  <НеОблагается>true</НеОблагается>
  <ВидСтавки>БезНДС</ВидСтавки>
</СтавкаНДС>
"""
DELETION = """
<УдалениеОбъекта>
  <СсылкаНаОбъект>
    <СсылкаНаОбъект>
      <РеализацияТоваровУслугСсылка>5e0f0f0e-0f66-4c2a-9a50-1b1f6f1f0a02</РеализацияТоваровУслугСсылка>
    </СсылкаНаОбъект>
  </СсылкаНаОбъект>
</УдалениеОбъекта>
"""


def flat(element):
    """An element as nested lists, without namespaces and the space between."""
    name = etree.QName(element).localname
    return [name, *map(flat, element)] if len(element) else [name, element.text]


def parse(text):
    return flat(etree.fromstring(text, etree.XMLParser(remove_blank_text=True)))


@tagged("post_install", "-at_install")
class TestEnterpriseData(BaseCase):
    def _write(self, *entries, **values):
        file = BytesIO()
        enterprise_data.write(file, head(**values), entries)
        self.assertTrue(file.getvalue().startswith(b"<?xml"))
        return etree.fromstring(file.getvalue())

    def _get(self, root, path):
        name, *below = path.split("/")
        found = [e for e in root[1] if structure.get_name(e) == name]
        for name in below:
            found = [c for e in found for c in e if structure.get_name(c) == name]
        return found

    def test_structure_of_each_document(self):
        for is_agent in (False, True):
            entries = [entry(document) for document in samples.DOCUMENTS]
            root = self._write(*entries, is_agent=is_agent)
            self.assertEqual(structure.check_message(root), [])

    def test_structure_of_cancellations(self):
        entries = [
            entry(document, CANCELLATION, 2, document) for document in samples.DOCUMENTS
        ]
        root = self._write(*entries)
        self.assertEqual(structure.check_message(root), [])
        names = {structure.get_name(element) for element in root[1]}
        self.assertEqual(names, {"УдалениеОбъекта"})
        # Each of the ten, and an act with one of them.
        self.assertEqual(len(root[1]), 11)

    def test_checker_sees_faults(self):
        """What the tests above rely on."""
        root = self._write(entry(samples.INVOICE))
        invoice = root[1][1]
        invoice.remove(invoice[1])
        invoice.append(invoice[0])
        invoice.append(etree.SubElement(invoice, "Чужое"))
        faults = "\n".join(structure.check_message(root))
        for words in ("no Валюта", "out of order", "unknown Чужое"):
            self.assertIn(words, faults)

    def test_sample_of_the_format(self):
        """The version in the header is the namespace of the body."""
        for version in ("1.17", "1.20"):
            root = self._write(entry(samples.INVOICE), version=version)
            header, body = root
            space = f"http://v8.1c.ru/edi/edi_stnd/EnterpriseData/{version}"
            self.assertEqual([child.text for child in header][0], space)
            self.assertEqual(header[1].text, "2026-10-05T19:00:00")
            self.assertEqual(body.tag, f"{{{space}}}Body")
            self.assertEqual(header.prefix, "msg")

    def test_invoice_by_hand(self):
        root = self._write(entry(samples.INVOICE))
        (keys,) = self._get(root, "Документ.СчетПокупателю/КлючевыеСвойства")
        self.assertEqual(flat(keys), parse(KEYS))
        (line,) = self._get(root, "Документ.СчетПокупателю/Услуги/Строка")
        self.assertEqual(flat(line), parse(LINE))
        (note,) = self._get(
            root, "Документ.СчетПокупателю/ОбщиеСвойстваОбъектовФормата/Комментарий"
        )
        self.assertEqual(note.text, "Odoo INV/2026/00123")

    def test_line_without_vat(self):
        root = self._write(entry({**samples.INVOICE, "act": [samples.VISA]}))
        (rate,) = self._get(
            root, "Документ.РеализацияТоваровУслуг/Услуги/Строка/СтавкаНДС"
        )
        self.assertEqual(flat(rate), parse(WITHOUT_VAT))
        (kind,) = self._get(root, "Документ.РеализацияТоваровУслуг/Налогообложение")
        self.assertEqual(kind.text, "ПродажаНеОблагаетсяНДС")

    def test_agent_names_the_principal(self):
        path = "Документ.РеализацияТоваровУслуг/Услуги/Строка"
        root = self._write(entry(samples.ACT), is_agent=True)
        (kind,) = self._get(root, f"{path}/ТипУслуги")
        (principal,) = self._get(root, f"{path}/Принципал/ИНН")
        (account,) = self._get(root, f"{path}/СчетРасчетовСПринципалом")
        self.assertEqual(
            [kind.text, principal.text, account.text],
            ["Агентские", "7707083893", "60.01"],
        )
        root = self._write(entry(samples.ACT))
        (kind,) = self._get(root, f"{path}/ТипУслуги")
        self.assertEqual(kind.text, "Собственные")
        self.assertFalse(self._get(root, f"{path}/Принципал"))

    def test_credit_note_says_what_is_left(self):
        """6,100 of 24,400 go back: 18,300 are left, with 3,300 of VAT."""
        root = self._write(entry(samples.CREDIT_NOTE))
        path = "Документ.КорректировкаРеализацииТоваров"
        values = [
            self._get(root, f"{path}/Услуги/Строка/{name}")[0].text
            for name in ("Сумма", "СуммаДоИзменения", "СуммаНДС", "СуммаНДСДоИзменения")
        ]
        self.assertEqual(values, ["18300.00", "24400.00", "3300.00", "4400.00"])
        (base,) = self._get(
            root, f"{path}/ДокументРеализации/РеализацияТоваровУслугСсылка/Ссылка"
        )
        self.assertEqual(base.text, samples.ACT["guid"])

    def test_counterparty_comes_once_and_first(self):
        root = self._write(entry(samples.ACT), entry(samples.INVOICE))
        names = [structure.get_name(element) for element in root[1]]
        self.assertEqual(
            names,
            [
                "Справочник.Контрагенты",
                "Документ.РеализацияТоваровУслуг",
                "Документ.СчетПокупателю",
            ],
        )

    def test_cancellation_by_hand(self):
        root = self._write(entry(samples.ACT, CANCELLATION, 2, samples.ACT))
        self.assertEqual([flat(element) for element in root[1]], [parse(DELETION)])

    def test_correction_takes_back_what_is_no_more(self):
        """An invoice whose extra row is gone has no act of its own any more."""
        before = {**samples.INVOICE, "act": [samples.VISA]}
        root = self._write(entry(samples.INVOICE, CORRECTION, 2, before))
        (gone,) = self._get(
            root,
            "УдалениеОбъекта/СсылкаНаОбъект/СсылкаНаОбъект/"
            "РеализацияТоваровУслугСсылка",
        )
        self.assertEqual(gone.text, samples.INVOICE["act_guid"])
        self.assertEqual(len(self._get(root, "Документ.СчетПокупателю")), 1)
        # The same identity: 1C writes over what it has.
        root = self._write(entry(samples.INVOICE, CORRECTION, 2, samples.INVOICE))
        self.assertFalse(self._get(root, "УдалениеОбъекта"))

    def test_hostile_text(self):
        name = "<Отель> & \x00\x0b«\ud800Ёж» ]]>" + "я" * 2000
        line = {**samples.STAY, "name": name}
        root = self._write(entry({**samples.INVOICE, "lines": [line]}))
        self.assertEqual(structure.check_message(root), [])
        (text,) = self._get(root, "Документ.СчетПокупателю/Услуги/Строка/Содержание")
        self.assertTrue(text.text.startswith("<Отель> & «Ёж» ]]>яя"))
        self.assertEqual(len(text.text), 1000)


@tagged("post_install", "-at_install")
class TestCommerceml(BaseCase):
    def _write(self, *entries):
        file = BytesIO()
        commerceml.write(file, head(), entries)
        return etree.fromstring(file.getvalue())

    def _values(self, document, *names):
        return [document.findtext(CML + name) for name in names]

    def test_invoice_by_hand(self):
        root = self._write(entry(samples.INVOICE))
        self.assertEqual(root.get("ВерсияСхемы"), "2.10")
        (document,) = root
        self.assertEqual(
            [structure.get_name(child) for child in document],
            "Ид Номер Дата ХозОперация Роль Валюта Курс Сумма Контрагенты Время "
            "СрокПлатежа Комментарий Налоги Товары ЗначенияРеквизитов".split(),
        )
        self.assertEqual(
            self._values(document, "Номер", "ХозОперация", "Роль", "Сумма"),
            ["ТУР-000123", "Счет на оплату", "Продавец", "24400.00"],
        )
        tax = document.find(f"{CML}Налоги/{CML}Налог")
        self.assertEqual(
            self._values(tax, "Наименование", "УчтеноВСумме", "Сумма", "Ставка"),
            ["НДС", "true", "4400.00", "22"],
        )
        partner = document.find(f"{CML}Контрагенты/{CML}Контрагент")
        self.assertEqual(
            [structure.get_name(child) for child in partner],
            "Ид Наименование ОфициальноеНаименование ЮридическийАдрес ИНН КПП "
            "Роль".split(),
        )

    def test_operations(self):
        root = self._write(*(entry(document) for document in samples.DOCUMENTS))
        found = [self._values(each, "ХозОперация", "Роль") for each in root]
        self.assertEqual(
            found,
            [
                ["Отпуск товара", "Продавец"],
                ["Счет на оплату", "Продавец"],
                ["Счет на оплату", "Продавец"],
                ["Отпуск товара", "Продавец"],
                ["Возврат товара", "Продавец"],
                ["Отпуск товара", "Покупатель"],
                ["Возврат товара", "Покупатель"],
                ["Выплата безналичных денег", "Получатель"],
                ["Выплата безналичных денег", "Плательщик"],
                ["Выплата наличных денег", "Получатель"],
                # To a client: what he gets back.
                ["Возврат наличных денег", "Плательщик"],
            ],
        )

    def test_cancellation_is_marked(self):
        for act, mark in ((CANCELLATION, "true"), (CORRECTION, "false")):
            (document,) = self._write(entry(samples.BILL, act, 2, samples.BILL))
            values = {
                value.findtext(f"{CML}Наименование"): value.findtext(f"{CML}Значение")
                for value in document.find(f"{CML}ЗначенияРеквизитов")
            }
            self.assertEqual(values["ПометкаУдаления"], mark)
            self.assertEqual(values["Ревизия"], "2")
            self.assertEqual(document.findtext(f"{CML}Ид"), samples.BILL["guid"])
