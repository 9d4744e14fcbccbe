from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

ROLES = ("manager_own", "manager_all", "head", "director", "accountant")
ROLES += ("hotel_editor", "admin")


class TourPartnerCommon(BaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.russia = cls.env.ref("base.ru")
        cls.users = {
            role: new_test_user(
                cls.env, f"test_{role}", groups=f"tour_partner.tour_group_{role}"
            )
            for role in ROLES
        }
        cls.client = cls._create_company("Client", tour_client_corporate=True)
        cls.supplier = cls._create_company("Supplier", tour_supplier=True)
        cls.client_user = cls._create_client_user("client_user", cls.client)

    @classmethod
    def _create_company(cls, name, **values):
        return cls.env["res.partner"].create(
            {"name": name, "is_company": True, "country_id": cls.russia.id, **values}
        )

    @classmethod
    def _create_client_user(cls, login, company, **values):
        return new_test_user(
            cls.env, login, groups="base.group_portal", parent_id=company.id, **values
        )
