"""Finding a hotel among 200,000 by words of its name, synonyms and city."""

from . import odoo_process
from .measure import Result, details, interleave, middle, middle_ratio

SEARCHES = ("астория", "Гранд парк Казань", "hotel12345", "сочи бристоль спа", "ял")
_BY_HAND = """
    SELECT id, name, city_name FROM tour_hotel
     WHERE active AND {conditions} ORDER BY name, id LIMIT 8
"""


def measure(pair, quick):
    """Yield a result for each search."""
    from odoo.addons.tour_hotel.hotel_rules import search_words

    for text in SEARCHES:
        words = search_words(text)

        def ours(text=text):
            with odoo_process.environment(pair.tour, "bench0") as env:
                return env["tour.hotel"].name_search(text, limit=8)

        def hand(words=words):
            with odoo_process.environment(pair.tour) as env:
                condition = "search_text LIKE %s"
                env.cr.execute(
                    _BY_HAND.format(conditions=" AND ".join([condition] * len(words))),
                    [f"%{word}%" for word in words],
                )
                return env.cr.fetchall()

        taken = interleave(3 if quick else 9, ours=ours, hand=hand)
        yield Result(
            group=f"hotels: search among {pair.size.hotels:,}, database time",
            name=text,
            ours=middle(taken["ours"], "sql"),
            limit=middle(taken["hand"], "sql"),
            ratio=middle_ratio(taken["ours"], taken["hand"], "sql"),
            target=3.0,
            note=f"{middle(taken['ours'], 'queries'):g} query,"
            f" whole answer {middle(taken['ours']) * 1000:.0f} ms",
            details=details(**taken),
        )
