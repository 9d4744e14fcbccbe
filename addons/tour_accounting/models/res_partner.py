"""Counterparties as the formats name them: see `engine.rules`."""

from odoo import api, fields, models

from ..engine.documents import make_guid


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _get_accounting_parties(self, ids, company, space):
        """Parties by id (as text), in a fixed number of queries.

        Note: in sudo mode. One that is deleted meanwhile has its identity only.
        """
        partners = self.with_company(company).browse(ids).exists()
        contracts = partners._get_accounting_contracts(company, space)
        gone = {str(key): self._prepare_gone_party(key, space) for key in ids}
        return gone | {
            str(partner.id): {
                **partner._prepare_accounting_party(company, space),
                "contract": contracts.get(partner.id),
            }
            for partner in partners
        }

    def _prepare_accounting_party(self, company, space):
        self.ensure_one()
        country = self.country_id or company.country_id
        address = self.with_context(show_address=False)._display_address(
            without_company=True
        )
        number = "".join(filter(str.isalnum, self.vat or ""))
        return {
            "id": self.id,
            "guid": make_guid(space, "res.partner", self.id),
            "name": self.name or "",
            "inn": number.removeprefix("RU") if country.code == "RU" else number,
            "kpp": self.kpp or "",
            "is_company": self.is_company,
            "country": country.code or "",
            "address": ", ".join(filter(None, map(str.strip, address.splitlines()))),
            "payable": self.property_account_payable_id.id,
        }

    @api.model
    def _prepare_gone_party(self, key, space):
        return {
            "id": key,
            "guid": make_guid(space, "res.partner", key),
            "name": "—",
            "is_company": False,
        }

    def _get_accounting_contracts(self, company, space):
        """The contract in force with each client, the latest."""
        contracts = self.env["tour.contract"].search_fetch(
            [
                ("partner_id.commercial_partner_id", "in", self.ids),
                ("company_id", "=", company.id),
                ("state", "=", "in_force"),
            ],
            ["name", "date_from", "partner_id"],
            order="date_from, id",
        )
        return {
            contract.partner_id.commercial_partner_id.id: {
                "guid": make_guid(space, "tour.contract", contract.id),
                "number": contract.name or "",
                "date": fields.Date.to_string(contract.date_from),
            }
            for contract in contracts
        }
