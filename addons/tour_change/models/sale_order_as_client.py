"""'How the client sees it': staff look at a booking as its client does (BKG-16)."""

from markupsafe import Markup

from odoo import api, fields, models

from odoo.addons.tour_booking.models.sale_order import STAFF
from odoo.addons.tour_booking.view_diff import get_title


class SaleOrder(models.Model):
    _inherit = "sale.order"

    client_page = fields.Html(
        string="The client's page",
        compute="_compute_client_page",
        sanitize=False,  # Made by our template of plain data, which it escapes.
        groups=STAFF,
        exportable=False,
    )

    @api.depends("write_date")
    def _compute_client_page(self):
        for order in self:
            order.client_page = order._origin and order._origin._render_client_page()

    def _render_client_page(self):
        """The booking as a page, of `_client_view` and what the client is asked."""
        self.ensure_one()
        order = self.with_context(lang=self._get_client_lang())
        view = order._client_view()
        formats = order._get_diff_formats()
        return order.env["ir.qweb"]._render(
            "tour_change.client_page",
            {
                "view": view,
                "labels": order._get_diff_labels(),
                "title": get_title,
                "question": order._get_client_question(),
                # The terms are HTML that Odoo cleaned when they were written.
                "terms": Markup(view["terms"]),
                "word": lambda key, value: formats.get(key, order._format_diff_value)(
                    value
                ),
            },
        )

    def action_open_changes_page(self):
        """Open the client's page of changes, which staff only look at."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": self._get_changes_path(),
            "target": "new",
        }

    def action_view_as_client(self):
        """Show the booking as its client sees it, read-only."""
        self.ensure_one()
        self.check_access("read")
        view = self.env.ref("tour_change.sale_order_view_form_as_client")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("How the client sees it"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(view.id, "form")],
            "target": "new",
            "context": {"form_view_initial_mode": "readonly"},
        }
