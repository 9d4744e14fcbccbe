from . import test_archive, test_archive_portal
