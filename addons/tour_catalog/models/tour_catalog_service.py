"""Services that clients order themselves (POR-4): what staff say of them."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import html2plaintext

from odoo.addons.tour_hotel.hotel_rules import search_text
from odoo.addons.tour_hotel.search_field import SearchText, words_index


class TourCatalogService(models.Model):
    """A service of the catalogue.

    What it costs is Odoo's: its product has a price, and the price list of the client
    may have another. What is ordered becomes a service of a booking.
    """

    _name = "tour.catalog.service"
    _inherit = ["mail.thread", "image.mixin"]
    _description = "Service of the Catalogue"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, tracking=True, size=120)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        default=lambda self: self.env.company,
        index="btree_not_null",
        help="Clients of this company order it; without one, those of all.",
    )
    category_id = fields.Many2one(
        comodel_name="tour.catalog.category",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    summary = fields.Char(
        string="In short", translate=True, help="A line or two, shown in lists."
    )
    description = fields.Html(translate=True, sanitize_attributes=True)
    image_1920 = fields.Image(string="Cover")
    has_image = fields.Boolean(compute="_compute_has_image", store=True)
    picture_ids = fields.One2many(
        comodel_name="tour.catalog.picture",
        inverse_name="service_id",
        string="Pictures",
        copy=True,
    )
    # What becomes of an order.
    service_type_id = fields.Many2one(
        comodel_name="tour.service.type",
        string="Type of service",
        required=True,
        default=lambda self: self._default_service_type_id(),
        domain=[("kind", "!=", "accommodation")],
        index=True,
        ondelete="restrict",
        help="What it is in the booking.",
    )
    product_id = fields.Many2one(
        comodel_name="product.product",
        domain=[("tour_extra_service", "=", True)],
        index=True,
        ondelete="restrict",
        copy=False,
        tracking=True,
        help="Gives price, taxes and accounts; price lists of clients name it. Left "
        "empty, one is made.",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency", compute="_compute_currency_id"
    )
    list_price = fields.Monetary(
        string="Price",
        compute="_compute_list_price",
        inverse="_inverse_list_price",
        help="For clients whose price list says nothing else.",
    )
    price_kind = fields.Selection(
        selection=[("fixed", "Exact price"), ("from", "From this price")],
        string="Kind of price",
        required=True,
        default="fixed",
        tracking=True,
        help="From this price: clients read 'from …', and staff name the price.",
    )
    payment = fields.Selection(
        selection=[("later", "With the booking"), ("prepaid", "When ordered")],
        string="To be paid",
        required=True,
        default="later",
        tracking=True,
        help="When ordered: the order makes its invoice at once, and waits for the "
        "payment.",
    )
    refund_allowed = fields.Boolean(
        string="Client may ask for a refund",
        default=True,
        tracking=True,
        help="Of its paid invoice. Staff decide.",
    )
    # The order form.
    day_mode = fields.Selection(
        selection=[
            ("required", "Must be given"),
            ("optional", "May be given"),
            ("none", "Not asked"),
        ],
        string="Day of the service",
        required=True,
        default="required",
    )
    asks_hour = fields.Boolean(string="Ask for the hour, too")
    field_ids = fields.One2many(
        comodel_name="tour.catalog.field",
        inverse_name="service_id",
        string="Order form",
        copy=True,
    )
    takes_questions = fields.Boolean(
        string="Questions before ordering", default=True, tracking=True
    )
    # Who it is for, and when.
    available_from = fields.Date(tracking=True)
    available_until = fields.Date(tracking=True)
    client_kind = fields.Selection(
        selection=[
            ("all", "All clients"),
            ("corporate", "Corporate clients"),
            ("agent", "Agents"),
        ],
        string="For",
        required=True,
        default="all",
        tracking=True,
    )
    company_group_ids = fields.Many2many(
        comodel_name="tour.company.group",
        string="Only for groups",
        help="Clients of these groups of companies alone; without any, all.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Responsible",
        domain=[("share", "=", False)],
        index="btree_not_null",
        tracking=True,
        help="Is told of orders and answers questions; without anybody, the manager "
        "of the booking is told, and every manager may answer.",
    )
    search_text = SearchText(compute="_compute_search_text", store=True)
    order_count = fields.Integer(string="Number of orders", compute="_compute_counts")
    question_count = fields.Integer(
        string="Number of questions", compute="_compute_counts"
    )
    open_question_count = fields.Integer(
        string="Questions to answer", compute="_compute_counts"
    )

    _words_idx = models.Index(words_index)
    _available_dates = models.Constraint(
        "CHECK(available_until >= available_from)",
        "The last day on which it can be ordered is before the first.",
    )

    @api.model
    def _default_service_type_id(self):
        return self.env["tour.service.type"].search([("kind", "=", "other")], limit=1)

    # === Computes === #

    @api.depends("image_1920")
    def _compute_has_image(self):
        for service in self:
            service.has_image = bool(service.image_1920)

    @api.depends("company_id", "product_id.currency_id")
    def _compute_currency_id(self):
        for service in self:
            # In sudo: not everybody who sees the catalogue reads products.
            product_sudo = service.sudo().product_id
            company = service.company_id or self.env.company
            service.currency_id = product_sudo.currency_id or company.currency_id

    @api.depends("product_id.list_price")
    def _compute_list_price(self):
        for service in self:
            # In sudo: as above.
            service.list_price = service.sudo().product_id.list_price

    def _inverse_list_price(self):
        for service in self:
            # In sudo: who keeps the catalogue sets its prices.
            product_sudo = service.sudo().product_id
            if product_sudo.list_price != service.list_price:
                product_sudo.list_price = service.list_price

    @api.depends(
        "name",
        "summary",
        "description",
        "category_id.name",
        "category_id.parent_id.name",
        "field_ids.label",
        "field_ids.options",
    )
    def _compute_search_text(self):
        """Names, texts and labels of the order form, in all languages."""
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        for service in self:
            parts = []
            for code in languages:
                parts += service.with_context(lang=code)._get_search_parts()
            service.search_text = search_text(*parts)

    def _get_search_parts(self):
        self.ensure_one()
        category = self.category_id
        return [
            self.name,
            self.summary,
            html2plaintext(self.description or ""),
            category.name,
            category.parent_id.name,
            *(label for label in self.field_ids.mapped("label") if label),
            *(options for options in self.field_ids.mapped("options") if options),
        ]

    def _compute_counts(self):
        """What the user may see of orders and questions."""
        orders, questions, unanswered = {}, {}, {}
        Line = self.env["sale.order.line"]
        if Line.has_access("read"):
            orders = dict(
                Line._read_group(
                    [("catalog_service_id", "in", self.ids)],
                    ["catalog_service_id"],
                    ["__count"],
                )
            )
        Question = self.env["tour.catalog.question"]
        if Question.has_access("read"):
            for service, state, count in Question._read_group(
                [("service_id", "in", self.ids)], ["service_id", "state"], ["__count"]
            ):
                questions[service] = questions.get(service, 0) + count
                if state == "new":
                    unanswered[service] = count
        for service in self:
            own = service._origin
            service.order_count = orders.get(own, 0)
            service.question_count = questions.get(own, 0)
            service.open_question_count = unanswered.get(own, 0)

    # === Constraints === #

    @api.constrains("service_type_id")
    def _check_service_type_id(self):
        for service in self:
            if service.service_type_id.kind == "accommodation":
                raise ValidationError(
                    self.env._(
                        "%(service)s: stays are booked, and not ordered from the "
                        "catalogue. Choose another type of service.",
                        service=service.name,
                    )
                )

    @api.constrains("product_id")
    def _check_product_id(self):
        for service in self:
            # In sudo: as above.
            product_sudo = service.sudo().product_id
            if product_sudo and not product_sudo.tour_extra_service:
                raise ValidationError(
                    self.env._(
                        "%(service)s: %(product)s is no extra service, which price "
                        "lists of clients are about. Choose another product.",
                        service=service.name,
                        product=product_sudo.display_name,
                    )
                )

    @api.constrains("payment", "price_kind")
    def _check_payment(self):
        for service in self:
            if service.payment == "prepaid" and service.price_kind != "fixed":
                raise ValidationError(
                    self.env._(
                        "%(service)s is paid when it is ordered, so that its price "
                        "must be known: choose an exact price.",
                        service=service.name,
                    )
                )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        self.browse().check_access("create")
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            if not vals.get("product_id"):
                vals["product_id"] = self._make_product(vals).id
        return super().create(vals_list)

    def write(self, vals):
        # Before the thread reads what it tracks: who may not write is told just that.
        self.check_access("write")
        return super().write(vals)

    def unlink(self):
        self.check_access("unlink")
        return super().unlink()

    def copy_data(self, default=None):
        """A copy costs the same, and has a product of its own."""
        vals_list = super().copy_data(default)
        for service, vals in zip(self, vals_list, strict=True):
            vals["list_price"] = (default or {}).get("list_price", service.list_price)
            if "name" not in (default or {}):
                vals["name"] = self.env._("%(service)s (copy)", service=service.name)
        return vals_list

    @api.model
    def _make_product(self, vals):
        """The product of a new service, which its price and its taxes hang on."""
        # In sudo: who keeps the catalogue need not keep products.
        return (
            self.env["product.product"]
            .sudo()
            .create(
                {
                    "name": vals.get("name") or self.env._("Service of the catalogue"),
                    "type": "service",
                    "invoice_policy": "order",
                    "list_price": vals.get("list_price") or 0.0,
                    "purchase_ok": False,
                    "sale_ok": True,
                    "tour_extra_service": True,
                }
            )
        )

    # === Actions === #

    def action_view_orders(self):
        """Open what was ordered of it."""
        self.ensure_one()
        self.check_access("read")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_catalog.sale_order_line_action_catalog"
            ),
            "domain": [("catalog_service_id", "=", self.id)],
            "context": {},
        }

    def action_view_questions(self):
        """Open what was asked about it."""
        self.ensure_one()
        self.check_access("read")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_catalog.tour_catalog_question_action"
            ),
            "domain": [("service_id", "=", self.id)],
            "context": {},
        }
