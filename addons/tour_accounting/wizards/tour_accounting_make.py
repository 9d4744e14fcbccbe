"""Asking for an export by hand, with a look at what would go."""

from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.tour_partner.defaults import plain

from ..formats import SELECTION
from ..texts import get_fault_texts

# So many records are looked at beforehand, and so many faults are shown.
PREVIEWED = 500
SHOWN = 30


class TourAccountingMake(models.TransientModel):
    """Of which company, period and format."""

    _name = "tour.accounting.make"
    _description = "Export to Accounting by Hand"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    format = fields.Selection(
        selection=SELECTION,
        required=True,
        compute="_compute_format",
        store=True,
        readonly=False,
        precompute=True,
    )
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(day=1),
    )
    date_to = fields.Date(string="To", required=True, default=fields.Date.context_today)
    again = fields.Boolean(
        string="Also what went already",
        help="All of the period goes; what did not change since is marked as repeated.",
    )
    recipient_ids = fields.Many2many(comodel_name="res.partner", string="Mail it to")
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    _dates_in_order = models.Constraint(
        "CHECK(date_to >= date_from)", "The period ends before it begins."
    )

    @api.depends("company_id")
    def _compute_format(self):
        for wizard in self:
            company = wizard.company_id or self.env.company
            wizard.format = wizard.format or company.tour_accounting_format

    @api.depends("company_id", "format", "date_from", "date_to", "again")
    def _compute_preview(self):
        for wizard in self:
            known = wizard.company_id and wizard.format
            if known and wizard.date_from and wizard.date_to:
                wizard._check_chosen_company()
                wizard.preview = self.env["ir.qweb"]._render(
                    "tour_accounting.preview", wizard._get_preview()
                )
            else:
                wizard.preview = False

    def _check_chosen_company(self):
        """Whoever asks over RPC names any company."""
        self.env["tour.accounting.export"]._check_keeper()
        if self.company_id not in self.env.companies:
            raise AccessError(
                self.env._("%(company)s is not chosen.", company=self.company_id.name)
            )

    # === What would go === #

    def _get_preview(self):
        """Counts by kind of document, and what would be left out."""
        counts, faults = Counter(), []
        looked, more = 0, False
        for found in self._iterate_found():
            if looked == PREVIEWED:
                more = True
                break
            looked += 1
            if found.faults:
                faults.append(found)
            elif found.act:
                kind = (found.document or found.latest.content)["kind"]
                counts[kind, found.act] += 1
        return {
            "rows": self._get_rows(counts),
            "acts": self._get_names("act"),
            "faults": self._get_fault_lines(faults),
            "fault_count": len(faults),
            "more": more and PREVIEWED,
        }

    def _iterate_found(self):
        """What an export would find, in pieces as it would read them."""
        # In sudo: it is looked at as the cron does, which has all the rights; whoever
        # asks may make the export and read it.
        export = plain(self.env["tour.accounting.export"]).sudo()
        export = export.with_company(self.company_id).new(
            {
                "company_id": self.company_id.id,
                "format": self.format,
                "date_from": self.date_from,
                "date_to": self.date_to,
                "again": self.again,
            }
        )
        known = export._get_known()
        for model, gone in export._get_stages():
            last = 0
            while ids := export._search_chunk(model, gone, last):
                yield from export._examine(model, gone, ids, known)
                last = ids[-1]

    def _get_names(self, field):
        item = self.env["tour.accounting.item"]
        return dict(item._fields[field]._description_selection(self.env))

    def _get_rows(self, counts):
        acts = self._get_names("act")
        return [
            (name, [counts[kind, act] for act in acts])
            for kind, name in self._get_names("kind").items()
            if any(counts[kind, act] for act in acts)
        ]

    def _get_fault_lines(self, faults):
        texts = get_fault_texts(self.env)
        return [
            texts[fault.rule]
            % {"document": found.document["number"], "name": fault.name}
            for found in faults
            for fault in found.faults
        ][:SHOWN]

    # === Making it === #

    def action_make(self):
        """Ask for the export; it is made in the background."""
        self.ensure_one()
        self._check_chosen_company()
        self.recipient_ids.check_access("read")
        export = self.env["tour.accounting.export"]._start(
            self.company_id,
            self.format,
            date_from=self.date_from,
            date_to=self.date_to,
            again=self.again,
            recipient_ids=[fields.Command.set(self.recipient_ids.ids)],
        )
        return export.get_formview_action()
