"""Who is told what of a request: suppliers and the client by mail, in their language,
the responsible by bell. What is sent stays in the conversation of the request, which is
for staff only."""

from odoo import models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from .tour_change import OVER_STATES

# Mail to the client and to the suppliers that goes with a move.
CLIENT_MAILS = {
    "with_client": "mail_template_client_offer",
    "applied": "mail_template_client_applied",
    "refused": "mail_template_client_refused",
}
SUPPLIER_MAILS = {
    "with_supplier": "mail_template_supplier_asked",
    "applied": "mail_template_supplier_applied",
}


class TourChange(models.Model):
    _inherit = "tour.change"

    def _tell_change(self, from_states, state, reason):
        """Tell whom the move concerns; override to tell others."""
        if self.env["tour.notification.category"]._is_dry_run():
            return
        self._mail_client(state)
        for change in self:
            change._mail_suppliers_of(from_states[change], state)
        self._tell_responsible(from_states, state, reason)

    # === The client === #

    def _mail_client(self, state):
        name = CLIENT_MAILS.get(state)
        changes = self.filtered(lambda change: change._concerns_client(state))
        if not (name and changes):
            return
        template = self.env.ref(f"tour_change.{name}", raise_if_not_found=False)
        if template:
            self.env["tour.notification.category"]._send_mails(
                "booking_change",
                template,
                {
                    change: change.order_id._get_client_recipients()
                    for change in changes
                },
            )

    def _concerns_client(self, state):
        """A regularisation that he sees nothing of is no matter of his."""
        self.ensure_one()
        return self.origin == "client" or bool(
            state == "with_client" or (self.preview or {}).get("rows")
        )

    # === Suppliers === #

    def _check_suppliers(self):
        """Refuse to ask nobody."""
        self.ensure_one()
        if not self.supplier_ids:
            raise UserError(
                self.env._(
                    "%(change)s: there is no supplier to ask. Name the services that "
                    "change, and their suppliers.",
                    change=self.name,
                )
            )

    def _mail_suppliers_of(self, from_state, state):
        """Ask the suppliers; tell them later what became of what they were asked."""
        self.ensure_one()
        name = SUPPLIER_MAILS.get(state)
        if self.origin == "supplier":
            return
        is_over = self.order_id.booking_state in OVER_STATES
        if state in ("refused", "withdrawn") and self._was_with_supplier():
            # Of a booking that is over he hears by other ways.
            name = None if is_over else "mail_template_supplier_dropped"
        template = name and self.env.ref(
            f"tour_change.{name}", raise_if_not_found=False
        )
        if not template:
            return
        for supplier in self._get_told_suppliers():
            self._mail_supplier(template, supplier)

    def _was_with_supplier(self):
        # In sudo: a client who withdraws his request may not read its steps.
        return "with_supplier" in self.sudo().event_ids.mapped("to_state")

    def _get_told_suppliers(self):
        """Suppliers by the rows kept when they were asked: services may be gone."""
        kept = [row["supplier_id"] for row in (self.supplier_rows or [])]
        partners = self.env["res.partner"].sudo().browse(dict.fromkeys(kept)).exists()
        return partners or self.sudo().supplier_ids

    def _mail_supplier(self, template, supplier):
        """Write to one supplier of his services alone, in his language."""
        self.ensure_one()
        addresses = self._get_supplier_addresses(supplier)
        if not addresses:
            self._note_no_address(supplier)
            return
        lang = self.env["tour.notification.category"]._get_lang(supplier)
        # In sudo: templates are for staff, and a client's word may cause the mail.
        template_sudo = template.sudo().with_context(
            lang=lang, template_preview_lang=lang, tour_change_supplier=supplier.id
        )
        values = template_sudo._generate_template(
            self.ids, ("subject", "body_html", "email_from", "reply_to")
        )[self.id]
        self.sudo().with_context(lang=lang).message_post(
            author_id=self.env.user.partner_id.id,
            body=values["body_html"],
            subject=values["subject"],
            email_from=values["email_from"],
            message_type="comment",
            outgoing_email_to=addresses,
            subtype_xmlid="mail.mt_note",
            email_layout_xmlid="mail.mail_notification_light",
        )

    def _get_supplier_addresses(self, supplier):
        """The supplier's own address, else those of his hotels."""
        if supplier.email:
            return supplier.email
        hotels = (
            self.sudo()
            .order_id.order_line.filtered(lambda line: line.supplier_id == supplier)
            .hotel_id
        )
        return ",".join(filter(None, hotels.mapped("email")))

    def _note_no_address(self, supplier):
        """Do not stop for a missing address: somebody has to call."""
        # In sudo: as above.
        change = self.sudo()
        change.activity_schedule(
            "mail.mail_activity_data_call",
            summary=self.env._(
                "Call %(supplier)s: there is no e-mail address", supplier=supplier.name
            ),
            user_id=(change.user_id or self.env.user).id,
        )

    # === What mails say === #

    def _get_diff_table(self):
        """What changes, as a table in the language of the environment."""
        self.ensure_one()
        return self.order_id._render_diff_table((self.preview or {}).get("rows") or [])

    def _get_kind_name(self):
        self.ensure_one()
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]

    def _get_client_url(self):
        """The page where the client answers."""
        self.ensure_one()
        return self.order_id._get_changes_url()

    def _get_supplier_rows(self):
        """What the supplier named by the context is asked, service by service.

        His own services only, and nothing of the client's prices.

        :rtype: list[dict]
        """
        self.ensure_one()
        supplier_id = self.env.context.get("tour_change_supplier")
        rows = self.supplier_rows or []
        return [row for row in rows if row["supplier_id"] == supplier_id]

    def _keep_supplier_rows(self):
        """Keep what suppliers are told, each in his language: services may go."""
        category = self.env["tour.notification.category"]
        # In sudo: a client's word may apply it, and suppliers are for staff.
        for change in self.sudo().filtered(lambda change: change.origin == "client"):
            rows = []
            for supplier in change.supplier_ids:
                localized = change.with_context(lang=category._get_lang(supplier))
                rows += localized._prepare_supplier_rows(supplier)
            change._as_mover().supplier_rows = rows

    def _prepare_supplier_rows(self, supplier):
        if self.kind == "cancel":
            told = [(line, [self.env._("Cancel")]) for line in self._get_services()]
        else:
            lines = self.line_ids.filtered("line_id")
            told = [(line.line_id, line._get_supplier_texts()) for line in lines]
        return [
            {
                "supplier_id": supplier.id,
                "service": self._describe_for_supplier(service),
                "guests": ", ".join(service.guest_ids.mapped("full_name")),
                "confirmation": service.confirmation_number or "",
                "texts": texts,
            }
            for service, texts in told
            if service.supplier_id == supplier and texts
        ]

    def _describe_for_supplier(self, service):
        dates = [service.date_from, service.date_to]
        shown = [format_date(self.env, date) for date in dates if date]
        parts = [service._prepare_service().short_name, service.room_id.name]
        return ", ".join(filter(None, [*parts, " – ".join(shown)]))

    # === Staff === #

    def _tell_responsible(self, from_states, state, reason):
        """Tell the responsible what others did, the clients above all."""
        category = self.env["tour.notification.category"]
        for change in self:
            user = change.sudo().user_id or change.sudo().order_id.user_id
            if not user or user == self.env.user:
                continue
            category._tell_users(
                "booking_change_staff",
                user,
                lambda env, change=change: change._get_title(env, state),
                reason or change.comment or "",
                change,
            )

    def _get_title(self, env, state):
        names = dict(self._fields["state"]._description_selection(env))
        if state == "asked" and self.kind == "cancel":
            return env._("%(booking)s: cancellation asked", booking=self.order_id.name)
        if state == "asked":
            return env._("%(booking)s: change asked", booking=self.order_id.name)
        return env._(
            "%(change)s of %(booking)s: %(state)s",
            change=self.name,
            booking=self.order_id.name,
            state=names[state],
        )


class TourChangeLine(models.Model):
    _inherit = "tour.change.line"

    def _get_supplier_texts(self):
        """The proposal in words for the supplier: without the client's price."""
        self.ensure_one()
        if self.cancels:
            return [self.env._("Cancel")]
        texts = []
        for name, value in self._get_proposed().items():
            if name == "price_unit":
                continue
            label = self._fields[name]._description_string(self.env)
            texts.append(f"{label}: {self._format_proposed(name, value)}")
        return texts + ([self.comment] if self.comment else [])

    def _format_proposed(self, name, value):
        if not value:
            return "—"
        field = self._fields[name]
        if field.type == "date":
            return format_date(self.env, value)
        if field.type == "many2one":
            return self[name].display_name
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        if field.type == "monetary":
            return f"{value:,.2f} {self.currency_id.name}"
        return str(value).replace("\n", ", ")
