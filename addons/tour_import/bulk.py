"""Making many records that are alike: one by the ORM, the rest copied by SQL.

Of records that differ only in some fields, the first (the *prototype*) is made by the
ORM, with all that any add-on computes, checks and defaults. The others are copies of
its row with other values in the fields that vary. Stored fields that follow from those
are recomputed by the ORM, unless the caller gives them too; so what is stored is what
the ORM would have stored, whatever is installed.

Prototypes are kept aside in a temporary table of the connection: a record that a user
changes meanwhile is not copied with his changes.
"""

from psycopg2.extras import Json

from odoo.tools import SQL, float_repr

LOG_FIELDS = ("create_uid", "create_date", "write_uid", "write_date")


class Prototypes:
    """Prototypes of one model, and the making of copies of them.

    :param env: environment of who makes the records
    :param str model: name of the model
    :param varying: names of the stored fields that the caller gives for each copy
    :param links: those of them that lead to another copy. What follows from the other
        end is the same for both, or follows from what varies there
    :param alike: computed fields that follow from what varies, and of which the caller
        vouches that they are the same for all copies of a prototype
    """

    def __init__(self, env, model, varying, links=(), alike=()):
        self.model = env[model]
        self.env = env
        self.links = links
        self.alike = alike
        self.varying = [name for name in varying if name in self.model._fields]
        columns = [
            field.name
            for field in self.model._fields.values()
            if field.store and field.column_type and field.name != "id"
        ]
        own = {*self.varying, *LOG_FIELDS}
        self.copied = [name for name in columns if name not in own]
        self.relations = [
            field
            for field in self.model._fields.values()
            if field.type == "many2many" and field.store and field.name not in own
        ]
        self.related_ids = {}
        self.kept = SQL.identifier(f"tour_import_{self.model._table}")
        self.table = SQL.identifier(self.model._table)

    def keep(self, records):
        """Take records just made by the ORM as prototypes."""
        records.flush_recordset()
        for field in self.relations:
            # Sudo: some are not for who makes the records, but copied all the same.
            for record in records.sudo():
                if ids := record[field.name].ids:
                    self.related_ids.setdefault(record.id, {})[field.name] = ids
        self.env.cr.execute(
            SQL(
                "CREATE TEMPORARY TABLE IF NOT EXISTS %s (LIKE %s)",
                self.kept,
                self.table,
            )
        )
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s SELECT * FROM %s WHERE id IN %s",
                self.kept,
                self.table,
                tuple(records.ids),
            )
        )

    def drop(self):
        """Forget the prototypes."""
        self.related_ids.clear()
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", self.kept))

    def make_copies(self, rows, related=None):
        """Insert copies.

        :param rows: for each copy its prototype's id and its varying values, in the
            order of ``varying``, as the columns take them
        :param dict related: ids for each copy by name of a many2many field; fields
            that are not in it have those of the prototype
        :return: the new records, in the order of ``rows``
        """
        if not rows:
            return self.model
        ids = self._draw_ids(len(rows))
        names = [*self.varying, *LOG_FIELDS]
        log_values = (self.env.uid, self.env.cr.now(), self.env.uid, self.env.cr.now())
        values = SQL(", ").join(
            SQL("%s", (new_id, prototype_id, *given, *log_values))
            for new_id, (prototype_id, given) in zip(ids, rows, strict=True)
        )
        self.env.cr.execute(
            SQL(
                """INSERT INTO %(table)s (id, %(names)s, %(copied)s)
                SELECT given.id, %(given)s, %(kept)s
                FROM (VALUES %(values)s) AS given (id, prototype_id, %(names)s)
                JOIN %(kept_table)s kept ON kept.id = given.prototype_id
                ORDER BY given.id""",
                table=self.table,
                names=SQL(", ").join(map(SQL.identifier, names)),
                copied=SQL(", ").join(map(SQL.identifier, self.copied)),
                given=SQL(", ").join(map(self._cast, names)),
                kept=SQL(", ").join(SQL.identifier("kept", n) for n in self.copied),
                values=values,
                kept_table=self.kept,
            )
        )
        self._copy_relations(ids, rows, related or {})
        return self.model.browse(ids)

    def _cast(self, name):
        # A column of nothing but NULL has no type of its own.
        column_type = self.model._fields[name].column_type[1]
        return SQL("%s::%s", SQL.identifier("given", name), SQL(column_type))

    def _draw_ids(self, count):
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id'))"
                " FROM generate_series(1, %s)",
                self.model._table,
                count,
            )
        )
        return [new_id for (new_id,) in rows]

    def _copy_relations(self, ids, rows, related):
        for field in self.relations:
            given = related.get(field.name) or [
                self.related_ids.get(prototype_id, {}).get(field.name, ())
                for prototype_id, _given in rows
            ]
            pairs = [
                (new_id, other_id)
                for new_id, other_ids in zip(ids, given, strict=True)
                for other_id in other_ids
            ]
            if pairs:
                self.env.cr.execute(
                    SQL(
                        "INSERT INTO %s (%s, %s) VALUES %s",
                        SQL.identifier(field.relation),
                        SQL.identifier(field.column1),
                        SQL.identifier(field.column2),
                        SQL(", ").join(SQL("%s", pair) for pair in pairs),
                    )
                )

    def make_converter(self, currency):
        """Turns values by field name into the columns' values, in order; like the ORM,
        it leaves columns empty for which there is no value."""
        converters = [
            _make_converter(self.model._fields[name], self.model, currency)
            for name in self.varying
        ]

        def convert(values):
            return tuple(
                converter(values[name]) if name in values else None
                for name, converter in zip(self.varying, converters, strict=True)
            )

        return convert


def _make_converter(field, model, currency):
    if field.type == "monetary":
        # As the ORM does it, without a new record to ask for the currency.
        digits = currency.decimal_places
        return lambda value: float_repr(currency.round(value or 0.0), digits)
    if field.type == "json":
        return lambda value: Json(value) if value else None
    return lambda value: field.convert_to_column(value, model)


def settle(copies):
    """Let the ORM recompute, on copies, what follows from the fields that vary, check
    their constraints and the right to make them.

    :param copies: pairs of :class:`Prototypes` and the records copied
    """
    copies = [(prototypes, records) for prototypes, records in copies if records]
    if not copies:
        return
    env = copies[0][1].env
    given = {
        prototypes.model._fields[name]
        for prototypes, _records in copies
        for name in prototypes.varying
        if name not in prototypes.links
    }
    follows = set()
    for field in given:
        follows.update(env.registry.get_dependent_fields(field))
    protected = [
        (
            [
                field
                for field in records._fields.values()
                if field.store
                and field.compute
                and (
                    field not in follows
                    or field.name in (*prototypes.varying, *prototypes.alike)
                )
            ],
            records,
        )
        for prototypes, records in copies
    ]
    with env.protecting(protected):
        for _prototypes, records in copies:
            records.modified(records._fields, create=True)
    env.flush_all()
    for prototypes, records in copies:
        records._validate_fields(prototypes.varying)
        records.check_access("create")
