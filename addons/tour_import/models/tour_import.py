from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..engine import mapping, table
from ..engine.errors import FileRefused
from ..engine.kinds import KINDS
from ..engine.sources import MEGABYTE
from ..rules import get_file_text
from .tour_import_settings import FILE_SETTINGS

HEAD = "tour_partner.tour_group_head"
HOTEL_EDITOR = "tour_partner.tour_group_hotel_editor"
HOTEL_KINDS = ("city", "hotel", "room")

# What only the methods of this model write. An object cannot come through RPC, so
# that nobody else can say who an import runs as, or that it was checked.
GATE = object()
GUARDED = frozenset(
    ("state", "user_id", "company_id", "stop_requested", "last_error", "format_found")
)
# From which states an import may come into a state.
SOURCES = {
    "draft": ("mapping", "checked", "draft"),
    "mapping": ("draft", "mapping", "checking", "checked"),
    "checking": ("mapping", "checked"),
    "checked": ("checking",),
    "running": ("checked", "stopped"),
    "stopped": ("running",),
    "done": ("running",),
}
MAX_SAMPLE = 40


class TourImport(models.Model):
    """A file on its way into the database: read, mapped, checked, imported.

    Each step can be gone back from until the import runs. It runs in the background,
    by chunks that stand or fall alone; what was imported once is known again by its
    key, so that running it again doubles nothing.
    """

    _name = "tour.import"
    _inherit = "tour.import.settings"
    _description = "Import"
    _order = "id desc"

    name = fields.Char(compute="_compute_name", store=True)
    state = fields.Selection(
        selection=[
            ("draft", "File"),
            ("mapping", "Columns"),
            ("checking", "Dry run"),
            ("checked", "Checked"),
            ("running", "Running"),
            ("stopped", "Stopped"),
            ("done", "Done"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Importer",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
        help="The import is made with the rights of this user.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.company,
    )
    file = fields.Binary(attachment=True, copy=False)
    file_name = fields.Char(copy=False)
    profile_id = fields.Many2one(
        "tour.import.profile",
        domain="[('kind', '=', kind), ('company_id', 'in', (False, company_id))]",
        help="A known layout. Empty: found by the headers of the file.",
    )
    column_ids = fields.One2many(
        "tour.import.column", "import_id", string="Columns", copy=False
    )
    format_found = fields.Char(string="Format", readonly=True, copy=False)
    mapping_hint = fields.Char(compute="_compute_mapping_hint")
    # How far it is.
    progress_ids = fields.One2many("tour.import.progress", "import_id", string="Steps")
    fault_ids = fields.One2many("tour.import.fault", "import_id")
    stop_requested = fields.Boolean(readonly=True, copy=False)
    last_error = fields.Text(readonly=True, copy=False)
    row_count = fields.Integer(compute="_compute_counts", string="Rows")
    checked_rows = fields.Integer(compute="_compute_counts")
    to_make_count = fields.Integer(compute="_compute_counts", string="To be made")
    to_merge_count = fields.Integer(compute="_compute_counts", string="Known")
    to_refuse_count = fields.Integer(compute="_compute_counts", string="With faults")
    run_rows = fields.Integer(compute="_compute_counts", string="Rows treated")
    made_count = fields.Integer(compute="_compute_counts", string="Made")
    merged_count = fields.Integer(compute="_compute_counts", string="Merged")
    refused_count = fields.Integer(compute="_compute_counts", string="Refused")
    fault_count = fields.Integer(compute="_compute_counts", string="Faults")
    progress_percent = fields.Float(compute="_compute_counts", string="Progress")
    duration = fields.Char(compute="_compute_counts")
    made_summary = fields.Text(compute="_compute_made_summary", string="Made records")
    made_order_count = fields.Integer(compute="_compute_made_summary")
    made_client_count = fields.Integer(compute="_compute_made_summary")
    made_hotel_count = fields.Integer(compute="_compute_made_summary")
    made_room_count = fields.Integer(compute="_compute_made_summary")
    made_city_count = fields.Integer(compute="_compute_made_summary")

    # === Computes === #

    @api.depends("file_name", "kind")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for record in self:
            record.name = record.file_name or kinds.get(record.kind) or ""

    @api.depends("column_ids.field_id", "kind", "default_client")
    def _compute_mapping_hint(self):
        """Which fields are still needed, as a sentence."""
        for record in self:
            missing = record._get_missing_fields()
            labels = self.env["tour.import.field"]._get_by_name(record.kind)
            record.mapping_hint = bool(missing) and self.env._(
                "Still needed: %(fields)s.",
                fields="; ".join(
                    " / ".join(labels[name].label for name in group if name in labels)
                    for group in missing
                ),
            )

    @api.depends("progress_ids")
    def _compute_counts(self):
        for record in self:
            # Sudo: the progress is the worker's, and only read here.
            steps = {step.phase: step for step in record.sudo().progress_ids}
            none = self.env["tour.import.progress"]
            check, run = steps.get("check", none), steps.get("run", none)
            shown = run if run.rows or record.state in ("running", "done") else check
            record.row_count = check.rows
            record.checked_rows = check.rows
            record.to_make_count = check.made
            record.to_merge_count = check.merged
            record.to_refuse_count = check.refused
            record.run_rows = run.rows
            record.made_count = run.made
            record.merged_count = run.merged
            record.refused_count = run.refused
            record.fault_count = shown.faults
            whole = check.rows or 1
            record.progress_percent = 100 * run.rows / whole if run else 0
            minutes, seconds = divmod(round(shown.seconds or 0), 60)
            record.duration = f"{minutes}:{seconds:02}"

    def _compute_made_summary(self):
        names = {
            "sale.order": self.env._("bookings"),
            "res.partner": self.env._("companies"),
            "tour.city": self.env._("cities"),
            "tour.hotel": self.env._("hotels"),
            "tour.room": self.env._("room categories"),
            "tour.rate": self.env._("rates"),
        }
        counts = {}
        for record_import, model, count in self.env["tour.import.key"]._read_group(
            [("import_id", "in", self.ids)], ["import_id", "model"], ["__count"]
        ):
            counts.setdefault(record_import.id, {})[model] = count
        for record in self:
            made = counts.get(record.id, {})
            record.made_order_count = made.get("sale.order", 0)
            record.made_client_count = made.get("res.partner", 0)
            record.made_hotel_count = made.get("tour.hotel", 0)
            record.made_room_count = made.get("tour.room", 0)
            record.made_city_count = made.get("tour.city", 0)
            record.made_summary = ", ".join(
                f"{names[model]}: {made[model]}" for model in names if model in made
            )

    # === Reading and writing === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
            self._check_size(vals.get("file"))
        records = super().create(vals_list)
        records._check_kind()
        return records

    def write(self, vals):
        self._refuse_guarded(vals)
        if self.env.context.get("tour_import_gate") is GATE:
            return super().write(vals)
        self._check_size(vals.get("file"))
        self._refuse_late_change(vals)
        result = super().write(vals)
        self._check_kind()
        if checked := self.filtered(lambda record: record.state == "checked"):
            # Settings decide what rows become.
            checked.action_back()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_running(self):
        if any(record.state in ("checking", "running") for record in self):
            raise UserError(
                self.env._("A running import cannot be deleted. Stop it first.")
            )

    def _refuse_guarded(self, vals):
        if self.env.context.get("tour_import_gate") is not GATE:
            if guarded := GUARDED & vals.keys():
                raise AccessError(
                    self.env._(
                        "%(fields)s of an import cannot be written.",
                        fields=", ".join(sorted(guarded)),
                    )
                )

    def _refuse_late_change(self, vals):
        """What was checked is what runs: to change it is to check again."""
        changed = vals.keys()
        for record in self:
            if changed and record.state in ("checking", "running", "stopped", "done"):
                raise UserError(
                    self.env._(
                        "The import “%(name)s” has begun and cannot be changed. Make a"
                        " new one.",
                        name=record.name,
                    )
                )
            if record.state != "draft" and changed & {"file", "kind"}:
                raise UserError(
                    self.env._("Go back to the first step to choose another file.")
                )

    def _note_mapping_change(self):
        """Another mapping: what was checked is void, what has begun stays as it is."""
        self._refuse_late_change({"column_ids": True})
        if checked := self.filtered(lambda record: record.state == "checked"):
            checked.action_back()

    def _check_size(self, content):
        limit = self._get_limits().upload_bytes
        if isinstance(content, str | bytes) and len(content) * 3 // 4 > limit:
            megabytes = -(-len(content) * 3 // 4 // MEGABYTE)
            refusal = FileRefused(
                "too_big", megabytes=megabytes, limit=limit // MEGABYTE
            )
            raise UserError(get_file_text(self.env, refusal))

    def _check_kind(self):
        """Hotel editors import what they look after; the rest is for heads."""
        if self.env.su or self.env.user.has_group(HEAD):
            return
        if any(record.kind not in HOTEL_KINDS for record in self):
            raise AccessError(
                self.env._("You may import cities, hotels and rooms only.")
            )

    def _set_state(self, state, **values):
        """The one place where the state is written.

        :raise UserError: if an import is in a state it cannot come from
        """
        for record in self:
            if record.state not in SOURCES[state]:
                raise UserError(
                    self.env._(
                        "The import “%(name)s” is “%(state)s” meanwhile. Reload it.",
                        name=record.name,
                        state=record.state,
                    )
                )
        self.with_context(tour_import_gate=GATE).write(dict(values, state=state))

    # === Actions === #

    def action_read(self):
        """Read the headers of the file, and propose what its columns mean."""
        self.ensure_one()
        self.check_access("write")
        self._refuse_late_change({"column_ids": True})
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        with self._open_table() as found:
            samples = table.sample_rows(found)
            headers, file_format = found.headers, found.format
            duplicates = found.duplicate_headers
        profile = self.profile_id or self.env["tour.import.profile"]._find_for(headers)
        if profile and profile != self.profile_id:
            self._apply_profile(profile)
        self.column_ids.unlink()
        self._make_columns(headers, samples, duplicates, profile)
        self._set_state("mapping", format_found=self._describe_format(file_format))
        return True

    def action_back(self):
        """Back to the file or to the mapping; the last check is void."""
        for record in self:
            target = "mapping" if record.state in ("checked", "checking") else "draft"
            record._forget("check")
            record._set_state(target)
        return True

    def action_save_profile(self):
        """Keep mapping and settings for files of this layout."""
        self.ensure_one()
        if not self.column_ids.field_id:
            raise UserError(self.env._("Map a column first."))
        profile = self.env["tour.import.profile"].create(
            {"name": self.name, "kind": self.kind, "company_id": self.company_id.id}
        )
        profile._save_from(self)
        self.with_context(tour_import_gate=GATE).profile_id = profile
        return {
            "type": "ir.actions.act_window",
            "res_model": "tour.import.profile",
            "res_id": profile.id,
            "view_mode": "form",
        }

    # === Columns === #

    def _apply_profile(self, profile):
        """Take over the settings of a profile that the headers led to. How the file is
        written was found out already, and may differ from file to file."""
        settings = profile._get_settings()
        for name in FILE_SETTINGS:
            settings.pop(name)
        self.with_context(tour_import_gate=GATE).write(
            {**settings, "kind": profile.kind, "profile_id": profile.id}
        )
        self._check_kind()

    @api.onchange("profile_id")
    def _onchange_profile_id(self):
        if self.profile_id:
            self.update(self.profile_id._get_settings())

    def _make_columns(self, headers, samples, duplicates, profile):
        names = self._guess_columns(headers, profile)
        targets = self.env["tour.import.field"]._get_by_name(self.kind)
        vals_list = []
        for at, header in enumerate(headers):
            values = dict.fromkeys(
                text
                for row in samples
                if at < len(row) and (text := str(row[at]).strip()[:MAX_SAMPLE])
            )
            target = targets.get(names.get(at))
            vals_list.append(
                {
                    "import_id": self.id,
                    "position": at,
                    "header": header,
                    "samples": " · ".join(list(values)[:3]),
                    "is_duplicate": header.strip().lower() in duplicates,
                    "field_id": target.id if target else False,
                }
            )
        self.env["tour.import.column"].create(vals_list)

    def _guess_columns(self, headers, profile):
        if not profile:
            return mapping.guess(self.kind, headers)
        names, _missing = mapping.apply_profile(profile._get_columns(), headers)
        return names

    def _get_column_names(self):
        """Column number to field name."""
        return {
            column.position: column.field_id.name
            for column in self.column_ids
            if column.field_id
        }

    def _get_missing_fields(self):
        names = set(self._get_column_names().values())
        if self.kind == "booking" and self.default_client:
            names.add("client")
        return mapping.missing_fields(self.kind, names)

    def _check_mapping(self):
        """Refuse a mapping that cannot work: all that is wrong, in one message."""
        self.ensure_one()
        problems = [self.mapping_hint] if self._get_missing_fields() else []
        seen = {}
        for column in self.column_ids.filtered("field_id"):
            seen.setdefault(column.field_id, []).append(column)
        for target, columns in seen.items():
            many = KINDS[self.kind].get(target.name).many
            if len(columns) > 1 and not many:
                problems.append(
                    self.env._(
                        "“%(field)s” is meant by several columns: %(columns)s. Leave"
                        " one of them.",
                        field=target.label,
                        columns=", ".join(
                            f"{column.letter} “{column.header}”" for column in columns
                        ),
                    )
                )
        if problems:
            raise UserError("\n".join(problems))

    def _forget(self, phase):
        """Drop what an earlier run of a phase counted and found."""
        # Sudo: progress and faults are the worker's, users only read them.
        domain = [("import_id", "in", self.ids), ("phase", "=", phase)]
        self.env["tour.import.progress"].sudo().search(domain).unlink()
        self.env["tour.import.fault"].sudo().search(domain).unlink()
