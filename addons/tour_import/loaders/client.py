from odoo.addons.tour_partner import requisites

from .base import Loader, filled
from .references import NEW, Unresolved

PLAIN = ("name", "kpp", "ogrn", "email", "phone", "website", "street", "zip", "city")


class ClientLoader(Loader):
    """Companies, known by their tax id, else by name."""

    kind = "client"
    model = "res.partner"
    other_models = ("tour.company.group",)

    def _resolve(self, rows, dry):
        for row in rows:
            self._check(row)
        for row in self._find_known(rows):
            try:
                record_id = self._search_one(row.values)
            except Unresolved as problem:
                self._fault(
                    row, "name", problem.rule, row.values["name"], **problem.details
                )
                continue
            row.values["record_id"] = record_id
            row.values["is_unnamed"] = bool(record_id)
        for row in rows:
            if row.is_good and row.values.get("group"):
                row.values["group_id"] = self._find_group(row.values["group"], dry)

    def _check(self, row):
        values = row.values
        default = self.record.country_id or self.env.company.country_id
        code = values["country"] or default.code
        values["country_id"] = self.references.country(values["country"])
        if values.get("vat"):
            values["vat"] = requisites.normalize_tax_id(values["vat"])
            if fault := requisites.check_tax_id(code, values["vat"]):
                self._fault(row, "vat", "tax_id", values["vat"], reason=fault)
        if code == "RU":
            for name in ("kpp", "ogrn"):
                if getattr(requisites, f"check_{name}")(values.get(name)):
                    self._fault(row, name, name, values[name])

    def _search_one(self, values):
        if values.get("vat"):
            domain = [("vat", "=", values["vat"]), ("parent_id", "=", False)]
            if values.get("kpp"):
                domain.append(("kpp", "in", (values["kpp"], False)))
            found = self.env["res.partner"].search(domain, limit=1)
            if found:
                return found.id
        found = self.env["res.partner"].search(
            [
                ("name", "=", values["name"]),
                ("parent_id", "=", False),
                ("is_company", "=", True),
            ],
            limit=3,
        )
        if values.get("vat"):
            # Of the same name, but of another tax id: another company.
            found = found.filtered(lambda partner: not partner.vat)
        if len(found) > 1:
            raise Unresolved("many_clients", name=values["name"])
        return found.id

    def _find_group(self, name, dry):
        groups = self.env["tour.company.group"]
        found = groups.search([("name", "=", name)], limit=1)
        if found or not self.record.create_missing:
            return found.id
        return NEW if dry else groups.create({"name": name}).id

    def _prepare_vals(self, values):
        vals = {name: values.get(name) for name in PLAIN}
        kinds = values["kinds"]
        vals |= {
            "is_company": True,
            "vat": values.get("vat"),
            "comment": values.get("note"),
            "country_id": values.get("country_id"),
            "company_group_id": values.get("group_id"),
            "tour_client_agent": "agent" in kinds or None,
            "tour_client_corporate": "corporate" in kinds or None,
            "tour_supplier": "supplier" in kinds or None,
        }
        return filled(vals)
