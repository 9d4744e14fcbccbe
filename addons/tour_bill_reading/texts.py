"""What is said of a reading, by the codes that the engine gives.

Kept as codes and said when they are read, in the language of the reader.
"""


def get_faults(env):
    """Why a file could not be read, by code."""
    return {
        "no_file": env._("There is no file."),
        "empty": env._("The file is empty."),
        "size": env._("The file is larger than %(limit)s MB."),
        "type": env._("The file is no PDF and no picture."),
        "broken": env._("The file is damaged. Ask for it again."),
        "encrypted": env._("The file is locked with a password."),
        "pages": env._("The file has too many pages for a bill."),
        "bomb": env._("The file would unpack to more than any bill needs."),
        "packing": env._("The file is packed in a way that can't be checked."),
        "slow": env._("Reading the file takes too long."),
        "scan": env._("The file is a picture without a payment code."),
        "letters": env._(
            "The text of the file can't be trusted: its letters have no names."
        ),
        "glyphs": env._(
            "The text of the file can't be trusted: its letters have no names."
        ),
        "encoding": env._(
            "The text of the file can't be trusted: it is in a wrong encoding."
        ),
        "nothing": env._("Nothing of a bill was found in the file."),
        "stuck": env._(
            "Reading the file was broken off twice. The administrator finds the reason"
            " in the log of the server."
        ),
        "error": env._(
            "The file could not be read. The administrator finds the reason in the log"
            " of the server."
        ),
    }


def get_names(env):
    """What the fields are called that are read, by code."""
    return {
        "number": env._("Number"),
        "date": env._("Date"),
        "amount": env._("Sum"),
        "currency": env._("Currency"),
        "vat_rate": env._("VAT"),
        "vat_amount": env._("Sum of VAT"),
        "tax_id": env._("Payee's tax id"),
        "kpp": env._("Payee's KPP"),
        "name": env._("Payee"),
        "account": env._("Account"),
        "bic": env._("BIC"),
        "corr_account": env._("Correspondent account"),
        "purpose": env._("Wording"),
        "bookings": env._("Bookings"),
    }
