"""The offer as PDF, for who wants it on paper: in the mail, and on the page."""

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256

from odoo import api, fields, models

from odoo.addons.tour_document import formats, pdf

# More columns than these are too narrow to be read on A4; all variants follow anyway.
MAX_COMPARED = 4
# What the client may have on paper; of the rest his page says how it ended.
PRINTED = ("open", "accepted")


@lru_cache(maxsize=16)
def _draw(html):
    """Draw once what is asked for again and again by a link that needs no login."""
    return pdf.render(html, identifier=sha256(html.encode()).hexdigest()[:32])


class TourOffer(models.Model):
    _inherit = "tour.offer"

    @api.constrains("terms")
    def _check_terms(self):
        """Terms are drawn: they have the length of what stands on our papers."""
        for offer in self:
            self.env["tour.document.template"]._check_wording_length(offer.terms)

    def action_print(self):
        """Show the offer as PDF, as the client gets it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/offers/{self.id}/pdf",
            "target": "new",
        }

    def _draw_paper(self):
        """The offer as PDF in its language.

        :return: name of the file, and its content
        """
        self.ensure_one()
        paper = self._get_paper()
        html = self.env["ir.qweb"]._render(
            "tour_offer.paper_offer",
            {"paper": paper},
            lang=paper["code"],
            minimal_qcontext=True,
        )
        return paper["file_name"], _draw(str(html))

    def _get_paper(self):
        """What the paper says: text, and nothing that the client's page has not.

        :rtype: dict
        """
        code = self._get_paper_lang()
        # In sudo: who has the link may read neither companies nor hotels; what he
        # gets is what `_client_view` names.
        offer = self.sudo().with_context(lang=code)
        view = offer._client_view()
        is_compared = 1 < len(view["variants"]) <= MAX_COMPARED
        date = fields.Date.to_date(offer.sent_on) or fields.Date.context_today(offer)
        name = offer.env._("Offer %(number)s", number=offer.name)
        return {
            "code": code,
            "lang": formats.get_locale(code).language,
            "number": offer.name,
            "date": formats.long_date(date, code),
            "iso_date": date.isoformat(),
            "issuer": offer.company_id._get_paper_facts(offer.currency_id),
            "offer": view,
            "table": offer._get_comparison() if is_compared else None,
            # Sanitized by its field.
            "terms": offer.terms,
            "notice": offer._get_paper_notice(view),
            "file_name": f"{name.replace('/', '-')}.pdf",
        }

    def _get_paper_lang(self):
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        known = (self.lang, self.env.lang, "en_US")
        return next((code for code in known if code in installed), "en_US")

    def _get_paper_notice(self, view):
        """How it stands, unless the client may accept it."""
        if view["state"] == "open":
            return ""
        if view["state"] == "draft":
            return self.env._("Draft: it was not sent, and binds nobody.")
        if view["state"] == "accepted":
            return self.env._(
                "Accepted: %(variant)s. Booking: %(booking)s.",
                variant=view["accepted"],
                booking=view["booking"],
            )
        return self.env._("This offer holds no more.")

    def _prepare_paper_attachment(self):
        """The paper as attachment of a mail."""
        name, content = self._draw_paper()
        return [(name, b64encode(content))]
