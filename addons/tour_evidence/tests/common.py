import io
import zipfile
from base64 import b64encode

from odoo.addons.tour_document.tests.common import TourDocumentCommon

TICKET = b"%PDF-1.4 ticket %%EOF"


class EvidenceCommon(TourDocumentCommon):
    """A booking with something of all that goes into its evidence."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head = cls.users["head"]
        cls.director = cls.users["director"]
        cls.contract = cls._make("contract")
        cls.sheet = cls._make("booking_sheet")
        (cls.contract | cls.sheet).action_open_to_client()
        cls.contract.with_user(cls.client_user).action_client_agree(1)
        cls.stay.price_unit = 20000.0
        cls.sheet._draw()
        cls.env["tour.booklet.item"].create(
            {
                "order_id": cls.order.id,
                "upload": b64encode(TICKET),
                "upload_name": "ticket.pdf",
            }
        )
        cls.order._move_to("accepted")
        cls.order.message_post(
            body="We agreed by phone.",
            subject="../../Call",
            attachments=[("../../evil.txt", b"attached")],
        )

    def _make_zip(self, user):
        file = io.BytesIO()
        self.order.with_user(user)._write_evidence(file)
        return zipfile.ZipFile(file)

    def _read_money(self, user):
        """All tables and files of the money, by path."""
        archive = self._make_zip(user)
        return {
            name: archive.read(name).decode("utf-8-sig")
            for name in archive.namelist()
            if name.startswith("money/")
        }
