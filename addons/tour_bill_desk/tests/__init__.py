from . import test_desk, test_desk_access, test_desk_lease, test_screens, test_week
