from . import test_doctests, test_forms, test_issuing
