"""Extra services on invoices made by hand: at the price list of the client (BKG-22).

Price lists are Odoo's own. The one that a legal entity was given says what it pays for
extra services; where it says nothing, and for all other products, Odoo's price stays.
"""

from odoo import api, fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # Computed when a line is made, as in orders; a typed discount stays.
    discount = fields.Float(
        compute="_compute_discount_by_pricelist",
        store=True,
        readonly=False,
        precompute=True,
        default=None,
    )

    def _compute_price_unit(self):
        """Take extra services' prices from the client's price list."""
        result = super()._compute_price_unit()
        for line in self:
            if (terms := line._get_pricelist_terms()) is not None:
                line.price_unit = terms[0]
        return result

    @api.depends("product_id", "product_uom_id")
    def _compute_discount_by_pricelist(self):
        for line in self:
            terms = line._get_pricelist_terms()
            # A price that was given is the price, whatever the list says.
            is_listed = terms is not None and line._has_price(terms[0])
            line.discount = terms[1] if is_listed else line.discount or 0.0

    @api.onchange("quantity")
    def _onchange_quantity_by_pricelist(self):
        """Take the price for this quantity, unless another one was typed."""
        for line in self:
            terms = line._get_pricelist_terms()
            if terms is not None and line._is_priced_by_list():
                line.price_unit, line.discount = terms

    # === The price list === #

    def _get_client_pricelist(self):
        """The price list that the legal entity was given; empty if none applies.

        Override to price more than extra services; note: one line.
        """
        self.ensure_one()
        move = self.move_id
        if (
            not self.product_id.tour_extra_service
            or self.display_type not in (False, "product")
            or self.is_imported
            or self.sale_line_ids
            or not move.is_sale_document(include_receipts=True)
        ):
            return self.env["product.pricelist"]
        client = move.partner_id.commercial_partner_id
        return client.with_company(move.company_id).specific_property_product_pricelist

    def _get_pricelist_terms(self, quantity=None):
        """What the list asks for: price and discount; None if it says nothing.

        :param float quantity: instead of the line's own
        :rtype: tuple[float, float] | None
        """
        pricelist = self._get_client_pricelist()
        if not pricelist:
            return None
        move = self.move_id
        # Fixed prices are in the list's currency, whatever currency is asked for.
        values = {
            "quantity": (self.quantity if quantity is None else quantity) or 1.0,
            "uom": self.product_uom_id or self.product_id.uom_id,
            "date": move.invoice_date or fields.Date.context_today(self),
            "currency": pricelist.currency_id,
        }
        price, rule_id = pricelist._get_product_price_rule(self.product_id, **values)
        if not rule_id:
            return None
        rule = self.env["product.pricelist.item"].browse(rule_id)
        base = price
        if rule.compute_price == "percentage":
            base = max(
                price, rule._compute_price_before_discount(self.product_id, **values)
            )
        discount = (base - price) / base * 100 if base > 0 else 0.0
        digits = self.env["decimal.precision"].precision_get("Discount")
        base = pricelist.currency_id._convert(
            base, move.currency_id, move.company_id, values["date"], round=False
        )
        return self._adapt_to_taxes(base), round(discount, digits)

    def _adapt_to_taxes(self, price):
        """As Odoo does with a product's own price when the fiscal position says so."""
        move = self.move_id
        taxes = self.product_id.taxes_id.filtered_domain(
            self.env["account.tax"]._check_company_domain(move.company_id)
        )
        return self.product_id._get_tax_included_unit_price_from_price(
            price, taxes, fiscal_position=move.fiscal_position_id
        )

    def _is_priced_by_list(self):
        """Whether the price is one that the list has, for whatever quantity."""
        rules = self._get_client_pricelist()._get_applicable_rules(
            self.product_id, self.move_id.invoice_date or fields.Date.today()
        )
        quantities = {1.0, *rules.mapped("min_quantity")}
        all_terms = map(self._get_pricelist_terms, quantities)
        own_terms = self.product_id._get_tax_included_unit_price(
            self.move_id.company_id,
            self.move_id.currency_id,
            self.move_id.date,
            "sale",
            fiscal_position=self.move_id.fiscal_position_id,
            product_uom=self.product_uom_id,
        )
        known = [terms for terms in all_terms if terms] + [(own_terms, 0.0)]
        return any(
            self._has_price(price) and abs(self.discount - discount) < 0.005
            for price, discount in known
        )

    def _has_price(self, price):
        currency = self.move_id.currency_id or self.env.company.currency_id
        return currency.compare_amounts(self.price_unit, price) == 0
