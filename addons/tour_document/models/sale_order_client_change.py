"""Papers of a booking that goes over to another client company (BKG-17).

When none is locked, they are dropped and made anew for the new company. When one is,
all stay, and only their consignee changes. Either way who did it is told.
"""

from odoo import models
from odoo.exceptions import UserError

SHOWN_ORDERS = 10


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _before_client_change(self):
        before = super()._before_client_change()
        # In sudo: papers follow their booking, whatever one's rights on them.
        documents = (
            self.env["tour.document"].sudo().search([("order_id", "in", self.ids)])
        )
        before["documents"] = documents.grouped("order_id")
        before["fresh"] = documents.filtered("locked")._filter_fresh()
        return before

    def _after_client_change(self, before):
        result = super()._after_client_change(before)
        told = []
        for order in self:
            documents = before["documents"].get(order.sudo())
            if documents:
                told.append(order._renew_documents(documents, before["fresh"]))
        if told:
            self._pop_up_of_documents(told)
        return result

    def _renew_documents(self, documents, fresh):
        """Keep the papers or make them anew, and note which.

        :param documents: those of the booking that are in use, in sudo
        :param fresh: locked ones that say what the booking said until now
        :return: text that tells what happened
        """
        self.ensure_one()
        if any(documents.mapped("locked")):
            text = self._keep_documents(documents, fresh & documents)
        else:
            text = self._replace_documents(documents)
        # In sudo: who changes the client may not write on the booking's papers.
        self.sudo().message_post(
            body=text,
            subtype_xmlid="mail.mt_note",
            author_id=self.env.user.partner_id.id,
        )
        return text

    def _keep_documents(self, documents, fresh):
        """Leave the papers to their addressee, with the new consignee."""
        old = documents.filtered("locked") - fresh
        for document in documents - old:
            try:
                document._draw_anyway()
            except UserError:
                # There is nothing left to draw, as when its service was deleted.
                old |= document
        text = self.env._(
            "The client of %(order)s is %(client)s now. As %(locked)s is locked, all "
            "%(count)s documents stay as they are; only their consignee changed: "
            "%(consignee)s.",
            order=self.name,
            client=self.partner_id.display_name,
            locked=", ".join(documents.filtered("locked").mapped("display_name")),
            count=len(documents),
            consignee=self.consignee_id.name or self.env._("none"),
        )
        if old:
            text += " " + self.env._(
                "The booking says something else than the file of %(documents)s, "
                "which was left alone. Unlock it and draw it anew if it is to change.",
                documents=", ".join(old.mapped("display_name")),
            )
        return text

    def _replace_documents(self, documents):
        """Drop the client's papers and make the same ones for the new client.

        Requests to suppliers name no client, and stay.
        """
        dropped = documents.filtered(lambda document: document.audience == "client")
        # The oldest first: a cover sheet lists what was made before it.
        kinds = dict.fromkeys(dropped.sorted("id").mapped("kind"))
        # Templates stay what they are, those of the former client too.
        templates = {
            (document.kind, document.line_id.id): document.template_id
            for document in dropped
        }
        # What was sent is put away and not deleted: somebody has it in his hands.
        sent = dropped.filtered("sent_on")
        sent.active = False
        (dropped - sent).unlink()
        problems, made = [], self.env["tour.document"]
        for kind in kinds:
            faults = self._get_document_problems(kind)
            problems += faults
            if not faults:
                # In sudo: see `_before_client_change`.
                made |= self.sudo()._make_documents(kind, templates).sudo(False)
        return self._explain_replaced(made, sent, problems)

    def _explain_replaced(self, made, sent, problems):
        texts = [
            self.env._(
                "The client of %(order)s is %(client)s now; consignee: %(consignee)s.",
                order=self.name,
                client=self.partner_id.display_name,
                consignee=self.consignee_id.name or self.env._("none"),
            )
        ]
        if made:
            texts.append(
                self.env._(
                    "New documents were made: %(documents)s.",
                    # In sudo: who changes the client need not see papers.
                    documents=", ".join(made.sudo().mapped("display_name")),
                )
            )
            texts += self._explain_kept_templates(made.sudo())
        if sent:
            texts.append(
                self.env._(
                    "Sent already to the old client, and archived: %(documents)s.",
                    documents=", ".join(sent.mapped("display_name")),
                )
            )
        return " ".join(texts + problems)

    def _explain_kept_templates(self, made):
        """Which templates are not those that the new client would have got."""
        kept = made.filtered(
            lambda document: document.template_id
            != document.template_id._get_default(
                document.kind, document.company_id, document.partner_id
            )
        )
        if not kept:
            return []
        return [
            self.env._(
                "They keep their templates: %(templates)s. Choose others on the "
                "documents if the new client has his own.",
                templates=", ".join(kept.template_id.mapped("name")),
            )
        ]

    def _pop_up_of_documents(self, texts):
        """Tell who made the change, at once and whatever else he wants to hear of."""
        more = ["…"] if len(texts) > SHOWN_ORDERS else []
        self.env.user._bus_send(
            "simple_notification",
            {
                "title": self.env._("Change of client"),
                "message": "\n".join(texts[:SHOWN_ORDERS] + more),
                "type": "info",
                "sticky": True,
            },
        )
