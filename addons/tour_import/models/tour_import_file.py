"""The file of an import, as a table."""

import base64
import contextlib
import os
import tempfile

from odoo import api, models
from odoo.exceptions import UserError

from ..engine import table
from ..engine.errors import FileRefused
from ..engine.sources import MEGABYTE, Limits, open_source
from ..rules import get_file_text


class TourImport(models.Model):
    _inherit = "tour.import"

    @api.model
    def _get_limits(self):
        """How much is read; settings may lower or raise it."""
        # Sudo: settings are not the importer's to read.
        get_param = self.env["ir.config_parameter"].sudo().get_param
        limits = Limits()

        def number(name, default):
            text = get_param(f"tour_import.{name}") or ""
            return int(text) if text.isdigit() and int(text) else default

        return Limits(
            upload_bytes=number("max_megabytes", limits.upload_bytes // MEGABYTE)
            * MEGABYTE,
            unpacked_bytes=number(
                "max_unpacked_megabytes", limits.unpacked_bytes // MEGABYTE
            )
            * MEGABYTE,
            rows=number("max_rows", limits.rows),
        )

    @contextlib.contextmanager
    def _open_table(self):
        """The file as a table; what is wrong with it becomes a message."""
        self.ensure_one()
        limits = self._get_limits()
        file_format = table.Format(
            encoding=self.encoding or "",
            delimiter=self.delimiter or "",
            sheet=(self.sheet_name or "").strip(),
            header_row=max(self.header_row, 0),
        )
        try:
            with (
                self._get_path() as path,
                open_source(path, limits) as source,
            ):
                yield table.open_table(source, file_format, limits)
        except FileRefused as refusal:
            raise UserError(get_file_text(self.env, refusal)) from refusal

    @contextlib.contextmanager
    def _get_path(self):
        """The file on disk: where Odoo keeps it, or a copy where it keeps it elsewhere.

        Memory is not for files: the path is read by pieces.
        """
        # Sudo: the attachment of a field is found by who may read the record.
        attachment_sudo = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_field", "=", "file"),
                    ("res_id", "=", self.id),
                ],
                limit=1,
            )
        )
        if not attachment_sudo:
            raise FileRefused("file_gone")
        if attachment_sudo.store_fname:
            path = attachment_sudo._full_path(attachment_sudo.store_fname)
            if os.path.isfile(path):
                yield path
                return
        content = attachment_sudo.raw or base64.b64decode(attachment_sudo.datas or b"")
        with tempfile.NamedTemporaryFile(prefix="tour_import_") as copy:
            copy.write(content)
            copy.flush()
            yield copy.name

    def _describe_format(self, file_format):
        if file_format.sheet:
            return self.env._("Sheet “%(sheet)s”", sheet=file_format.sheet)
        names = dict(self._fields["delimiter"]._description_selection(self.env))
        encodings = dict(self._fields["encoding"]._description_selection(self.env))
        return self.env._(
            "%(encoding)s, delimiter: %(delimiter)s",
            encoding=encodings.get(file_format.encoding, file_format.encoding),
            delimiter=names.get(file_format.delimiter, file_format.delimiter),
        )
