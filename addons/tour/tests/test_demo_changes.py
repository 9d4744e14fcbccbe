from odoo.tests import TransactionCase, tagged

from odoo.addons.tour.demo import story_changes, story_sales

from .test_demo import get_told

# The models of processes whose states are declared as data, and states that no demo
# can stand still in: a question is overtaken only by other add-ons, and a
# regularisation that runs is done by the time anybody looks.
PROCESSES = {
    "tour.change": set(),
    "tour.checklist.item": set(),
    "tour.confirmation": {"lapsed"},
    "tour.contract": set(),
    "tour.offer": set(),
    "tour.overpayment": set(),
    "tour.regularisation": {"running"},
    "tour.reposting": set(),
}
# What the bookings of the story came to, where that is another status than told.
STATES_AFTER = {
    "asked": "changed",
    "asked_ru": "changed",
    "cancel_fee": "booked",
    "cancel_free": "cancelled",
    "cancel_penalty": "cancelled_penalty",
    "change_asked": "changed",
    "change_priced": "changed",
    "changed_back": "changed",
    "declined": "cancelled",
    "with_client": "changed",
    "with_client_ru": "changed",
    "with_supplier": "changed",
}


@tagged("post_install", "-at_install")
class TestDemoChanges(TransactionCase):
    """What happens to bookings later on, as the story tells it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["tour.demo"]._load()
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _get(self, key, kind="booking"):
        return self.env.ref(f"tour.demo_{kind}_{key}")

    # === Every stage === #

    def test_there_is_something_in_every_state_of_every_process(self):
        orders = get_told(self.env, "booking") | self.env["sale.order"].search(
            [("is_tour_booking", "=", True)]
        )
        for model, left_out in PROCESSES.items():
            records = self.env[model]
            domain = (
                [("order_id", "in", orders.ids)]
                if "order_id" in records._fields
                else []
            )
            found = set(records.search(domain).mapped("state"))
            declared = set(
                dict(records._fields["state"]._description_selection(self.env))
            )
            self.assertEqual(declared - found, left_out, model)

    def test_bookings_are_where_the_story_leads(self):
        for key, row in story_changes.BOOKINGS.items():
            expected = STATES_AFTER.get(key, row[0])
            self.assertEqual(self._get(key).booking_state, expected, key)

    def test_told_in_both_languages(self):
        orders = get_told(self.env, "booking")
        for model in ("tour.change", "tour.confirmation", "tour.supplier.answer"):
            records = self.env[model].search([("order_id", "in", orders.ids)])
            languages = set(records.order_id.partner_id.mapped("lang"))
            known = {code for code, _name in self.env["res.lang"].get_installed()}
            self.assertLessEqual({"en_US", "ru_RU"} & known, languages, model)

    # === Confirmations === #

    def test_confirmations(self):
        for key, state, differs in (
            ("asked", "pending", True),
            ("asked_ru", "pending", True),
            ("changed_back", "pending", False),
            ("agreed", "accepted", True),
            ("declined", "declined", True),
            ("taken_back", "withdrawn", False),
        ):
            confirmation = self._get(key).confirmation_ids
            self.assertEqual(confirmation.state, state, key)
            self.assertEqual(bool(confirmation.change_count), differs, key)
        self.assertTrue(self._get("agreed").accepted_by_client)

    # === Requests === #

    def test_requests(self):
        for key, state in (
            ("change_asked", "asked"),
            ("cancel_asked", "asked"),
            ("change_priced", "priced"),
            ("with_supplier", "with_supplier"),
            ("with_client", "with_client"),
            ("with_client_ru", "with_client"),
            ("change_applied", "applied"),
            ("change_refused", "refused"),
            ("change_withdrawn", "withdrawn"),
            ("cancel_free", "applied"),
            ("cancel_penalty", "applied"),
            ("cancel_fee", "applied"),
            ("supplier_priced", "priced"),
            ("supplier_applied", "applied"),
        ):
            change = self._get(key).change_ids
            self.assertEqual(change.state, state, key)
            origin = "supplier" if key.startswith("supplier_") else "client"
            self.assertEqual(change.origin, origin, key)
            self.assertTrue(change.comment, key)

    def test_booking_that_went_to_another_company(self):
        order = self._get("other_company")
        self.assertEqual(
            order.partner_id, self.env.ref("tour.demo_client_steel_logistics")
        )
        papers = self.env["tour.document"].search([("order_id", "=", order.id)])
        self.assertEqual(set(papers.mapped("kind")), {"voucher", "booking_sheet"})
        self.assertEqual(
            papers.filtered(lambda paper: paper.kind == "booking_sheet").partner_id,
            order.partner_id,
        )

    def test_what_cancelling_costs(self):
        for_free = self._get("cancel_free").change_ids
        self.assertEqual(for_free.fee_amount, 0)
        # He has paid all of it.
        self.assertEqual(for_free.refund_amount, for_free.price_before)
        with_penalty = self._get("cancel_penalty")
        self.assertEqual(
            with_penalty.penalty_amount, with_penalty.change_ids.fee_amount
        )
        self.assertTrue(with_penalty.penalty_amount)
        against_fee = self._get("cancel_fee")
        self.assertEqual(against_fee.change_mark, "fee")
        self.assertEqual(
            against_fee.order_line.service_type_id,
            self.env.ref("tour_change.service_type_fee"),
        )

    def test_every_hotel_with_a_rule_tells_it(self):
        self.assertTrue(self._get("asked").order_line[0].cancellation_text)
        self.assertTrue(self._get("asked").free_until)
        rules = get_told(self.env, "rule")
        self.assertEqual(len(rules), len(story_changes.RULES))
        self.assertTrue(all(rules.mapped("description")))

    def test_mass_regularisation(self):
        done = self._get("done", "mass")
        self.assertEqual(
            (done.done_count, done.failed_count, done.refused_count), (3, 1, 1)
        )
        self.assertTrue(self._get("ready", "mass").ready_count)
        self.assertFalse(self._get("stopped", "mass").done_count)
        entries = self._get("mass_1").price_history_ids
        self.assertIn("regularisation", entries.mapped("kind"))

    def test_price_history_shows_changes(self):
        kinds = set(get_told(self.env, "booking").price_history_ids.mapped("kind"))
        self.assertEqual(kinds, {"first", "change", "regularisation", "adjustment"})

    # === Corrections === #

    def test_repostings(self):
        self.assertTrue(self._get("repost_open").is_reposting)
        sent = self._get("repost_sent").reposting_ids
        self.assertTrue(sent.has_changes and sent.document_id and sent.pdf_id)
        nothing = self._get("repost_nothing").reposting_ids
        self.assertFalse(nothing.has_changes or nothing.document_id)

    def test_overpayments(self):
        for key, state in (
            ("owed_open", "open"),
            ("owed_letter", "letter_sent"),
            ("owed_paid_back", "closed_payment"),
            ("owed_set_off", "closed_setoff"),
            ("owed_written_off", "written_off"),
            ("owed_nothing", "nothing"),
        ):
            overpayment = self._get(key).overpayment_ids
            self.assertEqual(overpayment.state, state, key)
        letter = self._get("owed_letter").overpayment_ids
        self.assertTrue(letter.letter_sent_on and letter.part_ids)

    # === The desk === #

    def test_checklists_are_part_done(self):
        orders = get_told(self.env, "booking")
        progress = set(orders.mapped("checklist_progress"))
        self.assertTrue(any(0 < part < 100 for part in progress))
        over = orders.filtered(lambda order: order.booking_state == "done")
        self.assertEqual(set(over.checklist_ids.mapped("state")), {"done"})

    def test_put_off(self):
        for key in story_changes.SNOOZED:
            snoozed = self.env["tour.today.snooze"].search(
                [("order_id", "=", self._get(key).id)]
            )
            self.assertEqual(len(snoozed), 1, key)

    def test_private_links(self):
        asked = self._get("guests_asked").tour_link_ids
        self.assertEqual((asked.kind, asked.state), ("guests", "active"))
        self.assertFalse(asked.use_count)
        filled = self._get("guests_filled")
        self.assertEqual(
            filled.tour_link_ids.use_ids.sorted("id").mapped("act"), ["open", "save"]
        )
        guests = filled.sudo().guest_ids
        self.assertEqual(guests._filter_data_complete(), guests)

    def test_answers_of_suppliers(self):
        for key, kind in (
            ("supplier_yes", "confirmed"),
            ("supplier_no", "refused"),
            ("supplier_other", "proposed"),
        ):
            order = self._get(key)
            answer = self.env["tour.supplier.answer"].search(
                [("order_id", "=", order.id)]
            )
            self.assertEqual(answer.kind, kind)
        self.assertTrue(self._get("supplier_yes").order_line[0].confirmation_number)

    # === Sales === #

    def test_offers(self):
        for key, data in story_sales.OFFERS.items():
            offer = self._get(key, "offer")
            self.assertEqual(offer.state, data[-1], key)
            self.assertIn(offer.variant_count, (2, 3), key)
            self.assertTrue(all(offer.variant_ids.mapped("amount_total")), key)
        accepted = self._get("accepted", "offer")
        self.assertEqual(accepted.order_ids, self._get("offered"))
        self.assertEqual(
            accepted.order_ids.amount_total, accepted.accepted_variant_id.amount_total
        )

    def test_contracts(self):
        for key, data in story_sales.CONTRACTS.items():
            self.assertEqual(self._get(key, "contract").state, data[-1], key)
        soon = self.env["tour.contract"].search(
            [("state", "=", "in_force"), ("remind_on", "<=", "today")]
        )
        self.assertEqual(soon, self._get("expires_soon", "contract"))
        self.assertTrue(soon.activity_ids)

    def test_contact_log(self):
        contacts = self.env["tour.contact"].search([])
        self.assertGreaterEqual(len(contacts), len(story_sales.CONTACTS))
        self.assertEqual(
            set(contacts.mapped("kind")), {"call", "meeting", "mail", "message"}
        )

    # === All in all === #

    def test_first_bookings_are_left_as_they_were(self):
        """What is tried and shown for many changes none of them."""
        told = get_told(self.env, "booking")
        lines = get_told(self.env, "mass").line_ids
        others = lines.order_id - told
        self.assertTrue(others)
        self.assertFalse(others.change_ids)
        self.assertEqual(set(others.price_history_ids.mapped("kind")), {"first"})

    def test_no_mail_leaves_this_story_either(self):
        orders = get_told(self.env, "booking")
        offers = get_told(self.env, "offer")
        partners = orders.partner_id | offers.partner_id
        partners |= orders.order_line.supplier_id | orders.client_user_id.partner_id
        mails = self.env["mail.mail"].search([("state", "=", "outgoing")])
        self.assertFalse(mails.recipient_ids & partners)
        self.assertFalse(
            mails.filtered(lambda mail: ".example" in (mail.email_to or ""))
        )
