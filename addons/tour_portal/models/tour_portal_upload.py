"""Files that clients send: checked by name, size and content before they are kept."""

from odoo import api, models
from odoo.exceptions import UserError

MAX_FILES = 10


class TourPortalUpload(models.AbstractModel):
    _name = "tour.portal.upload"
    _description = "Files Sent by Clients"

    @api.model
    def _check(self, files, max_files=MAX_FILES):
        """Read what was uploaded, and check it.

        :param files: what came in an input: files as werkzeug gives them, with
            ``filename``, ``read`` and ``seek``; inputs left empty are passed over
        :return: of each file the name to keep it under, its bytes, and its type
        :rtype: list[tuple[str, bytes, str]]
        :raise UserError: naming the file and the rule
        """
        sent = [file for file in files if getattr(file, "filename", "")]
        if len(sent) > max_files:
            raise UserError(
                self.env._(
                    "You sent %(sent)s files. Up to %(most)s are taken at once.",
                    sent=len(sent),
                    most=max_files,
                )
            )
        checked = []
        for file in sent:
            # When the request is begun anew, it has been read before.
            file.seek(0)
            content = file.read()
            name, mimetype = self.env["tour.file.mixin"]._check_file(
                file.filename, content
            )
            checked.append((name, content, mimetype))
        return checked

    @api.model
    def _attach(self, checked, record):
        """Keep checked files as attachments of ``record``, in sudo."""
        # In sudo: clients make no attachments; what is kept was checked. Bytes as
        # they came: Odoo would make big pictures smaller.
        attachments_sudo = self.env["ir.attachment"].sudo()
        return attachments_sudo.with_context(image_no_postprocess=True).create(
            [
                {
                    "name": name,
                    "raw": content,
                    "mimetype": mimetype,
                    "res_model": record._name,
                    "res_id": record.id,
                }
                for name, content, mimetype in checked
            ]
        )
