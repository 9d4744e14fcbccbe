"""What every record that goes to accounting can do."""

from odoo import api, fields, models
from odoo.fields import Domain

from ..formats import SEES


class TourAccountingRecord(models.AbstractModel):
    """Mixed into bookings, entries and payments.

    An export asks which of them are in the books (`_get_accounting_domain`), whether
    one may have changed (`_get_accounting_mark`), and what there is to say of them
    (`_get_accounting_documents`). Note: all in sudo mode, with the export's company.
    """

    _name = "tour.accounting.record"
    _description = "Record that Goes to Accounting"

    accounting_count = fields.Integer(
        string="Sent to accounting",
        compute="_compute_accounting_count",
        groups=SEES,
    )
    accounting_text = fields.Char(
        string="In accounting", compute="_compute_accounting_count", groups=SEES
    )

    def _compute_accounting_count(self):
        items = self.env["tour.accounting.item"].search_fetch(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self._origin.ids),
                ("export_id.state", "=", "done"),
            ],
            ["res_id", "act", "revision", "done_on", "is_last"],
            order="id",
        )
        by_record = items.grouped("res_id")
        for record in self:
            found = by_record.get(record._origin.id, items.browse())
            record.accounting_count = len(found)
            record.accounting_text = found[-1:]._get_text()

    def action_view_accounting_items(self):
        """Open what of this record went to accounting, and when."""
        self.ensure_one()
        self.check_access("read")
        # Neither clients nor managers see what accounting has.
        self.env["tour.accounting.item"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_accounting.tour_accounting_item_action"
        )
        domain = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        return {**action, "domain": domain, "context": {"create": False}}

    # === Hooks === #

    @api.model
    def _get_accounting_domain(self, company, is_journal):
        """Hook: records that are in the books of the company."""
        return Domain.FALSE

    @api.model
    def _get_accounting_held_domain(self):
        """Hook: records that are being changed; they are left alone for now."""
        return Domain.FALSE

    @api.model
    def _get_accounting_date_field(self, is_journal):
        """Hook: name of the stored field with the day of the document."""
        return "date"

    @api.model
    def _get_accounting_mark(self, alias):
        """Hook: text that differs when the content may have changed.

        :param SQL alias: the model's table in the query
        :rtype: SQL
        """
        raise NotImplementedError

    def _get_accounting_documents(self, space):
        """Hook: the documents of `engine.documents` for these records, by their id.

        In a fixed number of queries. A record that is left out has nothing to tell.

        :param str space: identity of the database, see `documents.make_guid`
        """
        return {}

    def _get_accounting_entries(self, space):
        """Hook: the same for the general journal."""
        return self._get_accounting_documents(space)
