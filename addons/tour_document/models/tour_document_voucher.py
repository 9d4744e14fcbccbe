"""Vouchers can be checked: by a code, on a public page that tells nothing personal."""

from odoo import api, models, tools

from .. import formats, qr, voucher_code
from ..kinds import OFF

PAGE = "/tour/voucher"
# Statuses of a booking that nobody has confirmed yet.
EARLY_STATES = ("new", "accepted", "awaiting_client", "client_confirmed")


class TourDocumentTemplate(models.Model):
    _inherit = "tour.document.template"

    def _present(self, facts):
        """Add the code; a preview has one that leads nowhere."""
        paper = super()._present(facts)
        paper["check"] = None
        if facts["kind"] == "voucher":
            code = facts.get("check_code") or "0-PREVIEW"
            address = f"{self.get_base_url()}{PAGE}/{code}"
            mark = facts.get("check_stamp")
            paper["check"] = {
                "code": code,
                "page": address.partition("//")[2].rpartition("/")[0],
                "qr": qr.data_address(f"{address}?s={mark}" if mark else address),
            }
        return paper


class TourDocument(models.Model):
    _inherit = "tour.document"

    def _get_facts(self):
        facts = super()._get_facts()
        if self.kind == "voucher":
            facts["check_code"] = voucher_code.make(self.id, self._get_voucher_key())
            facts["check_stamp"] = self._get_voucher_stamp(facts["services"])
        return facts

    @api.model
    def _get_voucher_key(self):
        """What codes are signed by: the database's own secret."""
        # In sudo: nobody may read the secret, and no code tells anything of it.
        return tools.hmac(self.sudo().env, "tour_voucher", "key")

    def _get_voucher_stamp(self, services):
        content = [voucher_code.service_facts(service) for service in services]
        return voucher_code.stamp({"services": content}, self._get_voucher_key())

    @api.model
    def _find_voucher(self, code):
        """The voucher of the code in sudo, empty if there is none."""
        document_id = voucher_code.read(code, self._get_voucher_key())
        # In sudo: the code is the right, who holds the voucher is nobody.
        documents = self.sudo().with_context(active_test=False)
        return documents.search(
            [("id", "=", document_id or 0), ("kind", "=", "voucher")]
        )

    # What the page tells

    def _check_voucher(self, mark, lang):
        """What whoever holds the voucher is told of it, and no more.

        :param str mark: the stamp on the voucher that he holds, or anything
        :param str lang: of the page
        """
        self.ensure_one()
        # In the language of the paper, as the stamp was made.
        services = self._get_voucher_services(self.lang)
        status = self._get_voucher_status(services, mark)
        shown = self._get_voucher_services(lang) if status != "cancelled" else []
        company_sudo = self.company_id.sudo()
        return {
            "status": status,
            "is_compared": voucher_code.is_stamp(mark),
            "number": self.number,
            "issuer": {"name": company_sudo.name, "phone": company_sudo.phone or ""},
            "service": self._get_voucher_page(shown[0], lang) if shown else None,
        }

    def _get_voucher_services(self, lang):
        """Facts of the service as the booking has it now; none if it is gone."""
        if not self.line_id:
            return []
        # A paper may be in a language that was uninstalled since.
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        document = self.with_context(lang=lang if lang in installed else None)
        return document.order_id._get_paper_services(document)[0]

    def _get_voucher_status(self, services, mark):
        order = self.order_id
        is_off = order.booking_state in OFF or (
            order.booking_state == "archive" and not order._is_tour_done()
        )
        if is_off or not services or not self.active:
            return "cancelled"
        if order.booking_state in EARLY_STATES:
            return "pending"
        is_other = voucher_code.is_stamp(mark) and mark != self._get_voucher_stamp(
            services
        )
        return "changed" if is_other or order.booking_state == "changed" else "valid"

    def _get_voucher_page(self, service, lang):
        """Hotel, dates and how many guests: nobody's name, and no address of his."""
        hotel = service.get("hotel") or {}
        return {
            "name": hotel.get("name") or service["name"],
            "city": hotel.get("city") or "",
            "is_stay": bool(hotel),
            "start": formats.long_date(service.get("date_from"), lang),
            "end": formats.long_date(service.get("date_to"), lang),
            "nights": service.get("nights") or 0,
            "rooms": service.get("rooms") or 0,
            "guests": len(service.get("guests") or ()),
        }
