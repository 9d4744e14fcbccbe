"""Exports to accounting: what was asked for, and what became of it (BIL-12)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.tour_partner.defaults import plain

from ..formats import FORMATS, KEEPERS, OPEN, SELECTION, STATES


class TourAccountingExport(models.Model):
    """A batch: the documents of a period that go in one file.

    It is made in the background, in pieces that are committed; what went counts when
    the file is written. Nobody writes it by hand.
    """

    _name = "tour.accounting.export"
    _description = "Export to Accounting"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _mail_post_access = "read"

    name = fields.Char(required=True, readonly=True, default="/")
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    format = fields.Selection(selection=SELECTION, required=True, readonly=True)
    version = fields.Char(readonly=True)
    date_from = fields.Date(string="From", readonly=True)
    date_to = fields.Date(string="To", required=True, readonly=True)
    auto_on = fields.Date(
        string="By itself on", readonly=True, help="Empty: it was made by hand."
    )
    is_auto = fields.Boolean(string="By itself", compute="_compute_is_auto", store=True)
    again = fields.Boolean(
        string="Also what went already",
        readonly=True,
        help="It goes once more, marked as repeated.",
    )
    repeats_id = fields.Many2one(
        comodel_name="tour.accounting.export",
        string="Made afresh from",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        comodel_name="res.users", string="Asked for by", readonly=True
    )
    state = fields.Selection(
        selection=STATES,
        string="Status",
        required=True,
        readonly=True,
        default="waiting",
        index=True,
    )
    failure = fields.Char(string="Why not", readonly=True)
    # How far it is: place among the searches, and the record there.
    stage = fields.Integer(readonly=True)
    last_id = fields.Integer(readonly=True)
    looked_at = fields.Integer(string="Looked at", readonly=True)
    tries = fields.Integer(readonly=True)
    attachment_id = fields.Many2one(
        comodel_name="ir.attachment",
        string="File",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    file_size = fields.Integer(related="attachment_id.file_size", compute_sudo=True)
    done_on = fields.Datetime(string="Made on", readonly=True)
    # Who gets it by mail.
    recipient_ids = fields.Many2many(
        comodel_name="res.partner", string="Mailed to", readonly=True
    )
    sent_on = fields.Datetime(string="Last mailed on", readonly=True)
    sent_count = fields.Integer(string="Times mailed", readonly=True)
    # What it has.
    item_ids = fields.One2many(
        comodel_name="tour.accounting.item",
        inverse_name="export_id",
        string="Documents",
        readonly=True,
    )
    fault_ids = fields.One2many(
        comodel_name="tour.accounting.fault",
        inverse_name="export_id",
        string="Left out",
        readonly=True,
    )
    item_count = fields.Integer(string="Number of documents", compute="_compute_counts")
    new_count = fields.Integer(string="New documents", compute="_compute_counts")
    correction_count = fields.Integer(string="Corrections", compute="_compute_counts")
    cancellation_count = fields.Integer(
        string="Cancellations", compute="_compute_counts"
    )
    repeated_count = fields.Integer(string="Repeated", compute="_compute_counts")
    fault_count = fields.Integer(string="Number left out", compute="_compute_counts")

    # Two windows, or two crons, at once: one of them makes it.
    _one_open = models.UniqueIndex(
        "(company_id, format) WHERE state IN ('waiting', 'reading', 'writing')",
        "An export in this format is being made already. Wait until it is done.",
    )
    _one_a_day = models.UniqueIndex(
        "(company_id, auto_on) WHERE auto_on IS NOT NULL",
        "The export of this day was made already.",
    )

    # === Computes === #

    @api.depends("auto_on")
    def _compute_is_auto(self):
        for export in self:
            export.is_auto = bool(export.auto_on)

    @api.depends("item_ids.act", "fault_ids")
    def _compute_counts(self):
        groups = self.env["tour.accounting.item"]._read_group(
            [("export_id", "in", self.ids)], ["export_id", "act"], ["__count"]
        )
        acts = {(export.id, act): count for export, act, count in groups}
        faults = dict(
            self.env["tour.accounting.fault"]._read_group(
                [("export_id", "in", self.ids)],
                ["export_id"],
                ["res_id:count_distinct"],
            )
        )
        for export in self:
            counts = {
                act: acts.get((export.id, act), 0)
                for act in ("new", "correction", "cancellation", "repeated")
            }
            export.update({f"{act}_count": count for act, count in counts.items()})
            export.item_count = sum(counts.values())
            export.fault_count = faults.get(export, 0)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        self.browse().check_access("create")
        for vals in vals_list:
            company = self.env["res.company"].browse(vals.get("company_id"))
            # In sudo: the number is drawn for whoever makes it.
            sequence = self.env["ir.sequence"].sudo().with_company(company)
            vals["name"] = sequence.next_by_code("tour.accounting.export") or "/"
        return super().create(vals_list)

    # === Making one === #

    @api.model
    def _start(self, company, format_code, **values):
        """Ask for an export; it is made in the background.

        Note: whoever calls has checked the rights.
        """
        # In sudo: exports are written by the program only.
        export = plain(self).sudo()
        # The index must see what was done in the same transaction; it refuses whoever
        # asks at the same moment.
        export.flush_model(["state"])
        if export._has_open(company, format_code):
            raise UserError(
                self.env._(
                    "An export in this format is being made already. Wait until it is "
                    "done."
                )
            )
        export = export.create(
            {
                "company_id": company.id,
                "format": format_code,
                "version": company.tour_accounting_version,
                "user_id": self.env.uid,
                **values,
            }
        )
        # In sudo: whoever asks may wake up the cron.
        self.env.ref("tour_accounting.ir_cron_export").sudo()._trigger()
        return export.sudo(False).with_env(self.env)

    @api.model
    def _has_open(self, company, format_code):
        """Whether one of this format is being made."""
        open_ones = [
            ("company_id", "=", company.id),
            ("format", "=", format_code),
            ("state", "in", OPEN),
        ]
        return bool(self.search_count(open_ones, limit=1))

    @api.model
    def _check_keeper(self):
        """Refuse who makes no exports.

        :raise AccessError: with who does
        """
        if not (self.env.su or any(map(self.env.user.has_group, KEEPERS))):
            raise AccessError(
                self.env._(
                    "Exports to accounting are made by accountants and heads of "
                    "department."
                )
            )

    def _check_is(self, *states):
        """Refuse in any other state.

        :raise UserError: naming the export and its state
        """
        names = dict(self._fields["state"]._description_selection(self.env))
        for export in self:
            if export.state not in states:
                raise UserError(
                    self.env._(
                        "%(export)s is “%(state)s”: this cannot be done now.",
                        export=export.name,
                        state=names[export.state],
                    )
                )

    def _act(self, *states):
        """Check that the user may act on this export now, and lock it.

        :return: the export in sudo mode: it is written by the program only
        """
        self.ensure_one()
        self._check_keeper()
        self.check_access("read")
        export = plain(self).sudo()
        if not export.try_lock_for_update():
            raise UserError(
                self.env._("%(export)s is being worked on. Wait.", export=self.name)
            )
        export.invalidate_recordset()
        export.sudo(False).with_env(self.env)._check_is(*states)
        return export

    # === Buttons === #

    def action_download(self):
        """The file, as it went."""
        self.ensure_one()
        self.check_access("read")
        self._check_is("done")
        if not self.attachment_id:
            raise UserError(self.env._("%(export)s has no file.", export=self.name))
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=true",
            "target": "self",
        }

    def action_make_afresh(self):
        """The same records once more, as they are now; what did not change is marked
        as repeated."""
        export = self._act("done")
        if not export.item_ids:
            raise UserError(
                self.env._("%(export)s has no documents.", export=self.name)
            )
        made = self._start(
            export.company_id,
            export.format,
            date_from=export.date_from,
            date_to=export.date_to,
            again=True,
            repeats_id=export.id,
        )
        return made.get_formview_action()

    def action_try_again(self):
        """Begin a failed one anew."""
        export = self._act("failed")
        export.write({"state": "waiting", "failure": False, "tries": 0})
        # In sudo, as in `_start`.
        self.env.ref("tour_accounting.ir_cron_export").sudo()._trigger()
        return True

    def action_drop(self):
        """Give up one that is not made yet."""
        export = self._act(*OPEN, "failed")
        export._take_back()
        export._message_log(
            body=self.env._("Given up by %(user)s.", user=self.env.user.display_name)
        )
        export.write({"state": "failed", "failure": self.env._("Given up.")})
        return True

    def action_view_items(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_accounting.tour_accounting_item_action"
        )
        return {**action, "domain": [("export_id", "=", self.id)], "context": {}}

    def action_view_faults(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_accounting.tour_accounting_fault_action"
        )
        return {**action, "domain": [("export_id", "=", self.id)], "context": {}}

    # === Helpers === #

    def _take_back(self):
        """Nothing of it counts: its documents are as if they had not been looked at."""
        self.item_ids._take_back()
        self.fault_ids.unlink()
        self.write({"stage": 0, "last_id": 0, "looked_at": 0})

    def _get_format(self):
        return FORMATS[self.format]
