"""A service that was ordered from the catalogue."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools.misc import format_amount, format_date

from odoo.addons.tour_booking.models.sale_order import STAFF
from odoo.addons.tour_partner.defaults import without_defaults

# Kept as they were ordered: nobody writes them afterwards.
KEPT = {"catalog_service_id", "catalog_answers", "catalog_prepaid"}
# Not `reversed`: what a credit note has settled, nobody paid.
PAID = ("paid", "in_payment")


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    catalog_service_id = fields.Many2one(
        comodel_name="tour.catalog.service",
        string="Ordered from the catalogue",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups=STAFF,
    )
    catalog_prepaid = fields.Boolean(
        string="Paid when ordered", readonly=True, copy=False, groups=STAFF
    )
    # [{"label", "kind", "value", of a file "attachment_id"}], in the client's words.
    catalog_answers = fields.Json(readonly=True, copy=False, groups=STAFF)
    catalog_answers_html = fields.Html(
        string="Order form",
        compute="_compute_catalog_answers_html",
        sanitize=False,  # Made here of texts, which are escaped.
        groups=STAFF,
        exportable=False,
    )
    catalog_payment_state = fields.Selection(
        selection=[
            ("later", "With the booking"),
            ("awaiting", "Awaiting payment"),
            ("paid", "Paid"),
        ],
        string="Payment of the order",
        compute="_compute_catalog_payment_state",
        groups=STAFF,
    )

    # === Computes === #

    @api.depends("catalog_answers")
    @api.depends_context("lang")
    def _compute_catalog_answers_html(self):
        table = Markup("<table class='table table-sm w-auto'>%s</table>")
        row = Markup("<tr><th class='pe-3 align-top'>%s</th><td>%s</td></tr>")
        link = Markup("<a href='/web/content/%s?download=1'>%s</a>")
        for line in self:
            rows = Markup("")
            for answer in line.catalog_answers or ():
                text = line._get_answer_text(answer)
                if isinstance(text, bool):
                    text = self.env._("Yes") if text else self.env._("No")
                if attachment_id := answer.get("attachment_id"):
                    text = link % (int(attachment_id), text)
                rows += row % (answer["label"], text)
            line.catalog_answers_html = rows and table % rows

    @api.depends(
        "catalog_prepaid",
        "catalog_service_id",
        "invoice_lines.move_id.payment_state",
        "invoice_lines.move_id.state",
    )
    def _compute_catalog_payment_state(self):
        for line in self:
            if not line.catalog_service_id:
                line.catalog_payment_state = False
            elif not line.catalog_prepaid:
                line.catalog_payment_state = "later"
            else:
                # In sudo: whoever sees the service may know whether it was paid.
                moves_sudo = line.sudo().invoice_lines.move_id.filtered(
                    lambda move: (
                        move.state == "posted" and move.move_type == "out_invoice"
                    )
                )
                is_paid = any(move.payment_state in PAID for move in moves_sudo)
                line.catalog_payment_state = "paid" if is_paid else "awaiting"

    # === CRUD === #

    def _has_field_access(self, field, operation):
        """What was ordered is kept as it was."""
        if field.name in KEPT and operation == "write" and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    @api.model_create_multi
    def create(self, vals_list):
        guarded = without_defaults(self, KEPT.__contains__)
        return super(SaleOrderLine, guarded).create(vals_list).with_env(self.env)

    def action_open_catalog_booking(self):
        """Open the booking of the service."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "views": [(False, "form")],
            "context": {"default_is_tour_booking": True},
        }

    # === What the client sees === #

    def _client_view(self):
        """Add what was filled in when the service was ordered, by label."""
        view = super()._client_view()
        answers = {}
        for answer in self.catalog_answers or ():
            answers[answer["label"]] = self._get_answer_text(answer)
        if answers:
            view["answers"] = answers
        return view

    def _get_answer_text(self, answer):
        """An answer as it is shown: a text, or whether it was ticked."""
        value = answer.get("value")
        if answer.get("kind") == "date" and value:
            return format_date(self.env, fields.Date.to_date(value))
        return value if isinstance(value, bool) else str(value or "")

    # === Ordering; note: in sudo === #

    def _keep_catalog_files(self, files):
        """Attach the files of answers to the service, for staff.

        :param files: see `OrderForm`
        """
        self.ensure_one()
        if not files:
            return
        checked = [file for _place, file in files]
        attachments = self.env["tour.portal.upload"]._attach(checked, self)
        answers = [dict(answer) for answer in self.catalog_answers]
        for (place, _file), attachment in zip(files, attachments, strict=True):
            answers[place]["attachment_id"] = attachment.id
        self.catalog_answers = answers

    def _invoice_catalog_order(self):
        """Invoice what is paid when ordered, and show it to the client.

        :raise UserError: if the booking has an invoice that is not paid
        """
        self.ensure_one()
        order = self.order_id
        order._check_may_invoice()
        values = order._prepare_invoice()
        line_vals = self._prepare_invoice_line(quantity=self.product_uom_qty)
        values.update(
            tour_booking_ids=[Command.set(order.ids)],
            invoice_line_ids=[Command.create(line_vals)],
            invoice_date=fields.Date.context_today(self),
            # Now, whatever the plan of the booking says of the rest.
            invoice_payment_term_id=False,
            invoice_date_due=fields.Date.context_today(self),
            transaction_ids=[],
        )
        invoice = self.env["account.move"].create(values)
        invoice.action_show_to_client()
        return invoice

    def _get_catalog_invoice(self):
        """The invoice that the order waits for, if there is one; in sudo."""
        self.ensure_one()
        # In sudo: its address is told to who ordered.
        return self.sudo().invoice_lines.move_id.filtered(
            lambda move: move.state == "posted" and move.payment_state != "paid"
        )[:1]

    # === Telling === #

    def _tell_of_catalog_order(self, question=None):
        """Tell who is responsible, and keep it in the history; note: in sudo."""
        self.ensure_one()
        service, order = self.catalog_service_id, self.order_id
        order._message_log(
            body=self.env._(
                "Ordered from the catalogue: %(service)s", service=service.name
            )
        )
        service._message_log(
            body=self.env._("Ordered in %(booking)s.", booking=order.name)
        )
        users = service.user_id | order.user_id
        users = (users or service._get_takers(order.company_id)) - self.env.user
        self.env["tour.notification.category"]._tell_users(
            "catalog_order",
            users,
            lambda env: env._(
                "%(booking)s: %(service)s was ordered",
                booking=order.name,
                service=service.with_env(env).name,
            ),
            lambda env: self._get_order_text(env),
            order,
        )

    def _get_order_text(self, env):
        """What staff are told of the order, in their language."""
        line = self.with_env(env)
        parts = [line.order_id.partner_id.name]
        if line.date_from:
            parts.append(format_date(env, line.date_from))
        parts.append(format_amount(env, line.price_total, line.currency_id))
        if line.catalog_prepaid:
            parts.append(env._("waits for payment"))
        return " · ".join(parts)

    def _tell_catalog_paid(self):
        """Tell who is responsible that a prepaid order was paid; note: in sudo."""
        for line in self:
            self.env["tour.notification.category"]._tell_users(
                "catalog_order",
                line.catalog_service_id.user_id | line.order_id.user_id,
                lambda env, line=line: env._(
                    "%(booking)s: %(service)s was paid",
                    booking=line.order_id.name,
                    service=line.catalog_service_id.with_env(env).name,
                ),
                "",
                line.order_id,
            )
