from odoo import api, fields, models


class TourOfferVariant(models.Model):
    """One way to do it: a set of services with its price, to choose among others."""

    _name = "tour.offer.variant"
    _description = "Variant of an Offer"
    _order = "sequence, id"

    offer_id = fields.Many2one(
        "tour.offer", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    description = fields.Text(help="Shown to the client.")
    is_recommended = fields.Boolean(string="Recommended")
    service_ids = fields.One2many(
        "tour.offer.service", "variant_id", string="Services", copy=True
    )
    state = fields.Selection(related="offer_id.state", string="Status of the offer")
    company_id = fields.Many2one(related="offer_id.company_id")
    currency_id = fields.Many2one(related="offer_id.currency_id")
    summary = fields.Char(compute="_compute_summary")
    date_from = fields.Date(string="First day", compute="_compute_dates", store=True)
    date_to = fields.Date(string="Last day", compute="_compute_dates", store=True)
    amount_untaxed = fields.Monetary(
        string="Without taxes", compute="_compute_amounts", store=True
    )
    amount_tax = fields.Monetary(string="Taxes", compute="_compute_amounts", store=True)
    amount_total = fields.Monetary(
        string="Price", compute="_compute_amounts", store=True
    )
    supplier_total = fields.Monetary(
        string="Due to suppliers", compute="_compute_amounts", store=True
    )
    margin_total = fields.Monetary(
        string="Margin", compute="_compute_amounts", store=True
    )

    @api.depends("service_ids.date_from", "service_ids.date_to")
    def _compute_dates(self):
        for variant in self:
            dated = variant.service_ids.filtered("date_from")
            variant.date_from = min(dated.mapped("date_from"), default=False)
            ends = [service.date_to or service.date_from for service in dated]
            variant.date_to = max(ends, default=False)

    @api.depends("service_ids.hotel_id", "service_ids.service_kind")
    def _compute_summary(self):
        for variant in self:
            names = (service._get_short_name() for service in variant.service_ids)
            variant.summary = "; ".join(filter(None, names))

    @api.depends(
        "service_ids.price_subtotal",
        "service_ids.price_total",
        "service_ids.service_margin",
        "service_ids.supplier_due",
    )
    def _compute_amounts(self):
        for variant in self:
            services = variant.service_ids
            untaxed = sum(services.mapped("price_subtotal"))
            total = sum(services.mapped("price_total"))
            if variant.company_id.tax_calculation_rounding_method != "round_per_line":
                untaxed, total = variant._get_rounded_amounts()
            variant.amount_untaxed = untaxed
            variant.amount_total = total
            variant.amount_tax = total - untaxed
            variant.supplier_total = sum(services.mapped("supplier_due"))
            variant.margin_total = sum(services.mapped("service_margin"))

    def _get_rounded_amounts(self):
        """Totals where taxes are reckoned over the whole, as orders do it."""
        self.ensure_one()
        # In sudo: taxes are for accountants, but every manager's offer has them.
        AccountTax = self.env["account.tax"].sudo()
        company = self.company_id.sudo()
        base_lines = [
            AccountTax._prepare_base_line_for_taxes_computation(
                {},
                product_id=service.service_type_id.product_id.sudo(),
                tax_ids=service.tax_ids.sudo(),
                price_unit=service.price_unit,
                quantity=1.0,
                currency_id=self.currency_id,
                partner_id=self.offer_id.partner_id,
            )
            for service in self.service_ids
        ]
        AccountTax._add_tax_details_in_base_lines(base_lines, company)
        AccountTax._round_base_lines_tax_details(base_lines, company)
        totals = AccountTax._get_tax_totals_summary(
            base_lines=base_lines, currency=self.currency_id, company=company
        )
        return totals["base_amount_currency"], totals["total_amount_currency"]

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        offers = self.env["tour.offer"].browse(
            {vals.get("offer_id") for vals in vals_list} - {None, False}
        )
        offers._check_draft()
        return super().create(vals_list)

    def write(self, vals):
        self.offer_id._check_draft()
        if vals.get("offer_id"):
            self.env["tour.offer"].browse(vals["offer_id"])._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        self.offer_id._check_draft()

    # === Actions === #

    def action_open(self):
        """Open the variant beside its offer."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "current",
        }

    def action_duplicate(self):
        """Add a copy of the variant: mostly only the hotel differs."""
        self.ensure_one()
        copy = self.copy(
            {
                "name": self.env._("%(variant)s (copy)", variant=self.name),
                "is_recommended": False,
                "sequence": self.sequence + 1,
            }
        )
        return copy.action_open()

    def action_accept_for_client(self):
        """Note that the client accepted this variant by word, and make the booking."""
        self.ensure_one()
        offer = self.offer_id
        offer.check_access("write")
        order = offer._accept_by_staff(self)
        return order.get_formview_action()
