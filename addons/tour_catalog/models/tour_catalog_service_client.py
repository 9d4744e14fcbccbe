"""The catalogue as a client sees it: plain data, of what is his to order.

Clients have no rights to the catalogue's records. What they get is named here, and
found by `_get_client_domain` alone, also where they name a record by its id.
"""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import is_html_empty
from odoo.tools.misc import format_amount

from ..order_form import clean

PAGE_SIZE = 24
MAX_WORDS = 100
PATH = "/my/tour/catalogue"


class TourCatalogService(models.Model):
    _inherit = "tour.catalog.service"

    # === Which are his === #

    @api.model
    def _get_client_domain(self):
        """What the user of the environment may order today."""
        # In sudo: what his company is.
        client_sudo = self.env.user.commercial_partner_id.sudo()
        today = fields.Date.context_today(self)
        kinds = ["all"]
        if client_sudo.tour_client_corporate:
            kinds.append("corporate")
        if client_sudo.tour_client_agent:
            kinds.append("agent")
        return Domain.AND(
            [
                Domain("active", "=", True),
                Domain("category_id.active", "=", True),
                Domain("category_id.parent_id", "=", False)
                | Domain("category_id.parent_id.active", "=", True),
                Domain("company_id", "in", [False, self.env.company.id]),
                Domain("available_from", "=", False)
                | Domain("available_from", "<=", today),
                Domain("available_until", "=", False)
                | Domain("available_until", ">=", today),
                Domain("client_kind", "in", kinds),
                Domain("company_group_ids", "=", False)
                | Domain("company_group_ids", "in", client_sudo.company_group_id.ids),
            ]
        )

    @api.model
    def _get_category_domain(self, category_id):
        return Domain("category_id", "=", category_id) | Domain(
            "category_id.parent_id", "=", category_id
        )

    @api.model
    def _find_for_client(self, service_id):
        """The service, in sudo, if the user may order it; else nothing."""
        # In sudo: clients have no rights to the catalogue; this is what they may see.
        services_sudo = self.sudo()
        domain = self._get_client_domain() & Domain("id", "=", service_id)
        return services_sudo.search(domain, limit=1)

    @api.model
    def _search_for_client(self, text="", category_id=None, page=1):
        """A page of what the user may order.

        :return: the services, in sudo, and whether there are more
        """
        domain = self._get_client_domain()
        if category_id:
            domain &= self._get_category_domain(category_id)
        if text := clean(text)[:MAX_WORDS]:
            domain &= Domain("search_text", "ilike", text)
        # In sudo: as above.
        found_sudo = self.sudo().search(
            domain, limit=PAGE_SIZE + 1, offset=(page - 1) * PAGE_SIZE
        )
        return found_sudo[:PAGE_SIZE], len(found_sudo) > PAGE_SIZE

    # === What it costs him === #

    def _get_client_prices(self, order=None):
        """What each costs the client, in a fixed number of queries; note: in sudo.

        As on invoices: what the price list of his legal entity says, else the product.

        :param order: the booking that it is ordered in, if there is one already
        :return: {service's id: price as services of bookings have it}, the currency,
            and the fiscal position
        """
        company = order.company_id if order else self.env.company
        client = (order.partner_id if order else self.env.user).commercial_partner_id
        client = client.sudo().with_company(company)
        usual = client.property_product_pricelist
        pricelist = client.specific_property_product_pricelist or usual
        if order:
            currency, fiscal = order.currency_id, order.fiscal_position_id
        else:
            currency = usual.currency_id or company.currency_id
            positions = self.env["account.fiscal.position"].with_company(company)
            fiscal = positions._get_fiscal_position(client)
        products = self.product_id.with_company(company)
        now = fields.Datetime.now()
        # Fixed prices are in the list's currency, whatever currency is asked for.
        source = pricelist.currency_id or company.currency_id
        found = pricelist._get_products_price(products, 1.0, currency=source, date=now)
        prices = {}
        for service in self:
            product = service.product_id.with_company(company)
            taxes = product.taxes_id._filter_taxes_by_company(company)
            prices[service.id] = product._get_tax_included_unit_price_from_price(
                source._convert(
                    found[product.id], currency, company, now.date(), round=False
                ),
                taxes,
                fiscal_position=fiscal,
            )
        return prices, currency, fiscal

    def _get_client_totals(self):
        """What each costs the client with all taxes, and the currency; in sudo."""
        prices, currency, fiscal = self._get_client_prices()
        company = self.env.company
        totals = {}
        for service in self:
            taxes = service.product_id.taxes_id._filter_taxes_by_company(company)
            taxes = fiscal.map_tax(taxes)
            price = prices[service.id]
            if taxes:
                price = taxes.compute_all(
                    price, currency=currency, product=service.product_id
                )["total_included"]
            totals[service.id] = currency.round(price)
        return totals, currency

    def _get_price_text(self, price, currency):
        """A price as the client reads it."""
        self.ensure_one()
        if currency.compare_amounts(price, 0.0) <= 0:
            return self.env._("Price on request")
        amount = format_amount(self.env, price, currency)
        if self.price_kind == "from":
            return self.env._("from %(price)s", price=amount)
        return amount

    # === What he sees === #

    def _get_client_cards(self):
        """The services as lists show them, in a fixed number of queries; in sudo.

        :rtype: list[dict]
        """
        totals, currency = self._get_client_totals()
        return [
            {
                "id": service.id,
                "name": service.name,
                "summary": service.summary or "",
                "category": service.category_id.display_name,
                "icon": service.category_id.icon,
                "price": service._get_price_text(totals[service.id], currency),
                "prepaid": service.payment == "prepaid",
                "url": f"{PATH}/service/{service.id}",
                "image_url": service.has_image
                and f"{PATH}/image/service/{service.id}/image_256",
            }
            for service in self
        ]

    def _get_client_page(self):
        """All that the client sees of one service; note: in sudo.

        :rtype: dict
        """
        self.ensure_one()
        card = self._get_client_cards()[0]
        empty = is_html_empty(self.description)
        return {
            **card,
            # Cleaned by the ORM when it was written.
            "description": Markup("") if empty else self.description,
            "image_url": self.has_image
            and f"{PATH}/image/service/{self.id}/image_1024",
            "pictures": [
                {
                    "name": picture.name,
                    "url": f"{PATH}/image/picture/{picture.id}/image_1024",
                    "small_url": f"{PATH}/image/picture/{picture.id}/image_256",
                }
                for picture in self.picture_ids
            ],
            "takes_questions": self.takes_questions,
            "refund_allowed": self.refund_allowed,
            "order_url": f"{PATH}/service/{self.id}/order",
            "question_url": f"{PATH}/service/{self.id}/question",
        }
