from odoo import fields, models

from .tour_document import AGREED_KINDS


class SaleOrder(models.Model):
    _inherit = "sale.order"

    agreement_ids = fields.One2many(
        comodel_name="tour.agreement",
        inverse_name="order_id",
        string="Agreements of the client",
        readonly=True,
        groups="tour_partner.tour_group_staff",
    )

    def _follow_agreement(self, document):
        """Tell the staff that the client agreed, and move on what he has confirmed.

        In sudo: he may not write on his booking.
        """
        self.ensure_one()
        text = self.env._(
            "%(user)s agreed to %(document)s, version %(version)s.",
            user=self.env.user.name,
            document=document.display_name,
            version=document.version_number,
        )
        self.message_post(
            body=text,
            subtype_xmlid="mail.mt_note",
            author_id=self.env.user.partner_id.id,
        )
        self.env["tour.notification.category"]._tell_users(
            "document_agreed",
            self.user_id,
            lambda env: env._("%(order)s: the client agreed", order=self.name),
            text,
            self,
        )
        if self.booking_state == "awaiting_client" and self._is_all_agreed():
            self._move_by_system(
                "client_confirmed",
                self.env._("The client agreed to the contract and the booking sheet."),
            )

    def _is_all_agreed(self):
        """Whether there are contract and booking sheet, and he agreed to both."""
        papers = self._get_papers_to_agree()
        kinds = set(papers.mapped("kind"))
        return kinds == set(AGREED_KINDS) and all(papers.mapped("is_agreed"))

    def _get_papers_to_agree(self):
        """Contract first, then the booking sheet, as far as they are open to him."""
        self.ensure_one()
        # In sudo: which there are is asked here; who may read them, by the caller.
        papers_sudo = self.env["tour.document"].sudo()
        papers_sudo = papers_sudo.search(
            [("order_id", "=", self.id), ("kind", "in", AGREED_KINDS)], order="id"
        ).filtered("is_open_to_client")
        return papers_sudo.sorted(lambda paper: AGREED_KINDS.index(paper.kind))

    def _get_agreement_rows(self, user):
        """Papers that ``user`` may read and is asked to agree to, for his page.

        :rtype: list[dict]
        """
        self.ensure_one()
        if not self.is_tour_booking or user._is_public():
            return []
        papers = self._get_papers_to_agree().with_user(user)
        rows = []
        for paper in papers._filtered_access("read"):
            agreement_sudo = paper._get_agreement()
            rows.append(
                {
                    "id": paper.id,
                    "kind": paper.kind,
                    "name": paper.display_name,
                    "path": paper.access_url,
                    "version": paper.version_number,
                    "agreed_on": agreement_sudo.agreed_on,
                    "agreed_by": agreement_sudo.user_name,
                    "may_agree": user.share and not agreement_sudo,
                }
            )
        return rows
