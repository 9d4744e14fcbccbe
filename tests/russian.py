"""Finding English of ours on a page that is to be Russian."""

import functools

import polib

from setup import odoo_source, paths

# Odoo's Russian leaves these as they are, in forms that we extend.
ODOO = {"Email", "Person"}
TEXTS = """
() => {
    const texts = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        texts.add(walker.currentNode.textContent);
    }
    for (const name of ["placeholder", "title", "aria-label"]) {
        for (const node of document.querySelectorAll(`[${name}]`)) {
            texts.add(node.getAttribute(name));
        }
    }
    return [...texts].map(text => text.replace(/\\s+/g, " ").trim()).filter(Boolean);
}
"""


# Add-ons of Odoo's whose pages a client sees.
PAGES = ["account", "account_payment", "auth_signup", "auth_totp_portal", "payment"]
PAGES += ["payment_demo", "portal", "sale", "web"]


@functools.cache
def read_odoo_texts():
    """English of Odoo's own pages."""
    root = odoo_source.find().addons
    # A name of an icon, which Odoo does not export.
    return {"Opened"} | frozenset(
        " ".join(entry.msgid.split())
        for name in PAGES
        for file in (root / name / "i18n").glob("*.pot")
        for entry in polib.pofile(str(file))
    )


def read_words(language="ru"):
    """{English of ours: its Russian, or another language}, where the two differ.

    What is a word of the other language, too, is no English.
    """
    words, others = {}, set()
    for file in paths.ADDONS.glob("tour*/i18n/*.pot"):
        other = polib.pofile(str(file.with_name(f"{language}.po")))
        translated = {entry.msgid: entry.msgstr for entry in other}
        for entry in polib.pofile(str(file)):
            text = " ".join(entry.msgid.split())
            if text not in ODOO and text != translated.get(entry.msgid):
                words[text] = translated.get(entry.msgid)
        others |= {" ".join(text.split()) for text in translated.values()}
    return {text: word for text, word in words.items() if text not in others}


def find_english(page, words):
    """English of ours among what is on the page."""
    return {text for text in page.evaluate(TEXTS) if text in words}
