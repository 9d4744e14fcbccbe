from odoo import api, fields, models
from odoo.exceptions import ValidationError

ICONS = [
    ("fa-plane", "Plane"),
    ("fa-train", "Train"),
    ("fa-bus", "Bus"),
    ("fa-car", "Car"),
    ("fa-ship", "Ship"),
    ("fa-suitcase", "Luggage"),
    ("fa-ticket", "Tickets"),
    ("fa-map-signs", "Excursions"),
    ("fa-camera", "Sights"),
    ("fa-cutlery", "Meals"),
    ("fa-coffee", "Coffee"),
    ("fa-briefcase", "Business"),
    ("fa-id-card-o", "Visas"),
    ("fa-shield", "Insurance"),
    ("fa-medkit", "Health"),
    ("fa-wheelchair", "Barrier-free"),
    ("fa-child", "Children"),
    ("fa-language", "Interpreters"),
    ("fa-wifi", "Communication"),
    ("fa-gift", "Gifts"),
    ("fa-star", "Other"),
]


class TourCatalogCategory(models.Model):
    """Where a client looks for a service: one level, or two."""

    _name = "tour.catalog.category"
    _inherit = ["image.mixin"]
    _description = "Category of the Catalogue"
    _order = "sequence, id"
    _parent_store = True
    _rec_names_search = ["name"]

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=True, help="Of an archived category clients see no services."
    )
    parent_id = fields.Many2one(
        comodel_name="tour.catalog.category",
        string="Belongs to",
        domain=[("parent_id", "=", False)],
        index="btree_not_null",
        ondelete="restrict",
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many(
        comodel_name="tour.catalog.category",
        inverse_name="parent_id",
        string="Categories below",
    )
    icon = fields.Selection(
        selection=ICONS, required=True, default="fa-star", help="Beside the name."
    )
    image_1920 = fields.Image(string="Picture")
    has_image = fields.Boolean(compute="_compute_has_image", store=True)
    service_ids = fields.One2many(
        comodel_name="tour.catalog.service", inverse_name="category_id"
    )
    service_count = fields.Integer(
        string="Number of services", compute="_compute_service_count"
    )

    # === Computes === #

    @api.depends("image_1920")
    def _compute_has_image(self):
        for category in self:
            category.has_image = bool(category.image_1920)

    @api.depends("name", "parent_id.name")
    def _compute_display_name(self):
        for category in self:
            names = (category.parent_id.name, category.name)
            category.display_name = " / ".join(filter(None, names))

    @api.depends("service_ids", "child_ids.service_ids")
    def _compute_service_count(self):
        categories = self | self.child_ids
        counts = dict(
            self.env["tour.catalog.service"]._read_group(
                [("category_id", "in", categories.ids)], ["category_id"], ["__count"]
            )
        )
        for category in self:
            own = category | category.child_ids
            category.service_count = sum(counts.get(each, 0) for each in own._origin)

    # === Constraints === #

    @api.constrains("parent_id")
    def _check_parent_id(self):
        for category in self:
            if category.parent_id and (
                category.parent_id == category
                or category.parent_id.parent_id
                or category.with_context(active_test=False).child_ids
            ):
                raise ValidationError(
                    self.env._(
                        "%(category)s: the catalogue has two levels. Choose a category "
                        "that belongs to no other, for one that has none below it.",
                        category=category.name,
                    )
                )

    # === Actions === #

    def action_view_services(self):
        """Open the services of the category, and of those below it."""
        self.ensure_one()
        self.check_access("read")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_catalog.tour_catalog_service_action"
            ),
            "domain": [("category_id", "child_of", self.id)],
            "context": {"default_category_id": self.id},
        }

    # === The client === #

    @api.model
    def _get_client_tree(self):
        """Categories in which the user of the environment finds services.

        In a fixed number of queries; as plain data, those below in ``below``.

        :rtype: list[dict]
        """
        # In sudo: clients have no rights to the catalogue; they get what is here.
        services_sudo = self.env["tour.catalog.service"].sudo()
        domain = services_sudo._get_client_domain()
        counts = dict(services_sudo._read_group(domain, ["category_id"], ["__count"]))
        with_services = self.sudo().browse([category.id for category in counts])
        all_sudo = (with_services | with_services.parent_id).sorted(
            lambda category: (category.sequence, category.id)
        )
        below = {}
        for category in all_sudo:
            below.setdefault(category.parent_id.id, []).append(category)
        return [
            category._get_client_entry(counts, below.get(category.id, ()))
            for category in below.get(False, ())
        ]

    def _get_client_entry(self, counts, below=()):
        """What the client sees of the category; note: in sudo mode."""
        self.ensure_one()
        entries = [category._get_client_entry(counts) for category in below]
        return {
            "id": self.id,
            "name": self.name,
            "icon": self.icon,
            "url": f"/my/tour/catalogue/category/{self.id}",
            "image_url": self.has_image
            and f"/my/tour/catalogue/image/category/{self.id}/image_512",
            "count": counts.get(self, 0) + sum(entry["count"] for entry in entries),
            "below": entries,
        }

    def _is_shown_to_client(self):
        """Whether there is a service in it, or below it, for the user."""
        # In sudo: as above.
        services_sudo = self.env["tour.catalog.service"].sudo()
        domain = services_sudo._get_client_domain()
        domain &= services_sudo._get_category_domain(self.id)
        return bool(services_sudo.search_count(domain, limit=1))
