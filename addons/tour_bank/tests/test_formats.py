"""CAMT.053, MT940 and tables: what each file says, and what is refused."""

import logging
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.tour_bank.engine import camt, files, swift, table
from odoo.addons.tour_bank.engine.result import BankFileError

CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">
<BkToCstmrStmt><Stmt>
<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">10.00</Amt>
<CdtDbtInd>DBIT</CdtDbtInd><Dt><Dt>2026-10-05</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">7.50</Amt>
<CdtDbtInd>DBIT</CdtDbtInd><Dt><Dt>2026-10-05</Dt></Dt></Bal>
<Ntry><Amt Ccy="EUR">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-10-05</Dt></BookgDt><NtryDtls>
<TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs>
<AmtDtls><TxAmt><Amt Ccy="EUR">2.00</Amt></TxAmt></AmtDtls>
<RltdPties><Dbtr><Nm>Kovács Kft</Nm><Id><OrgId><Othr><Id>7707083893</Id></Othr></OrgId>
</Id></Dbtr><DbtrAcct><Id><IBAN>HU42117730161111101800000000</IBAN></Id></DbtrAcct>
</RltdPties><RltdAgts><DbtrAgt><FinInstnId><BIC>OTPVHUHB</BIC></FinInstnId></DbtrAgt>
</RltdAgts><RmtInf><Ustrd>T000123</Ustrd></RmtInf></TxDtls>
<TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">3.00</Amt></TxAmt></AmtDtls></TxDtls>
</NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">2.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><DtTm>2026-10-06T10:00:00</DtTm></BookgDt>
<AddtlNtryInf>Fee</AddtlNtryInf></Ntry>
<Ntry><Amt Ccy="EUR">9.99</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts></Ntry>
</Stmt></BkToCstmrStmt></Document>"""
MT940 = """:20:START
:25:NL08DEUT0319809633EUR
:28C:1/1
:60F:C261231EUR10,00
:61:2612310101D2,50NTRFINV7//B1
:86:Hotel Romashka
second line
:61:2612311231C5,NTRFNONREF
:62M:C261231EUR12,50
-
:20:START
:25:NL08DEUT0319809633EUR
:28C:1/2
:60M:C261231EUR12,50
:61:261231RC1,00NTRFX
:62F:C261231EUR11,50
-"""
IBAN = "DE89370400440532013000"


def refused(read, content, *arguments):
    try:
        read(content.encode() if isinstance(content, str) else content, *arguments)
    except BankFileError as error:
        return error.code, error.row
    return None


@tagged("post_install", "-at_install")
class TestCamt(BaseCase):
    def test_statement(self):
        [statement] = camt.read(CAMT.encode())
        self.assertEqual((statement.account, statement.currency), (IBAN, "EUR"))
        self.assertEqual(statement.start, Decimal("-10.00"))
        self.assertEqual(statement.end, Decimal("-7.50"))
        first, second, fee = statement.lines
        self.assertEqual([first.amount, second.amount], [Decimal("2"), Decimal("3")])
        self.assertEqual(first.name, "Kovács Kft")
        self.assertEqual(first.tax_id, "7707083893")
        self.assertEqual(first.account, "HU42117730161111101800000000")
        self.assertEqual(first.bic, "OTPVHUHB")
        self.assertEqual((first.purpose, first.number), ("T000123", "E1"))
        self.assertEqual((fee.amount, fee.purpose), (Decimal("-2.50"), "Fee"))
        self.assertEqual(fee.date, date(2026, 10, 6))
        self.assertEqual([note.code for note in statement.notes], ["not_booked"])

    def test_what_does_not_add_up_stays_one_line(self):
        content = CAMT.replace('"EUR">3.00', '"EUR">3.01')
        [statement] = camt.read(content.encode())
        self.assertEqual(statement.lines[0].amount, Decimal("5.00"))

    def test_refused(self):
        for old, new, code in (
            ('"EUR">2.50', '"EUR">2.51', "balance"),
            ('"EUR">2.50', '"USD">2.50', "currency"),
            ('"EUR">2.50', '"EUR">2,5x', "amount"),
            ("DBIT</CdtDbtInd><Sts><Cd>", "X</CdtDbtInd><Sts><Cd>", "direction"),
            ("<DtTm>2026-10-06", "<DtTm>2026-13-06", "date"),
            ("<IBAN>DE89370400440532013000</IBAN>", "", "no_account"),
            ("</Stmt>", "", "xml"),
        ):
            with self.subTest(code):
                self.assertEqual(refused(camt.read, CAMT.replace(old, new))[0], code)

    def test_nothing_is_fetched_or_unpacked(self):
        entity = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
        content = CAMT.replace("<Document", entity + "<Document", 1)
        self.assertEqual(refused(camt.read, content), ("doctype", 0))
        self.assertEqual(refused(camt.read, content.encode("utf-16"))[0], "doctype")


@tagged("post_install", "-at_install")
class TestSwift(BaseCase):
    def test_pages_of_one_statement(self):
        """The year of the day it was booked on; a taken-back credit is a debit."""
        [statement] = swift.read(MT940.encode())
        self.assertEqual(statement.account, "NL08DEUT0319809633")
        self.assertEqual(
            (statement.start, statement.end), (Decimal(10), Decimal("11.5"))
        )
        self.assertEqual(
            [(line.date, line.amount, line.row) for line in statement.lines],
            [
                (date(2027, 1, 1), Decimal("-2.50"), 5),
                (date(2026, 12, 31), Decimal("5.00"), 8),
                (date(2026, 12, 31), Decimal("-1.00"), 15),
            ],
        )
        self.assertEqual(statement.lines[0].purpose, "Hotel Romashka second line")
        self.assertEqual(statement.lines[0].reference, "B1")

    def test_refused(self):
        for old, new, expected in (
            ("D2,50N", "D2,51N", ("balance", 1)),
            ("D2,50N", "D" + "9" * 16 + "N", ("amount", 5)),
            ("C5,N", "C5,000N", ("amount", 8)),
            ("D2,50N", "DxN", ("amount", 5)),
            # Without a kind the library would let the next one take its place.
            ("D2,50NTRFINV7//B1", "D2,50", ("count", 1)),
            (":25:NL08DEUT0319809633EUR\n", "", ("no_account", 1)),
        ):
            with self.subTest(new):
                content = MT940.replace(old, new, 1)
                self.assertEqual(refused(swift.read, content), expected)

    def test_a_text_is_no_name_of_a_file(self):
        """The library would read the file that its text names."""
        for content in (b"/etc/hostname", b":20:/etc/hostname"):
            self.assertIn(
                refused(swift.read, content)[0], ("no_statement", "no_account")
            )

    def test_nothing_of_clients_in_the_log(self):
        for name in ("mt940", "mt940.tags", "mt940.tags.Statement"):
            self.assertFalse(logging.getLogger(name).isEnabledFor(logging.ERROR))


@tagged("post_install", "-at_install")
class TestTable(BaseCase):
    columns = {"date": "Date", "in": "Came", "out": "Went", "purpose": "Text"}

    def read_table(self, text, **values):
        kinds = {"columns": self.columns, "delimiter": ","}
        return table.read(
            text.encode(), table.Table(**{**kinds, **values}), IBAN, "EUR"
        )

    def test_columns(self):
        text = 'Bank\n"Text",Went,Came,Date\n"a, b",,5,2026-10-05\nc,-7,,05.10.2026\n'
        [statement] = self.read_table(text)
        self.assertEqual(
            [(line.amount, line.purpose, line.row) for line in statement.lines],
            [(Decimal(5), "a, b", 3), (Decimal(-7), "c", 4)],
        )

    def test_refused(self):
        head = "Date,Came,Went,Text\n"
        for text, expected in (
            ("Day,Came,Went,Text\n", ("no_headings", 0)),
            (head + "2026-10-05,x,,\n", ("amount", 2)),
            (head + "2026-10-05,1,,\n2026-02-30,1,,\n", ("date", 3)),
            (head + '2026-10-05,1,,"open\n', ("csv", 2)),
        ):
            with self.subTest(text):
                self.assertEqual(
                    refused(lambda data: self.read_table(data.decode()), text), expected
                )

    def test_descriptions_that_lead_nowhere(self):
        for columns, code in (
            ({"date": "1"}, "no_amount_column"),
            ({"amount": "1"}, "no_date_column"),
            ({"date": "1", "amount": "2", "x": "3"}, "unknown_column"),
        ):
            self.assertEqual(table.Table(columns).fault(), code)


@tagged("post_install", "-at_install")
class TestWhatever(BaseCase):
    """Statements or our own error, whatever comes; bench/fuzz_bank.py does more."""

    @given(
        content=st.binary(max_size=200),
        place=st.integers(0, 2000),
        seed=st.sampled_from([CAMT.encode(), MT940.encode()]),
    )
    @settings(max_examples=100, deadline=None)
    def test_files(self, content, place, seed):
        broken = seed[:place] + content + seed[place + len(content) :]
        for reader in (camt, swift):
            for data in (content, broken):
                try:
                    reader.read(data)
                except BankFileError as error:
                    self.assertGreaterEqual(error.row, 0)

    @given(text=st.text(max_size=200))
    @settings(max_examples=100, deadline=None)
    def test_tables(self, text):
        known = table.Table({"date": "1", "amount": "2"}, heading=False)
        try:
            table.read(text.encode("utf-8", "replace"), known, IBAN)
        except BankFileError as error:
            self.assertGreaterEqual(error.row, 0)

    def test_kinds(self):
        self.assertEqual(files.kind_of(CAMT.encode()), "camt")
        self.assertEqual(files.kind_of(CAMT.encode("utf-16")), "camt")
        self.assertEqual(files.kind_of(MT940.encode()), "mt940")
        self.assertEqual(files.kind_of(b"Date;Sum"), "")
