"""What client and staff say of the lines, and the client's signature."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..signoff_states import ANSWERS, LINE_MOVES

TEXT_SIZE = 2000


def _clean(text):
    """A text as the database can keep it."""
    text = text if isinstance(text, str) else ""
    return text.replace("\0", "").strip()[:TEXT_SIZE]


class TourSignoff(models.Model):
    _inherit = "tour.signoff"

    # === The client === #

    def _answer_lines(self, answers):
        """Keep what the client says of some lines: of all of them, or of none.

        :param dict answers: {id of a line: (``agreed`` or ``disputed``, comment,
            the revision of the line that he had before him)}
        :return: what is wrong, by the line's id; empty if all is kept
        :rtype: dict
        :raise AccessError: if he may not answer, or a line is of another statement
        """
        self._check_is_signer()
        signoff = self._as_mover()
        signoff._lock()
        lines = signoff._find_lines(answers)
        faults, moves = {}, {}
        for line in lines:
            state, comment, seen = answers[line.id]
            comment = _clean(comment) if state == "disputed" else ""
            if line.state == state and (line.comment or "") == comment:
                continue  # Nothing new, or pressed twice.
            if fault := line._get_answer_fault(state, comment, seen):
                faults[line.id] = fault
            else:
                moves[line.id] = (state, comment)
        if not faults and moves:
            lines.browse(moves)._write_answers(moves)
            signoff._follow_lines(by_client=True)
        return faults

    def _find_lines(self, ids):
        """Lines of this statement; note: in sudo mode."""
        found = self.env["tour.signoff.line"].search(
            [("signoff_id", "=", self.id), ("id", "in", list(ids))]
        )
        if set(found.ids) != set(ids):
            raise AccessError(self.env._("These are no lines of this statement."))
        return found

    def _agree_to_rest(self):
        """Agree to every line that is not answered yet.

        Not to those that we answered: what he disputed he looks at one by one.
        """
        self._check_is_signer()
        signoff = self._as_mover()
        signoff._lock()
        lines = self.env["tour.signoff.line"].with_env(signoff.env)
        rest = lines.search([("signoff_id", "=", signoff.id), ("state", "=", "open")])
        rest._write_answers(dict.fromkeys(rest.ids, ("agreed", "")))

    def _sign(self, content_hash, address=""):
        """Sign it, all lines agreed.

        :param str content_hash: of what he had before him
        :param str address: the IP address that he signs from
        :raise UserError: if it cannot be signed
        """
        self._check_is_signer()
        signoff = self._as_mover()
        signoff._lock()
        if fault := signoff._get_sign_fault(content_hash):
            raise UserError(fault)
        user = self.env.user
        was_disputed = (
            self.env["tour.signoff.line"]
            .sudo()
            .search_count(
                # In sudo: as the statement, by the acts only.
                [("signoff_id", "=", signoff.id), ("answered_on", "!=", False)],
                limit=1,
            )
        )
        signoff._move_to(
            "settled" if was_disputed else "signed",
            by_client=True,
            signed_by_id=user.id,
            signed_name=user.name,
            signed_on=fields.Datetime.now(),
            signed_address=_clean(address)[:64],
            signed_changed=signoff._has_ledger_changed(),
        )

    def _get_sign_fault(self, content_hash):
        """Why it cannot be signed; note: in sudo mode, locked."""
        left = self.env["tour.signoff.line"].search_count(
            [("signoff_id", "=", self.id), ("state", "!=", "agreed")]
        )
        if left:
            return self.env._(
                "%(count)s lines are not agreed yet. A statement is signed when all "
                "are.",
                count=left,
            )
        if content_hash != self.content_hash:
            return self.env._(
                "This is not the statement that you had before you. Look at it again."
            )
        if self._compute_digest() != self.content_hash:
            return self.env._(
                "The content of this statement is not what was put before you. It "
                "cannot be signed: ask us for a new one."
            )
        return ""


class TourSignoffLine(models.Model):
    _inherit = "tour.signoff.line"

    # === The client; in sudo mode, the statement locked === #

    def _get_answer_fault(self, state, comment, seen):
        """Why the client cannot say this of the line; empty if he can."""
        self.ensure_one()
        if seen != self.revision:
            return self.env._(
                "Line %(number)s was answered in the meantime. Look at it again.",
                number=self.number,
            )
        move = LINE_MOVES.get((self.state, state))
        if not move or not move.by_client:
            return self.env._(
                "Line %(number)s: agree, or dispute it.", number=self.number
            )
        if move.text_required and not comment:
            return self.env._(
                "Line %(number)s: say what is wrong with it.", number=self.number
            )
        return ""

    def _write_answers(self, moves):
        """Write what the client says, lines that are alike at once.

        :param dict moves: {id: (status, comment)}
        """
        now = fields.Datetime.now()
        alike = self.grouped(lambda line: (*moves[line.id], line.revision))
        for (state, comment, revision), lines in alike.items():
            lines.write(
                {
                    "state": state,
                    "comment": comment or False,
                    "commented_by_id": self.env.uid,
                    "commented_on": now,
                    "revision": revision + 1,
                }
            )

    # === Staff === #

    def _answer_disputed(self, state, text):
        """Answer the client on lines that he disputes.

        :param str state: ``explained`` or ``corrected``
        :param str text: what he reads
        """
        self.check_access("read")
        Signoff = self.env["tour.signoff"]
        Signoff._check_money_right()
        text = _clean(text)
        if state not in ANSWERS or not text:
            raise UserError(self.env._("Say what the client reads."))
        # In sudo: nobody has the right to write lines himself.
        signoffs = self.signoff_id._as_mover()
        for signoff in signoffs.sorted("id"):
            signoff._lock()
            lines = self.with_env(signoff.env).filtered(
                lambda line, signoff=signoff: line.signoff_id == signoff
            )
            lines.invalidate_recordset()
            lines._check_disputed()
            for revision, alike in lines.grouped("revision").items():
                alike.write(
                    {
                        "state": state,
                        "answer": text,
                        "answered_by_id": self.env.uid,
                        "answered_on": fields.Datetime.now(),
                        "revision": revision + 1,
                    }
                )
            signoff._follow_lines(by_client=False)

    def _check_disputed(self):
        wrong = self.filtered(lambda line: line.state != "disputed")
        if wrong:
            raise UserError(
                self.env._(
                    "The client does not dispute these lines, or they were answered "
                    "already: %(lines)s",
                    lines=", ".join(str(line.number) for line in wrong[:20]),
                )
            )
