from . import (
    test_doctests,
    test_bill_life,
    test_chain,
    test_routing,
    test_queue,
    test_money,
    test_alarms,
    test_access,
    test_model_based,
)
