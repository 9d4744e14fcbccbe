from odoo.exceptions import AccessError, MissingError
from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal, pager
from odoo.addons.tour_file.file_types import SHOWN

PAGE_SIZE = 50
MAX_SEARCH = 100


class TourArchivePortal(CustomerPortal):
    """Clients find and read the files that were opened to them. The record rules say
    which; what is not theirs and what is not there are answered alike."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "tour_archive_count" in counters:
            files = request.env["tour.archive.file"]
            readable = files.has_access("read")
            values["tour_archive_count"] = readable and files.search_count([], limit=1)
        return values

    @route(
        ["/my/tour/archive", "/my/tour/archive/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        sitemap=False,
    )
    def tour_archive(self, page=1, search="", **kwargs):
        """The files of the client by folder, or those that were searched for."""
        files = request.env["tour.archive.file"]
        if not files.has_access("read"):
            raise request.not_found()
        search = search.replace("\0", "").strip()[:MAX_SEARCH]
        domain = self._get_archive_domain(search)
        pages = pager(
            url="/my/tour/archive",
            total=files.search_count(domain),
            page=page,
            step=PAGE_SIZE,
            url_args={"search": search} if search else {},
        )
        found = files.search(domain, limit=PAGE_SIZE, offset=pages["offset"])
        values = {
            "page_name": "tour_archive",
            "default_url": "/my/tour/archive",
            "pager": pages,
            "search": search,
            "groups": self._group_archive_files(found),
        }
        return request.render("tour_archive.portal_archive", values)

    def _get_archive_domain(self, search):
        domain = Domain.TRUE
        for word in search.split():
            domain &= Domain("name", "ilike", word) | Domain(
                "description", "ilike", word
            )
        return domain

    def _group_archive_files(self, files):
        """Pairs of a folder's name and its files; the name of a folder that the client
        may not see is not said."""
        # In sudo: clients read no folders of files; whether they may is asked below.
        by_folder = files.sudo().grouped("folder_id")
        folders = request.env["tour.archive.folder"].browse(
            [folder.id for folder in by_folder]
        )
        seen = folders._filtered_access("read")
        groups, rest = [], files.browse()
        for folder_sudo, files_sudo in by_folder.items():
            own = files.browse(files_sudo.ids)
            if folder_sudo.id in seen.ids:
                groups.append((folder_sudo.name, own))
            else:
                rest |= own
        return groups + ([("", rest)] if rest else [])

    @route(
        "/my/tour/archive/<int:file_id>",
        type="http",
        auth="user",
        methods=["GET"],
        sitemap=False,
    )
    def tour_archive_file(self, file_id, **kwargs):
        """A file in its newest version, for who may see it."""
        file = request.env["tour.archive.file"].browse(file_id).exists()
        try:
            file.check_access("read")
        except (AccessError, MissingError):
            raise request.not_found() from None
        if not file or not file._get_file():
            raise request.not_found()
        attachment_sudo = file._get_file()
        # In sudo: attachments are for staff; this one is of a file he may see.
        stream = request.env["ir.binary"].sudo()._get_stream_from(attachment_sudo)
        response = stream.get_response(
            as_attachment=attachment_sudo.mimetype not in SHOWN
        )
        # Rights may end, and shared machines keep caches.
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
