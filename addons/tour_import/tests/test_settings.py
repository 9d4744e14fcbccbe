from odoo.tests import tagged

from ..engine.kinds import KINDS
from ..engine.mapping import missing_fields
from ..rules import get_file_rules, get_row_rules, get_row_texts
from .common import HOTEL_HEADERS, ImportCommon
from .test_simple_kinds import CITY_HEADERS


@tagged("post_install", "-at_install")
class TestSettings(ImportCommon):
    def test_fields_are_those_of_the_engine(self):
        declared = {
            (kind.name, field.name, field.label)
            for kind in KINDS.values()
            for field in kind.fields
        }
        records = self.env["tour.import.field"].with_context(lang="en_US").search([])
        found = {(field.kind, field.name, field.label) for field in records}
        self.assertEqual(found, declared)

    def test_shipped_profiles_are_whole(self):
        for name, headers in (
            ("profile_cities", CITY_HEADERS),
            ("profile_hotel_bookings", HOTEL_HEADERS),
        ):
            profile = self.env.ref(f"tour_import.{name}")
            columns = profile._get_columns()
            self.assertLessEqual(columns.keys(), set(headers))
            missing = missing_fields(profile.kind, set(columns.values()))
            self.assertIn(missing, ([], [("client", "agent", "company")]))

    def test_every_rule_has_words(self):
        """Each code that the engine or a loader uses is worded, with its details."""
        row_rules = get_row_rules(self.env)
        for rules in (get_file_rules(self.env), row_rules):
            for code, texts in rules.items():
                self.assertEqual(len(texts), 2, code)
        details = dict.fromkeys(
            (
                *("arrival", "cells", "code", "columns", "count", "city", "limit"),
                *("model", "name", "names", "nights", "reason"),
            ),
            "x",
        )
        for code in row_rules:
            message, way_out = get_row_texts(row_rules, code, details)
            self.assertNotRegex(message + way_out, r"%\(", code)

    def test_limits(self):
        limits = self.env["tour.import"]._get_limits()
        self.assertEqual(limits.upload_bytes, 50 * 1024 * 1024)
        self.env["ir.config_parameter"].set_param("tour_import.max_rows", "7")
        self.env["ir.config_parameter"].set_param("tour_import.max_megabytes", "junk")
        limits = self.env["tour.import"]._get_limits()
        self.assertEqual((limits.rows, limits.upload_bytes), (7, 50 * 1024 * 1024))
