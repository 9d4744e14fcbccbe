from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class TourBookletVersion(models.Model):
    """A travel document as it was uploaded once."""

    _name = "tour.booklet.version"
    _inherit = "tour.file.version.mixin"
    _description = "Version of a Travel Document"

    file_id = fields.Many2one(
        comodel_name="tour.booklet.item", string="Travel document"
    )

    _number_unique = models.Constraint(
        "UNIQUE(file_id, number)", "A file has one version of each number."
    )


class TourBookletItem(models.Model):
    """A travel document of a booking: a file that was uploaded, or a paper of ours."""

    _name = "tour.booklet.item"
    _inherit = "tour.file.mixin"
    _description = "Travel Document"
    _order = "sequence, id"

    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        required=True,
        ondelete="cascade",
        domain=[("is_tour_booking", "=", True)],
        index=True,
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, precompute=True, index=True
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=True, help="What is archived is no longer in the booklet."
    )
    document_id = fields.Many2one(
        comodel_name="tour.document",
        string="Paper of ours",
        ondelete="cascade",
        domain="[('order_id', '=', order_id), ('audience', '=', 'client')]",
        index="btree_not_null",
        help="Its current version is in the booklet.",
    )
    version_ids = fields.One2many(comodel_name="tour.booklet.version")

    _document_unique = models.UniqueIndex(
        "(order_id, document_id) WHERE document_id IS NOT NULL",
        "This paper is in the booklet already.",
    )

    # === Computes === #

    @api.depends("name", "document_id.display_name")
    def _compute_display_name(self):
        for item in self:
            item.display_name = item.name or item.document_id.display_name

    @api.depends("version_ids", "document_id.current_version_id")
    def _compute_version(self):
        """Of a paper of ours, its own version."""
        return super()._compute_version()

    def _get_current_version(self):
        self.ensure_one()
        # In sudo: the versions of a paper are for those who may read all of them.
        document_sudo = self.sudo().document_id
        if document_sudo:
            return document_sudo.current_version_id
        return super()._get_current_version()

    @api.depends("version_ids", "document_id.current_version_id")
    def _compute_upload(self):
        return super()._compute_upload()

    # === Constraints === #

    @api.constrains("document_id", "order_id")
    def _check_document_id(self):
        for item in self:
            # In sudo: what is not right is so for everybody.
            document_sudo = item.sudo().document_id
            if not document_sudo:
                continue
            if document_sudo.order_id != item.sudo().order_id:
                raise ValidationError(self.env._("The paper is not of this booking."))
            if document_sudo.audience != "client":
                raise ValidationError(
                    self.env._("What is not for the client is not in his booklet.")
                )

    @api.constrains("order_id")
    def _check_order_id(self):
        if self.order_id.filtered(lambda order: not order.is_tour_booking):
            raise ValidationError(self.env._("Only bookings have travel documents."))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        items._join()
        return items

    def write(self, vals):
        fixed = vals.keys() & {"order_id", "document_id"}
        for name in fixed:
            if any(item[name].id != vals[name] for item in self):
                raise UserError(
                    self.env._(
                        "A travel document stays with its booking and its paper. Add "
                        "another one."
                    )
                )
        result = super().write(vals)
        if "active" in vals:
            self._join()
        return result

    def _join(self):
        """What comes into a complete booklet is open to the client at once."""
        # In sudo: the booklet opens the papers, whoever put them in.
        for item_sudo in self.sudo().filtered("active"):
            booklet_sudo = item_sudo.order_id.booklet_ids
            if booklet_sudo.complete_on:
                booklet_sudo._open_papers(item_sudo)
        self.order_id._note_booklet_changed()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        sent = self.filtered(lambda item: item.order_id.booklet_sent_on)
        if sent:
            raise UserError(
                self.env._(
                    "%(files)s: the booklet was sent. Archive them instead.",
                    files=", ".join(sent.mapped("display_name")),
                )
            )

    def _put(self, name, content):
        if self.document_id:
            raise UserError(
                self.env._("This is a paper of ours: draw it anew, or add a file.")
            )
        return super()._put(name, content)

    def _after_put(self):
        result = super()._after_put()
        self.order_id._note_booklet_changed()
        return result

    # === Files === #

    def _get_file_path(self):
        return self.order_id._get_booklet_path(self)

    def _get_sha256(self):
        """Of the bytes that are in the booklet now; empty if there are none."""
        version_sudo = self._get_current_version()
        if self.document_id:
            return version_sudo.file_checksum
        return version_sudo.sha256

    def action_archive_item(self):
        """Take the documents out of the booklet; their files stay."""
        self.write({"active": False})
        return True
