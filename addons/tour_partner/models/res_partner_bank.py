from odoo import models


class ResPartnerBank(models.Model):
    _inherit = "res.partner.bank"
