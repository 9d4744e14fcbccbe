from lxml import etree

from odoo.fields import Command

from odoo.addons.tour_billing.tests.common import BillingCommon

from ..engine.enterprise_data import FORMAT

ED = f"{{{FORMAT}1.17}}"
CML = "{urn:1C.ru:commerceml_2}"


class AccountingCommon(BillingCommon):
    """A company of Russia, with VAT of 22 %, a client and a supplier with their INN."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        russia = cls.env.ref("base.ru")
        # Numbers whose check digits are right.
        for partner, inn in (
            (cls.company.partner_id, "7707083893"),
            (cls.client_company, "7736050003"),
            (cls.supplier, "7702070139"),
        ):
            partner.write({"country_id": russia.id, "vat": inn, "is_company": True})
        cls.company.tour_accounting_since = False
        cls.vat = cls._create_tax("VAT 22 %", 22)
        cls.exports = cls.env["tour.accounting.export"]
        cls.items = cls.env["tour.accounting.item"]
        cls.bank.bank_account_id = cls.env["res.partner.bank"].create(
            {
                "acc_number": "40702810900000000001",
                "partner_id": cls.company.partner_id.id,
                "bank_id": cls.env["res.bank"]
                .create({"name": "Bank", "bic": "044525225"})
                .id,
            }
        )
        # Committing is not for tests; the time does not end.
        cls.classPatch(
            type(cls.env["ir.cron"]), "_commit_progress", lambda *_args, **_kw: 600.0
        )

    @classmethod
    def _create_tax(cls, name, amount, **values):
        return cls.env["account.tax"].create(
            {
                "name": name,
                "amount": amount,
                "type_tax_use": "sale",
                "price_include_override": "tax_included",
                **values,
            }
        )

    # === What there is to account for === #

    @classmethod
    def _create_done(cls, *services, **values):
        """A booking that is done, with its posted invoice of 10,000."""
        order = cls._create_sold(*services, **values)
        invoice = cls._invoice(order).sudo()
        invoice.action_post()
        cls._force_state(order, "done")
        return order, invoice

    @classmethod
    def _create_move(cls, move_type="in_invoice", price=500.0, partner=None, **values):
        """A posted bill, or what else, with a row of this price."""
        taxes = values.pop("taxes", None)
        owner = cls.supplier if move_type.startswith("in") else cls.client_company
        line = {
            "name": "Stay",
            "price_unit": price,
            "tax_ids": [Command.set(taxes.ids)] if taxes else False,
        }
        move = cls.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": (partner or owner).id,
                "invoice_date": cls.today,
                "date": cls.today,
                "invoice_line_ids": [Command.create(line)],
                **values,
            }
        )
        move.action_post()
        return move

    @classmethod
    def _create_payment(cls, amount=100.0, journal=None, **values):
        payment = cls.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": cls.client_company.id,
                "amount": amount,
                "journal_id": (journal or cls.bank).id,
                "date": cls.today,
                **values,
            }
        )
        payment.action_post()
        return payment

    # === Exports === #

    @classmethod
    def _export(cls, format_code="enterprise_data", **values):
        """An export of all there is, as an accountant asks for it."""
        values = {"date_from": cls._day(-400), "date_to": cls._day(400), **values}
        exports = cls.exports.with_user(cls.accountant)
        export = exports._start(cls.company, format_code, **values).sudo()
        cls.exports._cron_export()
        return export

    @classmethod
    def _get_root(cls, export):
        return etree.fromstring(export.attachment_id.raw)

    @classmethod
    def _find(cls, export, name):
        """Objects of a type in a file of EnterpriseData."""
        return cls._get_root(export)[1].findall(f"{ED}{name}")

    @classmethod
    def _get_text(cls, element, path):
        """Text of an element below; empty if there is none."""
        found = element.find("/".join(f"{ED}{name}" for name in path.split("/")))
        return "" if found is None else found.text

    def _get_acts(self, export):
        """(record, act, revision) of what went, in a steady order."""
        return sorted(
            (item.number, item.act, item.revision) for item in export.item_ids
        )
