from . import (
    test_access,
    test_bank_file,
    test_client_bank,
    test_doctests,
    test_formats,
    test_import,
    test_match,
)
