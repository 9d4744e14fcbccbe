from . import test_access
from . import test_collection
from . import test_doctests
from . import test_double_payment
from . import test_invoice_life
from . import test_plan
from . import test_portal
from . import test_receipt
