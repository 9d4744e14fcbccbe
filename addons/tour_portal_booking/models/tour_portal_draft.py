"""What a client typed for a booking that he has not sent yet."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.misc import format_date

PATH = "/my/tour/new"
# In their order; `data` has what was typed under these names.
STEPS = ("where", "hotel", "stay", "guests", "services", "review")
MAX_DRAFTS = 30
MAX_NAME = 100
MAX_TEXT = 2000


def clean(text, size=MAX_NAME):
    """A text of a form as we keep it: no signs that the database keeps in no text."""
    if not isinstance(text, str):
        return ""
    text = text.replace("\0", "").replace("\r\n", "\n")
    text = text.encode("utf-8", "ignore").decode()
    return text.strip()[:size].strip()


def read_number(text, least, most):
    """A whole number of a form; None if it is none, or out of the bounds."""
    text = clean(text, 20)
    if not (text.isascii() and text.isdecimal()) or len(text) > 10:
        return None
    number = int(text)
    return number if least <= number <= most else None


def read_date(text):
    """A day of a form; None if it is none."""
    text = clean(text, 20)
    try:
        return fields.Date.to_date(text) if len(text) == 10 else None
    except ValueError:
        return None


class TourPortalDraft(models.Model):
    """A booking that a client makes step by step, on any device.

    ``data`` is what was typed, by step, as `_read_<step>` has checked it; it is checked
    again as a whole before a booking is made of it, and emptied then: the row stays,
    so that who presses Send once more is led to the same booking.

    Written by the pages of the client only, in sudo; he may read his own.
    """

    _name = "tour.portal.draft"
    _description = "Booking That a Client Has Not Sent Yet"
    _rec_name = "summary"
    _order = "write_date desc, id desc"

    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Client's user",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="cascade"
    )
    summary = fields.Char(readonly=True)
    data = fields.Json(readonly=True)
    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        readonly=True,
        index="btree_not_null",
        # Else it would come back as a draft of nothing.
        ondelete="cascade",
    )
    agreed_on = fields.Datetime(readonly=True)

    # His drafts, the latest first.
    _user_idx = models.Index("(user_id, write_date DESC, id DESC)")

    # === Finding and keeping === #

    @api.model
    def _get_unsent(self, limit=MAX_DRAFTS):
        """The drafts of the user, the latest first."""
        return self.search(
            [("user_id", "=", self.env.uid), ("order_id", "=", False)], limit=limit
        )

    @api.model
    def _find_own(self, draft_id):
        """The draft of the user with this id, sent or not; else nothing."""
        return self.search([("id", "=", draft_id), ("user_id", "=", self.env.uid)])

    @api.model
    def _begin(self, where):
        """A new draft of the user.

        :raise UserError: if he has too many
        """
        if len(self._get_unsent()) >= MAX_DRAFTS:
            raise UserError(
                self.env._(
                    "You have %(count)s bookings that are not sent. Delete some of "
                    "them first.",
                    count=MAX_DRAFTS,
                )
            )
        # In sudo: clients make drafts by these pages only, each for himself.
        draft_sudo = self.sudo().create(
            {"user_id": self.env.uid, "company_id": self.env.company.id}
        )
        draft = draft_sudo.sudo(False)
        draft._keep("where", where)
        return draft

    def _keep(self, step, value):
        """Keep what was typed in a step."""
        self.ensure_one()
        data = dict(self.data or {})
        before = data.get(step)
        data[step] = value
        if step == "where" and before:
            self._follow_where(data, before)
        if step == "hotel" and before != value:
            data.pop("stay", None)
        # In sudo: clients write drafts by these pages only.
        self.sudo().write({"data": data, "summary": self._get_summary(data)})

    def _lock(self):
        """Wait until nobody else deals with it: two windows come one after the other.

        The second fails when the first has changed it, and Odoo deals with it anew;
        that is no error to be logged.
        """
        self.ensure_one()
        self.env.cr.execute(
            SQL("SELECT id FROM tour_portal_draft WHERE id = %s FOR UPDATE", self.id),
            log_exceptions=False,
        )
        self.invalidate_recordset()

    def _erase(self):
        """Delete what is not sent."""
        # In sudo: clients delete drafts by these pages only.
        self.filtered(lambda draft: not draft.order_id).sudo().unlink()

    @api.model
    def _cron_erase_old(self):
        """Erase what clients began long ago: it has names of guests."""
        now = fields.Datetime.now()
        for (company,) in self._read_group([], ["company_id"]):
            before = now - timedelta(days=company.tour_draft_days)
            self.search(
                [("company_id", "=", company.id), ("write_date", "<", before)],
                limit=100_000,
            ).unlink()

    # === Reading === #

    def _get_path(self, step=None):
        """The address of a step, by default of the first that is not done."""
        self.ensure_one()
        step = step or self._get_open_step()
        return f"{PATH}/{self.id}/{step}"

    def _get_open_step(self):
        """The first step that is not done."""
        data = self.data or {}
        for step in STEPS[:-1]:
            if step not in data or (step == "stay" and data[step].get("rates") is None):
                return step
        return STEPS[-1]

    @api.model
    def _get_summary(self, data):
        where = data["where"]
        dates = [format_date(self.env, where[name]) for name in _DATES]
        hotel = data.get("hotel") or {}
        name = hotel.get("name") or hotel.get("text")
        return ", ".join(filter(None, [where["city"], name, " – ".join(dates)]))

    def _get_step_names(self):
        return {
            "where": self.env._("Where and when"),
            "hotel": self.env._("Hotel"),
            "stay": self.env._("Room"),
            "guests": self.env._("Guests"),
            "services": self.env._("Other services"),
            "review": self.env._("Check and send"),
        }

    @api.model
    def _count_persons(self, group):
        """All who live in the rooms of a group."""
        return group["rooms"] * (group["adults"] + len(group["ages"]))


_DATES = ("date_from", "date_to")
