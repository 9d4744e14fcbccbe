from odoo import api, fields, models
from odoo.exceptions import AccessError

STAFF = "tour_partner.tour_group_staff"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    offer_id = fields.Many2one(
        "tour.offer",
        string="Offer",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups=STAFF,
    )

    # However often an offer is accepted at once: one booking.
    _tour_offer_uniq = models.UniqueIndex(
        "(offer_id) WHERE offer_id IS NOT NULL",
        "This offer has become a booking already.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("offer_id") for vals in vals_list):
            self._check_offer_write()
        return super().create(vals_list)

    def write(self, vals):
        if "offer_id" in vals:
            self._check_offer_write()
        return super().write(vals)

    def _check_offer_write(self):
        """An offer becomes a booking by being accepted, and in no other way."""
        if not self.env.su:
            raise AccessError(
                self.env._(
                    "Which offer a booking comes from is not written. Accept the offer."
                )
            )

    @api.depends("order_line.guest_ids", "order_line.offered_persons")
    def _compute_booking_hints(self):
        """Follow the guests, too."""
        return super()._compute_booking_hints()

    def action_view_offer(self):
        self.ensure_one()
        return self.offer_id.get_formview_action()


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    # An offer is for so many, whoever they are; their names come later.
    offered_persons = fields.Integer(
        string="Persons in the offer", readonly=True, copy=False, groups=STAFF
    )

    def _prepare_service(self):
        """Until a guest is entered, those count that were offered to."""
        return self._count_offered(super()._prepare_service(), self.offered_persons)

    @api.model
    def _prepare_service_of_vals(self, vals, records):
        """Until a guest is entered, those count that were offered to."""
        service = super()._prepare_service_of_vals(vals, records)
        return self._count_offered(service, vals.get("offered_persons"))

    @api.model
    def _count_offered(self, service, persons):
        service.persons = service.persons or persons or 0
        return service

    @api.depends("guest_ids", "offered_persons")
    def _compute_service_hints(self):
        """Follow the guests, too."""
        return super()._compute_service_hints()

    def _find_hints(self):
        """Say whose names are missing of those who were counted in the offer."""
        hints = super()._find_hints()
        entered = len(self.guest_ids)
        if entered < self.offered_persons:
            text = self.env._(
                "Guests entered: %(entered)s of the %(offered)s in the offer.",
                entered=entered,
                offered=self.offered_persons,
            )
            hints.append(("guests_missing", "warning", text))
        return hints
