"""Booklets on their way to clients: by hand, when complete, and when changed."""

import logging

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Domain

from .tour_booklet import BATCH

_logger = logging.getLogger(__name__)

CATEGORY = "booklet"
# Bigger ones are not refused by mail servers: the mail leads to the page instead.
MAX_MAIL_SIZE = 15 * 1024 * 1024


class TourBooklet(models.Model):
    _inherit = "tour.booklet"

    def _send(self, way):
        """Queue the mail with all the files, and keep what is in it as an edition.

        :param str way: see ``tour.booklet.edition``
        :return: the edition; none if nobody is there who wants the mail
        """
        self.ensure_one()
        items = self._get_sent_items()
        template = self.env.ref(
            "tour_booklet.mail_template_booklet", raise_if_not_found=False
        )
        if not template:
            raise UserError(
                self.env._("The mail template of booklets was deleted. Restore it.")
            )
        files_sudo = self.env["ir.attachment"].sudo()
        files_sudo = files_sudo.union(*(item._get_file() for item in items))
        is_small = sum(files_sudo.mapped("file_size")) <= MAX_MAIL_SIZE
        mails = self.env["tour.notification.category"]._send_mail(
            CATEGORY,
            template.with_context(
                tour_booklet_again=bool(self.edition_ids),
                tour_booklet_big=not is_small,
            ),
            self.order_id,
            self.order_id._get_client_recipients(),
            {"attachment_ids": files_sudo.ids if is_small else []},
        )
        if not mails:
            return self.env["tour.booklet.edition"]
        return self._note_edition(way, items, mails)

    def _open_papers(self, items):
        """Open papers of ours to the client, as a complete booklet does."""
        # In sudo: who completes a booklet need not have the right to open papers.
        closed = items.sudo().document_id.filtered(lambda one: one.access == "staff")
        closed.action_open_to_client()

    def _note_edition(self, way, items, mails):
        recipients = ", ".join(mails.recipient_ids.mapped("display_name"))
        edition = self.edition_ids.create(
            {
                "booklet_id": self.id,
                "number": max(self.edition_ids.mapped("number"), default=0) + 1,
                "way": way,
                "files": [self._describe(item) for item in items],
                "fingerprint": self._get_fingerprint(),
                "recipients": recipients,
            }
        )
        self.write({"sent_on": fields.Datetime.now(), "changed_on": False})
        self._tell(
            self.env._(
                "The travel booklet, edition %(number)s, was sent to %(partners)s.",
                number=edition.number,
                partners=recipients,
            )
        )
        return edition

    def _describe(self, item):
        version_sudo = item._get_current_version()
        return {
            "name": item.display_name,
            "file": version_sudo.attachment_id.name,
            "version": version_sudo.number,
            "sha256": item._get_sha256(),
        }

    def _tell(self, text):
        """An internal note on the booking."""
        # In sudo: who completes a booklet may not write on the booking.
        self.order_id.sudo().message_post(
            body=text,
            subtype_xmlid="mail.mt_note",
            author_id=self.env.user.partner_id.id,
        )

    # === What changed after it was sent === #

    @api.model
    def _get_changed_domain(self):
        before = fields.Datetime.now() - BATCH
        return Domain("complete_on", "!=", False) & Domain("changed_on", "<=", before)

    @api.model
    def _cron_send_changed(self):
        """Send anew what has changed, once for all the changes of some minutes."""
        changed = self.sudo().search(self._get_changed_domain(), order="id")
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(changed))
        for booklet in changed:
            try:
                with self.env.cr.savepoint():
                    booklet._send_changed()
            except UserError as error:
                # One that can't be sent keeps no other back; it is tried again.
                _logger.warning("Booklet %s was not sent: %s", booklet.id, error)
            if not cron._commit_progress(1):
                break

    def _send_changed(self):
        """Send the booklet if its bytes are others than those the client has.

        :return: the edition, if there is one
        """
        self.ensure_one()
        nothing = self.env["tour.booklet.edition"]
        try:
            self.lock_for_update()
        except LockError:
            # Somebody is at it: next time.
            return nothing
        # Another run may have sent it before this one got the lock.
        self.invalidate_recordset()
        if not self.filtered_domain(self._get_changed_domain()):
            return nothing
        last = self.edition_ids[:1]
        is_off = not self.order_id._is_booklet_shown()
        if is_off or self._get_fingerprint() == last.fingerprint:
            self.changed_on = False
            return nothing
        edition = self._send("changed")
        if not edition:
            self.changed_on = False
            self._tell(self._explain_nobody())
        return edition

    def _explain_nobody(self):
        return self.env._(
            "%(order)s: the travel booklet was not sent. The client has no mail "
            "address, or wants no such mails.",
            order=self.order_id.name,
        )
