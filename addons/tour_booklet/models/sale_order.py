from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.tour_document.kinds import OFF

READERS = (
    "tour_partner.tour_group_manager_own,tour_partner.tour_group_accountant,"
    "tour_partner.tour_group_director"
)


class SaleOrder(models.Model):
    _inherit = "sale.order"

    booklet_item_ids = fields.One2many(
        comodel_name="tour.booklet.item",
        inverse_name="order_id",
        string="Travel documents",
        groups=READERS,
    )
    booklet_ids = fields.One2many(
        comodel_name="tour.booklet",
        inverse_name="order_id",
        string="Booklet",
        readonly=True,
        groups=READERS,
    )
    booklet_edition_ids = fields.One2many(
        comodel_name="tour.booklet.edition",
        inverse_name="order_id",
        string="Sent booklets",
        readonly=True,
        groups=READERS,
    )
    booklet_complete_on = fields.Datetime(
        related="booklet_ids.complete_on", string="Complete since", groups=READERS
    )
    booklet_complete_by_id = fields.Many2one(
        related="booklet_ids.complete_by_id", string="Completed by", groups=READERS
    )
    booklet_sent_on = fields.Datetime(
        related="booklet_ids.sent_on", string="Booklet sent on", groups=READERS
    )
    booklet_changed_on = fields.Datetime(
        related="booklet_ids.changed_on", string="Booklet changed on", groups=READERS
    )

    # === Buttons === #

    def action_booklet_add(self):
        """Choose files and papers of ours to put into the booklet."""
        self.ensure_one()
        self._check_booklet_right()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_booklet.tour_booklet_add_action"
        )
        return action | {"context": {"default_order_id": self.id}}

    def action_booklet_complete(self):
        """Say that nothing is missing: the client sees it, and may get it by mail."""
        self._check_booklet_right()
        self._check_booklet_ready()
        for order in self:
            # Ours as the booking is now; those that are locked stay.
            order.booklet_item_ids.document_id._draw()
            booklet_sudo = self.env["tour.booklet"]._get_for(order)
            if booklet_sudo.complete_on:
                continue
            booklet_sudo.write(
                {
                    "complete_on": fields.Datetime.now(),
                    "complete_by_id": self.env.uid,
                }
            )
            booklet_sudo._open_papers(order.booklet_item_ids)
            if booklet_sudo.sent_on:
                booklet_sudo._note_changed()
            elif order.partner_id._is_booklet_auto(order.company_id):
                if not booklet_sudo._send("auto"):
                    booklet_sudo._tell(booklet_sudo._explain_nobody())
        return True

    def action_booklet_reopen(self):
        """Say that something is missing again: the client no longer sees it."""
        self._check_booklet_right()
        # In sudo: booklets are written by the buttons only.
        self.sudo().booklet_ids.write({"complete_on": False, "complete_by_id": False})
        return True

    def action_booklet_send(self):
        """Send the complete booklet to the client now."""
        self._check_booklet_right()
        self._check_booklet_ready()
        for order in self:
            booklet_sudo = self.env["tour.booklet"]._get_for(order)
            if not booklet_sudo.complete_on:
                raise UserError(
                    self.env._(
                        "%(order)s: the booklet is not complete yet. Press “The "
                        "booklet is complete” first.",
                        order=order.name,
                    )
                )
            if not booklet_sudo._send("hand"):
                raise UserError(booklet_sudo._explain_nobody())
        return True

    # === Refusals === #

    def _check_booklet_right(self):
        self.check_access("read")
        # Who may put files in may say that they are all.
        self.env["tour.booklet.item"].check_access("write")

    def _check_booklet_ready(self):
        faults = []
        for order in self:
            items = order.booklet_item_ids
            empty = items.filtered(lambda i: not i.document_id and not i._get_file())
            if not order.is_tour_booking or order.booking_state in OFF:
                faults.append(
                    self.env._("%(order)s does not take place.", order=order.name)
                )
            elif not items:
                faults.append(
                    self.env._(
                        "%(order)s has no travel documents yet. Add them first.",
                        order=order.name,
                    )
                )
            elif empty:
                faults.append(
                    self.env._(
                        "%(order)s: no file of %(names)s. Upload it, or archive it.",
                        order=order.name,
                        names=", ".join(empty.mapped("display_name")),
                    )
                )
        if faults:
            raise UserError("\n".join(faults))

    # === Changes === #

    def _note_booklet_changed(self):
        """Have what was sent of these bookings sent anew."""
        # In sudo: booklets are written by the buttons and by what changes them.
        self.env["tour.booklet"].sudo().search(
            [("order_id", "in", self.ids)]
        )._note_changed()

    def _after_client_change(self, before):
        """The new client sees nothing until somebody has looked at what it is."""
        result = super()._after_client_change(before)
        # In sudo: it follows from the change of the client.
        self.sudo().booklet_ids.write({"complete_on": False, "complete_by_id": False})
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_with_booklet(self):
        """Drop the files with the booking; the database would leave them."""
        # In sudo: the right to delete a booking covers its papers; what was sent still
        # refuses.
        items_sudo = self.env["tour.booklet.item"].sudo()
        items_sudo.with_context(active_test=False).search(
            [("order_id", "in", self.ids)]
        ).unlink()

    # === The client's page === #

    def _is_booklet_shown(self):
        """Whether the client may see the travel documents on his page."""
        self.ensure_one()
        # In sudo: the client reads the booking, whether it is complete is his to see.
        order_sudo = self.sudo()
        return bool(order_sudo.booklet_complete_on) and (
            order_sudo.booking_state not in OFF
        )

    def _get_booklet_path(self, item):
        return f"/my/tour/bookings/{self.id}/booklet/{item.id}"

    def _get_booklet_files(self):
        """The travel documents as data for the client's page.

        :rtype: list[dict]
        """
        self.ensure_one()
        if not self._is_booklet_shown():
            return []
        # In sudo: items are for staff; these are complete, and so for the client.
        return [
            {
                "name": item.display_name,
                "path": self._get_booklet_path(item),
                "version": item.version_number,
                "changed_on": item.changed_on,
            }
            for item in self.sudo().booklet_ids._get_sent_items()
        ]
