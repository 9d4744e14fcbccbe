from odoo.addons.base.tests.common import BaseCommon
from odoo.addons.mail.tests.common import mail_new_test_user


class NotificationCommon(BaseCommon):
    """A client company with two people, a staff user, and a category of each kind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Category = cls.env["tour.notification.category"]
        cls.category = cls._create_category("test_client", name="Test subject")
        cls.staff_category = cls._create_category(
            "test_staff", name="Staff subject", audience="staff"
        )
        cls.company_partner = cls.env["res.partner"].create(
            {"name": "Client Ltd", "is_company": True, "email": "office@client.test"}
        )
        cls.ann, cls.bob = cls.env["res.partner"].create(
            [
                {
                    "name": name,
                    "email": f"{name.lower()}@client.test",
                    "parent_id": cls.company_partner.id,
                }
                for name in ("Ann", "Bob")
            ]
        )
        cls.staff_user = mail_new_test_user(
            cls.env, login="tour_staff", groups="base.group_user", name="Staff Member"
        )
        cls.portal_user = mail_new_test_user(
            cls.env, login="tour_portal", groups="base.group_portal", name="Portal Pat"
        )
        cls.template = cls.env["mail.template"].create(
            {
                "name": "Test",
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                "subject": "About {{ object.name }}",
                "body_html": '<p>Hello of <t t-out="object.name"/></p>',
            }
        )

    @classmethod
    def _create_category(cls, code, **values):
        return cls.env["tour.notification.category"].create(
            {"code": code, "name": code, "audience": "client", **values}
        )

    @classmethod
    def _choose(cls, partner, choice, category=None):
        category = category or cls.category
        category._set_choices(partner, {category.id: choice})

    def _get_choice(self, partner, category=None):
        return (
            self.env["tour.notification.choice"]
            .search(
                [
                    ("partner_id", "=", partner.id),
                    ("category_id", "=", (category or self.category).id),
                ]
            )
            .choice
        )
