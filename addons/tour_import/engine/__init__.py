"""The import's engine: plain Python, without records or database.

A file goes through four steps, each a module of its own::

    sources   what was uploaded -> a plain CSV or XLSX file on disk, within limits
    text      bytes -> encoding and delimiter, or a refusal
    table     the file -> numbered rows of text, streamed
    pipeline  a row and a mapping -> values, faults and a key

``convert`` turns text into values, ``kinds`` says what can be imported and how the
columns of the world are called, ``mapping`` guesses which column is which, and
``keys`` names a row so that it is not imported twice.
"""
