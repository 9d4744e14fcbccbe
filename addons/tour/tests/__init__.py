from . import test_demo
from . import test_demo_changes
from . import test_demo_payments
from . import test_evidence
from . import test_letter_mail
from . import test_paid_share
from . import test_suite
