from markupsafe import Markup, escape

from .base import Loader, filled
from .references import Unresolved

PLAIN = (
    *("name", "synonyms", "street", "zip", "phone", "email", "website", "note"),
    *("stars", "check_in_hour", "check_out_hour", "no_commission_on_meals"),
    *("settlement", "city_id", "currency_id", "supplier_id"),
)


class HotelLoader(Loader):
    """Hotels, known by name and city."""

    kind = "hotel"
    model = "tour.hotel"
    other_models = ("tour.city", "res.partner")

    def _resolve(self, rows, dry):
        for row in rows:
            self._refer(row, "city", self._find_city, dry)
            self._refer(row, "currency", self._find_currency, dry)
            self._refer(row, "supplier", self._find_supplier, dry)
        rest = [row for row in self._find_known(rows) if row.is_good]
        hotels = self.env["tour.hotel"].search_fetch(
            [("name", "in", [row.values["name"] for row in rest])], ["name", "city_id"]
        )
        known = {(hotel.name, hotel.city_id.id): hotel.id for hotel in hotels}
        for row in rest:
            values = row.values
            values["record_id"] = known.get((values["name"], values["city_id"]))
            values["is_unnamed"] = bool(values["record_id"])

    def _refer(self, row, name, finder, dry):
        try:
            row.values[f"{name}_id"] = finder(row.values, dry)
        except Unresolved as problem:
            self._fault(
                row, name, problem.rule, row.values.get(name), **problem.details
            )

    def _find_city(self, values, dry):
        return self.references.city(
            values["city"], values.get("region"), values["country"], dry
        )

    def _find_currency(self, values, dry):
        return self.references.currency(values.get("currency"))

    def _find_supplier(self, values, dry):
        if not values.get("supplier"):
            return None
        wanted = {
            "key": f"name:{' '.join(values['supplier'].lower().split())}",
            "name": values["supplier"],
            "kind": "supplier",
            "vat": values.get("supplier_vat"),
        }
        return self.references.client(wanted, dry)

    def _prepare_vals(self, values):
        vals = {name: values.get(name) for name in PLAIN}
        for name in ("latitude", "longitude", "commission_percent"):
            if values.get(name) is not None:
                vals[name] = float(values[name])
        if values.get("description"):
            lines = escape(values["description"]).split("\n")
            vals["description"] = Markup("<p>%s</p>") % Markup("<br/>").join(lines)
        return filled(vals)
