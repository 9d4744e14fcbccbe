from . import (
    test_access,
    test_attacks,
    test_client_change,
    test_document,
    test_doctests,
    test_engine,
    test_leaks,
    test_mail,
    test_making,
    test_papers,
    test_portal,
    test_template,
)
