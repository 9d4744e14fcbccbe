from odoo import api, fields, models


class TourImportKey(models.Model):
    """The name that a row of a file gave to a record: that is how the record is known
    again when the file is imported anew."""

    _name = "tour.import.key"
    _description = "Imported Record"
    _order = "id"
    _rec_name = "key"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    model = fields.Char(required=True)
    key = fields.Char(required=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="model", required=True
    )
    import_id = fields.Many2one(
        "tour.import",
        string="Import",
        ondelete="set null",
        index="btree_not_null",
    )
    row = fields.Integer(help="0: made along the way, for rows that refer to it.")

    _key_uniq = models.UniqueIndex(
        "(company_id, model, key)", "This key names a record already."
    )
    _record_idx = models.Index("(model, res_id)")

    @api.model
    def _find(self, model, keys):
        """Key to record id of the company, for keys whose record is still there."""
        if not keys:
            return {}
        found = self._search_keys(model, keys)
        table = self.env[model].with_context(active_test=False)
        existing = set(table.browse(found.values()).exists().ids)
        return {key: res_id for key, res_id in found.items() if res_id in existing}

    def _search_keys(self, model, keys):
        rows = self.search_fetch(
            [
                ("company_id", "=", self.env.company.id),
                ("model", "=", model),
                ("key", "in", list(keys)),
            ],
            ["key", "res_id"],
        )
        return {row.key: row.res_id for row in rows}

    @api.model
    def _name_records(self, import_id, model, named):
        """Note which key names which record.

        :param named: tuples of key, record id, number of the row
        """
        from odoo.tools import SQL

        rows = [
            (self.env.company.id, model, key, res_id, import_id, row)
            for key, res_id, row in named
        ]
        self.flush_model()
        for start in range(0, len(rows), 1000):
            # A key whose record was deleted names the new one.
            self.env.cr.execute(
                SQL(
                    """INSERT INTO tour_import_key
                        (company_id, model, key, res_id, import_id, row)
                    VALUES %s
                    ON CONFLICT (company_id, model, key) DO UPDATE
                    SET res_id = EXCLUDED.res_id, import_id = EXCLUDED.import_id,
                        row = EXCLUDED.row""",
                    SQL(", ").join(
                        SQL("%s", row) for row in rows[start : start + 1000]
                    ),
                )
            )
        self.invalidate_model()
