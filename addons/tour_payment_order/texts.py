"""What is said of files and orders, by the codes that the engines give.

Kept as codes and said when they are read, in the language of the reader.
"""


def get_file_faults(env):
    """Why a file could not be read, by code, in the language of the environment."""
    return {
        "no_file": env._("There was no file in the mail."),
        "empty": env._("The file is empty."),
        "size": env._("The file is larger than %(limit)s MB. Send it in parts."),
        "type": env._("This is no PDF."),
        "broken": env._("The file is damaged. Ask for it again."),
        "encrypted": env._("The file is locked with a password. Send it without."),
        "pages": env._("The file has too many pages. Send it in parts."),
        "bomb": env._("The file would unpack to more than any payment order needs."),
        "packing": env._(
            "The file is packed in a way that can't be checked. Print it as PDF anew."
        ),
        "stuck": env._(
            "Reading the file was broken off twice. The administrator finds the reason"
            " in the log of the server."
        ),
        "error": env._(
            "The file could not be read. The administrator finds the reason in"
            " the log of the server."
        ),
    }


def get_reasons(env):
    """Why an order waits, and what speaks for a booking, by code."""
    return {
        # What is wrong with the page.
        "scan": env._("The page is a picture: there is no text to read."),
        "letters": env._(
            "The text of the page can't be trusted: its letters have no names."
        ),
        "glyphs": env._(
            "The text of the page can't be trusted: its letters have no names."
        ),
        "encoding": env._(
            "The text of the page can't be trusted: it is in a wrong encoding."
        ),
        "words": env._(
            "The text of the page can't be trusted: no word of the form is in it."
        ),
        "digits": env._(
            "The text of the page can't be trusted: no tax id in it is right."
        ),
        "broken": env._("The page is damaged."),
        "no_order": env._("The page does not begin with a payment order."),
        "several": env._("There are several payment orders on one page."),
        "missing_number": env._("The number was not found."),
        "missing_date": env._("The date was not found."),
        "missing_amount": env._("The sum was not found."),
        "missing_payee_tax_id": env._("The payee's tax id was not found."),
        "missing_purpose": env._("The purpose was not found."),
        "error": env._("Something went wrong with this one. Attach it by hand."),
        # Why no booking was chosen.
        "no_match": env._(
            "No booking fits: no number of ours is in the purpose, and nobody "
            "with this tax id and sum is due."
        ),
        "unknown_number": env._("No booking has the number %(numbers)s."),
        "no_number": env._(
            "The purpose names no booking and no bill: sum and tax id alone are not"
            " enough."
        ),
        "ambiguous": env._("Several bookings fit equally well."),
        "not_enough": env._("Only the number agrees, neither sum nor tax id."),
        "wrong_state": env._(
            "The booking that is named takes no payment orders in its status."
        ),
        "sender": env._(
            "Nothing bears out that the mail is from %(address)s. Confirm the sender"
            " on the file."
        ),
        "other_payer": env._("The payer is not us: tax id %(tax_id)s."),
        "other_tax_id": env._("The supplier has another tax id than %(tax_id)s."),
        "amount_above": env._("The sum is more than the %(due)s that is due."),
        "currency": env._("What is due is in another currency."),
        "refused": env._("It could not be attached: %(text)s"),
        # What speaks for a booking.
        "booking_number": env._("number %(number)s"),
        "travelline_number": env._("TravelLine's number %(number)s"),
        "bill_number": env._("bill %(number)s"),
        "tax_id": env._("tax id %(tax_id)s"),
        "amount": env._("the sum"),
        "amount_below": env._("a part of the %(due)s that is due"),
    }


def say(texts, reasons, joint="\n"):
    """The reasons in words.

    :param dict texts: of `get_reasons`
    :param list reasons: pairs of a code and its values, as they are kept
    """
    known = [(texts[code], values) for code, values in reasons or [] if code in texts]
    return joint.join(text % values for text, values in known)
