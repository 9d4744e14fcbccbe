import doctest

from odoo.tests import BaseCase, tagged

from .. import conversation, help_states


@tagged("post_install", "-at_install")
class TestEngines(BaseCase):
    def test_doctests(self):
        for module in (conversation, help_states):
            result = doctest.testmod(module)
            self.assertGreater(result.attempted, 0)
            self.assertEqual(result.failed, 0)

    def test_nothing_of_a_mail_runs(self):
        body = (
            "<p onclick='x()'>a<script>alert(1)</script></p>"
            "<a href='javascript:alert(1)'>b</a><svg onload='x()'/>"
            "<iframe src='//spy.example'></iframe><form action='/x'><input/></form>"
        )
        text = str(conversation.clean(body))
        for sign in ("script", "onclick", "onload", "iframe", "<form", "<svg", "<inp"):
            self.assertNotIn(sign, text)

    def test_text_is_escaped(self):
        self.assertEqual(
            str(conversation.clean("1 &lt; 2 <b>&amp;</b> 3")),
            "<p>1 &lt; 2 <b>&amp;</b> 3</p>",
        )
