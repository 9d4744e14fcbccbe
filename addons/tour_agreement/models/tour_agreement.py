from odoo import fields, models


class TourAgreement(models.Model):
    """That a client agreed to a paper: who, when, from where, and to which file.

    Written by :meth:`tour.document.action_client_agree` only, and never changed:
    nobody has the right to.
    """

    _name = "tour.agreement"
    _description = "Agreement of a Client"
    _order = "id desc"
    _rec_name = "document_id"

    document_id = fields.Many2one(
        comodel_name="tour.document",
        string="Document",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    version_id = fields.Many2one(
        comodel_name="tour.document.version",
        string="Version",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    order_id = fields.Many2one(
        related="document_id.order_id", store=True, string="Booking", index=True
    )
    company_id = fields.Many2one(related="document_id.company_id", store=True)
    kind = fields.Selection(related="document_id.kind", string="Kind")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Who agreed",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    # As they were then, whatever becomes of the user.
    user_name = fields.Char(string="Name", readonly=True)
    user_login = fields.Char(string="Login", readonly=True)
    agreed_on = fields.Datetime(string="Agreed on", required=True, readonly=True)
    address = fields.Char(string="IP address", readonly=True)
    user_agent = fields.Char(string="Browser", readonly=True)
    sha256 = fields.Char(string="SHA-256 of the file", required=True, readonly=True)

    _version_unique = models.Constraint(
        "UNIQUE(version_id)", "The client has agreed to this version already."
    )
