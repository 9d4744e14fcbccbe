from . import (
    test_client,
    test_doctests,
    test_mail,
    test_portal,
    test_request,
    test_rights,
    test_time,
)
