"""Amounts in words, as an accountant of the country writes them.

``num2words`` gives the number; the names of the currencies are ours, as the
package lacks many pairs of language and currency (roubles in French, anything
in Hungarian) and leaves two spaces before the cents.  Cents stay digits, as is
usual on invoices.

>>> amount_in_words("104025.80", "RUB", "ru_RU")
'Сто четыре тысячи двадцать пять рублей 80 копеек'
>>> amount_in_words("1.01", "RUB", "ru_RU")
'Один рубль 01 копейка'
>>> amount_in_words("22", "RUB", "en_US")
'Twenty-two roubles 00 kopecks'
>>> amount_in_words("1", "EUR", "fr_FR")
'Un euro 00 centime'
>>> amount_in_words("1000000", "EUR", "fr_FR")
"Un million d'euros 00 centime"
>>> amount_in_words("2000000", "RUB", "fr_FR")
'Deux millions de roubles 00 kopeck'
>>> amount_in_words("104025", "HUF", "hu_HU", decimals=0)
'Száznégyezer-huszonöt forint'
>>> amount_in_words("2000", "EUR", "hu_HU")
'Kétezer euró 00 cent'

A currency whose name we do not know is written by its code, and a language
that can't be spelt gives nothing, so that the paper leaves the line out.

>>> amount_in_words("21.5", "XAF", "en_GB")
'Twenty-one XAF 50/100'
>>> amount_in_words("-21.50", "EUR", "en_GB")
'Minus twenty-one euros 50 cents'
>>> amount_in_words("12.00", "EUR", "xx_XX")
''
"""

from decimal import ROUND_HALF_UP, Decimal

from num2words import num2words

# Per language and currency: the forms of the whole and of the hundredth.
# Russian: one, two to four, many.  English and French: one, many.
# Hungarian has one form after a number.
RUSSIAN = {
    "RUB": (("рубль", "рубля", "рублей"), ("копейка", "копейки", "копеек")),
    "EUR": (("евро", "евро", "евро"), ("цент", "цента", "центов")),
    "USD": (
        ("доллар США", "доллара США", "долларов США"),
        ("цент", "цента", "центов"),
    ),
    "GBP": (
        ("фунт стерлингов", "фунта стерлингов", "фунтов стерлингов"),
        ("пенс", "пенса", "пенсов"),
    ),
    "HUF": (("форинт", "форинта", "форинтов"), ("филлер", "филлера", "филлеров")),
    "KZT": (("тенге", "тенге", "тенге"), ("тиын", "тиына", "тиынов")),
    "CNY": (("юань", "юаня", "юаней"), ("фэнь", "фэня", "фэней")),
    "CHF": (
        ("швейцарский франк", "швейцарских франка", "швейцарских франков"),
        ("раппен", "раппена", "раппенов"),
    ),
    "AED": (("дирхам", "дирхама", "дирхамов"), ("филс", "филса", "филсов")),
    "UZS": (("сум", "сума", "сумов"), ("тийин", "тийина", "тийинов")),
    "AMD": (("драм", "драма", "драмов"), ("лума", "лумы", "лум")),
    "GEL": (("лари", "лари", "лари"), ("тетри", "тетри", "тетри")),
    "BYN": (
        ("белорусский рубль", "белорусских рубля", "белорусских рублей"),
        ("копейка", "копейки", "копеек"),
    ),
}
ENGLISH = {
    "RUB": (("rouble", "roubles"), ("kopeck", "kopecks")),
    "EUR": (("euro", "euros"), ("cent", "cents")),
    "USD": (("US dollar", "US dollars"), ("cent", "cents")),
    "GBP": (("pound sterling", "pounds sterling"), ("penny", "pence")),
    "HUF": (("forint", "forints"), ("fillér", "fillérs")),
    "KZT": (("tenge", "tenge"), ("tiyn", "tiyn")),
    "CNY": (("yuan", "yuan"), ("fen", "fen")),
    "CHF": (("Swiss franc", "Swiss francs"), ("centime", "centimes")),
    "AED": (("UAE dirham", "UAE dirhams"), ("fils", "fils")),
    "BYN": (("Belarusian rouble", "Belarusian roubles"), ("kopeck", "kopecks")),
}
FRENCH = {
    "RUB": (("rouble", "roubles"), ("kopeck", "kopecks")),
    "EUR": (("euro", "euros"), ("centime", "centimes")),
    "USD": (("dollar américain", "dollars américains"), ("cent", "cents")),
    "GBP": (("livre sterling", "livres sterling"), ("penny", "pence")),
    "HUF": (("forint", "forints"), ("fillér", "fillérs")),
    "KZT": (("tenge", "tenge"), ("tiyn", "tiyn")),
    "CNY": (("yuan", "yuans"), ("fen", "fens")),
    "CHF": (("franc suisse", "francs suisses"), ("centime", "centimes")),
    "AED": (("dirham", "dirhams"), ("fils", "fils")),
    "BYN": (("rouble biélorusse", "roubles biélorusses"), ("kopeck", "kopecks")),
}
HUNGARIAN = {
    "RUB": (("rubel",), ("kopejka",)),
    "EUR": (("euró",), ("cent",)),
    "USD": (("amerikai dollár",), ("cent",)),
    "GBP": (("font sterling",), ("penny",)),
    "HUF": (("forint",), ("fillér",)),
    "KZT": (("tenge",), ("tijin",)),
    "CNY": (("jüan",), ("fen",)),
    "CHF": (("svájci frank",), ("rappen",)),
    "AED": (("dirham",), ("filsz",)),
    "BYN": (("fehérorosz rubel",), ("kopejka",)),
}
HUNGARIAN_ONES = ["", "egy", "kettő", "három", "négy", "öt", "hat", "hét", "nyolc"]
HUNGARIAN_ONES += ["kilenc"]
HUNGARIAN_TENS = ["", "tíz", "húsz", "harminc", "negyven", "ötven", "hatvan", "hetven"]
HUNGARIAN_TENS += ["nyolcvan", "kilencven"]
HUNGARIAN_SCALES = ["", "ezer", "millió", "milliárd", "billió"]

CURRENCY_NAMES = {"ru": RUSSIAN, "en": ENGLISH, "fr": FRENCH, "hu": HUNGARIAN}


def amount_in_words(amount, currency, lang, decimals=2):
    """Spell ``amount`` in the language, the cents as digits.

    :param amount: Decimal, or its text; rounded half up to ``decimals``
    :param str currency: ISO code
    :param str lang: Odoo's or ISO code of the language (``ru_RU``, ``ru``)
    :param int decimals: 0 for a currency that has no cents in use
    :return: the words, capitalised; empty when the language is not known
    """
    language = lang.partition("_")[0]
    amount = Decimal(str(amount)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, cents = divmod(abs(amount) * 100, 100)
    try:
        words = _spell(int(whole), language)
        minus = _spell(-1, language).rpartition(" ")[0]
    except (NotImplementedError, OverflowError):
        return ""
    names = CURRENCY_NAMES.get(language, {}).get(currency)
    if names is None:
        text = f"{words} {currency}"
        tail = f"{int(cents):02d}/100"
    else:
        text = (
            f"{words}{_joint(words, names, language)}{_form(names, 0, whole, language)}"
        )
        tail = f"{int(cents):02d} {_form(names, 1, cents, language)}"
    if amount < 0:
        text = f"{minus} {text}"
    if decimals:
        text = f"{text} {tail}"
    return text[:1].upper() + text[1:]


def _spell(number, language):
    if language == "hu":
        return _spell_hungarian(number)
    # The commas between the thousands are American, and odd on an invoice.
    return num2words(number, lang=language).replace(",", "")


def _spell_hungarian(number):
    """Spell a whole number; the package's older versions lack Hungarian.

    Above two thousand a hyphen stands between the groups of three digits.

    >>> [_spell_hungarian(n) for n in (0, 2, 10, 21, 1100, 2000, 2022)]
    ['nulla', 'kettő', 'tíz', 'huszonegy', 'ezerszáz', 'kétezer', 'kétezer-huszonkettő']
    >>> _spell_hungarian(2200345)
    'kétmillió-kétszázezer-háromszáznegyvenöt'
    """
    if number < 0:
        return f"mínusz {_spell_hungarian(-number)}"
    if number == 0:
        return "nulla"
    if number >= 1000 ** len(HUNGARIAN_SCALES):
        raise OverflowError(number)
    groups = []
    rest = number
    for scale in HUNGARIAN_SCALES:
        rest, group = divmod(rest, 1000)
        if group:
            groups.append(_hungarian_group(group, scale))
    return ("-" if number > 2000 else "").join(reversed(groups))


def _hungarian_group(number, scale):
    """Three digits with their scale: kettő, but kétszáz and kétezer."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    before = ["", "", "két", *HUNGARIAN_ONES[3:]]
    text = f"{before[hundreds]}száz" if hundreds else ""
    stem = HUNGARIAN_TENS[tens]
    if ones:
        stem = {"tíz": "tizen", "húsz": "huszon"}.get(stem, stem)
    last = "két" if scale and ones == 2 else HUNGARIAN_ONES[ones]
    if scale == "ezer" and number == 1:
        last = ""
    return f"{text}{stem}{last}{scale}"


def _joint(words, names, language):
    """French links a round million to its noun: un million d'euros."""
    if language == "fr" and words.endswith(
        ("million", "millions", "milliard", "milliards")
    ):
        return " d'" if names[0][0][0] in "aeiouy" else " de "
    return " "


def _form(names, part, number, language):
    """The form of the noun that the number asks for.

    >>> [_form(RUSSIAN["RUB"], 0, n, "ru") for n in (1, 3, 5, 11, 21, 112)]
    ['рубль', 'рубля', 'рублей', 'рублей', 'рубль', 'рублей']
    >>> [_form(FRENCH["EUR"], 0, n, "fr") for n in (0, 1, 2)]
    ['euro', 'euro', 'euros']
    """
    forms = names[part]
    number = int(number)
    if len(forms) == 1:
        return forms[0]
    if len(forms) == 2:
        singular = number < 2 if language == "fr" else number == 1
        return forms[0] if singular else forms[1]
    if number % 100 in range(11, 15):
        return forms[2]
    return forms[{1: 0, 2: 1, 3: 1, 4: 1}.get(number % 10, 2)]
