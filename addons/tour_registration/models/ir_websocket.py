from odoo import models
from odoo.http import SessionExpiredException

from odoo.addons.bus.websocket import wsrequest


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    @classmethod
    def _authenticate(cls):
        """Close what was open when a new version of the agreement came out."""
        result = super()._authenticate()
        session = wsrequest.session
        users = wsrequest.env["res.users"]
        if users._get_missing_agreement_id(session.uid, session):
            raise SessionExpiredException()
        return result
