from .base import Loader, filled
from .references import NEW, Unresolved


class RoomLoader(Loader):
    """Room categories, each row with one rate of them where it has a price."""

    kind = "room"
    model = "tour.room"
    other_models = ("tour.rate",)

    def _may_create_others(self):
        return True

    def _resolve(self, rows, dry):
        for row in rows:
            values = row.values
            try:
                values["hotel_id"] = self.references.hotel(
                    values["hotel"], values.get("city"), None, dry
                )
            except Unresolved as problem:
                self._fault(
                    row, "hotel", problem.rule, values["hotel"], **problem.details
                )
            if values.get("capacity") == 0:
                self._fault(row, "capacity", "required", 0)
        good = [row for row in rows if row.is_good]
        rooms = self._search_rooms(good)
        rates = self._search_rates(rooms)
        for row in good:
            values = row.values
            values["room_id"] = rooms.get(self._get_room_key(values))
            values["rate_name"] = values.get("rate") or self.record.env._("Rack")
            values["rate_id"] = rates.get(
                (values["room_id"], values["rate_name"].lower())
            )
            known = "rate_id" if values["has_rate"] else "room_id"
            values["record_id"] = values[known]

    def _get_room_key(self, values):
        return values["hotel_id"], " ".join(values["room"].lower().split())

    def _search_rooms(self, rows):
        hotel_ids = {row.values["hotel_id"] for row in rows} - {NEW}
        rooms = self.env["tour.room"].search_fetch(
            [("hotel_id", "in", list(hotel_ids))], ["hotel_id", "name"]
        )
        return {(room.hotel_id.id, room.name.lower()): room.id for room in rooms}

    def _search_rates(self, rooms):
        rates = self.env["tour.rate"].search_fetch(
            [("room_id", "in", list(rooms.values()))], ["room_id", "name"]
        )
        return {(rate.room_id.id, rate.name.lower()): rate.id for rate in rates}

    def _load(self, rows):
        self._resolve(rows, dry=False)
        good = [row for row in rows if row.is_good]
        new_rooms = self._make_rooms(good)
        made = self._make_rates(good)
        for row in good:
            values = row.values
            if values["rate_id"] in made:
                continue
            room = self.env["tour.room"].browse(values["room_id"])
            is_new = values["room_id"] in new_rooms and not values["has_rate"]
            first = is_new and new_rooms[values["room_id"]] is row
            row.outcome = "made" if first else "merged"
            if not is_new:
                self._change(room, self._prepare_vals(values))
            if values["rate_id"]:
                rate = self.env["tour.rate"].browse(values["rate_id"])
                self._change(rate, self._prepare_rate_vals(values))
        for row in good:
            if made.get(row.values["rate_id"]) is row:
                row.outcome = "made"
            elif not row.outcome:
                row.outcome = "merged"

    def _make_rooms(self, rows):
        fresh = {}
        for row in rows:
            if not row.values["room_id"]:
                fresh.setdefault(self._get_room_key(row.values), row)
        rooms = self.env["tour.room"].create(
            [self._prepare_vals(row.values) for row in fresh.values()]
        )
        ids = dict(zip(fresh, rooms.ids, strict=True))
        self.keys._name_records(
            self.record.id,
            "tour.room",
            [(f"room:{key[0]}|{key[1]}", ids[key], 0) for key in fresh],
        )
        for row in rows:
            if not row.values["room_id"]:
                row.values["room_id"] = ids[self._get_room_key(row.values)]
        return {ids[key]: row for key, row in fresh.items()}

    def _make_rates(self, rows):
        fresh = {}
        for row in rows:
            values = row.values
            if values["has_rate"] and not values["rate_id"]:
                key = values["room_id"], values["rate_name"].lower()
                fresh.setdefault(key, row)
        rates = self.env["tour.rate"].create(
            [self._prepare_rate_vals(row.values) for row in fresh.values()]
        )
        ids = dict(zip(fresh, rates.ids, strict=True))
        self.keys._name_records(
            self.record.id,
            "tour.rate",
            [(row.key, ids[key], row.number) for key, row in fresh.items()],
        )
        for row in rows:
            values = row.values
            if values["has_rate"] and not values["rate_id"]:
                values["rate_id"] = ids[values["room_id"], values["rate_name"].lower()]
        return {ids[key]: row for key, row in fresh.items()}

    def _change(self, record, values):
        if changes := self._get_changes(record, values):
            record.write(changes)

    def _prepare_vals(self, values):
        return filled(
            {
                "name": values["room"],
                "hotel_id": values["hotel_id"],
                "capacity": values.get("capacity"),
            }
        )

    def _prepare_rate_vals(self, values):
        vals = {
            "name": values["rate_name"],
            "room_id": values["room_id"],
            "kind": values.get("rate_kind"),
            "meal": values.get("meal"),
            "meal_included": values.get("meal_included"),
        }
        for name in ("rack_price", "net_price"):
            if values.get(name) is not None:
                vals[name] = float(values[name])
        return filled(vals)
