"""Every contact with a client, in one list: what was entered by hand, and what the
conversations say by themselves.

Nothing is copied: the rows are read from where they are. Other add-ons add the
conversations of their records to `_get_thread_sources`, and the columns of what they
link an entry to.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .tour_contact import DIRECTIONS, KINDS

# Rows of several tables in one list: the number of the table is part of the id.
TABLES = 4
MESSAGE, ACTIVITY, ENTRY = range(3)
PREVIEW_LENGTH = 160


class TourContactReport(models.Model):
    _name = "tour.contact.report"
    _description = "Contact Log"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "subject"

    date = fields.Datetime(readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    direction = fields.Selection(DIRECTIONS, string="From whom", readonly=True)
    origin = fields.Selection(
        [
            ("entry", "Entered by hand"),
            ("thread", "Conversation"),
            ("activity", "Activity"),
        ],
        readonly=True,
    )
    client_id = fields.Many2one("res.partner", string="Client", readonly=True)
    person_id = fields.Many2one("res.partner", string="With whom", readonly=True)
    user_id = fields.Many2one("res.users", string="Staff member", readonly=True)
    # Whose record it is, if only he and those who see all may read it.
    owner_id = fields.Many2one("res.users", string="Record's manager", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    subject = fields.Char(readonly=True)
    res_model = fields.Char(string="Record type", readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", readonly=True
    )
    record_name = fields.Char(string="About", compute="_compute_record_name")
    summary = fields.Char(compute="_compute_summary")

    # === Where the rows come from === #

    @property
    def _table_query(self):
        parts = [self._select_entries()]
        for model, source in self._get_thread_sources().items():
            parts.append(self._select_messages(model, source))
            parts.append(self._select_activities(model, source))
        return SQL(" UNION ALL ").join(parts)

    @api.model
    def _get_thread_sources(self):
        """Models whose conversations are contacts with a client.

        Override to add models. Of each: a query of its records with the columns
        ``res_id``, ``client_id`` (the company), ``responsible_id`` (who is counted
        where a client writes), ``owner_id`` (who alone may read it, besides those who
        see all) and ``company_id``.

        :rtype: dict[str, SQL]
        """
        return {
            "res.partner": SQL(
                """
                SELECT person.id AS res_id,
                       client.id AS client_id,
                       COALESCE(person.user_id, client.user_id) AS responsible_id,
                       NULL::integer AS owner_id,
                       client.company_id AS company_id
                  FROM res_partner person
                  JOIN res_partner client ON client.id = person.commercial_partner_id
                 WHERE client.is_tour_client
                """
            ),
            "tour.contract": SQL(
                """
                SELECT contract.id AS res_id,
                       client.commercial_partner_id AS client_id,
                       contract.user_id AS responsible_id,
                       NULL::integer AS owner_id,
                       contract.company_id AS company_id
                  FROM tour_contract contract
                  JOIN res_partner client ON client.id = contract.partner_id
                """
            ),
        }

    @api.model
    def _select_entries(self):
        return SQL(
            """
            SELECT entry.id::bigint * %(tables)s + %(number)s AS id,
                   entry.date AS date,
                   entry.kind::varchar AS kind,
                   entry.direction::varchar AS direction,
                   'entry'::varchar AS origin,
                   entry.client_id AS client_id,
                   entry.person_id AS person_id,
                   entry.user_id AS user_id,
                   %(owner)s AS owner_id,
                   entry.company_id AS company_id,
                   entry.subject::varchar AS subject,
                   %(model)s::varchar AS res_model,
                   %(res_id)s AS res_id
              FROM tour_contact entry
                   %(join)s
            """,
            tables=TABLES,
            number=ENTRY,
            **self._get_entry_columns(),
        )

    @api.model
    def _get_entry_columns(self):
        """What an entry by hand is about; override to link it to more.

        :return: SQL of ``join``, ``owner``, ``model`` and ``res_id``
        :rtype: dict[str, SQL]
        """
        return {
            "join": SQL(),
            "owner": SQL("NULL::integer"),
            "model": SQL("'tour.contact'"),
            "res_id": SQL("entry.id"),
        }

    @api.model
    def _select_messages(self, model, source):
        """What staff wrote to the client, and the client to us, on ``model``."""
        return SQL(
            """
            SELECT message.id::bigint * %(tables)s + %(number)s,
                   message.date,
                   (CASE message.message_type
                    WHEN 'email' THEN 'mail' ELSE 'message' END)::varchar,
                   (CASE WHEN author.id IS NULL
                    THEN 'in' ELSE 'out' END)::varchar,
                   'thread'::varchar,
                   record.client_id,
                   CASE WHEN author.id IS NULL THEN message.author_id END,
                   COALESCE(author.id, record.responsible_id),
                   record.owner_id,
                   record.company_id,
                   message.subject::varchar,
                   message.model::varchar,
                   message.res_id
              FROM mail_message message
              JOIN (%(source)s) record ON record.res_id = message.res_id
                   %(author)s
             WHERE message.model = %(model)s
               AND message.message_type IN ('email', 'comment')
               AND message.subtype_id = %(subtype)s
               AND message.is_internal IS NOT TRUE
            """,
            tables=TABLES,
            number=MESSAGE,
            source=source,
            model=model,
            author=self._join_author(),
            subtype=self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment"),
        )

    @api.model
    def _select_activities(self, model, source):
        """Calls and meetings that were planned on ``model``, and marked as done."""
        return SQL(
            """
            SELECT message.id::bigint * %(tables)s + %(number)s,
                   message.date,
                   (CASE WHEN activity.id = %(meeting)s
                           OR activity.category = 'meeting'
                    THEN 'meeting' ELSE 'call' END)::varchar,
                   'out'::varchar,
                   'activity'::varchar,
                   record.client_id,
                   NULL::integer,
                   COALESCE(author.id, record.responsible_id),
                   record.owner_id,
                   record.company_id,
                   message.subject::varchar,
                   message.model::varchar,
                   message.res_id
              FROM mail_message message
              JOIN mail_activity_type activity
                ON activity.id = message.mail_activity_type_id
              JOIN (%(source)s) record ON record.res_id = message.res_id
                   %(author)s
             WHERE message.model = %(model)s
               AND (activity.category IN ('phonecall', 'meeting')
                    OR activity.id = %(meeting)s)
            """,
            tables=TABLES,
            number=ACTIVITY,
            source=source,
            model=model,
            author=self._join_author(),
            meeting=self.env["ir.model.data"]._xmlid_to_res_id(
                "mail.mail_activity_data_meeting", raise_if_not_found=False
            )
            or 0,
        )

    @api.model
    def _join_author(self):
        """The member of the staff who wrote; none if the client did."""
        return SQL(
            """
            LEFT JOIN LATERAL (
                SELECT staff.id
                  FROM res_users staff
                 WHERE staff.partner_id = message.author_id
                   AND staff.share IS NOT TRUE
                 ORDER BY staff.id
                 LIMIT 1
            ) author ON TRUE
            """
        )

    # === What is shown of a row === #

    def _split_id(self):
        """The table and the id in it that this row is of."""
        self.ensure_one()
        return self.id % TABLES, self.id // TABLES

    def _compute_record_name(self):
        for model, rows in self.grouped("res_model").items():
            records = self.env[model].browse(rows.mapped("res_id"))
            readable = records.exists()._filtered_access("read")
            names = {record.id: record.display_name for record in readable}
            for row in rows:
                row.record_name = names.get(row.res_id, "")

    def _compute_summary(self):
        """Subject, and the beginning of what was said."""
        texts = {}
        for row in self:
            texts.setdefault(row._split_id()[0] == ENTRY, []).append(row._split_id()[1])
        # In sudo: who may see the row may see how it begins.
        entries = self.env["tour.contact"].sudo().browse(texts.get(True, ()))
        messages = self.env["mail.message"].sudo().browse(texts.get(False, ()))
        notes = {entry.id: entry.note or "" for entry in entries.exists()}
        previews = {message.id: message.preview for message in messages.exists()}
        for row in self:
            table, record_id = row._split_id()
            text = (notes if table == ENTRY else previews).get(record_id) or ""
            parts = filter(None, (row.subject, " ".join(text.split())))
            row.summary = ": ".join(parts)[:PREVIEW_LENGTH]

    def action_open(self):
        """Open what the contact was about, or the entry itself."""
        self.ensure_one()
        self.check_access("read")
        table, record_id = self._split_id()
        if table == ENTRY:
            record = self.env["tour.contact"].browse(record_id)
        else:
            record = self.env[self.res_model].browse(self.res_id)
        if not record.exists():
            raise UserError(self.env._("The record of this contact was deleted."))
        record.check_access("read")
        return record.get_formview_action()
