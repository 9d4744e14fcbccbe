from base64 import b64encode

from odoo.addons.tour_partner.tests.common import TourPartnerCommon

PRICES = b"%PDF-1.4 prices for the client %%EOF"
SECRET = b"%PDF-1.4 salaries %%EOF"


class ArchiveCommon(TourPartnerCommon):
    """A folder for one client, below it one for directors; and one for the staff."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_company("Other", tour_client_agent=True)
        cls.other_user = cls._create_client_user("other_user", cls.other)
        cls.group = cls.env["tour.company.group"].create({"name": "Holding"})
        cls.managers = cls.env.ref("tour_partner.tour_group_manager_own")
        cls.directors = cls.env.ref("tour_partner.tour_group_director")
        cls.manager = cls.users["manager_own"]
        cls.open_folder = cls._create_folder(
            "Prices", client_ids=cls.client.ids, writer_role_ids=cls.managers.ids
        )
        cls.secret_folder = cls._create_folder(
            "Salaries",
            parent_id=cls.open_folder.id,
            own_rights=True,
            reader_role_ids=cls.directors.ids,
        )
        cls.staff_folder = cls._create_folder("Instructions")
        cls.prices = cls._create_file("prices.pdf", PRICES, cls.open_folder)
        cls.salaries = cls._create_file("salaries.pdf", SECRET, cls.secret_folder)

    @classmethod
    def _create_folder(cls, name, **values):
        return cls.env["tour.archive.folder"].create({"name": name, **values})

    @classmethod
    def _create_file(cls, name, content, folder, **values):
        return cls.env["tour.archive.file"].create(
            {
                "folder_id": folder.id,
                "upload": b64encode(content),
                "upload_name": name,
                **values,
            }
        )

    def _sees(self, user, record):
        """Whether the user finds the record, which must agree with reading it."""
        found = record.with_user(user).search([("id", "=", record.id)])
        self.assertEqual(bool(found), record.with_user(user).has_access("read"))
        return bool(found)
