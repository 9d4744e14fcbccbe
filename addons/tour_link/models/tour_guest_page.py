"""The page on which guests fill in their data: what it shows and what it saves."""

from odoo import api, fields, models
from odoo.tools.misc import format_date

from odoo.addons.tour_booking.booking_states import FINISHED

from .. import guest_form

# Properties of the group of companies that a guest can be asked for. Not those that
# lead to records: who has no login must not see which there are.
PROPERTY_KINDS = {
    "char": "text",
    "text": "text",
    "integer": "integer",
    "float": "float",
    "boolean": "boolean",
    "date": "date",
    "selection": "selection",
    "tags": "tags",
}
OVER_STATES = (*FINISHED, "reposting", "archive")
FORM_KINDS = {
    "last_name": "name",
    "first_name": "name",
    "middle_name": "name",
    "birth_date": "birth",
    "document_number": "document",
    "nationality": "country",
}


class TourLink(models.Model):
    _inherit = "tour.link"

    def _get_guests(self):
        """Guests that the link is for."""
        self.ensure_one()
        return (self.line_id or self.order_id.order_line).guest_ids

    def _is_guest_page_closed(self):
        """Whether there is nothing to fill in any more."""
        return self.order_id.booking_state in OVER_STATES

    def _get_guest_page(self):
        """What the page shows, as plain data: what a guest needs to know his trip by,
        and nothing of client, price or what he gave already."""
        self.ensure_one()
        lines = self.line_id or self.order_id._get_services()
        return {
            "sender": self.company_id.name,
            "closed": self._is_guest_page_closed(),
            "services": [self._get_guest_service(line) for line in lines],
            "guests": [guest._get_page_form() for guest in self._get_guests()],
            "until": format_date(self.env, self.expires_on),
        }

    def _get_guest_service(self, line):
        places = (line.hotel_id.name, line.hotel_id.city_id.name, line.route)
        dates = (line.date_from, line.date_to)
        return {
            "name": ", ".join(filter(None, places)) or line.service_type_id.name,
            "dates": " – ".join(format_date(self.env, day) for day in dates if day),
        }

    def _save_guests(self, form):
        """Save what is filled in rightly; say what is not.

        :param dict form: texts by field, as ``g7-last_name``
        :return: {guest's id: {field: code of its fault}}, and the guests changed
        """
        self.ensure_one()
        faults, changed = {}, self.env["tour.guest"]
        for guest in self._get_guests():
            prefix = f"g{guest.id}-"
            own = {
                key.removeprefix(prefix): text
                for key, text in form.items()
                if key.startswith(prefix)
            }
            values, own_faults = guest._read_page_form(own)
            if own_faults:
                faults[guest.id] = own_faults
            if guest._write_page_form(values):
                changed |= guest
        if changed:
            self._tell_of_guests(changed)
        return faults, changed

    def _tell_of_guests(self, guests):
        """Tell the responsible that guests filled in data; which data is not said."""
        complete = self._get_guests()._filter_data_complete()
        self.env["tour.notification.category"]._tell_users(
            "guest_data",
            self.order_id.user_id,
            lambda env: env._("%(order)s: guests' data", order=self.order_id.name),
            lambda env: env._(
                "Filled in by private link: %(guests)s. Complete: %(done)s of "
                "%(count)s.",
                guests=", ".join(guests.mapped("full_name")),
                done=len(complete),
                count=len(self._get_guests()),
            ),
            self.order_id.sudo(False),
        )


class TourGuest(models.Model):
    _inherit = "tour.guest"

    # === The page's form === #

    def _get_page_form(self):
        """Fields of the guest's form; hidden data that are there are not shown."""
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.full_name,
            "complete": bool(self._filter_data_complete()),
            "values": {
                "last_name": self.last_name or "",
                "first_name": self.first_name or "",
                "middle_name": self.middle_name or "",
                "nationality": self.nationality_id.code or "",
            },
            "given": {
                "birth_date": bool(self.birth_date),
                "document_number": bool(self.document_number),
            },
            "extra": self._get_page_properties(),
        }

    def _get_page_properties(self):
        """Extra fields of the group of companies that can be asked for."""
        if not self.company_group_id:
            return []
        rows = self.read(["guest_properties"])[0]["guest_properties"]
        return [
            {
                "name": f"x-{row['name']}",
                "label": row["string"],
                "kind": PROPERTY_KINDS[row["type"]],
                # A tag has its colour, too.
                "options": [tuple(o[:2]) for o in row.get(row["type"]) or ()],
                "given": bool(row.get("value")),
            }
            for row in rows
            if row["type"] in PROPERTY_KINDS
        ]

    def _read_page_form(self, form):
        """Clean values and faults of what was sent for this guest."""
        self.ensure_one()
        keys, tags = dict(FORM_KINDS), {}
        for row in self._get_page_properties():
            options = [key for key, _label in row["options"]]
            if row["kind"] == "tags":
                tags[row["name"]] = guest_form.read_tags(form, row["name"], options)
            else:
                is_choice = row["kind"] == "selection"
                keys[row["name"]] = set(options) if is_choice else row["kind"]
        today = fields.Date.context_today(self)
        values, faults = guest_form.read(form, keys, today)
        # As with all that is hidden: nothing ticked means as it was.
        values.update({name: chosen for name, chosen in tags.items() if chosen})
        if "nationality" in values:
            country = self._find_country(values.pop("nationality"))
            if country:
                values["nationality_id"] = country.id
            else:
                faults["nationality"] = "choice"
        # A name may be corrected, and the middle name taken away, but a guest is
        # never left without a name.
        if "middle_name" in form and not guest_form.tidy(form["middle_name"]):
            values["middle_name"] = False
        if "last_name" in form and not guest_form.tidy(form["last_name"]):
            faults["last_name"] = "missing"
        return values, faults

    @api.model
    def _find_country(self, code):
        return self.env["res.country"].search([("code", "=", code)], limit=1)

    def _write_page_form(self, values):
        """Write what differs from what is stored.

        :return: whether anything did
        """
        self.ensure_one()
        extra = {
            name.removeprefix("x-"): value
            for name, value in values.items()
            if name.startswith("x-")
        }
        changes = {
            name: value
            for name, value in values.items()
            if not name.startswith("x-")
            and (self[name].id if name == "nationality_id" else self[name]) != value
        }
        if extra and (rows := self._get_changed_properties(extra)):
            changes["guest_properties"] = rows
        if changes:
            self.write({**changes, "data_erased_on": False})
        return bool(changes)

    def _get_changed_properties(self, extra):
        """All extra fields as they are written, if one of ``extra`` differs."""
        rows = self.read(["guest_properties"])[0]["guest_properties"]
        is_changed = False
        for row in rows:
            value = row.get("value")
            if row["name"] in extra:
                new = extra[row["name"]]
                new = fields.Date.to_string(new) if row["type"] == "date" else new
                is_changed |= value != new
                row["value"] = new
            elif row["type"] == "many2one":
                row["value"] = value and value[0]
            elif row["type"] == "many2many":
                row["value"] = [record[0] for record in value or ()]
        return rows if is_changed else []

    def _filter_data_complete(self):
        """Guests whose data are all there."""
        return self.filtered(
            lambda guest: guest.last_name
            and guest.first_name
            and guest.birth_date
            and guest.document_number
            and guest.nationality_id
        )
