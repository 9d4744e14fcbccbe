from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from .common import OfferCommon


@tagged("post_install", "-at_install")
class TestOffer(OfferCommon, MailCase):
    def test_number_currency_and_price(self):
        offer = self._create_offer()
        self.assertTrue(offer.name.startswith("O"))
        self.assertEqual(offer.currency_id, self.env.company.currency_id)
        self.assertEqual(offer.variant_count, 2)
        # Of the recommended variant.
        self.assertEqual(offer.amount_total, 14000)

    def test_empty_offer_is_not_sent(self):
        offer = self._create_offer(self._variant("A"))
        with self.assertRaisesRegex(UserError, "services to each"):
            offer.action_move_to("sent")
        offer.variant_ids.unlink()
        with self.assertRaisesRegex(UserError, "add a variant"):
            offer.action_move_to("sent")

    def test_offer_ends_before_its_first_service(self):
        offer = self._create_offer(valid_until=self._day(11))
        with self.assertRaisesRegex(UserError, "begins on"):
            offer.action_move_to("sent")
        offer.valid_until = self._day(-1)
        with self.assertRaisesRegex(UserError, "is over"):
            offer.action_move_to("sent")

    def test_sent_is_frozen(self):
        offer = self._mark_sent(self._create_offer())
        variant = offer.variant_ids[0]
        for change in (
            lambda: offer.write({"terms": "<p>Other</p>"}),
            lambda: offer.write({"partner_id": self.supplier.id}),
            lambda: variant.write({"name": "Other"}),
            lambda: variant.unlink(),
            lambda: variant.copy(),
            lambda: variant.service_ids.write({"price_unit": 1}),
            lambda: variant.service_ids.unlink(),
            lambda: variant.service_ids.copy(),
            lambda: offer.action_recompute_prices(),
            lambda: offer.action_add_variant(),
            lambda: offer.unlink(),
        ):
            with self.assertRaises(UserError):
                change()
        offer.internal_note = "He hesitates"
        offer.user_id = self.head

    def test_validity_is_put_off_only(self):
        offer = self._mark_sent(self._create_offer())
        with self.assertRaisesRegex(UserError, "put off"):
            offer.valid_until = self._day(4)
        with self.assertRaisesRegex(UserError, "begins on"):
            offer.valid_until = self._day(11)
        offer.valid_until = self._day(6)
        self.assertEqual(offer.valid_until, self._day(6))

    def test_status_is_written_by_moves_only(self):
        offer = self._create_offer().with_user(self.manager)
        for vals in (
            {"state": "accepted"},
            {"answer_name": "Me"},
            {"accepted_variant_id": offer.variant_ids[0].id},
            {"revises_id": offer.id},
        ):
            with self.assertRaises(AccessError):
                offer.write(vals)
        with self.assertRaises(AccessError):
            offer.with_context(tour_offer_mover=True).write({"state": "sent"})
        with self.assertRaises(AccessError):
            self._create_offer(state="sent")

    def test_status_is_no_default(self):
        offer = self._create_offer()
        copied = offer.with_context(default_state="accepted", default_answer_name="Me")
        made = copied.create(
            {"partner_id": offer.partner_id.id, "valid_until": offer.valid_until}
        )
        self.assertRecordValues(made, [{"state": "draft", "answer_name": False}])

    def test_moves_that_are_the_clients(self):
        offer = self._mark_sent(self._create_offer()).with_user(self.manager)
        for state in ("seen", "accepted", "expired"):
            with self.assertRaises(AccessError):
                offer.action_move_to(state)
        with self.assertRaisesRegex(UserError, "say why"):
            offer.action_move_to("declined")
        with self.assertRaisesRegex(UserError, "cannot become"):
            offer.action_move_to("draft", "x")
        with self.assertRaises(UserError):
            offer.action_move_to(["declined"], "x")
        offer.action_move_to("declined", "Too dear")
        self.assertEqual(offer.answer_reason, "Too dear")
        self.assertFalse(offer.allowed_moves)

    def test_copy_is_a_draft_at_todays_prices(self):
        offer = self._mark_sent(self._create_offer())
        self.rate.rack_price = 6000
        copy = offer.copy()
        self.assertEqual(copy.state, "draft")
        self.assertNotEqual(copy.name, offer.name)
        self.assertEqual(copy.variant_ids.mapped("amount_total"), [12000, 14000])

    def test_revision_replaces_what_it_revises(self):
        offer = self._mark_sent(self._create_offer()).with_user(self.manager)
        action = offer.action_revise()
        revision = self.env["tour.offer"].browse(action["res_id"])
        self.assertEqual(revision.name, f"{offer.name}/2")
        self.assertEqual(offer.action_revise()["res_id"], revision.id)
        self.assertEqual(offer.state, "sent")
        revision.variant_ids[0].name = "Simpler"
        self._mark_sent(revision)
        self.assertEqual(offer.state, "cancelled")
        self.assertIn(revision.name, offer.answer_reason)
        second = self.env["tour.offer"].browse(revision.action_revise()["res_id"])
        self.assertEqual(second.name, f"{offer.name}/3")

    def test_revision_of_an_accepted_offer_is_not_sent(self):
        offer = self._mark_sent(self._create_offer())
        revision = self.env["tour.offer"].browse(offer.action_revise()["res_id"])
        offer._accept_online(1, "Anna")
        with self.assertRaisesRegex(UserError, "accepted meanwhile"):
            self._mark_sent(revision)
        with self.assertRaisesRegex(UserError, "cannot be revised"):
            offer.action_revise()

    def test_mail_goes_in_the_clients_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.client_company.lang = "ru_RU"
        offer = self._create_offer()
        self.assertEqual(offer.lang, "ru_RU")
        with self.mock_mail_gateway():
            offer.with_user(self.manager).action_send()
        self.assertEqual(offer.state, "sent")
        mail = self._new_mails
        self.assertEqual(mail.recipient_ids, self.client_company)
        self.assertIn("/offer/", mail.body_html)
        self.assertIn("Edelweiss", mail.body_html)
        # Staff who read the conversation get no link to answer for the client.
        self.assertNotIn("/offer/", str(mail.mail_message_id.body))
        for secret in ("Due to suppliers", "Margin", "Alpina LLC"):
            self.assertNotIn(secret, mail.body_html)

    def test_sent_again_to_the_contact(self):
        contact = self.env["res.partner"].create(
            {
                "name": "Anna",
                "email": "anna@metran.example",
                "parent_id": self.client_company.id,
            }
        )
        offer = self._create_offer(contact_id=contact.id)
        for _time in range(2):
            with self.mock_mail_gateway():
                offer.with_user(self.manager).action_send()
            self.assertEqual(self._new_mails.recipient_ids, contact)
        self.assertEqual(offer.link_count, 2)

    def test_without_address_nothing_is_sent(self):
        self.client_company.email = False
        offer = self._create_offer()
        with self.assertRaisesRegex(UserError, "Copy link"), self.cr.savepoint():
            offer.action_send()
        offer.invalidate_recordset()
        self.assertEqual(offer.state, "draft")
        action = offer.with_user(self.manager).action_copy_link()
        self.assertIn("/offer/", action["context"]["default_url"])
        self.assertEqual(offer.state, "sent")

    def test_contact_is_of_the_client(self):
        with self.assertRaises(ValidationError):
            self._create_offer(contact_id=self.supplier.id)

    def test_room_of_another_hotel(self):
        with self.assertRaises(ValidationError):
            self._create_offer(
                self._variant("A", self._offer_stay(hotel_id=self.other_hotel.id))
            )

    def test_comparison_names_what_differs(self):
        offer = self._create_offer()
        table = offer._get_comparison()
        rows = {row["code"]: row["cells"] for row in table["rows"]}
        self.assertEqual(rows["hotel"], [["Alpina"], ["Edelweiss"]])
        self.assertEqual(rows["nights"], [["2"], ["2"]])
        self.assertNotIn("margin", rows)
        self.assertNotIn("transfer", rows)
        staff = {row["code"] for row in offer._get_comparison(for_staff=True)["rows"]}
        self.assertLessEqual({"margin", "supplier_total"}, staff)
        self.assertIn("Edelweiss", offer.comparison)

    def test_variants_are_added_and_duplicated(self):
        offer = self._create_offer().with_user(self.manager)
        action = offer.action_add_variant()
        variant = self.env["tour.offer.variant"].browse(action["res_id"])
        self.assertEqual(variant, offer.variant_ids[-1])
        action = offer.variant_ids[0].action_duplicate()
        copy = self.env["tour.offer.variant"].browse(action["res_id"])
        self.assertEqual(copy.amount_total, 10000)
        offer.invalidate_recordset()
        self.assertEqual(offer.variant_ids[2:], copy + variant)

    def test_conversion(self):
        offers = self._create_offer() | self._create_offer()
        for offer in offers:
            self._mark_sent(offer)
        offers[0]._accept_online(1, "Anna")
        offers[1]._decline_online("Too dear")
        [(rate,)] = self.env["tour.offer"]._read_group(
            [("id", "in", offers.ids)], [], ["conversion:avg"]
        )
        self.assertEqual(rate, 50)

    def test_conversation_of_an_offer_is_in_the_contact_log(self):
        offer = self._create_offer()
        offer.with_user(self.manager).message_post(
            body="Is it good?", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.env.flush_all()
        row = self.env["tour.contact.report"].search(
            [("res_model", "=", "tour.offer"), ("res_id", "=", offer.id)]
        )
        self.assertEqual(row.user_id, self.manager)
        self.assertEqual(row.client_id, self.client_company)
