"""The rules an import keeps, in words: what is wrong, and the way out.

The engine knows rules by their codes; here are the texts people read. ``%(name)s``
stands for the details that come with a fault.
"""


def get_file_rules(env):
    """What can be wrong with a file, by code: the rule and the way out."""
    return {
        "empty_file": (
            env._("The file is empty."),
            env._("Save it again from where it comes, and choose the new one."),
        ),
        "too_big": (
            env._("The file has %(megabytes)s MB; at most %(limit)s MB are read."),
            env._("Split it into several files, or pack it with gzip."),
        ),
        "bomb": (
            env._("Unpacked, the file is bigger than the %(limit)s MB that are read."),
            env._("Split it into several files."),
        ),
        "foreign_format": (
            env._("This is a %(format)s file; CSV and XLSX are read."),
            env._("Open it in a spreadsheet program and save it as XLSX or CSV."),
        ),
        "binary": (
            env._("This is not a text file, nor a workbook."),
            env._("Save the table as XLSX or CSV."),
        ),
        "broken_archive": (
            env._("The file is damaged: it cannot be unpacked or read to its end."),
            env._("Save it again from where it comes, and choose the new one."),
        ),
        "nested_archive": (
            env._("There is an archive inside the archive."),
            env._("Unpack it, and choose the CSV or XLSX file itself."),
        ),
        "empty_archive": (
            env._("The archive has no file in it."),
            env._("Choose the CSV or XLSX file itself."),
        ),
        "many_files": (
            env._("The archive has %(count)s files in it (%(names)s)."),
            env._("Unpack it, and choose one of them."),
        ),
        "encrypted": (
            env._("The file is protected by a password."),
            env._("Save it without one."),
        ),
        "unknown_encoding": (
            env._("The encoding of the file cannot be told with certainty."),
            env._("Choose the encoding in the settings, or save the file as UTF-8."),
        ),
        "broken_encoding": (
            env._("Line %(line)s does not read as %(encoding)s."),
            env._(
                "Choose another encoding in the settings, or save the file as UTF-8."
            ),
        ),
        "no_rows": (
            env._("There are no rows in the file."),
            env._("Choose a file with a row of headers and rows of data below it."),
        ),
        "no_headers": (
            env._("Row %(row)s, where the headers should be, is empty."),
            env._("Tell the number of the row with the headers in the settings."),
        ),
        "broken_header": (
            env._("Row %(row)s, the one with the headers, cannot be read."),
            env._("Check quotes and delimiters of this row."),
        ),
        "no_sheet": (
            env._("There is no sheet “%(sheet)s”; the workbook has: %(sheets)s."),
            env._("Correct the name of the sheet in the settings."),
        ),
        "too_many_rows": (
            env._("The file has more than %(limit)s rows."),
            env._("Split it into several files."),
        ),
        "too_many_columns": (
            env._("The file has more than %(limit)s columns."),
            env._("Delete the columns that are not needed."),
        ),
        "file_gone": (
            env._("The file is no longer there."),
            env._("Make a new import with the file."),
        ),
    }


def get_row_rules(env):
    """What can be wrong with a row, by code: the rule and the way out."""
    return {
        # The shape of a row.
        "broken_row": (
            env._("The row cannot be read: %(reason)s."),
            env._("Check the quotes in it: a quote inside quotes is written twice."),
        ),
        "open_quote": (
            env._("A quote opens in this row and does not close."),
            env._("Close the quote, or write the cell without it."),
        ),
        "too_many_cells": (
            env._("The row has %(cells)s cells, the headers are %(columns)s."),
            env._("Put cells that hold the delimiter into quotes."),
        ),
        "cell_too_long": (
            env._("A cell has more than %(limit)s characters."),
            env._("Check for a missing quote, or shorten the text."),
        ),
        "formula_without_value": (
            env._("The cell has a formula, and the file was saved without its result."),
            env._(
                "Open the file in a spreadsheet program and save it, or paste values."
            ),
        ),
        "formula_error": (
            env._("The formula in the cell ends in an error."),
            env._("Correct the formula, or type the value."),
        ),
        # Values.
        "required": (
            env._("A value is needed here."),
            env._("Fill the cell, or give a value for all rows in the settings."),
        ),
        "whole_number": (
            env._("Not a whole number."),
            env._("Write a number like 12."),
        ),
        "count": (
            env._("Not a count from 0 on."),
            env._("Write a whole number that is not below zero."),
        ),
        "number": (env._("Not a number."), env._("Write a number like 1234.56.")),
        "number_ambiguous": (
            env._("The comma may be a decimal sign or stand between thousands."),
            env._("Choose the decimal sign of the file in the settings."),
        ),
        "coordinate": (
            env._("Not a latitude or longitude."),
            env._("Write degrees like 55.7540."),
        ),
        "percent": (
            env._("Not a share from 0 to 100."),
            env._("Write a number like 12.5."),
        ),
        "boolean": (env._("Neither yes nor no."), env._("Write yes or no, or 1 or 0.")),
        "date": (
            env._("Not a date that exists."),
            env._("Write dates like 2026-12-31 or 31.12.2026."),
        ),
        "date_ambiguous": (
            env._("Day and month cannot be told apart."),
            env._("Choose in the settings whether the day or the month comes first."),
        ),
        "month": (
            env._("Not a month."),
            env._("Write its name, or a number from 1 to 12."),
        ),
        "year": (env._("Not a year."), env._("Write a year like 2026.")),
        "hour": (env._("Not an hour of the day."), env._("Write it like 14:00.")),
        "country": (
            env._("Not a country we know."),
            env._("Write its name, or its code of two or three letters."),
        ),
        "currency": (
            env._("There is no active currency “%(code)s”."),
            env._("Activate the currency in Accounting, or correct the code."),
        ),
        "currency_without_rate": (
            env._("The currency “%(code)s” has no rate."),
            env._("Enter a rate of the currency, for the booking's date or before."),
        ),
        "email": (
            env._("Not an e-mail address."),
            env._("Write it like name@example.com."),
        ),
        "stars": (
            env._("Not a number of stars."),
            env._("Write a number from 0 to 5."),
        ),
        "tz": (
            env._("Not a time zone we know."),
            env._(
                "Write it like UTC+3 or Europe/Moscow; only Russian cities have one."
            ),
        ),
        "city_name": (
            env._("Cities of Russia and Kazakhstan are named in Russian letters."),
            env._("Write the name in Russian letters, with no digits or other signs."),
        ),
        "client_kind": (
            env._("Not a kind of client."),
            env._("Write agent, corporate or supplier."),
        ),
        "rate_kind": (
            env._("Not a kind of rate."),
            env._("Write rack, net or dynamic."),
        ),
        "settlement": (
            env._("Not a way to settle."),
            env._("Write full, or less (commission)."),
        ),
        "tax_id": (
            env._("The tax id is malformed (%(reason)s)."),
            env._("Correct it, or leave the cell empty."),
        ),
        "kpp": (env._("The KPP is malformed."), env._("A KPP has 9 characters.")),
        "ogrn": (
            env._("The OGRN is malformed."),
            env._("It has 13 digits (15 of a sole trader), the last a check digit."),
        ),
        "meal": (env._("Not a meal we know."), env._("Write RO, BB, HB, FB or AI.")),
        "status": (
            env._("Not a status of a booking."),
            env._(
                "Write it in English or Russian as in the list of statuses, or"
                " Check-Out."
            ),
        ),
        "status_contradiction": (
            env._("The columns “status” and “cancelled” contradict each other."),
            env._("Correct one of them, or map only one."),
        ),
        "departure_before_arrival": (
            env._("Departure is before arrival (%(arrival)s)."),
            env._("Correct the dates."),
        ),
        "no_nights": (
            env._(
                "Arrival and departure are on the same day: a stay has a night at"
                " least."
            ),
            env._(
                "Correct the dates, or let such rows become day use in the settings."
            ),
        ),
        "nights_differ": (
            env._("Between arrival and departure are %(nights)s nights, not as many."),
            env._("Correct the nights or the dates, or map only one of them."),
        ),
        "too_many_nights": (
            env._("More than %(limit)s nights."),
            env._("Correct the dates."),
        ),
        "too_many_guests": (
            env._("More than %(limit)s guests."),
            env._("Correct the number."),
        ),
        "guests_differ": (
            env._("%(names)s names for %(count)s guests."),
            env._("Correct the names or the counts, or map only one of them."),
        ),
        "no_guests": (
            env._("The row has no guest."),
            env._("The booking is made without guests; add them there."),
        ),
        "child_without_age": (
            env._("A child without age."),
            env._("Add a column with the ages, or assume an age in the settings."),
        ),
        "child_ages": (
            env._("Not the ages of %(count)s children."),
            env._("Write an age from 1 to 17 for each child, like “5, 12”."),
        ),
        "negative_price": (
            env._("A price below zero, or too big."),
            env._("Correct the price."),
        ),
        # What the row refers to.
        "unknown_hotel": (
            env._("There is no hotel “%(name)s” in “%(city)s”."),
            env._("Import the hotels first, or let the import make what is missing."),
        ),
        "many_hotels": (
            env._("Several hotels are called “%(name)s”."),
            env._("Map a column with the city of the hotel."),
        ),
        "unknown_city": (
            env._("There is no city “%(name)s”."),
            env._("Import the cities first, or let the import make what is missing."),
        ),
        "many_cities": (
            env._("Several cities are called “%(name)s”."),
            env._("Map a column with the region or the country."),
        ),
        "unknown_client": (
            env._("There is no client “%(name)s”."),
            env._("Import the clients first, or let the import make what is missing."),
        ),
        "many_clients": (
            env._("Several clients are called “%(name)s”."),
            env._("Map a column with the tax id."),
        ),
        "unknown_room": (
            env._("The hotel has no room category “%(name)s”."),
            env._("Import the rooms first, or let the import make what is missing."),
        ),
        "unknown_manager": (
            env._("There is no user with this login or e-mail."),
            env._("Correct it, or leave the cell empty: the importer is the manager."),
        ),
        "key_twice": (
            env._("This number stands in the file already, further up."),
            env._("Give each booking its own number."),
        ),
        "no_right": (
            env._("You may not make records of the kind “%(model)s”."),
            env._("Ask an administrator for the right, or to run the import."),
        ),
        "refused": (
            env._("Refused: %(reason)s"),
            env._("Correct the row as the text says."),
        ),
    }


def get_file_text(env, refusal):
    """What is wrong with a file and the way out, as one text."""
    texts = get_file_rules(env)[refusal.code]
    return " ".join(fill(text, refusal.details) for text in texts)


def get_row_texts(rules, rule, details):
    """What is wrong with a row, and the way out.

    :param rules: what `get_row_rules` gave
    """
    return tuple(fill(text, details) for text in rules[rule])


def fill(text, details):
    """A rule's text with the details of a fault."""
    return text % details if details else text
