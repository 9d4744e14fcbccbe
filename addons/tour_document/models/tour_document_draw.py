from hashlib import sha256

from odoo import models
from odoo.exceptions import UserError

from .. import pdf
from ..batch import each_by_itself, tell

# More in one file are no print-out any more.
MAX_TOGETHER = 500


class TourDocument(models.Model):
    """Drawing: from the booking's data to a version with its file."""

    _inherit = "tour.document"

    def action_draw(self):
        """Draw the documents anew; what says the same gets no new version.

        Of many, one that can't be drawn is named, and the others are drawn.
        """
        if len(self) > 1:
            return self._draw_each()
        self._check_not_locked()
        if self._draw():
            return tell(self.env, self.env._("The document was drawn anew."))
        message = self.env._("Nothing has changed: the document stays as it is.")
        return tell(self.env, message, is_success=False)

    def _draw_each(self):
        def draw(document):
            document._check_not_locked()
            return document._draw()

        given, problems = each_by_itself(self, draw)
        drawn = self.browse().union(*given)
        message = self.env._(
            "Drawn anew: %(count)s of %(all)s documents.",
            count=len(drawn),
            all=len(self),
        )
        return tell(self.env, message, problems, is_success=bool(drawn))

    def action_print(self):
        """Show the document as it is now; a locked one as it was kept.

        Many are shown in one file; one that can't be drawn is named and left out.
        """
        if len(self) > 1:
            return self._print_together()
        self.ensure_one()
        self._draw()
        return self._open_in_tab(self.access_url)

    def _print_together(self):
        if len(self) > MAX_TOGETHER:
            raise UserError(
                self.env._("At most %(count)s in one file.", count=MAX_TOGETHER)
            )

        def draw(document):
            document._draw()
            return document

        drawn, problems = each_by_itself(self, draw)
        numbers = ",".join(str(document.id) for document in drawn)
        action = self._open_in_tab(f"/tour/documents/together?ids={numbers}")
        if not problems:
            return action
        message = self.env._(
            "Printed: %(count)s of %(all)s documents.",
            count=len(drawn),
            all=len(self),
        )
        return tell(self.env, message, problems, next_action=action)

    def _open_in_tab(self, url):
        return {"type": "ir.actions.act_url", "url": url, "target": "new"}

    def _draw(self):
        """Draw what is not locked, and add a version to what says something new.

        A locked document that was never drawn is drawn once.

        :return: the documents that got a new version
        """
        self.check_access("read")
        # Clients read documents too, but only staff draw them.
        self.env["tour.document.version"].check_access("read")
        drawn = self.browse()
        for document in self:
            if document.locked and document.current_version_id:
                continue
            if document._draw_anyway():
                drawn |= document
        return drawn

    def _draw_anyway(self):
        """Draw the document even if it is locked.

        :return: whether it says something new, and so has got a version
        """
        self.ensure_one()
        html, checksum = self._render()
        if self.current_version_id.checksum == checksum:
            return False
        self._add_version(checksum, pdf.render(html, identifier=checksum[:32]))
        return True

    def _render(self):
        """The document as HTML, and a checksum of what it says."""
        html = self.template_id._render_html(self._get_facts())
        return html, sha256(html.encode()).hexdigest()

    def _compute_is_outdated(self):
        """Compare with what would be drawn: for forms, it costs a rendering."""
        for document in self:
            document.is_outdated = (
                bool(document.current_version_id)
                and not document.locked
                and not document._filter_fresh()
            )

    def _filter_fresh(self):
        """Those whose current version says what the booking says."""
        fresh = self.browse()
        for document in self.filtered("current_version_id"):
            try:
                if document._render()[1] == document.current_version_id.checksum:
                    fresh |= document
            except UserError:
                # There is nothing left to draw, as when its service was deleted.
                continue
        return fresh

    def _get_facts(self):
        """What the document says, as plain data of its kind; see `papers`.

        Override to say more on a kind of paper.
        """
        self.ensure_one()
        order = self.order_id.with_context(lang=self.lang)
        services, totals = order._get_paper_services(self)
        if not services:
            raise UserError(
                self.env._(
                    "%(document)s: the booking has no service to write about.",
                    document=self.display_name,
                )
            )
        currency = order.currency_id
        return {
            "kind": self.kind,
            "number": self.number,
            "date": self.date,
            "lang": self.lang,
            "currency": {"code": currency.name, "decimals": currency.decimal_places},
            "issuer": order.company_id._get_paper_facts(currency),
            "recipient": self._get_recipient_facts(),
            "consignee": order._get_paper_consignee(self),
            "booking": order._get_paper_booking(self),
            "services": services,
            "totals": totals,
            "terms": order._get_paper_terms(self),
            "wording": self.wording or "",
            "row_wording": self.row_wording or "",
        }

    def _get_recipient_facts(self):
        """Whom it is addressed to; the client's phone once staff may see it."""
        facts = self.with_context(lang=self.lang).partner_id._get_paper_facts()
        if self.audience == "client":
            self.order_id._hide_client_phone(facts)
        return facts

    def _add_version(self, checksum, content):
        """Keep the file as the next version."""
        self.ensure_one()
        # In sudo: versions are added here only, and nobody has the right to write one.
        # Odoo leaves the caller's defaults behind as it goes there.
        self_sudo = self.sudo()
        version_sudo = self_sudo.version_ids.create(
            {
                "document_id": self.id,
                "number": max(self_sudo.version_ids.mapped("number"), default=0) + 1,
                "checksum": checksum,
                "file_checksum": sha256(content).hexdigest(),
                "lang": self.lang,
            }
        )
        version_sudo.attachment_id = self_sudo.env["ir.attachment"].create(
            {
                "name": self._get_file_name(),
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": version_sudo._name,
                "res_id": version_sudo.id,
            }
        )
        self_sudo._write_own({"current_version_id": version_sudo.id})

    def _get_title(self):
        """What the addressee calls the document, in its language."""
        self.ensure_one()
        document = self.with_context(lang=self.lang)
        if self.kind == "supplier_request":
            return document.env._("Booking request %(number)s", number=self.number)
        return document.display_name

    def _get_file_name(self):
        return f"{self._get_title().replace('/', '-')}.pdf"
