"""The rules an import keeps, in words: what is wrong, and the way out.

The engine knows rules by their codes; here are the texts people read. ``%(name)s``
stands for the details that come with a fault.
"""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__, default_lang="en_US")

FILE_RULES = {
    "empty_file": (
        _lt("The file is empty."),
        _lt("Save it again from where it comes, and choose the new one."),
    ),
    "too_big": (
        _lt("The file has %(megabytes)s MB; at most %(limit)s MB are read."),
        _lt("Split it into several files, or pack it with gzip."),
    ),
    "bomb": (
        _lt("Unpacked, the file is bigger than the %(limit)s MB that are read."),
        _lt("Split it into several files."),
    ),
    "foreign_format": (
        _lt("This is a %(format)s file; CSV and XLSX are read."),
        _lt("Open it in a spreadsheet program and save it as XLSX or CSV."),
    ),
    "binary": (
        _lt("This is not a text file, nor a workbook."),
        _lt("Save the table as XLSX or CSV."),
    ),
    "broken_archive": (
        _lt("The file is damaged: it cannot be unpacked or read to its end."),
        _lt("Save it again from where it comes, and choose the new one."),
    ),
    "nested_archive": (
        _lt("There is an archive inside the archive."),
        _lt("Unpack it, and choose the CSV or XLSX file itself."),
    ),
    "empty_archive": (
        _lt("The archive has no file in it."),
        _lt("Choose the CSV or XLSX file itself."),
    ),
    "many_files": (
        _lt("The archive has %(count)s files in it (%(names)s)."),
        _lt("Unpack it, and choose one of them."),
    ),
    "encrypted": (
        _lt("The file is protected by a password."),
        _lt("Save it without one."),
    ),
    "unknown_encoding": (
        _lt("The encoding of the file cannot be told with certainty."),
        _lt("Choose the encoding in the settings, or save the file as UTF-8."),
    ),
    "broken_encoding": (
        _lt("Line %(line)s does not read as %(encoding)s."),
        _lt("Choose another encoding in the settings, or save the file as UTF-8."),
    ),
    "no_rows": (
        _lt("There are no rows in the file."),
        _lt("Choose a file with a row of headers and rows of data below it."),
    ),
    "no_headers": (
        _lt("Row %(row)s, where the headers should be, is empty."),
        _lt("Tell the number of the row with the headers in the settings."),
    ),
    "broken_header": (
        _lt("Row %(row)s, the one with the headers, cannot be read."),
        _lt("Check quotes and delimiters of this row."),
    ),
    "no_sheet": (
        _lt("There is no sheet “%(sheet)s”; the workbook has: %(sheets)s."),
        _lt("Correct the name of the sheet in the settings."),
    ),
    "too_many_rows": (
        _lt("The file has more than %(limit)s rows."),
        _lt("Split it into several files."),
    ),
    "too_many_columns": (
        _lt("The file has more than %(limit)s columns."),
        _lt("Delete the columns that are not needed."),
    ),
    "file_gone": (
        _lt("The file is no longer there."),
        _lt("Make a new import with the file."),
    ),
}

ROW_RULES = {
    # The shape of a row.
    "broken_row": (
        _lt("The row cannot be read: %(reason)s."),
        _lt("Check the quotes in it: a quote inside quotes is written twice."),
    ),
    "open_quote": (
        _lt("A quote opens in this row and does not close."),
        _lt("Close the quote, or write the cell without it."),
    ),
    "too_many_cells": (
        _lt("The row has %(cells)s cells, the headers are %(columns)s."),
        _lt("Put cells that hold the delimiter into quotes."),
    ),
    "cell_too_long": (
        _lt("A cell has more than %(limit)s characters."),
        _lt("Check for a missing quote, or shorten the text."),
    ),
    "formula_without_value": (
        _lt("The cell has a formula, and the file was saved without its result."),
        _lt("Open the file in a spreadsheet program and save it, or paste values."),
    ),
    "formula_error": (
        _lt("The formula in the cell ends in an error."),
        _lt("Correct the formula, or type the value."),
    ),
    # Values.
    "required": (
        _lt("A value is needed here."),
        _lt("Fill the cell, or give a value for all rows in the settings."),
    ),
    "whole_number": (_lt("Not a whole number."), _lt("Write a number like 12.")),
    "count": (
        _lt("Not a count from 0 on."),
        _lt("Write a whole number that is not below zero."),
    ),
    "number": (_lt("Not a number."), _lt("Write a number like 1234.56.")),
    "number_ambiguous": (
        _lt("The comma may be a decimal sign or stand between thousands."),
        _lt("Choose the decimal sign of the file in the settings."),
    ),
    "coordinate": (
        _lt("Not a latitude or longitude."),
        _lt("Write degrees like 55.7540."),
    ),
    "percent": (_lt("Not a share from 0 to 100."), _lt("Write a number like 12.5.")),
    "boolean": (_lt("Neither yes nor no."), _lt("Write yes or no, or 1 or 0.")),
    "date": (
        _lt("Not a date that exists."),
        _lt("Write dates like 2026-12-31 or 31.12.2026."),
    ),
    "date_ambiguous": (
        _lt("Day and month cannot be told apart."),
        _lt("Choose in the settings whether the day or the month comes first."),
    ),
    "month": (_lt("Not a month."), _lt("Write its name, or a number from 1 to 12.")),
    "year": (_lt("Not a year."), _lt("Write a year like 2026.")),
    "hour": (_lt("Not an hour of the day."), _lt("Write it like 14:00.")),
    "country": (
        _lt("Not a country we know."),
        _lt("Write its name, or its code of two or three letters."),
    ),
    "currency": (
        _lt("There is no active currency “%(code)s”."),
        _lt("Activate the currency in Accounting, or correct the code."),
    ),
    "currency_without_rate": (
        _lt("The currency “%(code)s” has no rate."),
        _lt("Enter a rate of the currency, for the booking's date or before."),
    ),
    "email": (_lt("Not an e-mail address."), _lt("Write it like name@example.com.")),
    "stars": (_lt("Not a number of stars."), _lt("Write a number from 0 to 5.")),
    "tz": (
        _lt("Not a time zone we know."),
        _lt("Write it like UTC+3 or Europe/Moscow; only Russian cities have one."),
    ),
    "city_name": (
        _lt("Cities of Russia and Kazakhstan are named in Russian letters."),
        _lt("Write the name in Russian letters, with no digits or other signs."),
    ),
    "client_kind": (
        _lt("Not a kind of client."),
        _lt("Write agent, corporate or supplier."),
    ),
    "rate_kind": (_lt("Not a kind of rate."), _lt("Write rack, net or dynamic.")),
    "settlement": (
        _lt("Not a way to settle."),
        _lt("Write full, or less (commission)."),
    ),
    "tax_id": (
        _lt("The tax id is malformed (%(reason)s)."),
        _lt("Correct it, or leave the cell empty."),
    ),
    "kpp": (_lt("The KPP is malformed."), _lt("A KPP has 9 characters.")),
    "ogrn": (
        _lt("The OGRN is malformed."),
        _lt("It has 13 digits (15 of a sole trader), the last a check digit."),
    ),
    "meal": (_lt("Not a meal we know."), _lt("Write RO, BB, HB, FB or AI.")),
    "status": (
        _lt("Not a status of a booking."),
        _lt("Write it in English or Russian as in the list of statuses, or Check-Out."),
    ),
    "status_contradiction": (
        _lt("The columns “status” and “cancelled” contradict each other."),
        _lt("Correct one of them, or map only one."),
    ),
    "departure_before_arrival": (
        _lt("Departure is before arrival (%(arrival)s)."),
        _lt("Correct the dates."),
    ),
    "no_nights": (
        _lt("Arrival and departure are on the same day: a stay has a night at least."),
        _lt("Correct the dates, or let such rows become day use in the settings."),
    ),
    "nights_differ": (
        _lt("Between arrival and departure are %(nights)s nights, not as many."),
        _lt("Correct the nights or the dates, or map only one of them."),
    ),
    "too_many_nights": (
        _lt("More than %(limit)s nights."),
        _lt("Correct the dates."),
    ),
    "too_many_guests": (
        _lt("More than %(limit)s guests."),
        _lt("Correct the number."),
    ),
    "guests_differ": (
        _lt("%(names)s names for %(count)s guests."),
        _lt("Correct the names or the counts, or map only one of them."),
    ),
    "no_guests": (
        _lt("The row has no guest."),
        _lt("The booking is made without guests; add them there."),
    ),
    "child_without_age": (
        _lt("A child without age."),
        _lt("Add a column with the ages, or assume an age in the settings."),
    ),
    "child_ages": (
        _lt("Not the ages of %(count)s children."),
        _lt("Write an age from 1 to 17 for each child, like “5, 12”."),
    ),
    "negative_price": (
        _lt("A price below zero, or too big."),
        _lt("Correct the price."),
    ),
    # What the row refers to.
    "unknown_hotel": (
        _lt("There is no hotel “%(name)s” in “%(city)s”."),
        _lt("Import the hotels first, or let the import make what is missing."),
    ),
    "many_hotels": (
        _lt("Several hotels are called “%(name)s”."),
        _lt("Map a column with the city of the hotel."),
    ),
    "unknown_city": (
        _lt("There is no city “%(name)s”."),
        _lt("Import the cities first, or let the import make what is missing."),
    ),
    "many_cities": (
        _lt("Several cities are called “%(name)s”."),
        _lt("Map a column with the region or the country."),
    ),
    "unknown_client": (
        _lt("There is no client “%(name)s”."),
        _lt("Import the clients first, or let the import make what is missing."),
    ),
    "many_clients": (
        _lt("Several clients are called “%(name)s”."),
        _lt("Map a column with the tax id."),
    ),
    "unknown_room": (
        _lt("The hotel has no room category “%(name)s”."),
        _lt("Import the rooms first, or let the import make what is missing."),
    ),
    "unknown_manager": (
        _lt("There is no user with this login or e-mail."),
        _lt("Correct it, or leave the cell empty: the importer is the manager."),
    ),
    "key_twice": (
        _lt("This number stands in the file already, further up."),
        _lt("Give each booking its own number."),
    ),
    "no_right": (
        _lt("You may not make records of the kind “%(model)s”."),
        _lt("Ask an administrator for the right, or to run the import."),
    ),
    "refused": (
        _lt("Refused: %(reason)s"),
        _lt("Correct the row as the text says."),
    ),
}


def get_file_text(env, refusal):
    """What is wrong with a file and the way out, as one text."""
    return " ".join(_get_texts(env, FILE_RULES, refusal.code, refusal.details))


def get_row_texts(env, rule, details):
    """What is wrong with a row, and the way out."""
    return _get_texts(env, ROW_RULES, rule, details)


def _get_texts(env, rules, code, details):
    return tuple(
        env._(text) % details if details else env._(text) for text in rules[code]
    )
