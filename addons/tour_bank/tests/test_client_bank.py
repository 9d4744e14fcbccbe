"""The bank's format: what we write, we read; what is broken is said with its row."""

from datetime import date, datetime
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.tour_bank.engine import client_bank, client_bank_format
from odoo.addons.tour_bank.engine.client_bank_write import write
from odoo.addons.tour_bank.engine.result import BankFileError

from .common import FILES, OWN, ROUBLES, make_document, make_statement

SAMPLE = (FILES / "kl_to_1c.txt").read_bytes()
MADE = datetime(2026, 10, 5, 19, 5)


def changed(old, new, content=SAMPLE, count=1):
    text = content.decode("cp1251")
    assert old in text
    return text.replace(old, new, count).encode("cp1251")


def fault(content, **kwargs):
    """What is said of a broken file: (code, line)."""
    try:
        client_bank.read(content, **kwargs)
    except BankFileError as error:
        return error.code, error.row
    return None


@tagged("post_install", "-at_install")
class TestReading(BaseCase):
    def test_sample(self):
        """Every value as it stands in the file."""
        [statement] = client_bank.read(SAMPLE)
        self.assertEqual(statement.account, ROUBLES)
        self.assertEqual(statement.currency, "RUB")
        self.assertEqual(statement.start, Decimal("100000.00"))
        self.assertEqual(statement.end, Decimal("114050.00"))
        came, went = statement.lines
        self.assertEqual(came.amount, Decimal("24400.00"))
        self.assertEqual(came.date, date(2026, 10, 5))
        self.assertEqual(came.name, 'ООО "РОМАШКА"')
        self.assertEqual(came.tax_id, "7701234560")
        self.assertEqual(came.account, "40702810800000000001")
        self.assertEqual(came.bic, "044525593")
        self.assertEqual(came.number, "214")
        self.assertIn("(бронь 20261010-7291-12345678)", came.purpose)
        self.assertEqual(went.amount, Decimal("-10350.00"))
        self.assertEqual(went.tax_id, "500100732259")
        # Only the first '=' of a line ends its key.
        self.assertIn("договору № 7=2026", went.purpose)
        self.assertFalse(statement.notes)

    def test_encodings(self):
        expected = client_bank.read(SAMPLE)[0].lines[0].purpose
        text = SAMPLE.decode("cp1251")
        for content in (
            text.replace("Windows", "DOS").encode("cp866"),
            text.encode("utf-8"),
            text.encode("utf-8-sig"),
            text.encode("utf-16"),
            SAMPLE.replace(b"\r\n", b"\n"),
            SAMPLE.replace(b"\r\n", b"\r"),
            SAMPLE + b"\x1a",
        ):
            with self.subTest(content[:20]):
                [statement] = client_bank.read(content)
                self.assertEqual(statement.lines[0].purpose, expected)

    def test_passed_over_with_a_note(self):
        unknown = "СекцияЗарплата\r\nСумма=5\r\nКонецЗарплата\r\nСекцияДокумент="
        foreign = "ПолучательСчет=40702810200000000009\r\nX="
        for old, new, code in (
            ("КонецФайла\r\n", "", "no_end"),
            ("СекцияДокумент=", unknown, "unknown_section"),
            ("КонецФайла\r\n", "КонецФайла\r\nещё\r\n", "after_end"),
            ("ВидОплаты=01\r\n", "ВидОплаты=01\r\nбез ключа\r\n", "no_key"),
            ("Код=0\r\n", "Код=0\r\nКод=1\r\n", "twice"),
        ):
            with self.subTest(code):
                [statement] = client_bank.read(changed(old, new))
                self.assertEqual(len(statement.lines), 2)
                self.assertIn(code, [note.code for note in statement.notes])
        content = changed("ПолучательСчет=" + ROUBLES, foreign).decode("cp1251")
        content = content.replace("ПолучательРасчСчет=" + ROUBLES, "X=").encode(
            "cp1251"
        )
        [statement] = client_bank.read(content, strict=False)
        self.assertEqual(len(statement.lines), 1)
        self.assertEqual(statement.notes[0].code, "foreign")

    def test_refused_with_the_line(self):
        """Lines counted by hand in the sample."""
        for old, new, expected in (
            ("1CClientBankExchange", "1CClientBank", ("no_head", 1)),
            ("Сумма=24400.00", "Сумма=24400.0.0", ("amount", 23)),
            ("Сумма=24400.00", "Сумма=-24400.00", ("amount", 23)),
            ("Сумма=24400.00\r\n", "", ("amount", 20)),
            ("ДатаПоступило=05.10.2026", "ДатаПоступило=31.02.2026", ("date", 39)),
            ("Номер=214\r\n", "Номер=214\r\nНомер=215\r\n", ("twice", 22)),
            ("КонецДокумента\r\n", "", ("section_in_section", 56)),
            ("КонецДокумента\r\n", "КонецРасчСчет\r\n", ("end_of_other", 56)),
            ("КонецРасчСчет\r\n", "", ("section_in_section", 19)),
            ("КонецФайла", "КонецДокумента\r\nКонецФайла", ("end_without", 86)),
            ("КонечныйОстаток=114050.00", "КонечныйОстаток=1.00", ("balance", 18)),
            ("ВсегоСписано=10350.00", "ВсегоСписано=0", ("balance", 18)),
        ):
            with self.subTest(old, new=new):
                self.assertEqual(fault(changed(old, new)), expected)

    def test_cut_short(self):
        """A document that is not there to its end is no document."""
        content = SAMPLE[: SAMPLE.rindex("Очередность".encode("cp1251"))]
        self.assertEqual(fault(content)[0], "section_open")

    def test_totals(self):
        content = changed("ВсегоПоступило=24400.00", "ВсегоПоступило=24500.00")
        content = changed(
            "НачальныйОстаток=100000.00", "НачальныйОстаток=99900.00", content
        )
        self.assertEqual(fault(content), ("total_in", 16))
        [statement] = client_bank.read(content, strict=False)
        self.assertEqual([note.code for note in statement.notes], ["total_in"])
        self.assertEqual(len(statement.lines), 2)

    def test_days_of_one_account(self):
        """A section for each day: the balances are the first's and the last's."""
        first = make_statement(make_document(10), start=0).decode("cp1251")
        second = (
            "СекцияРасчСчет\r\nРасчСчет={}\r\nНачальныйОстаток={}\r\n"
            "ВсегоПоступило=0\r\nВсегоСписано=0\r\nКонечныйОстаток=10.00\r\n"
            "КонецРасчСчет\r\nСекцияДокумент"
        )
        whole = first.replace("СекцияДокумент", second.format(OWN, "10.00"), 1)
        [statement] = client_bank.read(whole.encode("cp1251"))
        self.assertEqual((statement.start, statement.end), (Decimal(0), Decimal(10)))
        gap = first.replace("СекцияДокумент", second.format(OWN, "10.01"), 1)
        self.assertEqual(fault(gap.encode("cp1251"))[0], "balance_gap")

    def test_between_own_accounts(self):
        """It went from the one and came to the other."""
        other = "40702810500000000002"
        content = changed(
            "РасчСчет=" + ROUBLES, f"РасчСчет={ROUBLES}\r\nРасчСчет={other}"
        )
        content = changed(
            "ПлательщикСчет=40702810800000000001", f"ПлательщикСчет={other}", content
        )
        content = changed(
            "ПлательщикРасчСчет=40702810800000000001",
            f"ПлательщикРасчСчет={other}",
            content,
        )
        statements = client_bank.read(content)
        self.assertEqual(
            {each.account: [line.amount for line in each.lines] for each in statements},
            {
                ROUBLES: [Decimal("24400.00"), Decimal("-10350.00")],
                other: [Decimal("-24400.00")],
            },
        )

    def test_orders_are_no_statement(self):
        orders = (FILES / "1c_to_kl.txt").read_bytes()
        self.assertEqual(fault(orders), ("orders", 0))
        [statement] = client_bank.read(orders, orders=True)
        self.assertEqual(statement.lines[0].amount, Decimal("-18300.00"))

    def test_two_fees_alike(self):
        """Alike in everything, they are two; read again they are the same two."""
        content = make_statement(make_document(-5, "Fee"), make_document(-5, "Fee"))
        keys = [line.key for line in client_bank.read(content)[0].lines]
        self.assertEqual(len(set(keys)), 2)
        again = [line.key for line in client_bank.read(content)[0].lines]
        self.assertEqual(keys, again)


# Letters that all three encodings have, and no control characters.
LETTERS = st.sampled_from('абвЯЁё ABCxyz0123456789-.,()"№=/')
TEXT = st.text(LETTERS, max_size=40).map(lambda text: " ".join(text.split()))
DIGITS = st.text(st.sampled_from("0123456789"), min_size=1)
DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
ORDERS = st.fixed_dictionaries(
    {
        "Номер": DIGITS.map(lambda text: text[:6]),
        "Дата": DAYS,
        "Сумма": st.decimals("0.01", "999999999999.99", places=2),
        "ПолучательСчет": DIGITS.map(lambda text: ("4" + text * 20)[:20]),
        "ПолучательИНН": DIGITS.map(lambda text: ("7" + text * 10)[:10]),
        "Получатель1": TEXT,
        "ПолучательБИК": st.just("044525593"),
        "НазначениеПлатежа": st.text(LETTERS, max_size=120).map(
            lambda text: " ".join(text.split())
        ),
    }
)


@tagged("post_install", "-at_install")
class TestWriting(BaseCase):
    def test_layout(self):
        """As the bank's program reads it: the order of keys, CRLF, the encoding."""
        order = {
            "Номер": "58",
            "Дата": date(2026, 10, 5),
            "Сумма": Decimal("18300"),
            "НазначениеПлатежа": "Оплата по счету № 77",
            "ПлательщикСчет": OWN,
        }
        for name, codec in client_bank_format.ENCODINGS.items():
            data = write([order], OWN, MADE, name).data
            lines = data.decode(codec).split("\r\n")
            self.assertNotIn("\n", "".join(lines))
            self.assertEqual(lines[0], "1CClientBankExchange")
            self.assertEqual(lines[1], "ВерсияФормата=1.03")
            self.assertEqual(lines[2], f"Кодировка={name}")
            self.assertEqual(lines[-2:], ["КонецФайла", ""])
            keys = [line.partition("=")[0] for line in lines[12:-3]]
            self.assertEqual(
                keys, [key for key in client_bank_format.DOCUMENT if key in keys]
            )

    def test_no_new_keys_from_values(self):
        """Whatever stands in a purpose, it begins no line of its own."""
        order = {
            "Номер": "1",
            "Дата": date(2026, 10, 5),
            "Сумма": Decimal(5),
            "ПлательщикСчет": OWN,
            "НазначениеПлатежа": "x\r\nСумма=9999\nКонецДокумента\x1a\u2028y",
        }
        [statement] = client_bank.read(write([order], OWN, MADE).data, orders=True)
        self.assertEqual([line.amount for line in statement.lines], [Decimal("-5.00")])

    def test_lengths(self):
        order = {
            "Номер": "1",
            "Дата": date(2026, 10, 5),
            "Сумма": Decimal(5),
            "Получатель1": "я" * 161,
            "НазначениеПлатежа": "слово " * 40,
        }
        written = write([order], OWN, MADE)
        self.assertEqual([w.code for w in written.warnings], ["cut", "cut"])
        for key, value in (("Номер", "1234567"), ("ПолучательСчет", "4" * 21)):
            with self.assertRaises(BankFileError) as caught:
                write([{**order, key: value}], OWN, MADE)
            self.assertEqual(
                (caught.exception.code, caught.exception.row), ("never_cut", 1)
            )

    def test_letters_that_the_encoding_has_not(self):
        order = {
            "Номер": "1",
            "Дата": date(2026, 10, 5),
            "Сумма": Decimal(5),
            "Получатель1": "Kőrösi Szálló €5 😀",
        }
        written = write([order], OWN, MADE)
        self.assertIn("Получатель1=Korosi Szallo €5 ?", written.data.decode("cp1251"))
        self.assertEqual([w.value for w in written.warnings], ["😀"])

    @given(
        orders=st.lists(ORDERS, max_size=4),
        name=st.sampled_from(["Windows", "DOS", "UTF-8"]),
    )
    @settings(max_examples=60, deadline=None)
    def test_round_trip(self, orders, name):
        orders = [{**order, "ПлательщикСчет": OWN} for order in orders]
        written = write(orders, OWN, MADE, name)
        [statement] = client_bank.read(written.data, orders=True)
        read = [
            (line.number, line.date, -line.amount, line.account, line.tax_id, line.name)
            for line in statement.lines
        ]
        keys = ("Номер", "Дата", "Сумма", "ПолучательСчет", "ПолучательИНН")
        self.assertEqual(
            [line[:5] for line in read], [tuple(o[k] for k in keys) for o in orders]
        )
        self.assertEqual([line[5] for line in read], [o["Получатель1"] for o in orders])
        self.assertEqual(
            [line.purpose for line in statement.lines],
            [o["НазначениеПлатежа"] for o in orders],
        )

    @given(content=st.binary(max_size=300), place=st.integers(0, len(SAMPLE)))
    @settings(max_examples=150, deadline=None)
    def test_whatever_comes(self, content, place):
        """A statement, or our own error: nothing else."""
        broken = SAMPLE[:place] + content + SAMPLE[place + len(content) :]
        for data in (content, broken):
            try:
                client_bank.read(data)
            except BankFileError as error:
                self.assertGreaterEqual(error.row, 0)
