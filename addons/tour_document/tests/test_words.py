"""Sums in words, written down by hand in the four languages."""

from odoo.tests import BaseCase, tagged

from odoo.addons.tour_document.words import amount_in_words

RUSSIAN = {
    "0": "Ноль рублей 00 копеек",
    "0.01": "Ноль рублей 01 копейка",
    "0.5": "Ноль рублей 50 копеек",
    "1": "Один рубль 00 копеек",
    "2": "Два рубля 00 копеек",
    "5.02": "Пять рублей 02 копейки",
    "11": "Одиннадцать рублей 00 копеек",
    "21.21": "Двадцать один рубль 21 копейка",
    "101": "Сто один рубль 00 копеек",
    "112.11": "Сто двенадцать рублей 11 копеек",
    "1000": "Одна тысяча рублей 00 копеек",
    "1001": "Одна тысяча один рубль 00 копеек",
    "2000": "Две тысячи рублей 00 копеек",
    "2002.04": "Две тысячи два рубля 04 копейки",
    "21000": "Двадцать одна тысяча рублей 00 копеек",
    "41022": "Сорок одна тысяча двадцать два рубля 00 копеек",
    "999999.995": "Один миллион рублей 00 копеек",
    "1000000.01": "Один миллион рублей 01 копейка",
    "2001001.1": "Два миллиона одна тысяча один рубль 10 копеек",
    "1000000000": "Один миллиард рублей 00 копеек",
    "-1.05": "Минус один рубль 05 копеек",
}
ENGLISH = {
    "0": "Zero roubles 00 kopecks",
    "0.01": "Zero roubles 01 kopeck",
    "1": "One rouble 00 kopecks",
    "2": "Two roubles 00 kopecks",
    "5.02": "Five roubles 02 kopecks",
    "11": "Eleven roubles 00 kopecks",
    "21": "Twenty-one roubles 00 kopecks",
    "101": "One hundred and one roubles 00 kopecks",
    "1000": "One thousand roubles 00 kopecks",
    "1001": "One thousand and one roubles 00 kopecks",
    "2000": "Two thousand roubles 00 kopecks",
    "41022": "Forty-one thousand and twenty-two roubles 00 kopecks",
    "1000000.01": "One million roubles 01 kopeck",
    "2345678.9": "Two million three hundred and forty-five thousand six hundred and"
    " seventy-eight roubles 90 kopecks",
}
FRENCH = {
    "0": "Zéro euro 00 centime",
    "0.01": "Zéro euro 01 centime",
    "1": "Un euro 00 centime",
    "1.5": "Un euro 50 centimes",
    "2": "Deux euros 00 centime",
    "5.02": "Cinq euros 02 centimes",
    "11": "Onze euros 00 centime",
    "21": "Vingt et un euros 00 centime",
    "71": "Soixante et onze euros 00 centime",
    "80": "Quatre-vingts euros 00 centime",
    "81": "Quatre-vingt-un euros 00 centime",
    "91": "Quatre-vingt-onze euros 00 centime",
    "101": "Cent un euros 00 centime",
    "200": "Deux cents euros 00 centime",
    "201": "Deux cent un euros 00 centime",
    "1000": "Mille euros 00 centime",
    "1001": "Mille un euros 00 centime",
    "2000": "Deux mille euros 00 centime",
    "80000": "Quatre-vingt mille euros 00 centime",
    "200000": "Deux cent mille euros 00 centime",
    "1000000": "Un million d'euros 00 centime",
    "1000000.01": "Un million d'euros 01 centime",
    "1000001": "Un million un euros 00 centime",
    "80000080": "Quatre-vingts millions quatre-vingts euros 00 centime",
    "200000000": "Deux cents millions d'euros 00 centime",
}
HUNGARIAN = {
    "0": "Nulla forint 00 fillér",
    "1": "Egy forint 00 fillér",
    "2": "Kettő forint 00 fillér",
    "5.02": "Öt forint 02 fillér",
    "11": "Tizenegy forint 00 fillér",
    "21": "Huszonegy forint 00 fillér",
    "101": "Százegy forint 00 fillér",
    "212": "Kétszáztizenkettő forint 00 fillér",
    "1000": "Ezer forint 00 fillér",
    "1001": "Ezeregy forint 00 fillér",
    "1999": "Ezerkilencszázkilencvenkilenc forint 00 fillér",
    "2000": "Kétezer forint 00 fillér",
    "2001": "Kétezer-egy forint 00 fillér",
    "22000": "Huszonkétezer forint 00 fillér",
    "104025": "Száznégyezer-huszonöt forint 00 fillér",
    "1000000.01": "Egymillió forint 01 fillér",
    "2000002": "Kétmillió-kettő forint 00 fillér",
}
TABLES = (
    ("ru_RU", "RUB", RUSSIAN),
    ("en_US", "RUB", ENGLISH),
    ("fr_FR", "EUR", FRENCH),
    ("hu_HU", "HUF", HUNGARIAN),
)


@tagged("post_install", "-at_install")
class TestWords(BaseCase):
    def test_sums_in_words(self):
        for lang, currency, table in TABLES:
            for amount, words in table.items():
                with self.subTest(lang=lang, amount=amount):
                    self.assertEqual(amount_in_words(amount, currency, lang), words)
