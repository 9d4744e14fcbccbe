from . import test_doctests
