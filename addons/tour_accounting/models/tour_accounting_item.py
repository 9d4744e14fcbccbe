"""What went to accounting: each record of each export, with its content."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import format_date

from ..formats import ACTS, KINDS, SELECTION


class TourAccountingItem(models.Model):
    """One record in one export. Of each format it is known what went last, so that the
    same does not go twice, and what changed goes as a correction."""

    _name = "tour.accounting.item"
    _description = "Document Sent to Accounting"
    _order = "id desc"
    _rec_name = "number"

    export_id = fields.Many2one(
        comodel_name="tour.accounting.export",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, index=True
    )
    format = fields.Selection(selection=SELECTION, required=True, readonly=True)
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, readonly=True
    )
    kind = fields.Selection(
        selection=KINDS, string="Document", required=True, readonly=True
    )
    number = fields.Char(required=True, readonly=True)
    date = fields.Date(readonly=True)
    partner_id = fields.Many2one(
        comodel_name="res.partner", readonly=True, ondelete="set null"
    )
    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    amount = fields.Monetary(readonly=True)
    act = fields.Selection(selection=ACTS, string="As", required=True, readonly=True)
    revision = fields.Integer(required=True, readonly=True)
    guid = fields.Char(
        string="Identity", readonly=True, index=True, help="The same in 1C, for ever."
    )
    content_hash = fields.Char(
        string="Fingerprint", required=True, readonly=True, help="Of what went."
    )
    content = fields.Json(readonly=True, prefetch=False)
    mark = fields.Char(readonly=True, prefetch=False)
    before_id = fields.Many2one(
        comodel_name="tour.accounting.item", readonly=True, ondelete="restrict"
    )
    is_last = fields.Boolean(
        string="The latest",
        readonly=True,
        help="What accounting knows of the document now.",
    )
    state = fields.Selection(related="export_id.state")
    done_on = fields.Datetime(related="export_id.done_on", string="Sent on", store=True)

    # The same revision of the same record never goes twice, whoever makes two exports.
    _once = models.UniqueIndex(
        "(company_id, format, res_model, res_id, revision) WHERE act != 'repeated'",
        "This revision of the document went to accounting already.",
    )
    _one_latest = models.UniqueIndex(
        "(company_id, format, res_model, res_id) WHERE is_last",
        "This document is going to accounting already.",
    )
    _once_each = models.Constraint(
        "UNIQUE(export_id, res_model, res_id)", "A document is once in an export."
    )
    _record = models.Index("(res_model, res_id)")
    _before = models.Index("(before_id) WHERE before_id IS NOT NULL")

    def _get_text(self):
        """When it went, and as what, for the record's own form."""
        if not self:
            return False
        self.ensure_one()
        acts = dict(self._fields["act"]._description_selection(self.env))
        day = fields.Datetime.context_timestamp(self, self.done_on or self.create_date)
        return self.env._(
            "%(act)s on %(day)s, revision %(revision)s",
            act=acts[self.act],
            day=format_date(self.env, day.date()),
            revision=self.revision,
        )

    def action_open(self):
        """Open the record; it may be deleted since."""
        self.ensure_one()
        self.check_access("read")
        record = self.env[self.res_model].browse(self.res_id).exists()
        return (record or self).get_formview_action()

    # === What went last === #

    @api.model
    def _get_stream_domain(self, company, format_code, model):
        """Items that count for what is known of records of a model."""
        return Domain(
            [
                ("company_id", "=", company.id),
                ("format", "=", format_code),
                ("res_model", "=", model),
            ]
        )

    @api.model
    def _get_latest(self, company, format_code, model, ids):
        """The latest item of each record that went, by the record's id."""
        domain = self._get_stream_domain(company, format_code, model)
        items = self.search(
            domain & Domain("res_id", "in", ids) & Domain("is_last", "=", True)
        )
        return {item.res_id: item for item in items}

    def _take_back(self):
        """Delete items of an export that came to nothing; what went before counts."""
        former = self.filtered("is_last").before_id
        self.unlink()
        # The index does not let two be the latest: those that go, go first.
        self.env.flush_all()
        former.is_last = True
