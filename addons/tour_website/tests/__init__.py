from . import test_news, test_office
