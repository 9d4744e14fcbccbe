"""What the evidence of a booking is made of (see `evidence`).

All of it is read with the rights of who asks: what he may not read is not in it.
"""

import logging

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..evidence import Evidence, make_page

_logger = logging.getLogger(__name__)

RIGHTS = ("tour_partner.tour_group_head", "tour_partner.tour_group_director")
MESSAGES_AT_ONCE = 100


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_evidence(self):
        """Download the evidence of the booking as a ZIP."""
        self.ensure_one()
        self._check_evidence_right()
        return {
            "type": "ir.actions.act_url",
            "url": f"/tour/bookings/{self.id}/evidence",
            "target": "download",
        }

    def _check_evidence_right(self):
        self.check_access("read")
        if not any(self.env.user.has_group(right) for right in RIGHTS):
            raise AccessError(
                self.env._("Evidence is for heads of department and directors.")
            )
        if not self.is_tour_booking:
            raise UserError(self.env._("%(order)s is not a booking.", order=self.name))

    def _write_evidence(self, file):
        """Write the ZIP into ``file``, and note on the booking who took it."""
        self.ensure_one()
        self._check_evidence_right()
        # In the language of who reads it.
        self = self.with_context(lang=self.env.user.lang or "en_US")
        facts = {
            self.env._("Booking"): self.name,
            self.env._("Client"): self.partner_id.display_name,
            self.env._("Status"): self._get_state_name(self.booking_state),
            self.env._("Made by"): self.env.user.name,
            self.env._("Made on"): fields.Datetime.now(),
            self.env._("Times are in"): "UTC",
        }
        title = self.env._("Evidence of booking %(order)s", order=self.name)
        words = {
            "Files": self.env._("Files"),
            "File": self.env._("File"),
            "What": self.env._("What"),
            "Bytes": self.env._("Bytes"),
        }
        evidence = Evidence(file, title, facts, self.env.lang.split("_")[0], words)
        self._collect_evidence(evidence)
        evidence.close()
        # In sudo: a director may not write on bookings.
        self.sudo().message_post(
            body=self.env._("The evidence of the booking was downloaded."),
            subtype_xmlid="mail.mt_note",
            author_id=self.env.user.partner_id.id,
        )

    def _collect_evidence(self, evidence):
        """Hook: add files to the evidence; override to add those of your records.

        Read with the user's own rights, in an order that is always the same.

        :param evidence: see `evidence.Evidence`
        """
        self._add_history(evidence)
        self._add_agreements(evidence)
        self._add_answers(evidence)
        self._add_documents(evidence)
        self._add_booklet(evidence)
        self._add_money(evidence)
        self._add_messages(evidence)
        self._add_files(evidence, "files", self.tour_file_ids)

    # === Approvals === #

    def _add_history(self, evidence):
        events = self._read_evidence("tour.booking.event", [("order_id", "=", self.id)])
        evidence.add_table(
            "history",
            self.env._("Status history"),
            [
                self.env._("When"),
                self.env._("Status before"),
                self.env._("Status after"),
            ]
            + [self.env._("Who"), self.env._("Reason")],
            [
                (
                    event.date,
                    event.from_state and self._get_state_name(event.from_state),
                    self._get_state_name(event.to_state),
                    # In sudo: the name of who did it.
                    event.sudo().user_id.name,
                    event.comment,
                )
                for event in events
            ],
        )

    # === What the client accepted === #

    def _add_agreements(self, evidence):
        agreements = self._read_evidence("tour.agreement", [("order_id", "=", self.id)])
        agreements = agreements.filtered(lambda one: one.document_id.has_access("read"))
        evidence.add_table(
            "accepted",
            self.env._("Documents confirmed by the client"),
            [self.env._("When"), self.env._("Document"), self.env._("Version")]
            + [self.env._("Who"), self.env._("Login"), self.env._("IP address")]
            + [self.env._("Browser"), "SHA-256"],
            [
                (
                    one.agreed_on,
                    one.document_id.display_name,
                    one.version_id.number,
                    one.user_name,
                    one.user_login,
                    one.address,
                    one.user_agent,
                    one.sha256,
                )
                for one in agreements
            ],
        )

    def _add_answers(self, evidence):
        """The texts themselves that he was asked about, and what he said."""
        mine = [("order_id", "=", self.id)]
        for one in self._read_evidence("tour.confirmation", mine):
            evidence.add_json(
                "accepted",
                f"confirmation {one.id}",
                self._describe(
                    one,
                    "state asked_on before rows_at_end lang revision answered_on "
                    "answered_by_id answered_way note",
                ),
                title=self.env._("Confirmation of changes by the client"),
            )
        for one in self._read_evidence("tour.change", mine):
            value = self._describe(
                one,
                "name kind origin by_client state comment reason preview price_before "
                "price_after fee_amount refund_amount accepted_on accepted_by_id",
            )
            value["events"] = [
                self._describe(event, "date from_state to_state user_id comment")
                for event in one.event_ids.sorted("id")
            ]
            evidence.add_json(
                "accepted", f"request {one.name}", value, title=one.display_name
            )
        offers = self._read_evidence("tour.offer", [("id", "=", self.offer_id.id)])
        for one in offers:
            value = self._describe(
                one, "name state sent_on answered_on answer_name accepted_variant_id"
            )
            value["client_view"] = one._client_view()
            evidence.add_json(
                "accepted", f"offer {one.name}", value, title=one.display_name
            )

    def _describe(self, record, names):
        """Values of a record as plain data: those of others by name."""
        values = {}
        for name in names.split():
            value = record[name]
            if isinstance(value, models.BaseModel):
                # In sudo: names of what the record, which he reads, is about.
                value = ", ".join(value.sudo().mapped("display_name"))
            values[name] = value
        return values

    # === Documents === #

    def _add_documents(self, evidence):
        """Each document with all its versions; the archived ones, too."""
        for document in self._read_evidence(
            "tour.document", [("order_id", "=", self.id)]
        ):
            for version in document.version_ids._filtered_access("read").sorted(
                "number"
            ):
                self._add_files(
                    evidence,
                    f"documents/{document.display_name.replace('/', '-')}",
                    version.attachment_id,
                    prefix=f"v{version.number} ",
                    title=version.display_name,
                    made_on=str(version.create_date),
                    kept_sha256=version.file_checksum,
                )

    def _add_booklet(self, evidence):
        mine = [("order_id", "=", self.id)]
        for item in self._read_evidence("tour.booklet.item", mine):
            for version in item.version_ids._filtered_access("read").sorted("number"):
                self._add_files(
                    evidence,
                    "booklet",
                    version.attachment_id,
                    prefix=f"{item.id} v{version.number} ",
                    title=item.display_name,
                    made_on=str(version.create_date),
                    kept_sha256=version.sha256,
                )
        editions = self._read_evidence("tour.booklet.edition", mine)
        evidence.add_table(
            "booklet",
            self.env._("Sent travel booklets"),
            [self.env._("When"), self.env._("To"), self.env._("Files")],
            [(one.create_date, one.recipients, one.contents) for one in editions],
        )

    def _add_files(self, evidence, folder, attachments, prefix="", **facts):
        for attachment in attachments._filtered_access("read").sorted("id"):
            if attachment.type != "binary":
                continue
            name = f"{prefix}{attachment.name}"
            # In sudo: where the file lies; that he may read it was asked above.
            path = attachment.sudo().store_fname
            if not path:
                evidence.add(folder, name, attachment.raw or b"", **facts)
                continue
            try:
                content = open(attachment._full_path(path), "rb")
            except OSError:
                # It is named, and the rest comes out.
                _logger.warning("Attachment %s has lost its file", attachment.id)
                text = self.env._("The file is missing on the server.")
                evidence.add(folder, f"{name}.txt", text.encode(), **facts)
                continue
            with content:
                evidence.add(folder, name, content, **facts)

    def _say(self, record, name):
        """The name of the choice that a field of the record has."""
        names = dict(record._fields[name]._description_selection(self.env))
        return names.get(record[name], "")

    # === Mails === #

    def _add_messages(self, evidence):
        """Messages of the booking and its documents, with what was attached to them."""
        documents = self._read_evidence("tour.document", [("order_id", "=", self.id)])
        for model, ids in ((self._name, self.ids), (documents._name, documents.ids)):
            last = 0
            while ids and (
                messages := self.env["mail.message"].search(
                    [("model", "=", model), ("res_id", "in", ids), ("id", ">", last)],
                    order="id",
                    limit=MESSAGES_AT_ONCE,
                )
            ):
                last = messages[-1].id
                for message in messages:
                    self._add_message(evidence, message)
                # A long conversation is not kept in memory.
                messages.invalidate_recordset()

    def _add_message(self, evidence, message):
        if not message.body and not message.attachment_ids:
            return
        folder = f"mails/{message.id}"
        subject = message.subject or message.record_name or str(message.id)
        # In sudo: names and addresses that stand on the message, which he reads.
        message_sudo = message.sudo()
        page = make_page(
            subject,
            {
                self.env._("From"): message.email_from or message_sudo.author_id.name,
                self.env._("To"): ", ".join(
                    partner.email_formatted or partner.name or ""
                    for partner in message_sudo.partner_ids
                ),
                self.env._("When"): message.date,
                self.env._("Type"): self._say(message, "message_type"),
            },
            message.body or "",
            evidence.lang,
        )
        evidence.add(
            folder,
            f"{subject}.html",
            page.encode(),
            title=subject,
            on=str(message.date),
        )
        self._add_files(evidence, folder, message.attachment_ids, title=subject)

    def _read_evidence(self, model, domain):
        """Records that the user may read, in the order in which they were made."""
        records = self.env[model].with_context(active_test=False)
        if not records.has_access("read"):
            return records
        return records.search(domain, order="id")
