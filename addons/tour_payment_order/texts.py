"""What is said of files and orders, by the codes that the engines give.

Kept as codes and said when they are read, in the language of the reader.
"""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

FILE_FAULTS = {
    "no_file": _lt("There was no file in the mail."),
    "empty": _lt("The file is empty."),
    "size": _lt("The file is larger than %(limit)s MB. Send it in parts."),
    "type": _lt("This is no PDF."),
    "broken": _lt("The file is damaged. Ask for it again."),
    "encrypted": _lt("The file is locked with a password. Send it without."),
    "pages": _lt("The file has too many pages. Send it in parts."),
    "bomb": _lt("The file would unpack to more than any payment order needs."),
    "error": _lt(
        "The file could not be read. The administrator finds the reason in"
        " the log of the server."
    ),
}

REASONS = {
    # What is wrong with the page.
    "scan": _lt("The page is a picture: there is no text to read."),
    "letters": _lt("The text of the page can't be trusted: its letters have no names."),
    "glyphs": _lt("The text of the page can't be trusted: its letters have no names."),
    "encoding": _lt(
        "The text of the page can't be trusted: it is in a wrong encoding."
    ),
    "words": _lt(
        "The text of the page can't be trusted: no word of the form is in it."
    ),
    "digits": _lt("The text of the page can't be trusted: no tax id in it is right."),
    "broken": _lt("The page is damaged."),
    "no_order": _lt("The page does not begin with a payment order."),
    "several": _lt("There are several payment orders on one page."),
    "missing_number": _lt("The number was not found."),
    "missing_date": _lt("The date was not found."),
    "missing_amount": _lt("The sum was not found."),
    "missing_payee_tax_id": _lt("The payee's tax id was not found."),
    "missing_purpose": _lt("The purpose was not found."),
    "error": _lt("Something went wrong with this one. Attach it by hand."),
    # Why no booking was chosen.
    "no_match": _lt(
        "No booking fits: no number of ours is in the purpose, and nobody "
        "with this tax id and sum is due."
    ),
    "unknown_number": _lt("No booking has the number %(numbers)s."),
    "no_number": _lt(
        "The purpose names no booking and no bill: sum and tax id alone are not enough."
    ),
    "ambiguous": _lt("Several bookings fit equally well."),
    "not_enough": _lt("Only the number agrees, neither sum nor tax id."),
    "wrong_state": _lt(
        "The booking that is named takes no payment orders in its status."
    ),
    "other_payer": _lt("The payer is not us: tax id %(tax_id)s."),
    "other_tax_id": _lt("The supplier has another tax id than %(tax_id)s."),
    "amount_above": _lt("The sum is more than the %(due)s that is due."),
    "currency": _lt("What is due is in another currency."),
    "refused": _lt("It could not be attached: %(text)s"),
    # What speaks for a booking.
    "booking_number": _lt("number %(number)s"),
    "travelline_number": _lt("TravelLine's number %(number)s"),
    "bill_number": _lt("bill %(number)s"),
    "tax_id": _lt("tax id %(tax_id)s"),
    "amount": _lt("the sum"),
    "amount_below": _lt("a part of the %(due)s that is due"),
}


def say(env, reasons, joint="\n"):
    """The reasons in the language of the environment.

    :param list reasons: pairs of a code and its values, as they are kept
    """
    known = [
        (REASONS[code], values) for code, values in reasons or [] if code in REASONS
    ]
    said = [(env._(text), values) for text, values in known]
    return joint.join(text % values for text, values in said)
