from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..engine.layouts import Layout
from .common import ReadingCommon


@tagged("post_install", "-at_install")
class TestLayouts(ReadingCommon):
    def _create(self, user=None, **line):
        return (
            self.env["tour.bill.layout"]
            .with_user(user or self.accountant)
            .create(
                {
                    "name": "Volga",
                    "marks": "Hotel Volga\n\n Bill ",
                    "line_ids": [
                        (0, 0, {"field": "number", "label": "Bill", **line}),
                        (0, 0, {"field": "number", "label": "No"}),
                        (0, 0, {"field": "payer", "label": "For"}),
                    ],
                }
            )
        )

    def test_as_the_engine_takes_it(self):
        layout = self._create(pattern="V-#")
        self.assertEqual(
            layout._prepare_engine_layout(),
            Layout(
                "Volga",
                {"number": ("Bill", "No"), "payer": ("For",)},
                ("Hotel Volga", "Bill"),
                {"number": "V-#"},
            ),
        )

    def test_own_company_only(self):
        other = self.env["res.company"].create({"name": "Other"})
        layout = self._create()
        layouts = self.env["tour.bill.layout"]
        for company, counts in ((self.env.company, True), (other, False)):
            layout.sudo().company_id = self.env.company
            found = [one.name for one in layouts._get_engine_layouts(company)]
            self.assertEqual("Volga" in found, counts)

    def test_patterns_that_would_take_for_ever(self):
        for values in (
            {"pattern": "*#-*#-*#-*"},
            {"pattern": " "},
            {"label": "№ :"},
            {"label": "x" * 100},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self._create(**values)

    def test_rights(self):
        """Accountants and heads teach; managers read; directors have no part in it."""
        layout = self._create()
        self.assertEqual(layout.with_user(self.manager).name, "Volga")
        with self.assertRaises(AccessError):
            layout.with_user(self.manager).name = "x"
        with self.assertRaises(AccessError):
            layout.with_user(self.director).read(["name"])
        with self.assertRaises(AccessError):
            self._create(self.manager)
