"""The agreement on the use of the portal (PPL-2), by company and version."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import is_html_empty

from odoo.addons.tour_partner.defaults import plain, without_defaults

from ..registration_states import AGREEMENT_STATES, MOVER

MOVED = {"state", "version", "published_on", "published_by_id"}


class TourUsageAgreement(models.Model):
    _name = "tour.usage.agreement"
    _inherit = ["mail.thread"]
    _description = "Usage Agreement"
    _order = "company_id, version desc"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    version = fields.Integer(required=True, readonly=True, copy=False, default=0)
    state = fields.Selection(
        selection=AGREEMENT_STATES,
        string="Status",
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        tracking=True,
    )
    published_on = fields.Datetime(readonly=True, copy=False)
    published_by_id = fields.Many2one(
        comodel_name="res.users", string="Published by", readonly=True, copy=False
    )
    text_ids = fields.One2many(
        comodel_name="tour.usage.text",
        inverse_name="agreement_id",
        string="Texts",
        copy=True,
    )
    acceptance_count = fields.Integer(
        string="Times accepted", compute="_compute_acceptance_count"
    )

    _version_uniq = models.UniqueIndex(
        "(company_id, version)", "There is such a version already."
    )
    _published_once = models.UniqueIndex(
        "(company_id) WHERE state = 'published'",
        "One version at a time is in force.",
    )

    @api.depends("version")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for agreement in self:
            agreement.display_name = self.env._(
                "Usage agreement, version %(number)s", number=agreement.version
            )

    def _compute_acceptance_count(self):
        counts = dict(
            self.env["tour.usage.acceptance"]._read_group(
                [("agreement_id", "in", self.ids)], ["agreement_id"], ["__count"]
            )
        )
        for agreement in self:
            agreement.acceptance_count = counts.get(agreement, 0)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        self = without_defaults(self, MOVED.__contains__)
        for vals in vals_list:
            if vals.keys() & MOVED:
                raise AccessError(self._get_moved_message())
            company_id = vals.get("company_id") or self.env.company.id
            vals["version"] = self._get_next_version(company_id, vals_list)
        return super().create(vals_list)

    def write(self, vals):
        # Before the thread reads what it tracks: who may not write is told just that.
        self.check_access("write")
        if not self._is_mover():
            if vals.keys() & MOVED:
                raise AccessError(self._get_moved_message())
            self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self._check_draft()

    @api.model
    def _get_next_version(self, company_id, vals_list):
        """One more than there is, counting those that are made together."""
        # In sudo: numbers of versions that the user does not see are taken, too.
        ((last,),) = self.sudo()._read_group(
            [("company_id", "=", company_id)], [], ["version:max"]
        )
        together = [
            vals.get("version") or 0
            for vals in vals_list
            if (vals.get("company_id") or self.env.company.id) == company_id
        ]
        return max(last or 0, *together) + 1

    @api.model
    def _is_mover(self):
        return self.env.context.get("tour_registration_mover") is MOVER

    @api.model
    def _get_moved_message(self):
        return self.env._("Number and status are not written: publish the version.")

    def _check_draft(self):
        """Refuse to change what people have agreed to."""
        # In sudo: whose version it is, is checked by those who write.
        kept = self.sudo().filtered(lambda agreement: agreement.state != "draft")
        if kept:
            raise UserError(
                self.env._(
                    "%(agreements)s: it was published and is not changed any more. "
                    "Make a new version.",
                    agreements=", ".join(kept.mapped("display_name")),
                )
            )

    # === Buttons === #

    def action_publish(self):
        """Put this version in force: clients are asked for it from now on."""
        self.ensure_one()
        self.check_access("write")
        # In sudo: the version before is replaced by what the right to this one allows.
        self.sudo().company_id.lock_for_update(allow_referencing=True)
        self.invalidate_recordset(["state"])
        if self.state != "draft":
            raise UserError(
                self.env._("%(agreement)s is no draft.", agreement=self.display_name)
            )
        if not self.text_ids or any(is_html_empty(text.body) for text in self.text_ids):
            raise UserError(
                self.env._("Enter the text first, in each language that was added.")
            )
        mover = plain(self).sudo().with_context(tour_registration_mover=MOVER)
        current = mover._get_current(self.company_id)
        current.state = "replaced"
        current.flush_recordset()
        mover.write(
            {
                "state": "published",
                "published_on": fields.Datetime.now(),
                "published_by_id": self.env.uid,
            }
        )
        self._forget_gate()
        return True

    def _forget_gate(self):
        """Drop what is cached of whom the gate lets in.

        Once more after the commit: another thread may have looked in the meantime.
        """
        self.env.registry.clear_cache()
        self.env.cr.postcommit.add(self.env.registry.clear_cache)

    def action_new_version(self):
        """Open a draft with the texts of this version."""
        self.ensure_one()
        self.check_access("read")
        draft = self.create(
            {
                "company_id": self.company_id.id,
                "text_ids": [
                    Command.create({"lang": text.lang, "body": text.body})
                    for text in self.text_ids
                ],
            }
        )
        return draft._get_records_action()

    def action_view_acceptances(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_registration.tour_usage_acceptance_action"
        )
        return {**action, "domain": [("agreement_id", "=", self.id)]}

    # === Texts === #

    @api.model
    def _get_current(self, company):
        """The version in force of the company, in sudo mode; empty if there is none."""
        # In sudo: clients and visitors read no agreements but this.
        return self.sudo().search(
            [("company_id", "=", company.id), ("state", "=", "published")], limit=1
        )

    def _get_text(self, lang):
        """The text in the language, else in the one that is nearest."""
        texts = {text.lang: text for text in self.text_ids}
        wanted = [lang or "", self.company_id.partner_id.lang or "", "en_US"]
        for code in wanted:
            if code in texts:
                return texts[code]
            short = code.split("_")[0]
            near = [text for key, text in texts.items() if key.split("_")[0] == short]
            if near:
                return near[0]
        return self.text_ids[:1]

    def _get_text_lang(self, lang):
        return self._get_text(lang).lang
