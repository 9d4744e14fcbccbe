from . import (
    test_access,
    test_choices,
    test_mails,
    test_pop_up,
    test_portal,
    test_recipients,
    test_screens,
    test_unsubscribe,
)
