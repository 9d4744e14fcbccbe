"""Where a client's curator looks at statements, answers their lines, and signs."""

import re

from werkzeug.exceptions import NotFound

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import content_disposition, request, route

from odoo.addons.tour_portal.controllers.portal import ID, TourPortal

from ..models.portal import PATH, SHOWN
from ..signoff_states import OPEN

PAGE_STATEMENTS = 20
ANSWER = re.compile(r"(answer|comment)_([1-9][0-9]{0,9})")
NUMBER = re.compile(r"[0-9]{1,9}")
MAX_ID = 2147483647
FILE_HEADERS = [
    ("Content-Type", "application/pdf"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cache-Control", "no-store"),
]


def _read_number(text):
    """A number of an address or a form; 0 if it is none."""
    text = text if isinstance(text, str) else ""
    return int(text) if NUMBER.fullmatch(text) else 0


class TourSignoffPortal(TourPortal):
    def _check_tour_signer(self):
        """There is no such page for who may not sign for his company."""
        self._check_tour_client()
        if not request.env.user._is_tour_signer():
            raise NotFound()

    def _get_tour_signoff(self, signoff_id):
        """The statement, for whom the record rules show it; else there is no page."""
        signoff = request.env["tour.signoff"].browse(signoff_id)
        try:
            signoff.check_access("read")
        except (AccessError, MissingError):
            raise NotFound() from None
        if not signoff.exists():
            raise NotFound()
        return signoff

    # === The list === #

    @route(PATH, type="http", auth="user", methods=["GET"], website=True, sitemap=False)
    def tour_settlements(self, after="", **kwargs):
        """Statements that were put before the client, the newest first."""
        self._check_tour_signer()
        domain = [("id", "<", key)] if (key := _read_number(after)) else []
        found = request.env["tour.signoff"].search(
            [*domain, ("id", "<=", MAX_ID)], order="id desc", limit=PAGE_STATEMENTS + 1
        )
        page = found[:PAGE_STATEMENTS]
        values = self._prepare_tour_values(
            "settlements",
            statements=[signoff._get_portal_row() for signoff in page],
            next_path=len(found) > PAGE_STATEMENTS and f"{PATH}?after={page[-1:].id}",
            first_path=domain and PATH,
        )
        return request.render("tour_signoff.settlements", values)

    # === One statement === #

    @route(
        f"{PATH}/<{ID}:signoff_id>",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
    )
    def tour_settlement(self, signoff_id, after="", show="all", **kwargs):
        """A statement: its lines are answered, and it is signed."""
        self._check_tour_signer()
        signoff = self._get_tour_signoff(signoff_id)
        place = {
            "after": _read_number(after),
            "show": show if show in SHOWN else "all",
        }
        post, faults = {}, {}
        if request.httprequest.method == "POST":
            form = request.httprequest.form
            post = {name: form[name].replace("\0", "") for name in form}
            faults = self._act_on_settlement(signoff, post)
            if not faults:
                return request.redirect(self._get_next_path(signoff, post), code=303)
        return self._render_settlement(signoff, place, post, faults)

    def _get_next_path(self, signoff, post):
        """Back to the page that was answered."""
        after = _read_number(post.get("after"))
        show = post.get("show")
        show = show if show in SHOWN else "all"
        return f"{signoff._get_portal_path()}?after={after}&show={show}"

    def _act_on_settlement(self, signoff, post):
        """Do what a button of the page says.

        :return: {name of the input, or nothing: what is wrong}; empty if it is done
        """
        act = {
            "answer": self._answer_settlement,
            "rest": lambda signoff, post: signoff._agree_to_rest(),
            "sign": self._sign_settlement,
        }.get(post.get("act"))
        if not act:
            return {"": request.env._("Press one of the buttons of the page.")}
        try:
            # As a whole or not at all, also when the page is shown again.
            with request.env.cr.savepoint():
                return act(signoff, post) or {}
        except UserError as error:
            if isinstance(error, (AccessError, MissingError)):
                raise NotFound() from None
            return {"": str(error)}

    def _answer_settlement(self, signoff, post):
        answers = {}
        for name, text in post.items():
            match = ANSWER.fullmatch(name)
            # Words without an answer would be lost: he is asked for the answer.
            if not match or int(match[2]) > MAX_ID or not text.strip():
                continue
            number = match[2]
            answers[int(number)] = (
                post.get(f"answer_{number}", ""),
                post.get(f"comment_{number}", ""),
                _read_number(post.get(f"seen_{number}")),
            )
        if not answers:
            return {"": request.env._("Choose an answer for one line or more.")}
        faults = signoff._answer_lines(answers)
        return {f"comment_{line_id}": text for line_id, text in faults.items()}

    def _sign_settlement(self, signoff, post):
        if not post.get("confirm"):
            return {
                "confirm": request.env._(
                    "To sign, tick that you sign in the name of your company."
                )
            }
        signoff._sign(post.get("hash"), request.httprequest.remote_addr or "")
        return {}

    def _render_settlement(self, signoff, place, post, faults):
        lines, last = signoff._get_portal_lines(place["after"], place["show"])
        path = signoff._get_portal_path()
        may_answer = signoff.state in OPEN
        values = self._prepare_tour_values(
            "settlements",
            crumbs=[(request.env._("Settlements"), PATH)],
            statement=signoff._get_portal_facts(),
            lines=lines,
            may_answer=may_answer,
            place=place,
            next_path=last and f"{path}?after={last}&show={place['show']}",
            post=post,
            faults=faults,
        )
        return request.render("tour_signoff.settlement", values)

    # === The paper === #

    @route(f"/tour/signoff/<{ID}:signoff_id>.pdf", type="http", auth="user")
    def tour_signoff_pdf(self, signoff_id):
        """The statement with its signature, for staff and for the client."""
        signoff = self._get_tour_signoff(signoff_id)
        name, content = signoff._draw()
        headers = [*FILE_HEADERS, ("Content-Disposition", content_disposition(name))]
        return request.make_response(content, headers)
