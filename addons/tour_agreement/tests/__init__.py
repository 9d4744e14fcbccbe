from . import test_agreement, test_agreement_portal
