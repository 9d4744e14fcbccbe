from odoo.exceptions import AccessError

from ..engine.errors import Fault
from ..rules import get_row_rules, get_row_texts
from .references import References

# Nobody follows imported records, and their making needs no messages of its own: the
# import says where they come from.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "mail_auto_subscribe_no_notify": True,
}


class Loader:
    """Turns rows into records of one model.

    ``_examine`` says what would become of rows and adds what is wrong with them,
    without writing; ``_load`` does it. Both set ``outcome`` on each good row.
    """

    kind = None
    # The record a row makes, and what it may make along the way.
    model = None
    other_models = ()

    def __init__(self, record):
        self.record = record
        self.env = record.with_context(**QUIET).env
        self.keys = self.env["tour.import.key"]
        self.references = References(self.env, record)

    def _reset(self):
        """Forget what was made and then undone."""
        self.references.reset()

    def close(self):
        """Free what the loader holds; override to add to it."""

    def _check_rights(self):
        """Refuse before the first row what would be refused at each."""
        models = (self.model, *(self.other_models if self._may_create_others() else ()))
        refused = [name for name in models if not self.env[name].has_access("create")]
        if refused:
            names = [self.env["ir.model"].sudo()._get(name).name for name in refused]
            texts = get_row_texts(
                get_row_rules(self.env), "no_right", {"model": ", ".join(names)}
            )
            message = " ".join(texts)
            raise AccessError(message)

    def _may_create_others(self):
        return self.record.create_missing

    def _examine(self, rows):
        self._resolve(rows, dry=True)
        for row in rows:
            if row.is_good:
                known = row.values.get("record_id") or self._is_repeated(row)
                row.outcome = "merged" if known else "made"

    def _is_repeated(self, row):
        """Whether a row further up is of the same record."""
        return row.occurrence > 1

    def _load(self, rows):
        self._resolve(rows, dry=False)
        good = [row for row in rows if row.is_good]
        fresh, known = {}, []
        for row in good:
            if row.values["record_id"]:
                known.append(row)
            elif row.key in fresh:
                # The same record further down in the chunk.
                row.values["same_as"] = fresh[row.key]
                known.append(row)
            else:
                fresh[row.key] = row
        self._make(list(fresh.values()))
        self._merge(known)

    def _make(self, rows):
        if not rows:
            return
        table = self.env[self.model]
        records = table.create([self._prepare_vals(row.values) for row in rows])
        for row, record in zip(rows, records, strict=True):
            row.values["record_id"] = record.id
            row.outcome = "made"
        self.keys._name_records(
            self.record.id,
            self.model,
            [(row.key, row.values["record_id"], row.number) for row in rows],
        )

    def _merge(self, rows):
        for row in rows:
            if same := row.values.get("same_as"):
                row.values["record_id"] = same.values["record_id"]
            record = self.env[self.model].browse(row.values["record_id"])
            if values := self._get_changes(record, self._prepare_vals(row.values)):
                record.write(values)
            row.outcome = "merged"
        named = [row for row in rows if row.values.get("is_unnamed")]
        # Known by its name so far: from now on by its key, though not made by us.
        self.keys._name_records(
            None, self.model, [(row.key, row.values["record_id"], 0) for row in named]
        )

    def _get_changes(self, record, values):
        """What a merge writes: nothing, what is empty, or all that differs."""
        policy = self.record.on_known
        if policy == "keep":
            return {}
        changes = {}
        for name, value in values.items():
            field = record._fields[name]
            if field.type in ("one2many", "many2many") or value in (None, False, ""):
                continue
            current = record[name].id if field.type == "many2one" else record[name]
            if current == value or (policy == "fill" and current):
                continue
            changes[name] = value
        return changes

    def _find_known(self, rows):
        """Record ids of rows that were imported before, by their keys."""
        found = self.keys._find(self.model, {row.key for row in rows})
        for row in rows:
            row.values["record_id"] = found.get(row.key)
        return [row for row in rows if not row.values["record_id"]]

    def _fault(self, row, field_name, rule, value="", /, **details):
        """Add a fault of a row, at the column a field comes from."""
        column = self._get_header(field_name)
        row.faults.append(
            Fault(row.number, rule, column, str(value or "")[:80], details)
        )

    def _get_header(self, name):
        columns = self.record.column_ids
        return next((c.header for c in columns if c.field_id.name == name), name)

    def _resolve(self, rows, dry):
        """Find what rows refer to and which record they are; refuse what cannot be.

        Override it to set ``values["record_id"]`` (False for a new one).
        """
        raise NotImplementedError

    def _prepare_vals(self, values):
        """Values of the record."""
        raise NotImplementedError


def filled(values):
    """Values without the empty ones, so that defaults apply."""
    return {name: value for name, value in values.items() if value not in (None, "")}
