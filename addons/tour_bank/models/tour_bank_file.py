"""Payment orders as files for the bank's program: what went, and when (BIL-11)."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.tour_partner.defaults import plain

from .account_bank_statement_line import ACCOUNTANT
from .account_payment import ACTOR


class TourBankFile(models.Model):
    _name = "tour.bank.file"
    _inherit = ["mail.thread"]
    _description = "File of Payment Orders"
    _order = "id desc"
    _mail_post_access = "read"

    name = fields.Char(string="Number", readonly=True, copy=False, index=True)
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, index=True
    )
    journal_id = fields.Many2one(
        comodel_name="account.journal",
        string="From",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency", required=True, readonly=True
    )
    state = fields.Selection(
        selection=[
            ("made", "Made"),
            ("replaced", "Made again"),
            ("withdrawn", "Withdrawn"),
        ],
        string="Status",
        default="made",
        required=True,
        readonly=True,
        tracking=True,
        index=True,
    )
    payment_ids = fields.Many2many(
        comodel_name="account.payment",
        relation="tour_bank_file_payment_rel",
        column1="file_id",
        column2="payment_id",
        readonly=True,
        copy=False,
    )
    payment_count = fields.Integer(string="Payment orders", readonly=True)
    amount = fields.Monetary(string="Total", readonly=True)
    encoding = fields.Char(readonly=True)
    content = fields.Binary(string="File", attachment=True, readonly=True)
    file_name = fields.Char(readonly=True)
    replaces_id = fields.Many2one(
        comodel_name="tour.bank.file",
        string="Made again of",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    reason = fields.Char(readonly=True, help="Why it was made again, or withdrawn.")
    warnings = fields.Text(readonly=True, help="What had to be cut, or written else.")

    # === CRUD: by the acts only === #

    @api.model_create_multi
    def create(self, vals_list):
        self._check_is_actor()
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")
        if vals.keys() - {"message_main_attachment_id"}:
            self._check_is_actor()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_uninstall(self):
        self._check_is_actor()

    @api.model
    def _check_is_actor(self):
        if self.env.context.get("tour_bank_actor") is not ACTOR:
            raise AccessError(
                self.env._("What the bank was sent is not written: make a file.")
            )

    def _as_actor(self):
        """In sudo: nobody has the right to write what went to the bank."""
        return plain(self).sudo().with_context(tour_bank_actor=ACTOR)

    # === Making === #

    @api.model
    def _make(self, payments, replaces=None, reason=""):
        """Make a file of these payments: each goes to the bank once.

        :raise UserError: with everything that is in the way
        """
        self._check_accountant()
        payments.check_access("read")
        # In sudo: what lies in a file is nobody's to write; the right was checked.
        payments = plain(payments).sudo().with_context(tour_bank_actor=ACTOR)
        payments._lock_for_file(replaces)
        payments._check_for_file()
        journal = payments.journal_id
        payments._number_orders()
        written = payments._write_orders(journal)
        made = self._as_actor().create(
            {
                **self._prepare_file(journal, payments, written),
                "replaces_id": replaces.id if replaces else False,
                "reason": reason or False,
            }
        )
        payments.write({"tour_bank_file_id": made.id})
        return made.with_env(self.env)

    @api.model
    def _prepare_file(self, journal, payments, written):
        sequence = self.env["ir.sequence"].with_company(journal.company_id)
        # In sudo: whoever makes one takes the next number.
        number = sequence.sudo().next_by_code("tour.bank.file")
        return {
            "name": number,
            "company_id": journal.company_id.id,
            "journal_id": journal.id,
            "currency_id": payments.currency_id.id,
            "payment_ids": [fields.Command.set(payments.ids)],
            "payment_count": len(payments),
            "amount": sum(payments.mapped("amount")),
            "encoding": journal.tour_bank_encoding,
            **written,
            "file_name": f"1c_to_kl_{number.replace('/', '-')}.txt",
        }

    @api.model
    def _check_accountant(self):
        if not (self.env.su or self.env.user.has_group(ACCOUNTANT)):
            raise AccessError(self.env._("This is for accountants."))

    # === Buttons === #

    def action_download(self):
        """Download the file, again if need be."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/tour.bank.file/{self.id}/content/"
            f"{self.file_name}?download=true",
            "target": "download",
        }

    def action_remake(self):
        """Ask why the same payments go in another file."""
        return self._ask_reason("remake")

    def action_withdraw(self):
        """Ask why these payments do not go after all."""
        return self._ask_reason("withdraw")

    def _ask_reason(self, act):
        self.ensure_one()
        self._check_accountant()
        self._check_made()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_bank.tour_bank_remake_action"
            ),
            "context": {"default_file_id": self.id, "default_act": act},
        }

    def _check_made(self):
        for file in self:
            if file.state != "made":
                states = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(file)s is '%(state)s'.",
                        file=file.name,
                        state=states[file.state],
                    )
                )

    def _begin_to_end(self, reason):
        self.ensure_one()
        self._check_accountant()
        self.check_access("read")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why."))
        # In sudo: see `_as_actor`.
        if not self.sudo().try_lock_for_update(allow_referencing=True):
            raise UserError(
                self.env._(
                    "Somebody else is working on %(file)s right now. Try again in a "
                    "moment.",
                    file=self.name,
                )
            )
        self.invalidate_recordset(["state"])
        self._check_made()

    def _remake(self, reason):
        """The same payments in another file, of those that still wait."""
        self._begin_to_end(reason)
        waiting = self._get_waiting()
        if not waiting:
            raise UserError(
                self.env._("%(file)s: the bank paid all of it.", file=self.name)
            )
        self._end("replaced", reason)
        # The rights to its payments are those of the file.
        return self._make(waiting.sudo(self.env.su), self, reason.strip())

    def _withdraw(self, reason):
        """These payments do not go, or not by this file."""
        self._begin_to_end(reason)
        self._end("withdrawn", reason)
        return self

    def _get_waiting(self):
        # In sudo: who may read the file may know which of its payments wait.
        payments = self.sudo().payment_ids
        return payments.filtered(
            lambda payment: (
                payment.tour_bank_file_id == self.sudo()
                and payment.state == "in_process"
                and not payment.reconciled_statement_line_ids
            )
        )

    def _end(self, state, reason):
        waiting = self._get_waiting()
        file = self._as_actor()
        file.write({"state": state, "reason": reason.strip()})
        waiting.with_context(tour_bank_actor=ACTOR).write({"tour_bank_file_id": False})
        file._message_log(
            body=Markup("<p>%s</p>") % reason.strip(),
            author_id=self.env.user.partner_id.id,
        )
