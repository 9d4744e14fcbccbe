"""Step 4: guests, typed or taken from rows and sheets."""

import contextlib
import os
import re
import tempfile

from odoo import api, models

from odoo.addons.tour_import.engine.errors import FileRefused
from odoo.addons.tour_import.engine.sources import MEGABYTE, Limits, open_source
from odoo.addons.tour_import.engine.table import open_table

from .. import guest_rows
from .tour_portal_draft import MAX_NAME, clean, read_number

# A sheet of guests is small; what unfolds to more is none.
LIMITS = Limits(
    upload_bytes=2 * MEGABYTE,
    unpacked_bytes=20 * MEGABYTE,
    rows=guest_rows.MAX_ROWS,
    columns=50,
    cell_chars=MAX_NAME,
    shared_text_bytes=5 * MEGABYTE,
)
MAX_PASTE = 100_000
NAMES = ("last", "first", "middle")
_LETTER = re.compile(r"[^\W\d_]")


class TourPortalDraft(models.Model):
    _inherit = "tour.portal.draft"

    # === Reading the form === #

    def _read_guests(self, form):
        """What was typed, and what is wrong with it.

        :return: guests by group of rooms; {name of the input: sentence}
        """
        faults, dealt = {}, []
        groups = self.data["where"]["groups"]
        for index, group in enumerate(groups):
            places = range(self._count_persons(group))
            read = [self._read_guest(form, f"{index}_{i}", faults) for i in places]
            dealt.append([guest for guest in read if guest])
            if not dealt[-1] and not any(
                key.split("_", 1)[-1].startswith(f"{index}_") for key in faults
            ):
                faults[f"last_{index}_0"] = self.env._(
                    "Room %(number)s: name one guest at least.", number=index + 1
                )
        return dealt, faults

    def _read_guest(self, form, key, faults):
        """A guest as typed, or nothing if his row is empty."""
        guest = {name: clean(form.get(f"{name}_{key}")) for name in NAMES}
        birth, age = (clean(form.get(f"{name}_{key}"), 20) for name in ("birth", "age"))
        guest["birth"] = guest_rows.parse_birth(birth) or ""
        guest["age"] = read_number(age, 0, guest_rows.MAX_AGE)
        full_name = self._join_names(guest)
        if not full_name:
            # The age of a child is written into the form beforehand.
            if birth:
                faults[f"last_{key}"] = self.env._("Last name: enter it.")
            return None
        if not _LETTER.search(guest["last"]):
            faults[f"last_{key}"] = self.env._(
                "%(guest)s: enter the last name.", guest=full_name
            )
        if birth and not self._is_birth(guest["birth"]):
            faults[f"birth_{key}"] = self.env._(
                "%(guest)s: this is no date of birth.", guest=full_name
            )
        if age and guest["age"] is None:
            faults[f"age_{key}"] = self.env._(
                "%(guest)s: enter the age as a number from 0 to %(most)s.",
                guest=full_name,
                most=guest_rows.MAX_AGE,
            )
        if guest["birth"]:
            guest["age"] = None
        return guest

    def _is_birth(self, birth):
        """Whether somebody born then can be a guest of this booking."""
        day = self.data["where"]["date_from"]
        return bool(birth) and 0 <= guest_rows.age_on(birth, day) <= guest_rows.MAX_AGE

    @api.model
    def _join_names(self, guest):
        return " ".join(filter(None, (guest[name] for name in NAMES)))

    # === Pasted rows and sheets === #

    def _read_rows(self, text, files):
        """Guests of rows that were pasted, and of a sheet.

        :return: guests by group of rooms, or None if none were read; sentences about
            what could not be taken
        """
        found = guest_rows.parse(clean(text, MAX_PASTE))
        guests, faults = list(found.guests), [*map(self._explain_row, found.faults)]
        for file in files[:1]:
            if getattr(file, "filename", ""):
                more = self._read_sheet(file)
                guests += more.guests
                faults += [self._explain_row(fault) for fault in more.faults]
        if not guests:
            return None, faults or [self.env._("There are no guests in it.")]
        typed = [
            {
                "last": guest.last_name,
                "first": guest.first_name,
                "middle": guest.middle_name,
                "birth": guest.birth_date,
                "age": guest.age,
            }
            for guest in guests
        ]
        groups = self.data["where"]["groups"]
        places = sum(map(self._count_persons, groups))
        if len(typed) > places:
            faults.append(
                self.env._(
                    "There are %(guests)s guests in it, and places for %(places)s. "
                    "These were left out: %(names)s. Add rooms for them in the first "
                    "step.",
                    guests=len(typed),
                    places=places,
                    names=", ".join(map(self._join_names, typed[places:][:20])),
                )
            )
        return self._deal_guests(typed[:places], groups), faults

    def _read_sheet(self, file):
        """Guests of a CSV or XLSX file; a file that cannot be read is a fault."""
        name = os.path.basename(clean(file.filename))
        content = file.read(LIMITS.upload_bytes + 1)
        with contextlib.ExitStack() as stack:
            handle, path = tempfile.mkstemp(prefix="tour_guests_")
            stack.callback(os.unlink, path)
            with os.fdopen(handle, "wb") as target:
                target.write(content)
            try:
                source = stack.enter_context(open_source(path, LIMITS))
                table = open_table(source, limits=LIMITS)
                # The first row may be a guest as well as headings.
                rows = [(table.header_row, table.headers)]
                rows += [(row.number, row.cells) for row in table.rows]
                return guest_rows.parse_rows(rows)
            except FileRefused:
                return guest_rows.Read([], [guest_rows.Fault(0, "no_sheet", name)])

    @api.model
    def _explain_row(self, fault):
        texts = {
            "no_name": self.env._("there is no last name in it"),
            "not_age": self.env._("this is no age; taken without it"),
            "not_birth": self.env._("this is no date of birth; taken without it"),
            "too_long": self.env._("a name is too long"),
            "too_many": self.env._("too many rows; the rest was left out"),
            "twice": self.env._("this guest is there already"),
        }
        if fault.code == "no_sheet":
            return self.env._(
                "%(file)s could not be read. Send a CSV or XLSX file of up to 2 MB, "
                "a guest in each row.",
                file=fault.text,
            )
        return self.env._(
            "Row %(row)s, “%(text)s”: %(fault)s.",
            row=fault.row,
            text=fault.text[:MAX_NAME],
            fault=texts[fault.code],
        )

    # === What is shown and booked === #

    def _get_guest_rows(self, dealt=None):
        """The rows of the form: a place for each person, with what is known of him.

        :rtype: list[list[dict]]
        """
        data = self.data
        known = dealt or data.get("guests") or data.get("guests_kept") or []
        rows = []
        for index, group in enumerate(data["where"]["groups"]):
            ages = ([None] * group["adults"] + group["ages"]) * group["rooms"]
            guests = known[index] if index < len(known) else []
            empty = dict.fromkeys((*NAMES, "birth"), "")
            rows.append(
                [
                    guests[place] if place < len(guests) else {**empty, "age": age}
                    for place, age in enumerate(ages)
                ]
            )
        return rows

    def _prepare_guest_vals(self, guest):
        """Values of the guest that a typed one becomes."""
        age = guest["age"]
        if guest["birth"]:
            age = guest_rows.age_on(guest["birth"], self.data["where"]["date_from"])
        vals = {
            "last_name": guest["last"],
            "first_name": guest["first"],
            "middle_name": guest["middle"],
            "birth_date": guest["birth"] or False,
            "guest_type": "adult",
        }
        if age == 0:
            vals["guest_type"] = "infant"
        elif age is not None and age < guest_rows.ADULT_AGE:
            vals.update(guest_type="child", age=age)
        return vals
