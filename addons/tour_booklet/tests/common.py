from base64 import b64encode

from odoo.addons.tour_document.tests.common import TourDocumentCommon

TICKET = b"%PDF-1.4 ticket of Ivanov %%EOF"
INSURANCE = b"%PDF-1.4 insurance of Ivanov %%EOF"
CHANGED = b"%PDF-1.4 another ticket of Ivanov %%EOF"


class BookletCommon(TourDocumentCommon):
    """A booking with a ticket and a voucher of ours in its booklet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Tests don't commit.
        cls.classPatch(
            type(cls.env["ir.cron"]), "_commit_progress", lambda *_args, **_kw: 600.0
        )
        cls.client_user.partner_id.email = "traveller@client.example"
        cls.company.tour_booklet_auto = False
        cls.own_order = cls.order.with_user(cls.manager)
        cls.ticket = cls._add_file("ticket.pdf", TICKET)
        cls.voucher = cls._make("voucher")[0]
        cls.voucher_item = cls.env["tour.booklet.item"].create(
            {"order_id": cls.order.id, "document_id": cls.voucher.id}
        )

    @classmethod
    def _add_file(cls, name, content, order=None):
        return cls.env["tour.booklet.item"].create(
            {
                "order_id": (order or cls.order).id,
                "upload": b64encode(content),
                "upload_name": name,
            }
        )

    @property
    def booklet(self):
        return self.order.booklet_ids

    def _complete(self):
        self.own_order.action_booklet_complete()

    def _get_mails(self):
        """Mails with the booklet that were queued so far."""
        return self.env["mail.mail"].search(
            [
                ("model", "=", "sale.order"),
                ("res_id", "=", self.order.id),
                ("subject", "like", "Travel documents"),
            ],
            order="id",
        )
