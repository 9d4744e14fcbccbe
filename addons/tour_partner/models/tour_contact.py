from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ("call", "Call"),
    ("meeting", "Meeting"),
    ("mail", "E-mail"),
    ("message", "Message"),
]
DIRECTIONS = [("out", "From us"), ("in", "From the client")]


class TourContact(models.Model):
    """A contact with a client that somebody enters by hand: a call, a meeting …

    Mails and messages are counted by themselves: see `tour.contact.report`.
    """

    _name = "tour.contact"
    _description = "Contact with a Client"
    _order = "date desc, id desc"
    _rec_name = "subject"
    _check_company_auto = True

    date = fields.Datetime(required=True, default=fields.Datetime.now)
    kind = fields.Selection(KINDS, required=True, default="call")
    direction = fields.Selection(
        DIRECTIONS, string="From whom", required=True, default="out"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    client_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        store=True,
        index=True,
        string="Client company",
    )
    person_id = fields.Many2one(
        "res.partner",
        string="With whom",
        index="btree_not_null",
        domain="[('id', 'child_of', partner_id)]",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Staff member",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    subject = fields.Char()
    note = fields.Text()

    # The log is read by day, and by client and day.
    _by_date = models.Index("(date DESC)")
    _by_client = models.Index("(client_id, date DESC)")

    @api.depends("subject", "kind", "partner_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for contact in self:
            contact.display_name = contact.subject or (
                f"{kinds.get(contact.kind, '')}: {contact.partner_id.name or ''}"
            )

    @api.constrains("date")
    def _check_date(self):
        now = fields.Datetime.now()
        for contact in self:
            if contact.date > now.replace(hour=23, minute=59, second=59):
                raise ValidationError(
                    self.env._(
                        "A contact is entered when it took place. For a later one "
                        "plan an activity."
                    )
                )

    @api.constrains("person_id", "partner_id")
    def _check_person(self):
        for contact in self:
            person = contact.person_id
            if person and person.commercial_partner_id != contact.client_id:
                raise ValidationError(
                    self.env._(
                        "%(person)s does not belong to %(client)s.",
                        person=person.display_name,
                        client=contact.partner_id.display_name,
                    )
                )
