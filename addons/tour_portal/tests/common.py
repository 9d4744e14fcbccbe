from odoo.addons.tour_client_account.tests.common import AccountCommon
from odoo.addons.tour_refund.tests.test_portal import RefundPortalCommon


class PortalCommon(AccountCommon, RefundPortalCommon):
    """Olga and Boris, users of a client; its curator; Eva of another client; Vera,
    who is a client by herself; a portal user who is no client's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.partner"].create(
            {"name": "Orion", "is_company": True, "tour_client_agent": True}
        )
        cls.eva = cls._create_client_user("eva", cls.other_company, is_curator=True)
        cls.vera = cls._create_client_user("vera")
        cls.vera.partner_id.write({"parent_id": False, "tour_client_corporate": True})
        cls.guest = cls._create_client_user("guest")
        cls.guest.partner_id.parent_id = False
        for user in (cls.eva, cls.vera, cls.guest):
            user.password = f"{user.login}_secret"

    @classmethod
    def _of(cls, user, *services, state="accepted", **values):
        """A booking that a client's user ordered."""
        values.setdefault("partner_id", user.commercial_partner_id.id)
        order = cls._create_booking(*services, client_user_id=user.id, **values)
        return cls._force_state(order, state)

    def _find(self, user, scopes=("working",), sort="newest", **asked):
        orders, _last = (
            self.env["sale.order"].with_user(user)._find_tour_page(scopes, sort, asked)
        )
        return orders.sudo(False).with_env(self.env)
