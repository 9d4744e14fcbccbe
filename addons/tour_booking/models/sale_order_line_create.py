"""Making services: what `sale` computes line by line is given to the ORM in batch."""

from odoo import api, fields, models
from odoo.fields import Command

from odoo.addons.tour_hotel.amounts import decimal
from odoo.addons.tour_hotel.price import PriceError

from .sale_order_line_price import PRICE_FIELDS, SERVICE_FIELDS, TYPED_FIELDS
from .service import Service

# What an ordinary line has of a service.
ORDINARY_LINE_VALS = {
    "city_id": False,
    "early_arrival": False,
    "hour_from": 0.0,
    "hour_to": 0.0,
    "late_departure": False,
    "meal": False,
    "nights": 0,
    "service_kind": False,
}
ADDING_COMMANDS = (Command.CREATE, Command.LINK)

# Stored values of `sale` that a new service has for certain.
NEW_LINE_VALS = {
    "analytic_distribution": False,
    "collapse_composition": False,
    "collapse_prices": False,
    "customer_lead": 0.0,
    "discount": 0.0,
    "display_type": False,
    "product_custom_attribute_value_ids": [],
    "product_no_variant_attribute_value_ids": [],
    "product_uom_qty": 1.0,
    "qty_delivered": 0.0,
    "qty_delivered_method": "manual",
    "technical_price_unit": 0.0,
    # Computed again when they are flushed; given, they need no UPDATE then.
    "invoice_status": "no",
    "qty_invoiced": 0.0,
    "qty_to_invoice": 0.0,
    "untaxed_amount_invoiced": 0.0,
    "untaxed_amount_to_invoice": 0.0,
}
# Records that a `Service` holds, under the name of their field without `_id`.
RELATED_FIELDS = (
    "order_id",
    "service_type_id",
    "product_id",
    "hotel_id",
    "room_id",
    "rate_id",
)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _prepare_create_values(self, vals_list):
        """Give services the product of their type."""
        types = self.env["tour.service.type"]
        default_type = self.env.context.get("default_service_type_id")
        for vals in vals_list:
            type_id = vals.get("service_type_id", default_type)
            if type_id and not vals.get("product_id"):
                vals["product_id"] = types.browse(type_id).product_id.id
        return super()._prepare_create_values(vals_list)

    def _add_precomputed_values(self, vals_list):
        """Give services all that can be worked out before they are records."""
        services = []
        for vals in vals_list:
            if vals.get("service_type_id"):
                services.append(vals)
            else:
                vals.update(ORDINARY_LINE_VALS | vals)
        if services:
            self._add_service_values(services)
        return super()._add_precomputed_values(vals_list)

    def _add_service_values(self, vals_list):
        """Complete ``vals_list`` in place, and return the services they will be."""
        has_analytic = self.env["account.analytic.distribution.model"]._has_any()
        records = self._browse_together(vals_list)
        services = []
        for vals in vals_list:
            for name, value in NEW_LINE_VALS.items():
                if name != "analytic_distribution" or not has_analytic:
                    vals.setdefault(name, value)
            services.append(self._prepare_service_of_vals(vals, records))
            self._add_order_values(vals, services[-1])
        self._add_price_values(vals_list, services)
        self._add_text_and_taxes(vals_list, services)
        self._add_amounts(vals_list, services)
        return services

    @api.model
    def _browse_together(self, vals_list):
        """Records that the values name, by field and id; each reads for all."""
        records = {}
        for name in RELATED_FIELDS:
            ids = {vals.get(name) for vals in vals_list} - {None, False}
            model = self.env[self._fields[name].comodel_name]
            records[name] = {record.id: record for record in model.browse(ids)}
            records[name][None] = records[name][False] = model
        return records

    @api.model
    def _prepare_service_of_vals(self, vals, records):
        """The service that a line of ``vals`` will be; completes ``vals``."""
        related = {
            name.removesuffix("_id"): records[name][vals.get(name)]
            for name in RELATED_FIELDS
        }
        for name in ("date_from", "date_to"):
            vals[name] = fields.Date.to_date(vals.get(name) or None) or False
        own_vals = self._prepare_hotel_vals(related["hotel"], related["rate"], vals)
        for name, value in own_vals.items():
            vals.setdefault(name, value)
        commands = vals.get("guest_ids") or ()
        return Service(
            **related,
            persons=sum(command[0] in ADDING_COMMANDS for command in commands),
            **{
                name: vals[name]
                for name in SERVICE_FIELDS
                if vals.get(name) is not None
            },
        )

    @api.model
    def _prepare_hotel_vals(self, hotel, rate, vals):
        """What a service takes from its hotel and rate unless it is given."""
        check_in, check_out = hotel.check_in_hour, hotel.check_out_hour
        return {
            "meal": rate.meal,
            "hour_from": check_in,
            "hour_to": check_out,
            "early_arrival": bool(hotel) and vals.get("hour_from", check_in) < check_in,
            "late_departure": bool(hotel)
            and vals.get("hour_to", check_out) > check_out,
            "supplier_id": hotel.supplier_id.id,
            "settlement": hotel.settlement or "full",
        }

    @api.model
    def _add_order_values(self, vals, service):
        order, product = service.order, service.product
        days = (
            (vals["date_to"] - vals["date_from"]).days
            if vals["date_from"] and vals["date_to"]
            else 0
        )
        vals.update(
            company_id=order.company_id.id,
            currency_id=order.currency_id.id,
            order_partner_id=order.partner_id.id,
            salesman_id=order.user_id.id,
            state=order.state,
            service_kind=service.kind,
            city_id=service.hotel.city_id.id,
            nights=days,
        )
        vals.setdefault("product_uom_id", product.uom_id.id)

    @api.model
    def _add_price_values(self, vals_list, services):
        """Prices by the engine; what was given and differs counts as typed."""
        for vals, service in zip(vals_list, services, strict=True):
            known = vals.get("overwritten_fields") or ()
            service.overrides = {
                name: decimal(vals.get(fname) or 0.0)
                for name, fname in PRICE_FIELDS.items()
                if fname in known
            }
        try:
            results = self._calculate_services(services)
            for vals, result in zip(vals_list, results, strict=True):
                typed = {name: vals[name] for name in TYPED_FIELDS if name in vals}
                if vals.get("overwritten_fields") is not None:
                    # A form says itself what was typed in it.
                    typed = {}
                names, calculation = self._find_typed(*result, typed)
                vals.update(self._prepare_price_vals(calculation))
                vals.setdefault("overwritten_fields", names or False)
        except PriceError as error:
            raise self._get_price_error(error) from error

    @api.model
    def _add_text_and_taxes(self, vals_list, services):
        taxes = {}
        for vals, service in zip(vals_list, services, strict=True):
            typed = list(vals["overwritten_fields"] or ())
            text = self._describe_service(service)
            if vals.setdefault("name", text) != text and "name" not in typed:
                typed.append("name")
            key = (service.product, service.order.fiscal_position_id)
            key += (service.company, service.date_from)
            if key not in taxes:
                taxes[key] = self._get_taxes(service).ids
            if "tax_ids" not in vals:
                vals["tax_ids"] = [Command.set(taxes[key])]
            elif "tax_ids" not in typed and _get_ids(vals["tax_ids"]) != taxes[key]:
                typed.append("tax_ids")
            vals["overwritten_fields"] = typed or False

    @api.model
    def _add_amounts(self, vals_list, services):
        """Amounts with and without taxes, by Odoo's tax engine."""
        amounts = {}
        for vals, service in zip(vals_list, services, strict=True):
            tax_ids = _get_ids(vals["tax_ids"])
            key = (vals["price_unit"], vals["product_uom_qty"], vals["discount"])
            key += (service.order.currency_rate, service.currency, service.company)
            key += (service.product, *tax_ids)
            if key not in amounts:
                amounts[key] = self._get_amounts(vals, service, tax_ids)
            untaxed, total = amounts[key]
            quantity = vals["product_uom_qty"]
            vals.update(
                price_subtotal=untaxed,
                price_total=total,
                price_tax=total - untaxed,
                price_reduce_taxexcl=untaxed / quantity if quantity else 0.0,
                price_reduce_taxinc=total / quantity if quantity else 0.0,
            )

    @api.model
    def _get_amounts(self, vals, service, tax_ids):
        if not tax_ids:
            price = vals["price_unit"] * (1 - vals["discount"] / 100)
            amount = service.currency.round(price * vals["product_uom_qty"])
            return amount, amount
        # In sudo: taxes are for accountants, but every manager's service has them.
        AccountTax = self.env["account.tax"].sudo()
        base_line = AccountTax._prepare_base_line_for_taxes_computation(
            {},
            product_id=service.product.sudo(),
            tax_ids=AccountTax.browse(tax_ids),
            price_unit=vals["price_unit"],
            quantity=vals["product_uom_qty"],
            discount=vals["discount"],
            currency_id=service.currency,
            rate=service.order.currency_rate,
            partner_id=service.order.partner_id,
        )
        AccountTax._add_tax_details_in_base_line(base_line, service.company)
        AccountTax._round_base_lines_tax_details([base_line], service.company)
        details = base_line["tax_details"]
        return details["total_excluded_currency"], details["total_included_currency"]


def _get_ids(commands):
    """Ids that x2many commands for a new record end in."""
    ids = []
    for command in commands or ():
        if isinstance(command, int):
            ids.append(command)
        elif command[0] == Command.SET:
            ids = list(command[2])
        elif command[0] == Command.LINK:
            ids.append(command[1])
    return ids
