"""Files whose old versions stay (see `file_types` for what is taken)."""

from base64 import b64decode
from binascii import Error as Base64Error
from hashlib import sha256

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import file_types

MAX_MB = 25
STAFF = "base.group_user"


class TourFileVersionMixin(models.AbstractModel):
    """The bytes of a file as they were once.

    A model of its own says whose: which model ``file_id`` leads to.
    Versions are only added, by :meth:`tour.file.mixin._put`; nobody has the right to
    change one.
    """

    _name = "tour.file.version.mixin"
    _description = "Version of a File"
    _order = "number desc, id desc"
    _rec_name = "number"

    file_id = fields.Many2one(
        comodel_name="tour.file.mixin",
        string="Record",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    number = fields.Integer(string="Version", required=True, readonly=True)
    attachment_id = fields.Many2one(
        comodel_name="ir.attachment",
        string="File",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    file_name = fields.Char(related="attachment_id.name", string="File name")
    file_size = fields.Integer(related="attachment_id.file_size", string="Size")
    sha256 = fields.Char(string="SHA-256", required=True, readonly=True)

    def action_open(self):
        """Open the file of this version in another tab."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=true",
            "target": "new",
        }


class TourFileMixin(models.AbstractModel):
    """A record with a file: other bytes make a new version, the same bytes none.

    A model of its own names that of its versions in ``version_ids``, and says where the
    file is read (see `_get_file_path`).
    """

    _name = "tour.file.mixin"
    _description = "File with Versions"

    name = fields.Char(help="When it is empty, the name of the file is taken.")
    upload = fields.Binary(
        string="File",
        compute="_compute_upload",
        inverse="_inverse_upload",
        groups=STAFF,
        help="Another file becomes a new version. The old ones stay.",
    )
    upload_name = fields.Char(
        string="File name",
        compute="_compute_upload",
        inverse="_inverse_upload",
        groups=STAFF,
    )
    version_number = fields.Integer(
        compute="_compute_version", compute_sudo=True, string="Version"
    )
    changed_on = fields.Datetime(compute="_compute_version", compute_sudo=True)
    file_size = fields.Integer(
        compute="_compute_version", compute_sudo=True, string="Size"
    )
    version_ids = fields.One2many(
        comodel_name="tour.file.version.mixin",
        inverse_name="file_id",
        string="Versions",
        readonly=True,
    )

    # === Computes === #

    @api.depends("version_ids")
    def _compute_upload(self):
        for record in self:
            attachment = record._get_current_version().attachment_id
            record.upload = attachment.datas
            record.upload_name = attachment.name

    def _inverse_upload(self):
        for record in self:
            # Forms ask for the size of files, and mean those that they show.
            data = record.with_context(bin_size=False).upload
            if not data:
                raise UserError(
                    self.env._(
                        "A file is not taken away but archived, or replaced by another."
                    )
                )
            try:
                content = b64decode(data, validate=True)
            except (Base64Error, ValueError):
                raise UserError(self.env._("This is no file.")) from None
            record._put(record.upload_name, content)

    @api.depends("version_ids")
    def _compute_version(self):
        for record in self:
            version = record._get_current_version()
            record.version_number = version.number
            record.changed_on = version.create_date
            record.file_size = version.attachment_id.file_size

    # === Versions === #

    def _get_current_version(self):
        """The newest version, in sudo; none if there is no file yet."""
        self.ensure_one()
        # In sudo: who may read the record is shown its newest file, not the versions.
        return self.sudo().version_ids.sorted("number", reverse=True)[:1]

    def _get_file(self):
        """The attachment to read, in sudo; none if there is none."""
        self.ensure_one()
        return self._get_current_version().attachment_id

    def _get_file_path(self):
        """The address at which whoever may read the record reads its file."""
        raise NotImplementedError

    def action_open(self):
        """Open the file in another tab."""
        self.ensure_one()
        self.check_access("read")
        if not self._get_file():
            raise UserError(self.env._("There is no file yet. Upload one."))
        return {
            "type": "ir.actions.act_url",
            "url": self._get_file_path(),
            "target": "new",
        }

    def _put(self, name, content):
        """Keep ``content`` as the next version, unless it is what is there.

        :param str name: that of the file, as it was uploaded
        :param bytes content: the file
        :return: whether it is something new
        :raise UserError: if such a file is not taken
        """
        self.ensure_one()
        self.check_access("write")
        name, mimetype = self._check_file(name, content)
        # Two uploads at once make two versions, one after the other.
        self.lock_for_update()
        digest = sha256(content).hexdigest()
        current_sudo = self._get_current_version()
        if current_sudo.sha256 == digest:
            return False
        # In sudo: versions are added here only, and nobody has the right to write one.
        version_sudo = self.sudo().version_ids.create(
            {
                "file_id": self.id,
                "number": current_sudo.number + 1,
                "sha256": digest,
            }
        )
        # Bytes as they came: Odoo would make big pictures smaller.
        attachments_sudo = self.env["ir.attachment"].sudo()
        attachments_sudo = attachments_sudo.with_context(image_no_postprocess=True)
        version_sudo.attachment_id = attachments_sudo.create(
            {
                "name": name,
                "raw": content,
                "mimetype": mimetype,
                "res_model": version_sudo._name,
                "res_id": version_sudo.id,
            }
        )
        self.invalidate_recordset(["upload", "upload_name", "version_ids"])
        if not self.name:
            self.name = file_types.split_name(name)[0]
        self._after_put()
        return True

    def _after_put(self):
        """Hook: the record has got a new version of its file."""

    @api.model
    def _check_file(self, name, content):
        # In sudo: the limit holds for everybody, parameters are for administrators.
        parameters_sudo = self.env["ir.config_parameter"].sudo()
        max_mb = parameters_sudo.get_param("tour_file.max_mb", "")
        max_mb = int(max_mb) if max_mb.isdecimal() else MAX_MB
        try:
            return file_types.check(name, content, max_mb * 1024 * 1024)
        except file_types.FileError as error:
            raise UserError(self._explain_fault(error.code, name, max_mb)) from None

    @api.model
    def _explain_fault(self, code, name, max_mb):
        if code == "size":
            return self.env._(
                "%(file)s: bigger than %(size)s MB. Make it smaller or split it.",
                file=name,
                size=max_mb,
            )
        if code == "empty":
            return self.env._("%(file)s: the file is empty.", file=name)
        return self.env._(
            "%(file)s: files of this kind are not taken, or it is not what its name "
            "says. Known are: %(types)s.",
            file=name,
            types=", ".join(file_types.TYPES),
        )

    def unlink(self):
        """Take the versions along, with their files, which the database would leave."""
        # In sudo: nobody may delete a version by itself.
        versions_sudo = self.sudo().with_context(active_test=False).version_ids
        self.check_access("unlink")
        versions_sudo.unlink()
        return super().unlink()
