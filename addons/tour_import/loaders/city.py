from odoo.addons.tour_hotel.city_rules import RUSSIAN_ZONES, is_valid_name, parse_zone

from .base import Loader, filled


class CityLoader(Loader):
    """Cities, known by their FIAS code, else by name, region and country."""

    kind = "city"
    model = "tour.city"

    def _resolve(self, rows, dry):
        for row in rows:
            self._check(row)
        rest = self._find_known(rows)
        by_fias = self._search_fias(rest)
        named = [row for row in rest if not by_fias.get(row.values["fias_id"])]
        by_name = self._search_names(named)
        for row in rest:
            values = row.values
            values["record_id"] = by_fias.get(values["fias_id"]) or by_name.get(
                self._get_name_key(values)
            )
            values["is_unnamed"] = bool(values["record_id"])

    def _check(self, row):
        values = row.values
        code = values["country"]
        if not code:
            country = self.record.country_id or self.env.company.country_id
            code = country.code
        values["country"] = code
        values["country_id"] = self.references.country(code)
        if values["name"] and not is_valid_name(code, values["name"]):
            self._fault(row, "city", "city_name", values["name"])
        # Only Russian cities have a zone; elsewhere the column is of no use to us.
        zone = parse_zone(values["tz"]) if values["tz"] and code == "RU" else None
        if zone and zone not in RUSSIAN_ZONES.values():
            self._fault(row, "tz", "tz", values["tz"])
        values["tz"] = zone

    def _search_fias(self, rows):
        codes = [row.values["fias_id"] for row in rows if row.values["fias_id"]]
        cities = self._get_table().search_fetch([("fias_id", "in", codes)], ["fias_id"])
        return {city.fias_id: city.id for city in cities}

    def _search_names(self, rows):
        """Cities without another code, by name, region and country."""
        cities = self._get_table().search_fetch(
            [("name", "in", [row.values["name"] for row in rows])],
            ["name", "region", "country_id", "fias_id"],
        )
        return {
            (city.name, city.region or None, city.country_id.id): city.id
            for city in cities
            if not city.fias_id
        }

    def _get_table(self):
        return self.env["tour.city"].with_context(active_test=False)

    def _get_name_key(self, values):
        return values["name"], values["region"], values["country_id"]

    def _prepare_vals(self, values):
        names = ("name", "region", "country_id", "tz", "fias_id")
        vals = {name: values[name] for name in names}
        for name in ("latitude", "longitude"):
            if values[name] is not None:
                vals[name] = float(values[name])
        return filled(vals)
