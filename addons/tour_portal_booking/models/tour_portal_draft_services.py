"""Step 5: transfers and other services."""

from datetime import timedelta

from odoo import api, fields, models

from .tour_portal_draft import MAX_TEXT, clean, read_date
from .tour_portal_draft_stay import read_hour

MAX_SERVICES = 20
# A transfer may be some days before the stay, or after it.
DAYS_AROUND = 30
_FIELDS = {
    "transfer": ("route", "car_class", "transport_number"),
    "other": (),
}


class TourPortalDraft(models.Model):
    _inherit = "tour.portal.draft"

    @api.model
    def _get_service_types(self):
        """Types of services that clients may add, in sudo mode."""
        # In sudo: their products.
        types_sudo = self.env["tour.service.type"].sudo()
        return types_sudo.search(
            [("kind", "!=", "accommodation"), ("client_bookable", "=", True)]
        )

    def _read_services(self, form):
        """What was typed, and what is wrong with it."""
        faults, services = {}, []
        types = {str(kind.id): kind for kind in self._get_service_types()}
        for index in range(MAX_SERVICES):
            kind = types.get(clean(form.get(f"type_{index}")))
            if kind and not form.get(f"drop_{index}"):
                services.append(self._read_service(form, index, kind, faults))
        return services, faults

    def _read_service(self, form, index, kind, faults):
        day = read_date(form.get(f"date_{index}"))
        hour = clean(form.get(f"hour_{index}"), 8)
        service = {
            "type_id": kind.id,
            "date": fields.Date.to_string(day) or "",
            "hour": read_hour(hour),
            "text": clean(form.get(f"text_{index}"), MAX_TEXT),
        }
        for name in _FIELDS[kind.kind]:
            service[name] = clean(form.get(f"{name}_{index}"))
        if fault := self._check_service_date(day):
            faults[f"date_{index}"] = f"{kind.name}: {fault}"
        if hour and service["hour"] is None:
            faults[f"hour_{index}"] = self.env._(
                "%(service)s: enter an hour, as 14:30.", service=kind.name
            )
        if kind.kind == "transfer" and not service["route"]:
            faults[f"route_{index}"] = self.env._(
                "%(service)s: say from where and to where.", service=kind.name
            )
        if kind.kind == "other" and not service["text"]:
            faults[f"text_{index}"] = self.env._(
                "%(service)s: say what you need.", service=kind.name
            )
        return service

    def _check_service_date(self, day):
        where = self.data["where"]
        start, end = (
            fields.Date.to_date(where[name]) for name in ("date_from", "date_to")
        )
        around = timedelta(days=DAYS_AROUND)
        if not day:
            return self.env._("enter its day.")
        if day < fields.Date.context_today(self):
            return self.env._("this day is past.")
        if not start - around <= day <= end + around:
            return self.env._("this day is too far from the stay.")
        return ""

    def _prepare_service_vals(self, service):
        """Values of the line that a typed service becomes; its price is asked of a
        manager."""
        vals = {
            "service_type_id": service["type_id"],
            "date_from": service["date"],
            "service_text": service["text"] or False,
        }
        if service["hour"] is not None:
            vals["hour_from"] = service["hour"]
        for name in _FIELDS["transfer"]:
            if service.get(name):
                vals[name] = service[name]
        return vals
