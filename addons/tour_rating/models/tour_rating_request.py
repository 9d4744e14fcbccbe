"""That a client is to be asked for a rating, and whether he was: once, and no more."""

from datetime import timedelta

from odoo import api, fields, models

CHUNK = 100
# In which a booking took place; see `sale.order._was_finished`.
FINISHED = ("done", "archive")


class TourRatingRequest(models.Model):
    """One row of a booking, made the first time it is done, and never a second."""

    _name = "tour.rating.request"
    _description = "Request for a Rating"
    _rec_name = "order_id"
    _order = "id desc"

    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="cascade"
    )
    done_on = fields.Datetime(required=True, readonly=True)
    ask_on = fields.Date(string="Mail on", readonly=True)
    asked_on = fields.Datetime(string="Asked on", readonly=True)
    state = fields.Selection(
        selection=[
            ("waiting", "To be asked"),
            ("asked", "Asked"),
            ("nobody", "Nobody to ask"),
            ("off", "Not asked by mail"),
            ("rated", "Rated"),
        ],
        string="Status",
        required=True,
        readonly=True,
    )

    _order_uniq = models.Constraint(
        "UNIQUE(order_id)", "A client is asked once for the rating of a booking."
    )
    # For `_cron_ask`.
    _due_idx = models.Index("(ask_on, id) WHERE state = 'waiting'")
    # For what the client's home page shows.
    _unrated_idx = models.Index("(done_on DESC, id DESC) WHERE state != 'rated'")

    # === A booking is done, and rated === #

    @api.model
    def _remember(self, orders):
        """Make rows for bookings that are done, in two queries for any number."""
        if not orders:
            return
        # In sudo: nobody has rights to write them.
        Request = self.sudo()
        known = Request.search([("order_id", "in", orders.ids)]).order_id
        now = fields.Datetime.now()
        today = fields.Date.context_today(self)
        values = []
        # In sudo: the settings are read whoever moves the booking.
        for order in (orders - known.with_env(orders.env)).sudo():
            company = order.company_id
            asks = company.tour_rating_ask
            values.append(
                {
                    "order_id": order.id,
                    "company_id": company.id,
                    "done_on": now,
                    "ask_on": asks
                    and today + timedelta(days=company.tour_rating_ask_days),
                    "state": "waiting" if asks else "off",
                }
            )
        Request.create(values)

    @api.model
    def _forget(self, orders):
        """The clients rated these: they are not asked, nor reminded, any more."""
        # In sudo: nobody has rights to write them.
        requests = self.sudo().search([("order_id", "in", orders.ids)])
        requests.write({"state": "rated"})

    # === Mails === #

    @api.model
    def _cron_ask(self):
        """Ask for what is due; a chunk is committed at a time."""
        cron = self.env["ir.cron"]
        while due := self._find_due():
            # Another worker has the others.
            mine = due.try_lock_for_update()
            mine._ask()
            if not mine or not cron._commit_progress(len(mine)):
                break

    @api.model
    def _find_due(self):
        # In sudo: the cron serves all companies.
        return self.sudo().search(
            [
                ("state", "=", "waiting"),
                ("ask_on", "<=", fields.Date.context_today(self)),
                # What is open again waits until it is done again.
                ("order_id.booking_state", "in", FINISHED),
            ],
            order="ask_on, id",
            limit=CHUNK,
        )

    def _ask(self):
        """Queue the mails of these, in a fixed number of queries for each language."""
        # Somebody may have rated since the search.
        self.invalidate_recordset(["state"])
        waiting = self.filtered(lambda request: request.state == "waiting")
        asking = waiting.filtered("company_id.tour_rating_ask")
        (waiting - asking).write({"state": "off"})
        recipients = {
            request.order_id: people
            for request in asking
            if (people := request.order_id._get_rating_recipients())
        }
        asked = asking.filtered(lambda request: request.order_id in recipients)
        (asking - asked).write({"state": "nobody"})
        asked.write({"state": "asked", "asked_on": fields.Datetime.now()})
        if recipients:
            self.env["tour.notification.category"]._send_mails(
                "rating_request",
                self.env.ref("tour_rating.mail_template_rating_request"),
                recipients,
            )


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_rating_recipients(self):
        """Who gets the client's mails, if he can log in to rate; note: in sudo mode."""
        return self._get_client_recipients().filtered(
            lambda partner: any(user.active and user.share for user in partner.user_ids)
        )
