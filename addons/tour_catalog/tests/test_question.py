from base64 import b64encode

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import PNG, CatalogCommon


@tagged("post_install", "-at_install")
class TestQuestion(CatalogCommon):
    def _answer(self, question, text="Yes, two.", user=None):
        own = question.sudo(False).with_user(user or self.manager)
        own.answer = text
        own.action_answer()
        return own

    def test_asking_tells_the_responsible(self):
        self.lounge.user_id = self.head
        question = self._ask(" Is there\0 a shower? ")
        self.assertRecordValues(
            question,
            [
                {
                    "text": "Is there a shower?",
                    "state": "new",
                    "client_user_id": self.olga.id,
                    "partner_id": self.client_company.id,
                    "user_id": self.head.id,
                }
            ],
        )
        told = self.env["mail.message"].search(
            [
                ("model", "=", question._name),
                ("res_id", "=", question.id),
                ("message_type", "=", "user_notification"),
            ]
        )
        self.assertEqual(told.partner_ids, self.head.partner_id)

    def test_asking_is_refused(self):
        for text in ("", " \n\0", "x" * 2001, None, ["x"]):
            with self.assertRaises(UserError):
                self._ask(text)
        self.lounge.takes_questions = False
        with self.assertRaises(UserError):
            self._ask()

    def test_many_open_questions(self):
        for number in range(20):
            self._ask(f"Question {number}")
        with self.assertRaises(UserError):
            self._ask()
        # A colleague's are counted by themselves.
        self.assertTrue(self._ask(user=self.boris))

    def test_answer_is_mailed_and_shown(self):
        question = self._ask()
        self._answer(question)
        self.assertRecordValues(
            question,
            [
                {
                    "state": "answered",
                    "sent_answer": "Yes, two.",
                    "answered_by_id": self.manager.id,
                }
            ],
        )
        mail = self.env["mail.mail"].search(
            [("recipient_ids", "in", self.olga.partner_id.ids)],
            limit=1,
            order="id desc",
        )
        self.assertIn("Yes, two.", mail.body_html)
        own = self.env["tour.catalog.question"].with_user(self.olga)._get_own()
        facts = own._get_client_facts()[0]
        self.assertEqual(facts["answer"], "Yes, two.")
        # What is typed and not sent is not shown.
        question.sudo(False).with_user(self.manager).answer = "Or none?"
        self.assertEqual(own._get_client_facts()[0]["answer"], "Yes, two.")

    def test_answer_is_put_right(self):
        question = self._ask()
        self._answer(question)
        with self.assertRaises(UserError):
            self._answer(question)
        self._answer(question, "Three.")
        self.assertEqual(question.sent_answer, "Three.")

    def test_answers_that_are_refused(self):
        question = self._ask()
        with self.assertRaises(UserError):
            self._answer(question, " ")
        with self.assertRaises(UserError):
            self._answer(question, "x" * 5001)
        self._answer(question).action_close()
        with self.assertRaises(UserError):
            self._answer(question, "Late")
        question.sudo(False).with_user(self.manager).action_reopen()
        self._answer(question, "In time")

    def test_nobody_rewrites_what_was_asked(self):
        question = self._ask().sudo(False).with_user(self.head)
        for values in (
            {"text": "x"},
            {"state": "answered"},
            {"sent_answer": "x"},
            {"client_user_id": self.boris.id},
            {"line_id": 1},
        ):
            with self.assertRaises(AccessError):
                question.write(values)
        with self.assertRaises(AccessError):
            question.create(
                {
                    "service_id": self.lounge.id,
                    "text": "x",
                    "client_user_id": self.olga.id,
                    "partner_id": self.client_company.id,
                    "company_id": self.env.company.id,
                }
            )

    # === Making the order === #

    def _open_window(self, question, user=None):
        own = question.sudo(False).with_user(user or self.manager)
        action = own.action_order()
        Make = self.env["tour.catalog.make"].with_user(user or self.manager)
        return Form(Make.with_context(**action["context"]))

    def _make(self, question, user=None, **values):
        form = self._open_window(question, user)
        for name, value in values.items():
            form[name] = value
        for index in range(len(form.line_ids)):
            with form.line_ids.edit(index) as line:
                if line.required:
                    line.value = "SU 100"
        form.save().action_apply()
        return question.line_id

    def test_order_in_a_new_booking(self):
        question = self._ask()
        line = self._make(question, day=self._day(3))
        self.assertEqual(question.state, "ordered")
        self.assertRecordValues(
            line,
            [
                {
                    "catalog_service_id": self.lounge.id,
                    "price_total": 3000,
                    "date_from": self._day(3),
                }
            ],
        )
        self.assertEqual(line._client_view()["answers"]["Flight number"], "SU 100")
        self.assertRecordValues(
            line.order_id,
            [
                {
                    "client_user_id": self.olga.id,
                    "partner_id": self.client_company.id,
                    "user_id": self.manager.id,
                    "created_by_client": False,
                }
            ],
        )
        facts = question.with_user(self.olga).sudo()._get_client_facts()[0]
        self.assertEqual(facts["booking"], line.order_id.name)

    def test_prepaid_order_of_staff_makes_the_invoice_too(self):
        question = self._ask(service=self.visa)
        line = self._make(question)
        invoice = line.order_id.client_invoice_ids
        self.assertEqual(invoice.amount_total, 1000)
        self.assertEqual(invoice.tour_stage, "shown")
        self.assertEqual(line.catalog_payment_state, "awaiting")

    def test_order_in_a_booking_of_the_client(self):
        order = self._create_booking(client_user_id=self.olga.id)
        other = self._create_booking(client_user_id=self.boris.id)
        question = self._ask(service=self.visa)
        form = self._open_window(question)
        self.assertIn(order, form.allowed_order_ids[:])
        self.assertNotIn(other, form.allowed_order_ids[:])
        line = self._make(question, order_id=order)
        self.assertEqual(line.order_id, order)
        self.assertFalse(order.needs_client_confirmation)

    def test_order_in_the_company_that_was_asked(self):
        """Though who orders works in another one just now, too."""
        here, there = self.env.company, self.env["res.company"].create({"name": "B"})
        self.lounge.company_id = False
        self.head.company_ids += there
        order = self._create_booking(client_user_id=self.olga.id)
        question = self._ask()
        both = question.with_context(allowed_company_ids=[there.id, here.id])
        action = both.sudo(False).with_user(self.head).action_order()
        makes = self.env["tour.catalog.make"].with_user(self.head)
        context = {**both.env.context, **action["context"]}
        form = Form(makes.with_context(**context))
        self.assertIn(order, form.allowed_order_ids)
        form.day = self._day(3)
        with form.line_ids.edit(0) as line:
            line.value = "SU 100"
        form.save().action_apply()
        self.assertEqual(question.order_id.company_id, here)

    def test_booking_of_another_is_refused(self):
        other = self._create_booking(client_user_id=self.boris.id)
        question = self._ask(service=self.visa)
        window = self._open_window(question).save()
        window.order_id = other
        with self.assertRaises(UserError):
            window.action_apply()

    def test_it_is_ordered_once(self):
        question = self._ask(service=self.visa)
        first, second = (self._open_window(question).save() for _ in range(2))
        first.action_apply()
        with self.assertRaises(UserError):
            second.action_apply()
        self.assertEqual(self.visa.order_count, 1)

    def test_form_is_checked(self):
        question = self._ask()
        window = self._open_window(question)
        window.day = self._day(3)
        for index in range(len(window.line_ids)):
            with window.line_ids.edit(index) as line:
                if line.required:
                    line.value = "x"
        saved = window.save()
        saved.day = self._day(-1)
        with self.assertRaises(UserError):
            saved.action_apply()

    def test_file_of_the_window(self):
        self.visa.field_ids = [
            Command.create({"label": "Passport", "kind": "file", "required": True})
        ]
        question = self._ask(service=self.visa)
        window = self._open_window(question).save()
        with self.assertRaises(UserError):
            window.action_apply()
        window.line_ids.write({"file": b64encode(PNG), "file_name": "passport.png"})
        window.action_apply()
        answer = question.line_id.catalog_answers[0]
        attachment = self.env["ir.attachment"].browse(answer["attachment_id"])
        self.assertEqual(attachment.raw, PNG)

    def test_counts(self):
        self._order_lounge()
        self._answer(self._ask())
        self._ask("More?")
        self.lounge.invalidate_recordset()
        self.assertEqual(
            (
                self.lounge.order_count,
                self.lounge.question_count,
                self.lounge.open_question_count,
            ),
            (1, 2, 1),
        )
