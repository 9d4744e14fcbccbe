from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..batch import each_by_itself, tell
from ..kinds import KINDS, OFF, WHEN

STAFF = "tour_partner.tour_group_staff"
# In these the booking is done, though the last stands for 'archived' as well.
DONE_STATES = ("done", "reposting")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    document_ids = fields.One2many(
        comodel_name="tour.document",
        inverse_name="order_id",
        string="Documents",
        groups=STAFF,
    )
    document_count = fields.Integer(compute="_compute_document_count", groups=STAFF)

    @api.depends("document_ids")
    def _compute_document_count(self):
        groups = self.env["tour.document"]._read_group(
            [("order_id", "in", self.ids)], ["order_id"], ["__count"]
        )
        counts = {order.id: count for order, count in groups}
        for order in self:
            order.document_count = counts.get(order._origin.id, 0)

    @api.ondelete(at_uninstall=False)
    def _unlink_with_documents(self):
        """Drop the documents with their files, which the database would leave."""
        # In sudo: the right to delete a booking covers its papers; what is locked or
        # was sent still refuses.
        self.env["tour.document"].sudo().with_context(active_test=False).search(
            [("order_id", "in", self.ids)]
        ).unlink()

    # Done, as documents see it

    @api.model
    def _get_tour_done_domain(self):
        """Bookings whose papers the client may see: done, or archived after it."""
        return Domain("booking_state", "in", DONE_STATES) | (
            Domain("booking_state", "=", "archive")
            & Domain("state", "=", "sale")
            & Domain("penalty_from", "=", False)
        )

    def _is_tour_done(self):
        """Whether the booking is; in a form, none may be chosen yet."""
        return len(self) == 1 and bool(
            self.filtered_domain(self._get_tour_done_domain())
        )

    # What does not take place

    def _after_move(self, from_states, state):
        """Take the vouchers back from the client when the booking is off."""
        result = super()._after_move(from_states, state)
        if state in OFF:
            # In sudo: it follows from the move, whoever made it.
            self.env["tour.document"].sudo().search(
                [
                    ("order_id", "in", self.ids),
                    ("kind", "=", "voucher"),
                    ("access", "=", "client"),
                ]
            ).action_close_to_client()
        return result

    # Making documents

    def action_make_voucher(self):
        """Make or renew a voucher of each service."""
        return self._action_make_documents("voucher")

    def action_make_booking_sheet(self):
        return self._action_make_documents("booking_sheet")

    def action_make_invoice(self):
        """Make or renew the invoice for payment."""
        return self._action_make_documents("invoice")

    def action_make_supplier_request(self):
        """Make or renew a request to each supplier."""
        return self._action_make_documents("supplier_request")

    def action_make_document(self):
        """Make or renew the documents of the kind that the button's context names."""
        self.env["tour.document"].check_access("create")
        kind = self.env.context.get("tour_document_kind")
        if not isinstance(kind, str) or kind not in KINDS:
            raise UserError(self.env._("Which kind of document is to be made?"))
        return self._action_make_documents(kind)

    def action_open_documents(self):
        """Show the documents of the bookings."""
        return self._get_documents_action([("order_id", "in", self.ids)])

    def _action_make_documents(self, kind):
        """Of many bookings, one that can't have it is named, the others have it."""
        if len(self) <= 1:
            return self._show_documents(self._make_documents(kind))
        self.env["tour.document"].check_access("create")
        given, problems = each_by_itself(
            self, lambda order: order._make_documents(kind)
        )
        action = self._show_documents(self.env["tour.document"].union(*given))
        if not problems:
            return action
        message = self.env._(
            "Made for %(count)s of %(all)s bookings.", count=len(given), all=len(self)
        )
        return tell(self.env, message, problems, next_action=action)

    def _show_documents(self, documents):
        action = self._get_documents_action([("id", "in", documents.ids)])
        if len(documents) == 1:
            action.update(
                res_id=documents.id, view_mode="form", views=[(False, "form")]
            )
        return action

    def _get_documents_action(self, domain):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_document.tour_document_action"
        )
        action["domain"] = domain
        action["context"] = {"default_order_id": self.id} if len(self) == 1 else {}
        return action

    def _make_documents(self, kind, templates=None):
        """Have the documents of the kind, drawn as the bookings are now.

        What is there already is drawn anew and not made twice; what is locked stays.

        :param dict templates: templates to take instead of the default ones, by kind
            and id of the service
        :return: the documents, one for each service, supplier or booking
        """
        self.env["tour.document"].check_access("create")
        self._check_can_make(kind)
        known = self._get_known_documents(kind)
        subjects = [
            (order, line, partner)
            for order in self
            for line, partner in order._get_document_subjects(kind)
        ]
        missing = [subject for subject in subjects if subject not in known]
        vals_list = [self._prepare_document_vals(kind, *subject) for subject in missing]
        for vals in vals_list:
            template = (templates or {}).get((kind, vals["line_id"]))
            if template:
                vals["template_id"] = template.id
        made = self.env["tour.document"].create(vals_list)
        known.update(zip(missing, made, strict=True))
        documents = self.env["tour.document"].union(*(known[key] for key in subjects))
        documents._draw()
        documents.filtered(
            lambda document: document.template_id.open_to_client
            and document.access == "staff"
            and document in made
        ).action_open_to_client()
        return documents

    def _check_can_make(self, kind):
        """Refuse all that can't be made, with every reason at once."""
        problems = [
            problem for order in self for problem in order._get_document_problems(kind)
        ]
        if problems:
            raise UserError("\n".join(problems))

    def _get_document_problems(self, kind):
        """Why the booking can't have a document of the kind; override to add more."""
        self.ensure_one()
        services = self._get_services() if self.is_tour_booking else self.order_line
        if not self.is_tour_booking:
            return [self.env._("%(order)s is not a booking.", order=self.name)]
        if not services:
            return [self.env._("%(order)s has no services yet.", order=self.name)]
        if not WHEN[KINDS[kind].when](self.booking_state):
            return [self._explain_wrong_status(kind)]
        lodging = services.filtered(lambda line: line.service_kind == "accommodation")
        if KINDS[kind].unit == "stay" and not lodging:
            return [self.env._("%(order)s has no lodging.", order=self.name)]
        if KINDS[kind].unit == "supplier":
            return [
                self.env._(
                    "%(order)s: “%(service)s” has no supplier.",
                    order=self.name,
                    service=line._prepare_service().short_name,
                )
                for line in services
                if not line.supplier_id
            ]
        return []

    def _explain_wrong_status(self, kind):
        """Why bookings of this status have no document of the kind."""
        if self.booking_state in OFF:
            return self.env._(
                "%(order)s does not take place: it is refused or cancelled.",
                order=self.name,
            )
        names = dict(self.env["tour.document"]._get_kind_names())
        wordings = self.env["tour.booking.status"]._get_wordings(self.env.lang)
        wording = wordings.get(self.booking_state)
        return self.env._(
            "%(order)s is “%(status)s”: there is no “%(document)s” of such a booking.",
            order=self.name,
            status=wording.name if wording else "",
            document=names[kind],
        )

    def _get_document_subjects(self, kind):
        """What the booking has one document of the kind for each of.

        :return: pairs of a service (or none) and whom the document is addressed to
        """
        self.ensure_one()
        services = self._get_services()
        unit = KINDS[kind].unit
        if unit == "supplier":
            return [(services.browse(), supplier) for supplier in services.supplier_id]
        is_own = KINDS[kind].audience == "staff"
        partner = self.company_id.partner_id if is_own else self.partner_id
        if unit == "stay":
            services = services.filtered(lambda s: s.service_kind == "accommodation")
        if unit in ("service", "stay"):
            return [(line, partner) for line in services]
        return [(services.browse(), partner)]

    def _get_known_documents(self, kind):
        """The documents there are by what they are of; those not locked come first."""
        documents = self.env["tour.document"].search(
            self._get_known_documents_domain(kind)
        )
        return {
            (document.order_id, document.line_id, document.partner_id): document
            for document in documents.sorted(lambda d: (not d.locked, -d.copy_number))
        }

    def _get_known_documents_domain(self, kind):
        """Documents of the kind that are renewed; override to leave some alone."""
        return Domain("order_id", "in", self.ids) & Domain("kind", "=", kind)

    def _prepare_document_vals(self, kind, order, line, partner):
        return {
            "kind": kind,
            "order_id": order.id,
            "line_id": line.id,
            "partner_id": partner.id,
        }
