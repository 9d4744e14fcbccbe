"""The document of a reposting: what accounting is sent, as Word file and as PDF."""

from odoo import models
from odoo.tools.misc import format_amount, format_date, format_datetime

from odoo.addons.tour_booking.view_diff import compare
from odoo.addons.tour_document import pdf

from .. import accounting_docx
from ..correction_states import MOVER

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class TourReposting(models.Model):
    _inherit = "tour.reposting"

    def _send_to_accounting(self):
        """Make the documents of these, keep them, and mail them."""
        category = self.env["tour.notification.category"]
        template = self.env.ref("tour_correction.mail_template_reposting")
        # In sudo: nobody has the right to write a reposting himself.
        for reposting in self._as_mover():
            files = reposting._make_documents()
            people = category._get_by_code("reposting")._filter_recipients(
                reposting.company_id._get_accounting_partners()
            )
            people = people.sudo().filtered("email_normalized")
            if people:
                reposting.sent_to = ", ".join(people.mapped("email_normalized"))
                category._send_mails(
                    "reposting",
                    template,
                    {reposting: people},
                    {"attachments": [(file.name, file.datas) for file in files]},
                )

    def _as_mover(self):
        return self.sudo().with_context(tour_correction_mover=MOVER)

    def _make_documents(self):
        """Make the Word file and the PDF, and keep both with the reposting."""
        self.ensure_one()
        paper = self._get_paper()
        html = str(
            self.env["ir.qweb"]._render(
                "tour_correction.paper_reposting",
                {"paper": paper},
                lang=paper["lang"],
                minimal_qcontext=True,
            )
        )
        name = paper["title"].replace("/", "-")
        files = self.env["ir.attachment"].create(
            [
                self._prepare_file(f"{name}.docx", accounting_docx.build(paper), WORD),
                self._prepare_file(f"{name}.pdf", pdf.render(html), "application/pdf"),
            ]
        )
        self.write({"document_id": files[0].id, "pdf_id": files[1].id})
        return files

    def _prepare_file(self, name, content, mimetype):
        return {
            "name": name,
            "raw": content,
            "mimetype": mimetype,
            "res_model": self._name,
            "res_id": self.id,
        }

    # What it says

    def _get_paper_lang(self):
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        known = (self.company_id.partner_id.lang, self.env.lang, "en_US")
        return next((code for code in known if code in installed), "en_US")

    def _get_paper(self):
        """What the document says, as text in the company's language.

        :rtype: dict
        """
        self.ensure_one()
        lang = self._get_paper_lang()
        reposting = self.with_context(lang=lang)
        order = reposting.order_id
        return {
            "lang": lang,
            "number": order.name,
            "iso_date": self.finished_on.date().isoformat(),
            "issuer": order.company_id._get_paper_facts(order.currency_id),
            "title": reposting.display_name,
            "subtitle": reposting.env._(
                "Changes of a booking that was done, for accounting"
            ),
            "facts": reposting._get_paper_head(),
            "sums": reposting._get_paper_sums(),
            "changes": reposting._get_paper_changes(),
            "foot": reposting.env._(
                "Made by the program when the reposting was finished."
            ),
        }

    def _get_paper_head(self):
        """Whose booking it is, and who reposted it when: [(label, value)]."""
        order, env = self.order_id, self.env
        entity = order.partner_id.commercial_partner_id
        facts = [
            (env._("Booking"), order.name),
            (env._("Client"), entity.name),
            (env._("Tax ID of the client"), entity.vat),
            (env._("Consignee"), order.consignee_id.name),
            (env._("Dates"), self._get_dates(order)),
            (env._("Manager"), order.user_id.name),
            (env._("Started"), self._say_who(self.started_by_id, self.started_on)),
            (env._("Finished"), self._say_who(self.finished_by_id, self.finished_on)),
        ]
        return [(label, value) for label, value in facts if value]

    def _get_dates(self, order):
        days = (order.service_date_from, order.service_date_to)
        return " – ".join(format_date(self.env, day) for day in days if day)

    def _say_who(self, user, moment):
        return f"{format_datetime(self.env, moment)}, {user.name}"

    def _get_paper_sums(self):
        """The money before and after, whether it changed or not."""
        env = self.env
        before, after = self._get_sums(self.before), self._get_sums(self.after)
        labels = {
            "total": env._("To the client"),
            "tax": env._("of which taxes"),
            "discount": env._("Discounts of the client"),
            "due": env._("Due to suppliers"),
            "commission": env._("Commission of suppliers"),
            "penalty": env._("Penalty"),
        }
        columns = [env._("Sum"), env._("Before"), env._("After"), env._("Difference")]
        return {
            "heading": env._("Sums"),
            "columns": columns,
            "numbers": True,
            "rows": [
                [
                    label,
                    self._say(before[name]),
                    self._say(after[name]),
                    self._say(after[name] - before[name]),
                ]
                for name, label in labels.items()
                if before[name] or after[name] or name == "total"
            ],
        }

    def _say(self, amount):
        text = format_amount(self.env, amount, self.order_id.currency_id)
        # A mark that keeps the sign on the line, which Word has no use for.
        return text.replace("\ufeff", "")

    def _get_sums(self, view):
        services = view.get("services") or []

        def add_up(name):
            return sum(service.get(name) or 0.0 for service in services)

        return {
            "total": view.get("amount_total") or 0.0,
            "tax": view.get("amount_tax") or 0.0,
            "discount": add_up("discount_amount"),
            "due": add_up("supplier_due"),
            "commission": add_up("commission_amount"),
            "penalty": view.get("penalty_amount") or 0.0,
        }

    def _get_paper_changes(self):
        """What differs, field by field, in the order of the booking."""
        rows = self.order_id._render_diff(compare(self.before, self.after))
        groups = {}
        for row in rows:
            groups.setdefault(row["group"], []).append(
                [row["field"], row["before"], row["after"]]
            )
        env = self.env
        return {
            "heading": env._("What changed"),
            "columns": [env._("Field"), env._("Before"), env._("After")],
            "groups": [{"name": name, "rows": rows} for name, rows in groups.items()],
        }
