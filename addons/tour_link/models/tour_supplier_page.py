"""The page on which a supplier answers a request, and sends his bill."""

import json
from hashlib import sha256

from odoo import models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date, formatLang

MAX_BILLS = 10
OVER_STATES = ("cancelled", "cancelled_penalty", "refused")
FINISHED_STATES = ("done", "reposting", "archive")
# What may differ without the request being another one.
UNASKED = ("guests", "confirmation_number")


class TourDocument(models.Model):
    _inherit = "tour.document"

    def _get_content_hash(self):
        """Of what the supplier is asked for: dates, rooms, prices, not names."""
        self.ensure_one()
        view = self.order_id._supplier_view(self.partner_id)
        services = [
            {name: value for name, value in service.items() if name not in UNASKED}
            for service in view["services"]
        ]
        text = json.dumps(services, sort_keys=True, default=str)
        return sha256(text.encode()).hexdigest()


class TourLink(models.Model):
    _inherit = "tour.link"

    def _get_supplier(self):
        self.ensure_one()
        return self.document_id.partner_id

    def _get_supplier_lines(self):
        """Services that are asked of the supplier."""
        supplier = self._get_supplier()
        return self.order_id._get_services().filtered(
            lambda line: line.supplier_id == supplier
        )

    def _get_answer(self):
        """What the supplier answered to the request as it was sent by this link."""
        return self.env["tour.supplier.answer"].search(
            [
                ("document_id", "=", self.document_id.id),
                ("content_hash", "=", self.content_hash),
            ]
        )

    def _get_supplier_status(self):
        """``cancelled``, ``finished``, ``answered``, ``changed`` or ``open``."""
        self.ensure_one()
        state = self.order_id.booking_state
        gone = not self.document_id.active or not self._get_supplier_lines()
        if state in OVER_STATES or gone:
            return "cancelled"
        if state in FINISHED_STATES:
            return "finished"
        if self._get_answer():
            return "answered"
        if self.document_id._get_content_hash() != self.content_hash:
            return "changed"
        return "open"

    def _get_supplier_page(self):
        """What the page shows, as plain data: what a supplier needs, not the client
        and not the client's price."""
        self.ensure_one()
        order, supplier = self.order_id, self._get_supplier()
        view = order._supplier_view(supplier)
        status = self._get_supplier_status()
        answer = self._get_answer()
        return {
            "sender": self.company_id.name,
            "number": view["number"],
            "supplier": supplier.name,
            "status": status,
            "services": [
                self._get_supplier_service(line, service)
                for line, service in zip(
                    self._get_supplier_lines(), view["services"], strict=True
                )
            ],
            "answer": answer
            and {
                "kind": answer.kind,
                "date": format_date(self.env, answer.date),
                "numbers": answer.numbers or "",
                "text": answer.text or "",
                "person": answer.person or "",
                "dates": self._join_dates(answer.date_from, answer.date_to),
                "price": answer.price and self._format(answer.price) or "",
            },
            "bills": self._get_bills().mapped("name"),
            "currency": order.currency_id.name,
            "until": format_date(self.env, self.expires_on),
        }

    def _get_supplier_service(self, line, service):
        hotel = service.get("hotel") or {}
        place = (hotel.get("name"), hotel.get("city"), service.get("route"))
        return {
            "id": line.id,
            "name": ", ".join(filter(None, place)) or service["name"],
            "text": service["text"] or "",
            "dates": self._join_dates(service["date_from"], service["date_to"]),
            "room": service.get("room") or "",
            "rooms": service.get("rooms") or 0,
            "nights": service.get("nights") or 0,
            "meal": service.get("meal") or "",
            "early": bool(service.get("early_arrival")),
            "late": bool(service.get("late_departure")),
            "guests": [guest["name"] for guest in service["guests"]],
            "price": self._format(service["supplier_price_total"]),
        }

    def _join_dates(self, *days):
        return " – ".join(format_date(self.env, day) for day in days if day)

    def _format(self, amount):
        return formatLang(
            self.env, float(amount), currency_obj=self.order_id.currency_id
        )

    # === Answering === #

    def _answer(self, kind, values):
        """Keep the supplier's answer and follow it.

        :param str kind: ``confirmed``, ``refused`` or ``proposed``
        :param dict values: of the answer; ``numbers`` is {service: number}
        :return: the answer
        :raise UserError: if there is nothing to answer any more
        """
        self.ensure_one()
        if self._get_supplier_status() != "open":
            raise UserError(self.env._("There is nothing to answer any more."))
        lines = self._get_supplier_lines()
        numbers = values.pop("numbers", {})
        if kind == "confirmed":
            lines._confirm_by_supplier(numbers, values.get("person") or "")
        answer = self.env["tour.supplier.answer"].create(
            {
                **values,
                "document_id": self.document_id.id,
                "supplier_id": self._get_supplier().id,
                "link_id": self.id,
                "kind": kind,
                "numbers": ", ".join(dict.fromkeys(numbers.values())),
                "content_hash": self.content_hash,
            }
        )
        staff = self._for_staff()
        staff._tell_of_supplier(answer.with_env(staff.env)._describe())
        if kind == "confirmed":
            answer._treat()
        self.order_id._follow_supplier_answer(answer)
        return answer

    def _add_bill(self, name, content, mimetype):
        """Keep the supplier's bill on the booking, for who enters it."""
        self.ensure_one()
        if len(self._get_bills()) >= MAX_BILLS:
            raise UserError(
                self.env._(
                    "%(count)s files were sent already. Send more by mail.",
                    count=MAX_BILLS,
                )
            )
        bill = self.env["ir.attachment"].create(
            {
                "name": name,
                "raw": content,
                "mimetype": mimetype,
                "res_model": "sale.order",
                "res_id": self.order_id.id,
                "tour_supplier_bill": True,
                "tour_supplier_id": self._get_supplier().id,
            }
        )
        staff = self._for_staff()
        staff._tell_of_supplier(staff.env._("Bill received: %(name)s.", name=name))
        return bill

    def _get_bills(self):
        return self.env["ir.attachment"].search(
            [
                ("res_model", "=", "sale.order"),
                ("res_id", "=", self.order_id.id),
                ("tour_supplier_bill", "=", True),
                ("tour_supplier_id", "=", self._get_supplier().id),
            ],
            order="id",
        )

    def _for_staff(self):
        """The link in the language of who is told, not of the reader's browser."""
        lang = self.order_id.user_id.lang or self.company_id.partner_id.lang
        return self.with_context(lang=lang or "en_US")

    def _tell_of_supplier(self, text):
        """Note it on the booking, for staff, and tell the responsible."""
        order, supplier = self.order_id, self._get_supplier()
        order.message_post(
            body=self.env._(
                "%(supplier)s, by private link: %(text)s",
                supplier=supplier.name,
                text=text,
            ),
            subtype_xmlid="mail.mt_note",
            author_id=supplier.id,
        )
        self.env["tour.notification.category"]._tell_users(
            "supplier_answer",
            order.user_id,
            lambda env: env._(
                "%(order)s: %(supplier)s answered",
                order=order.name,
                supplier=supplier.name,
            ),
            text,
            order.sudo(False),
        )


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _after_move(self, from_states, state):
        """Nothing is left to be done about answers when the booking is off or over."""
        result = super()._after_move(from_states, state)
        if state in (*OVER_STATES, *FINISHED_STATES):
            # In sudo: it follows from the move, whoever made it.
            answers = self.env["tour.supplier.answer"].sudo()
            answers.search(
                [("order_id", "in", self.ids), ("state", "=", "open")]
            )._treat()
        return result

    def _follow_supplier_answer(self, answer):
        """Hook: a supplier answered; override to follow up.

        A proposal has ``text``, and ``date_from``, ``date_to`` and ``price`` as far as
        the supplier gave them. Runs in sudo, as nobody.

        :param answer: `tour.supplier.answer`
        """
