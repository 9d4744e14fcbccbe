"""What is wrong with a document, and the way out, in words."""


def get_fault_texts(env):
    """Texts by rule of `engine.rules`; they name ``%(document)s`` and ``%(name)s``."""
    return {
        "inn_missing": env._(
            "%(document)s: %(name)s has no INN. Enter it as the tax id of the company; "
            "a person is marked as such there."
        ),
        "inn_wrong": env._(
            "%(document)s: the INN of %(name)s has neither 10 nor 12 digits. Correct "
            "the tax id of the company."
        ),
        "partner_missing": env._(
            "%(document)s is of nobody. Say on it who paid, or who was paid."
        ),
        "number_missing": env._("%(document)s has no number. Post it again."),
        "number_long": env._(
            "%(document)s has a number of more than 256 characters. Shorten it."
        ),
        "currency_code": env._(
            "%(document)s: currency %(name)s has no numeric code. Enter it in Odoo's "
            "currencies (643 is the rouble)."
        ),
        "tax_unknown": env._(
            "%(document)s: tax %(name)s has no kind in 1C. Choose it under Documents, "
            "Accounting, Taxes in 1C."
        ),
        "taxes_many": env._(
            "%(document)s: “%(name)s” has two taxes, and 1C has one for a row. Leave "
            "one of them."
        ),
        "line_negative": env._(
            "%(document)s: “%(name)s” is below zero, which 1C does not take. Put it "
            "into the price of another row."
        ),
        "origin_missing": env._(
            "%(document)s corrects nothing that 1C knows. Make it by the button of the "
            "invoice or bill that it is for, or enter it in 1C by hand."
        ),
        "account_missing": env._(
            "%(document)s: journal %(name)s has no bank account. Enter it on the "
            "journal."
        ),
        "not_invoiced": env._(
            "%(document)s is done and has no posted invoice. Make the invoice, or put "
            "its price to zero."
        ),
        "two_currencies": env._(
            "%(document)s has invoices in %(name)s besides its own currency. Cancel "
            "one, and make it again in the currency of the booking."
        ),
        "error": env._(
            "%(document)s could not be read: %(name)s. Tell the administrator."
        ),
    }
