import doctest

from odoo.tests import BaseCase, tagged

from .. import guest_rows


@tagged("post_install", "-at_install")
class TestDoctests(BaseCase):
    def test_guest_rows(self):
        self.assertFalse(doctest.testmod(guest_rows).failed)
