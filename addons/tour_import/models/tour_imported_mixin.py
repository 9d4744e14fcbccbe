from odoo import fields, models


class TourImportedMixin(models.AbstractModel):
    """Records that imports make: they can be searched by the import."""

    _name = "tour.imported.mixin"
    _description = "Imported by an Import"

    tour_import_ids = fields.Many2many(
        "tour.import",
        compute="_compute_tour_import_ids",
        search="_search_tour_import_ids",
        string="Imported by",
        groups="tour_partner.tour_group_head,tour_partner.tour_group_hotel_editor",
    )

    def _compute_tour_import_ids(self):
        keys = self.env["tour.import.key"].search_fetch(
            [("model", "=", self._name), ("res_id", "in", self.ids)],
            ["res_id", "import_id"],
        )
        imports = {}
        for key in keys:
            imports.setdefault(key.res_id, self.env["tour.import"])
            imports[key.res_id] |= key.import_id
        for record in self:
            record.tour_import_ids = imports.get(record.id, False)

    def _search_tour_import_ids(self, operator, value):
        if operator != "in":
            return NotImplemented
        query = self.env["tour.import.key"]._search(
            [("model", "=", self._name), ("import_id", "in", value)]
        )
        return [("id", "in", query.subselect("res_id"))]


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "tour.imported.mixin"]


class TourCity(models.Model):
    _name = "tour.city"
    _inherit = ["tour.city", "tour.imported.mixin"]


class TourHotel(models.Model):
    _name = "tour.hotel"
    _inherit = ["tour.hotel", "tour.imported.mixin"]


class TourRoom(models.Model):
    _name = "tour.room"
    _inherit = ["tour.room", "tour.imported.mixin"]
