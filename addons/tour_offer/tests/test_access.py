from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import OfferCommon

MODELS = ("tour.offer", "tour.offer.variant", "tour.offer.service", "tour.offer.link")


@tagged("post_install", "-at_install")
class TestAccess(OfferCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offer = cls._create_offer()
        cls.foreign = cls._create_offer(user=cls.head, user_id=cls.head.id)
        cls.accountant = cls._create_staff("accountant", "accountant")
        cls.director = cls._create_staff("director", "director")
        cls.editor = cls._create_staff("editor", "hotel_editor")
        cls._get_token(cls.offer)

    def _see(self, user, offer):
        return offer in self.env["tour.offer"].with_user(user).search([])

    def test_manager_sees_his_own_and_free_ones(self):
        self.assertTrue(self._see(self.manager, self.offer))
        self.assertFalse(self._see(self.manager, self.foreign))
        services = self.env["tour.offer.service"].with_user(self.manager)
        self.assertNotIn(self.foreign.variant_ids.service_ids, services.search([]))
        self.foreign.user_id = False
        self.assertTrue(self._see(self.manager, self.foreign))

    def test_who_sees_all(self):
        for user in (self.manager_all, self.head, self.accountant, self.director):
            self.assertTrue(self._see(user, self.offer), user.name)
            self.assertTrue(self._see(user, self.foreign), user.name)

    def test_readers_change_nothing(self):
        for user in (self.accountant, self.director):
            offer = self.offer.with_user(user)
            for model in MODELS:
                self.assertTrue(self.env[model].with_user(user).has_access("read"))
                self.assertFalse(self.env[model].with_user(user).has_access("write"))
            for act in (
                lambda offer=offer: offer.action_send(),
                lambda offer=offer: offer.action_copy_link(),
                lambda offer=offer: offer.action_revoke_links(),
                lambda offer=offer: offer.action_move_to("cancelled"),
                lambda offer=offer: offer.variant_ids[0].action_accept_for_client(),
                lambda offer=offer: offer.action_revise(),
                lambda offer=offer: offer.action_add_variant(),
            ):
                with self.assertRaises(AccessError):
                    act()

    def test_nobody_writes_links(self):
        for user in (self.manager, self.head):
            link = self.offer.link_ids.with_user(user)
            with self.assertRaises(AccessError):
                link.offer_id = self.foreign
            with self.assertRaises(AccessError):
                link.create({"offer_id": self.offer.id, "token_hash": "x"})

    def test_clients_and_others_see_none(self):
        client = self._create_client_user("anna")
        public = self.env.ref("base.public_user")
        for user in (client, public, self.editor):
            for model in MODELS:
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])

    def test_client_does_not_read_the_offer_of_his_booking(self):
        client = self._create_client_user("anna")
        order = self._mark_sent(self._create_offer())._accept_online(1, "Anna")
        order.sudo().client_user_id = client
        self.assertNotIn("offer_id", order.with_user(client).fields_get())

    def test_other_companies(self):
        other = self.env["res.company"].create({"name": "Other"})
        theirs = self.offer.sudo().copy({"company_id": other.id})
        self.assertFalse(self._see(self.head, theirs))

    def test_views_of_each_role(self):
        for user in (self.manager, self.head, self.accountant, self.director):
            offers = self.env["tour.offer"].with_user(user)
            kinds = ("list", "kanban", "form", "pivot", "graph", "search")
            offers.get_views([(False, kind) for kind in kinds])
            self.offer.with_user(user).web_read(
                {"comparison": {}, "allowed_moves": {}, "link_count": {}}
            )
            menus = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            self.assertIn(self.env.ref("tour_offer.tour_offer_menu_offers").id, menus)

    def test_lists_cost_the_same_however_long(self):
        def count(offers):
            self.env.invalidate_all()
            self.env.flush_all()
            before = self.cr.sql_log_count
            offers.with_user(self.head).web_read(
                {
                    "name": {},
                    "partner_id": {"fields": {"display_name": {}}},
                    "amount_total": {},
                    "variant_count": {},
                    "allowed_moves": {},
                    "link_count": {},
                }
            )
            return self.cr.sql_log_count - before

        few = self.offer | self.foreign
        count(few)  # What is read once only.
        many = few
        for _number in range(6):
            many |= self._create_offer()
        self.assertLessEqual(count(many), count(few))
