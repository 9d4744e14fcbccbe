from . import test_booklet, test_booklet_access, test_booklet_mail
