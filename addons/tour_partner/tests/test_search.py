from odoo.tests import tagged

from .common import TourPartnerCommon


@tagged("post_install", "-at_install")
class TestSearch(TourPartnerCommon):
    def _explain(self, domain):
        query = self.env["res.partner"].sudo()._search(domain)
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        select = query.select()
        rows = self.env.execute_query_dict(
            type(select)("EXPLAIN (FORMAT TEXT) %s", select)
        )
        return "\n".join(row["QUERY PLAN"] for row in rows)

    def test_part_of_a_name_or_tax_id_is_served_by_indexes(self):
        if not self.env.registry.has_trigram:
            self.skipTest("this server has no pg_trgm")
        domain = ["|"] * 3 + [
            (name, "ilike", "7701") for name in ("complete_name", "vat", "ref", "email")
        ]
        plan = self._explain(domain)
        for name in ("complete_name", "vat", "ref", "email"):
            self.assertIn(f"res_partner__{name}_trigram".replace("__", "_"), plan)

    def test_client_is_found_by_part_of_name_and_of_tax_id(self):
        self.client.write({"name": "Northern Lights", "vat": "7701234560"})
        for text in ("thern lig", "123456"):
            found = self.env["res.partner"].name_search(
                text, domain=[("is_tour_client", "=", True)]
            )
            self.assertIn(self.client.id, [row[0] for row in found])
