"""Making bookings, one or a thousand: defaults, numbers, and values given in batch.

What `sale` works out record by record (addresses, pricelist, fiscal position …) is
worked out once per client here, and handed to the ORM as if it had been given. The
rules are Odoo's own; only the repetition is cut.
"""

from collections import defaultdict

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError

from odoo.addons.tour_partner.defaults import without_defaults

from ..numbers import draw_numbers

# Values given for a booking that others follow from.
DECISIVE = (
    "company_id",
    "fiscal_position_id",
    "partner_id",
    "partner_shipping_id",
    "pricelist_id",
    "sale_order_template_id",
    "user_id",
)


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model
    def default_get(self, fields):
        """Start a new booking with the user's own client."""
        defaults = super().default_get(fields)
        if defaults.get("is_tour_booking") or self.env.context.get(
            "default_is_tour_booking"
        ):
            if "partner_id" in fields and not defaults.get("partner_id"):
                defaults["partner_id"] = self.env.user.default_client_id.id
            if "booking_state" in fields:
                defaults["booking_state"] = "new"
        return defaults

    @api.model_create_multi
    def create(self, vals_list):
        is_default = self.env.context.get("default_is_tour_booking", False)
        flags = [vals.get("is_tour_booking", is_default) for vals in vals_list]
        if not any(flags):
            return super().create(vals_list)
        if not all(flags):
            return self._create_mixed(vals_list, flags)
        vals_list = [dict(vals) for vals in vals_list]
        self._prepare_bookings(vals_list)
        guarded = without_defaults(self, self._is_guarded_at_creation)
        # The history of the booking is kept in its events.
        orders = super(SaleOrder, guarded.with_context(tracking_disable=True)).create(
            vals_list
        )
        orders = orders.with_env(self.env)
        orders._tell_of_new()
        return orders

    def _create_mixed(self, vals_list, flags):
        """Create bookings and ordinary orders apart, and return them in order."""
        made = {}
        for flag in (True, False):
            indexes = [i for i, value in enumerate(flags) if bool(value) == flag]
            created = self.create([vals_list[i] for i in indexes])
            made.update(zip(indexes, created, strict=True))
        return self.concat(*(made[i] for i in range(len(vals_list))))

    @api.model
    def _is_guarded_at_creation(self, name):
        """Whether nobody says what a booking's field starts with."""
        field = self._fields.get(name)
        return name in ("booking_state", "state") or self._is_worked_out(field)

    # === Values of a booking === #

    def _prepare_bookings(self, vals_list):
        """Complete what every booking starts with, in place."""
        by_company = defaultdict(list)
        for vals in vals_list:
            self._check_computed_vals(vals)
            state = vals.setdefault("booking_state", "new")
            if state != "new" and not self._is_mover():
                raise AccessError(
                    self.env._(
                        "A booking begins as New and is moved from there. Leave its "
                        "status out."
                    )
                )
            vals["is_tour_booking"] = True
            company_id = vals.setdefault("company_id", self.env.company.id)
            by_company[company_id].append(vals)
        for company_id, batch in by_company.items():
            company = self.env["res.company"].browse(company_id)
            self._number_bookings(company, batch)
            self._assign_bookings(company, batch)

    @api.model
    def _number_bookings(self, company, vals_list):
        new = self.env._("New")
        unnumbered = [vals for vals in vals_list if vals.get("name", new) == new]
        names = self._next_booking_names(company, len(unnumbered))
        for vals, name in zip(unnumbered, names, strict=True):
            vals["name"] = name

    @api.model
    def _next_booking_names(self, company, count):
        """The next numbers of bookings, drawn from their sequence at once."""
        if not count:
            return []
        # In sudo: whoever may make a booking may draw a number.
        sequences = self.env["ir.sequence"].sudo().with_company(company)
        sequence = sequences.browse(self._get_booking_sequence_id(company.id))
        return draw_numbers(sequence, count)

    @api.model
    @tools.ormcache("company_id")
    def _get_booking_sequence_id(self, company_id):
        # In sudo, as above. A company may have a sequence of its own.
        return (
            self.env["ir.sequence"]
            .sudo()
            .search(
                [
                    ("code", "=", "tour.booking"),
                    ("company_id", "in", (company_id, False)),
                ],
                order="company_id",
                limit=1,
            )
            .id
        )

    def _assign_bookings(self, company, vals_list):
        """Give each booking its client's user and its manager."""
        user = self.env.user
        if not user.share or user._is_public():
            manager = self._is_manager() and user.id
            for vals in vals_list:
                if manager and "user_id" not in vals:
                    vals["user_id"] = manager
            return
        # A client makes the booking himself, so that somebody has to take it.
        for vals in vals_list:
            vals["created_by_client"] = True
            vals.setdefault("client_user_id", user.id)
        free = [vals for vals in vals_list if not vals.get("user_id")]
        takers = self.env["tour.booking.deal"]._deal(company, len(free))
        for vals, taker in zip(free, takers, strict=False):
            vals["user_id"] = taker

    def _tell_of_new(self):
        """Tell those who got a booking that somebody else made.

        What is loaded with its status, as by an import, was dealt out long ago.
        """
        if self._is_mover():
            return
        given = self.filtered(
            lambda order: order.user_id and order.user_id != self.env.user
        )
        if given:
            nobody = self.env["res.users"]
            given._tell_responsible(dict.fromkeys(given, nobody))

    # === Values that the ORM would compute one by one === #

    def _add_precomputed_values(self, vals_list):
        """Give bookings what is the same for all those of a client."""
        bookings = [vals for vals in vals_list if vals.get("is_tour_booking")]
        if bookings:
            self._add_booking_values(bookings)
        return super()._add_precomputed_values(vals_list)

    def _add_booking_values(self, vals_list):
        """Complete ``vals_list`` by what follows from their client, company and such.

        It is asked of new records with nothing but these, one for each combination,
        so that whatever another add-on computes of them is right here too.
        """
        keys = [
            tuple((name, vals[name]) for name in DECISIVE if name in vals)
            for vals in vals_list
        ]
        templates = {key: self._prepare_template_vals(dict(key)) for key in keys}
        # Together, so that what they read is read at once.
        records = self.browse().concat(*map(self.new, templates.values()))
        values = {
            key: record._get_precomputed_vals()
            for key, record in zip(templates, records, strict=True)
        }
        for key, vals in zip(keys, vals_list, strict=True):
            for name, value in values[key].items():
                vals.setdefault(name, value)

    def _prepare_template_vals(self, given):
        return {
            "date_order": fields.Datetime.now(),
            **given,
            "is_tour_booking": True,
            "booking_state": "new",
            "state": "draft",
        }

    def _get_precomputed_vals(self):
        """What a booking gets by computing before it is a record."""
        self.ensure_one()
        company_currency = self.company_id.currency_id
        return {
            name: field.convert_to_write(self[name], self)
            for name, field in self._fields.items()
            if field.precompute
            # The rate of a foreign currency follows from the day of each order.
            and (name != "currency_rate" or self.currency_id == company_currency)
        }

    # === What bookings need not have computed === #

    def _compute_team_id(self):
        """Sales teams are for ordinary orders; bookings have their manager."""
        bookings = self.filtered("is_tour_booking")
        for order in bookings:
            order.team_id = order.team_id
        return super(SaleOrder, self - bookings)._compute_team_id()

    def _compute_amounts(self):
        """Add up the services' amounts, where each is rounded by itself."""
        simple = self.filtered(lambda order: order._has_simple_amounts())
        for order in simple:
            lines = order._get_priced_lines()
            order.amount_untaxed = sum(lines.mapped("price_subtotal"))
            order.amount_total = sum(lines.mapped("price_total"))
            order.amount_tax = order.amount_total - order.amount_untaxed
        return super(SaleOrder, self - simple)._compute_amounts()

    def _has_simple_amounts(self):
        """Whether totals are sums: no tax is reckoned over the whole of the order."""
        self.ensure_one()
        return (
            self.is_tour_booking
            and self.company_id.tax_calculation_rounding_method == "round_per_line"
            and not self.payment_term_id.early_discount
            and all(self.order_line.mapped("service_type_id"))
        )

    def _compute_rating_last_value(self):
        """Look for ratings of those only that have any: new bookings have none."""
        rated = self.filtered("rating_ids")
        (self - rated).rating_last_value = 0.0
        return super(SaleOrder, rated)._compute_rating_last_value()

    def _compute_require_signature(self):
        """Ask for no signature: bookings are confirmed by their moves."""
        bookings = self.filtered("is_tour_booking")
        bookings.require_signature = False
        return super(SaleOrder, self - bookings)._compute_require_signature()

    def _compute_require_payment(self):
        """Ask for no payment: bookings are paid by their invoices."""
        bookings = self.filtered("is_tour_booking")
        bookings.require_payment = False
        return super(SaleOrder, self - bookings)._compute_require_payment()

    def _compute_validity_date(self):
        """Bookings do not expire as quotations do."""
        bookings = self.filtered("is_tour_booking")
        bookings.validity_date = False
        return super(SaleOrder, self - bookings)._compute_validity_date()
