"""Asking about a service, and reading the answers."""

from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.tour_portal.controllers.inputs import read_text
from odoo.addons.tour_portal.controllers.portal import ID

from ..models.tour_catalog_question import MAX_QUESTION
from ..models.tour_catalog_service_client import PATH
from .catalog import TourCatalogPortal

LIST = f"{PATH}/questions"


class TourCatalogQuestions(TourCatalogPortal):
    @route(LIST, type="http", auth="user", methods=["GET"], website=True, sitemap=False)
    def tour_catalog_questions(self, **kwargs):
        """What the client's user asked, and was answered."""
        self._check_tour_client()
        own_sudo = request.env["tour.catalog.question"]._get_own()
        values = self._prepare_tour_values(
            "catalogue",
            questions=own_sudo._get_client_facts(),
            sent=read_text("sent"),
            crumbs=[(request.env._("Catalogue"), PATH)],
        )
        return request.render("tour_catalog.questions", values)

    @route(
        f"{PATH}/service/<{ID}:service_id>/question",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
    )
    def tour_catalog_question(self, service_id, **kwargs):
        """A form to ask about a service."""
        service_sudo = self._find_catalog_service(service_id)
        if not service_sudo.takes_questions:
            raise request.not_found()
        text, faults = "", {}
        if request.httprequest.method == "POST":
            text = request.httprequest.form.get("text") or ""
            faults = self._ask_about_service(service_sudo, text)
            if not faults:
                return request.redirect(f"{LIST}?sent=1", code=303)
        values = self._prepare_tour_values(
            "catalogue",
            service=service_sudo._get_client_page(),
            crumbs=self._get_catalog_crumbs(service_sudo),
            text=text,
            faults=faults,
            max_size=MAX_QUESTION,
        )
        return request.render("tour_catalog.question", values)

    def _ask_about_service(self, service_sudo, text):
        """Ask, once however often it is pressed; return what is wrong."""
        env = request.env
        try:
            with env.cr.savepoint():
                _once_sudo, is_first = env["tour.portal.once"]._begin(
                    f"catalog_question_{service_sudo.id}",
                    request.httprequest.form.get("once"),
                )
                if is_first:
                    env["tour.catalog.question"]._ask(service_sudo, text)
        except UserError as error:
            return {"text": str(error)}
        return {}
