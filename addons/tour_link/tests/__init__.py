from . import (
    test_access,
    test_doctests,
    test_erasure,
    test_guest_page,
    test_link,
    test_looks,
    test_screen_tours,
    test_supplier_mail,
    test_supplier_page,
)
