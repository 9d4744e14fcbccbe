"""What is said of files and of matches, by the codes that the engines give.

Kept as codes and said when they are read, in the language of the reader.
"""


def get_faults(env):
    """What is wrong with a file, by code; %(value)s is what stands there."""
    return {
        "account": env._("'%(value)s' is no number of an account."),
        "after_end": env._("There is more behind the end of the file: passed over."),
        "amount": env._("'%(value)s' is no sum."),
        "balance": env._("The balances and what moved do not agree: %(value)s."),
        "balance_gap": env._("A day begins with another balance than the last ended."),
        "column_number": env._("Without headings, columns are told by numbers."),
        "count": env._(
            "There are more or fewer movements than the file says: %(value)s."
        ),
        "csv": env._("The table is broken: %(value)s."),
        "currency": env._("%(value)s is another currency than the account's."),
        "cut": env._("Too long, and was cut: %(value)s."),
        "date": env._("'%(value)s' is no date."),
        "delimiter": env._("One character separates the columns."),
        "direction": env._("It does not say whether the money came or went."),
        "doctype": env._("The file names other files. No statement does so."),
        "empty": env._("The file is empty."),
        "encoding": env._("There is no encoding '%(value)s'."),
        "end_of_other": env._("'%(value)s' ends a section that was not begun."),
        "end_without": env._("'%(value)s' ends a section that was not begun."),
        "foreign": env._(
            "Document %(value)s is on no account of the file: passed over."
        ),
        "letter": env._(
            "The bank's encoding has no letter '%(value)s'; a question "
            "mark stands there."
        ),
        "letters": env._("Some letters cannot be read in the encoding of the file."),
        "mt940": env._("This is no MT940 as banks write it: %(value)s."),
        "never_cut": env._("Too long for a payment order: %(value)s."),
        "no_account": env._("The file does not say of which account it is."),
        "no_amount_column": env._("No column has the sums."),
        "no_currency": env._("The file does not say in which currency it is."),
        "no_date_column": env._("No column has the dates."),
        "no_end": env._("The mark at the end of the file is missing."),
        "no_head": env._("The file does not begin as it should: %(value)s."),
        "no_headings": env._("These headings are not there: %(value)s."),
        "no_key": env._("This line belongs to nothing, and is passed over: %(value)s"),
        "no_statement": env._("There is no statement in the file."),
        "no_lines": env._("Nothing moved: there is no line to take in."),
        "no_sum": env._("There is no sum in this row: passed over. %(value)s"),
        "not_booked": env._("The bank has not booked this yet: passed over."),
        "orders": env._("These are payment orders, not what the bank did with them."),
        "section_in_section": env._("'%(value)s' begins before the last section ends."),
        "section_open": env._("The file ends, or goes on, within '%(value)s'."),
        "size": env._("The file is larger than %(value)s MB."),
        "too_long": env._("'%(value)s' is longer than anything a bank writes."),
        "too_many": env._("There are more than %(value)s movements. Send it in parts."),
        "total_in": env._(
            "The file says another sum of what came than its documents: %(value)s."
        ),
        "total_out": env._(
            "The file says another sum of what went than its documents: %(value)s."
        ),
        "twice": env._("'%(value)s' stands there twice, and differs."),
        "unknown_column": env._("There is no such column."),
        "unknown_key": env._("The format has no '%(value)s'."),
        "unknown_section": env._("'%(value)s' is passed over."),
        "xml": env._("This is no XML: %(value)s."),
        "zero": env._("A movement of nothing is passed over."),
    }


def tell(env, fault):
    """A `BankFileError` or a `Note` in a sentence, with the number of the line."""
    texts = get_faults(env)
    text = texts.get(fault.code, fault.code).replace("%(value)s", fault.value)
    if not fault.row:
        return text
    return env._("Line %(row)s: %(text)s", row=fault.row, text=text)


def get_reasons(env):
    """What speaks for a proposal, or against it, by code."""
    return {
        "account": env._("from or to account %(value)s"),
        "amount": env._("the sum agrees"),
        "booking": env._("booking %(value)s is named"),
        "client": env._("a client with tax id %(value)s"),
        "hand": env._("chosen by hand"),
        "more": env._("more than is open"),
        "number": env._("%(value)s is named"),
        "order": env._("payment order No. %(value)s"),
        "other_tax_id": env._("but it is for tax id %(value)s"),
        "part": env._("less than is open"),
        "reference": env._("bill %(value)s is named"),
        "tax_id": env._("tax id %(value)s"),
    }


def tell_reasons(env, reasons):
    """The reasons, as [code, value], in one sentence."""
    texts = get_reasons(env)
    return ", ".join(
        texts[code].replace("%(value)s", value or "")
        for code, value in reasons or []
        if code in texts
    )
