from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import masks

SEES_LINKS = (
    "tour_partner.tour_group_manager_own,tour_partner.tour_group_director,"
    "tour_partner.tour_group_admin"
)
SEES_ANSWERS = f"{SEES_LINKS},tour_partner.tour_group_accountant"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    tour_link_ids = fields.One2many(
        comodel_name="tour.link",
        inverse_name="order_id",
        string="Private links",
        readonly=True,
        groups=SEES_LINKS,
    )
    tour_link_count = fields.Integer(
        string="Number of private links",
        compute="_compute_tour_link_count",
        groups=SEES_LINKS,
    )
    supplier_answer_count = fields.Integer(
        string="Number of suppliers' answers",
        compute="_compute_supplier_answer_count",
        groups=SEES_ANSWERS,
    )

    @api.depends("tour_link_ids")
    def _compute_tour_link_count(self):
        self._count_into("tour.link", "tour_link_count")

    @api.depends_context("uid")
    def _compute_supplier_answer_count(self):
        self._count_into("tour.supplier.answer", "supplier_answer_count")

    def _count_into(self, model, name):
        groups = self.env[model]._read_group(
            [("order_id", "in", self.ids)], ["order_id"], ["__count"]
        )
        counts = {order.id: count for order, count in groups}
        for order in self:
            order[name] = counts.get(order._origin.id, 0)

    def _get_diff_formats(self):
        """Show hidden data of guests as masks."""
        formats = super()._get_diff_formats()
        show_date = formats["birth_date"]
        return {
            **formats,
            "birth_date": lambda value: masks.unmark(value)
            if masks.is_mask(value)
            else show_date(value),
            "document": lambda value: masks.unmark(str(value)),
        }

    def action_open_tour_links(self):
        """Show the private links of the booking."""
        self.ensure_one()
        return self._get_link_action("tour_link.tour_link_action")

    def action_open_supplier_answers(self):
        """Show what suppliers answered."""
        self.ensure_one()
        return self._get_link_action("tour_link.tour_supplier_answer_action")

    def _get_link_action(self, xmlid):
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        action["domain"] = [("order_id", "in", self.ids)]
        action["context"] = {}
        return action

    def action_make_guest_link(self):
        """Ask whom to give a link for the guests' data to."""
        self.ensure_one()
        self.check_access("write")
        if not self.is_tour_booking or not self.order_line.guest_ids:
            raise UserError(
                self.env._(
                    "%(order)s has no guests yet. Enter their names first.",
                    order=self.name,
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Private link for guests"),
            "res_model": "tour.link.make",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_id": self.id},
        }
