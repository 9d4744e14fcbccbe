"""Ways through all the pages: by addresses that the server answers, and by links."""

import itertools
import re
from urllib.parse import urlencode, urljoin, urlsplit

# What stands for something in an address: <int:order_id>, <any("pdf","xlsx"):kind>.
ARGUMENT = re.compile(r"<(?:(?P<kind>\w+)(?:\((?P<given>[^)]*)\))?:)?(?P<name>\w+)>")
LINK = re.compile(r"""\s(?:href|action)=["'](/[^"'#]*)""")
# What a client's pages are below.
PREFIXES = ("/my", "/tour", "/offer", "/payment/", "/web/login", "/web/reset_password")
# Of Odoo's, which leads away or is no page.
NO_PAGES = ("/web/session/logout", "/my/account/", "/my/address")
# Which argument is an id of which model, where its name does not say it.
MODELS = {
    "order_id": "sale.order",
    "line_id": "sale.order.line",
    "guest_id": "tour.guest",
    "invoice_id": "account.move",
    "move_id": "account.move",
    "document_id": "tour.document",
    "refund_id": "tour.refund",
    "topup_id": "tour.topup",
    "message_id": "mail.message",
    "attachment_id": "ir.attachment",
    "activity_id": "mail.activity",
    "change_id": "tour.change",
    "draft_id": "tour.portal.draft",
    "request_id": "tour.help.request",
    "service_id": "tour.catalog.service",
    "category_id": "tour.catalog.category",
    "file_id": "tour.archive.file",
    "folder_id": "tour.archive.folder",
}


def fill(path, records, texts=("x",), limit=60):
    """The addresses of a route, with ids and texts put in.

    :param dict records: ids by model
    :param texts: what to put where a text is asked for
    :return: at most ``limit`` addresses

    >>> list(fill("/my/<int:order_id>/<any('pdf','xlsx'):kind>", {"sale.order": [7]}))
    ['/my/7/pdf', '/my/7/xlsx']
    >>> list(fill("/my", {}))
    ['/my']
    """
    found = [*ARGUMENT.finditer(path)]
    choices = [_choose(one, records, texts) for one in found]
    pattern = ARGUMENT.sub("{}", path)
    for values in itertools.islice(itertools.product(*choices), limit):
        yield pattern.format(*values)


def _choose(found, records, texts):
    kind, name = found["kind"], found["name"]
    if kind == "any":
        return [option.strip("\"' ") for option in found["given"].split(",")]
    if kind in ("int", "model"):
        if MODELS.get(name) in records:
            return records[MODELS[name]]
        # Whatever it is: the first of each sort, and one that is not there.
        return sorted({1, *(ids[0] for ids in records.values() if ids)})
    return [*texts]


def get_arguments(path):
    """Names of what an address takes.

    >>> get_arguments("/my/<int:order_id>/<kind>")
    ['order_id', 'kind']
    """
    return [found["name"] for found in ARGUMENT.finditer(path)]


def put(path, values):
    """Put into an address what is known by name.

    >>> put("/web/<model>/<int:id>/<string:field>", {"model": "res.users", "id": 7})
    '/web/res.users/7/<string:field>'
    """
    return ARGUMENT.sub(lambda found: str(values.get(found["name"], found[0])), path)


def encode(values):
    """A query string."""
    return urlencode(values, doseq=True)


def generalize(address):
    """What all the pages of one sort have in common.

    >>> generalize("/my/tour/bookings/17/changes?after=3&page=2")
    '/my/tour/bookings/N/changes?after&page'
    """
    parts = urlsplit(address)
    path = re.sub(r"\d+", "N", parts.path.rstrip("/")) or "/"
    names = sorted({pair.partition("=")[0] for pair in parts.query.split("&") if pair})
    # How a list of Odoo's is sorted makes it no other page.
    names = [name for name in names if name not in ("sortby", "filterby")]
    return f"{path}?{'&'.join(names)}" if names else path


def is_page(address):
    """Say whether a client could come there.

    >>> is_page("/my/tour"), is_page("/web/assets/1/web.min.js"), is_page("/mymy")
    (True, False, False)
    """
    path, query = urlsplit(address)[2:4]
    # Odoo draws these by a program that is not everywhere.
    if path.startswith(NO_PAGES) or "report_type=pdf" in query:
        return False
    return any(
        path == prefix.rstrip("/") or path.startswith(prefix.rstrip("/") + "/")
        for prefix in PREFIXES
    )


class Map:
    """The pages that somebody can come to.

    :param visitor: who goes (`pages.Visitor`)
    """

    def __init__(self, visitor):
        self.visitor = visitor
        self.pages = {}
        self.files = {}
        self.refused = {}
        self.links = {}
        self._seen = set()

    def go(self, *addresses):
        """Follow links from these pages, one of each sort."""
        queue = [*addresses]
        while queue:
            address = queue.pop(0).replace("&amp;", "&")
            sort = generalize(address)
            if sort in self._seen:
                continue
            self._seen.add(sort)
            queue += self._look(address, sort)
        return self

    def try_routes(self, routes, records):
        """Go to each route with ids of one's own; the first that answers counts."""
        for route in routes:
            if route["type"] != "http" or not is_page(route["path"]):
                continue
            if route["methods"] and "GET" not in route["methods"]:
                continue
            for address in fill(route["path"], records):
                if generalize(address) in self.pages | self.files:
                    break
                self._seen.discard(generalize(address))
                self.go(address)
        return self

    def _look(self, address, sort):
        answer = self.visitor.get(address)
        if answer.status >= 400:
            self.refused[sort] = (address, answer.status)
            return []
        landed = generalize(answer.url.replace(self.visitor.url, ""))
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            self.files[sort] = address
            return []
        if landed != sort:
            # Led on: what counts is where.
            if landed in self._seen:
                return []
            self._seen.add(landed)
        here = answer.url.replace(self.visitor.url, "")
        self.pages[landed] = here
        found = [urljoin(here, link) for link in LINK.findall(answer.text)]
        found = [link for link in found if is_page(link)]
        for link in found:
            self.links.setdefault(generalize(link.replace("&amp;", "&")), here)
        return found

    def find_dead_links(self):
        """{address that does not answer: page that leads there}; no forms."""
        return {
            address: self.links[sort]
            for sort, (address, status) in self.refused.items()
            # 405 and 400: an address that only takes forms.
            if sort in self.links and status not in (400, 405)
        }
