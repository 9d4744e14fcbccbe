from . import test_access
from . import test_company_group
from . import test_partner
from . import test_requisites
from . import test_search
from . import test_tours
from . import test_users
