from odoo import fields
from odoo.http import request

from .. import guest_form
from .link import TourLinkController

KIND = "guests"


class TourGuestLinkController(TourLinkController):
    """The page on which guests fill in their data."""

    def _get_handlers(self):
        return {**super()._get_handlers(), (KIND, "save"): self._save_guests}

    def _show_page(self, link, token, done="", **values):
        if link.kind != KIND:
            return super()._show_page(link, token, done=done, **values)
        page = link._get_guest_page()
        faults, sent = values.get("faults") or {}, values.get("sent") or {}
        forms = [
            {**guest, "fields": self._get_fields(guest, faults, sent)}
            for guest in page["guests"]
        ]
        return self._render(
            "tour_link.guest_page",
            {
                "page": page,
                "forms": forms,
                "csrf": request.csrf_token(),
                "done": done == "1" and not faults,
                "complete": all(guest["complete"] for guest in forms),
                "faults": faults,
                "fault_rows": [
                    (
                        f"g{guest['id']}-{field['name']}",
                        f"{guest['name']}, {field['label']}",
                        field["fault"],
                    )
                    for guest in forms
                    for field in guest["fields"]
                    if field["fault"]
                ],
            },
            status=422 if faults else 200,
        )

    def _save_guests(self, link, token, form):
        self._log(link, token, "save")
        if link._is_guest_page_closed():
            return self._go_to_page(token, "", request.env.lang)
        sent = {key: text for key, text in form.items() if isinstance(text, str)}
        faults, _changed = link._save_guests(sent)
        if faults:
            return self._show_page(link, token, faults=faults, sent=sent)
        return self._go_to_page(token, "1", request.env.lang)

    # === Fields === #

    def _get_fields(self, guest, faults, sent):
        """Fields of a guest's form, with what was typed wrongly to be put right."""
        messages = self._get_messages()
        known = faults.get(guest["id"]) or {}
        fields_of_guest = [*self._get_own_fields(guest), *self._get_extra(guest)]
        for field in fields_of_guest:
            name = field["name"]
            field["fault"] = messages.get(known.get(name), "")
            field["value"] = guest["values"].get(name, "")
            if field["fault"]:
                field["value"] = sent.get(f"g{guest['id']}-{name}", "")
        return fields_of_guest

    def _get_own_fields(self, guest):
        env = request.env
        given = {
            name: env._("Given already. Fill it in only to change it.") if there else ""
            for name, there in guest["given"].items()
        }
        name = {"maxlength": guest_form.MAX_NAME}
        rows = [
            ("last_name", env._("Last name"), "family-name", name),
            ("first_name", env._("First name"), "given-name", name),
            ("middle_name", env._("Middle name"), "additional-name", name),
            (
                "birth_date",
                env._("Date of birth"),
                "bday",
                {"type": "date", "latest": fields.Date.today().isoformat()},
            ),
            (
                "document_number",
                env._("Number of passport or identity document"),
                "off",
                {"maxlength": 30},
            ),
            (
                "nationality",
                env._("Nationality"),
                "country",
                {"options": self._get_countries()},
            ),
        ]
        return [
            {
                "name": name,
                "label": label,
                "autocomplete": autocomplete,
                "required": name in guest_form.REQUIRED,
                "hint": given.get(name, ""),
                **more,
            }
            for name, label, autocomplete, more in rows
        ]

    def _get_extra(self, guest):
        """Fields that the group of companies asks for."""
        env = request.env
        hint = env._("Given already. Fill it in only to change it.")
        yes_no = [("yes", env._("Yes")), ("no", env._("No"))]
        kinds = {
            "boolean": {"options": yes_no},
            "date": {"type": "date"},
            "float": {"inputmode": "decimal"},
            "integer": {"inputmode": "numeric"},
        }
        return [
            {
                "name": row["name"],
                "label": row["label"],
                "autocomplete": "off",
                "hint": hint if row["given"] else "",
                "maxlength": guest_form.MAX_TEXT,
                **kinds.get(row["kind"], {}),
                **({"options": row["options"]} if row["kind"] == "selection" else {}),
                **({"boxes": row["options"]} if row["kind"] == "tags" else {}),
            }
            for row in guest["extra"]
            if row["kind"] not in ("selection", "tags") or row["options"]
        ]

    def _get_countries(self):
        # In sudo: names of countries, for who has no login.
        countries = request.env["res.country"].sudo().search([])
        return sorted(
            ((country.code, country.name) for country in countries if country.code),
            key=lambda pair: pair[1],
        )

    def _get_messages(self):
        """What is wrong with a field, and how it is right."""
        env = request.env
        return {
            "missing": env._("Enter the last name."),
            "name": env._("A name has letters only. Write it as in the document."),
            "long": env._("This is too long."),
            "date": env._("This is no date. Write it as 1980-12-31 or 31.12.1980."),
            "birth": env._("This cannot be a date of birth. Check the year."),
            "document": env._(
                "A document number has 3 to 30 letters and figures. Write it without "
                "other signs."
            ),
            "number": env._("This is no number."),
            "choice": env._("Choose one of the list."),
        }
