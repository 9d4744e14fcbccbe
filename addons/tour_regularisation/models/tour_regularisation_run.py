"""Changing the bookings, in the background."""

import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError

_logger = logging.getLogger(__name__)

# Bookings that are changed, and committed, at a time.
CHUNK = 100


class TourRegularisation(models.Model):
    _inherit = "tour.regularisation"

    # === Actions === #

    def action_run(self):
        """Change the bookings in the background, with the rights of who presses."""
        self.ensure_one()
        self._check_right()
        if not self.ready_count:
            raise UserError(
                self.env._("%(name)s has no booking left to change.", name=self.name)
            )
        self._set_state(
            "running", user_id=self.env.uid, stop_requested=False, last_error=False
        )
        self._trigger_worker()
        return True

    def action_retry(self):
        """Look again at the bookings that failed; they can be run then."""
        self.ensure_one()
        self._check_right()
        # In sudo: the report is the suite's own. What was deleted stays in it.
        failed = self.sudo().line_ids.filtered(
            lambda line: line.state == "failed" and line.order_id
        )
        if not failed:
            raise UserError(
                self.env._(
                    "%(name)s has no failed booking left to look at.", name=self.name
                )
            )
        self._set_state("ready")
        found = [(line.number, line.order_id.with_env(self.env)) for line in failed]
        failed.unlink()
        self._add_lines(self._preview(found))
        return True

    def action_view_bookings(self):
        """Open what becomes of each booking, as a list to filter and export."""
        self.ensure_one()
        return self._open_lines({})

    def action_view_troubles(self):
        """Open the bookings that are left out or failed, by reason."""
        self.ensure_one()
        return self._open_lines({"search_default_troubles": 1})

    def _open_lines(self, context):
        name = self.env._("Bookings of %(name)s", name=self.name)
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_regularisation.tour_regularisation_line_action"
            ),
            "name": name,
            "display_name": name,
            "domain": [("regularisation_id", "=", self.id)],
            "context": context,
        }

    def _trigger_worker(self):
        # In sudo: scheduled actions are not for users to read.
        self.env.ref("tour_regularisation.ir_cron_run").sudo()._trigger()

    # === The worker === #

    @api.model
    def _cron_run(self):
        """Treat what runs, one after the other, as long as there is time."""
        running = self.search([("state", "=", "running")], order="id")
        cron = self.env["ir.cron"]
        remaining = len(running)
        cron._commit_progress(remaining=remaining)
        for record in running:
            finished = int(record._work())
            remaining -= finished
            if not cron._commit_progress(finished, remaining=remaining):
                break

    def _work(self):
        """Treat one as its user would; True when it needs no more turns."""
        user = self.user_id
        record = (
            self.with_user(user)
            .with_company(self.company_id)
            .with_context(
                allowed_company_ids=self.company_id.ids, lang=user.lang, tz=user.tz
            )
        )
        try:
            return record._treat()
        except (psycopg2.OperationalError, LockError) as error:
            # Another transaction was in the way: the next turn takes it up from here.
            self.env.cr.rollback()
            _logger.info("%s goes on later: %s", self.id, error)
            return False
        except Exception as error:
            # The chunk is undone, what was changed before it stays. Whatever it is,
            # other regularisations go on.
            self.env.cr.rollback()
            reason = self._explain_failure(error)
            _logger.warning("Regularisation %s stopped: %s", self.id, reason)
            self._set_state("stopped", last_error=reason)
            return True

    def _explain_failure(self, error):
        """Why something could not be done, for who started it."""
        if isinstance(error, UserError):
            return str(error).strip()[:1000]
        if isinstance(error, psycopg2.Error):
            return self.env["sale.order.line"]._sql_error_to_message(error)
        _logger.error("Regularisation %s", self.id, exc_info=error)
        return self.env._(
            "An unexpected error occurred (%(error)s). The log of the server tells "
            "more.",
            error=type(error).__name__,
        )

    def _treat(self):
        """Change what is left, chunk by chunk; True when it came to its end."""
        self.ensure_one()
        self._check_right()
        lines = self._get_next_lines()
        while lines:
            if self.stop_requested:
                self._set_state("stopped", stop_requested=False)
                return True
            self._apply(lines)
            if not self._commit(len(lines)):
                return False
            lines = self._get_next_lines()
        self._set_state("done", stop_requested=False)
        self._tell_done()
        return True

    def _get_next_lines(self):
        # In sudo: the report is the suite's own.
        return (
            self.env["tour.regularisation.line"]
            .sudo()
            .search(
                [("regularisation_id", "=", self.id), ("state", "=", "ready")],
                order="id",
                limit=CHUNK,
            )
        )

    def _commit(self, count):
        """Commit a chunk; False when the worker's time is over."""
        left = self.env["ir.cron"]._commit_progress(count, remaining=1)
        # Another transaction: whether to stop may have been said meanwhile.
        self.env.invalidate_all()
        return bool(left)

    # === A chunk === #

    def _apply(self, lines):
        """Change the bookings of these lines, and say what became of each."""
        orders = self.env["sale.order"].browse(lines.order_id.ids)
        plans = self._plan(orders.try_lock_for_update(allow_referencing=True))
        due = lines.browse()
        for line in lines:
            plan = plans.get(line.order_id)
            if fault := self._get_run_fault(line, plan):
                line.write({"state": "failed", "message": fault})
            elif plan.is_empty:
                text = self.env._("It is so already.")
                line.write({"state": "nothing", "message": text})
            else:
                due += line
        self._change_safely(due, {line: plans[line.order_id] for line in due})

    def _get_run_fault(self, line, plan):
        """Why a booking cannot be changed now; empty if it can."""
        if not line.order_id:
            return self.env._("The booking was deleted meanwhile.")
        if not plan:
            return self.env._("Somebody else is changing it right now. Try it again.")
        if plan.fault:
            return plan.fault
        if line.seen != self._get_seen(plan):
            return self.env._(
                "It was changed since the preview. Look at it again, then run it."
            )
        return ""

    def _change_safely(self, lines, plans):
        """Change bookings together; where one is refused, by halves down to it.

        Each half has a savepoint of its own, so that a booking is changed as a whole
        or not at all, whatever happens to the others.
        """
        if not lines:
            return
        try:
            with self.env.cr.savepoint():
                self._change(lines, plans)
                self.env.flush_all()
            return
        except psycopg2.OperationalError:
            # Another transaction was in the way: all of it is tried again.
            raise
        except Exception as error:
            # Whatever it is, the others are changed.
            self.env.invalidate_all(flush=False)
            if len(lines) == 1:
                reason = self._explain_failure(error)
                lines.write({"state": "failed", "message": reason})
                return
        half = len(lines) // 2
        self._change_safely(lines[:half], plans)
        self._change_safely(lines[half:], plans)

    def _change(self, lines, plans):
        vals_by_id = {
            service.id: vals
            for line in lines
            for service, vals in plans[line].vals.items()
            if vals
        }
        orders = self.env["sale.order"].browse(lines.order_id.ids)
        caused = orders._with_price_cause("regularisation", self._get_cause())
        services = caused.env["sale.order.line"].browse(vals_by_id)
        services._write_calculated(vals_by_id)
        self.env["tour.change"]._create_applied(
            [self._prepare_change_vals(line, plans[line]) for line in lines]
        )
        now = fields.Datetime.now()
        lines.write({"state": "done", "message": False, "done_on": now})

    def _get_cause(self):
        return f"{self.name}: {self.reason}"

    def _prepare_change_vals(self, line, plan):
        """Values of the change that a booking keeps; override to add yours."""
        return {
            "order_id": line.order_id.id,
            "comment": self._get_cause(),
            "preview": {"rows": line.details},
            "price_before": line.sale_before,
            "price_after": line.sale_after,
            "supplier_before": line.purchase_before,
            "supplier_after": line.purchase_after,
        }

    def _tell_done(self):
        """Say in the record and to whoever started it how it went."""
        text = self.env._(
            "%(name)s is done: %(done)s changed, %(failed)s failed, %(nothing)s had "
            "nothing to change.",
            name=self.name,
            done=self.done_count,
            failed=self.failed_count,
            nothing=self.nothing_count,
        )
        # In sudo: it is the suite that says it.
        self.sudo().message_post(body=text)
        self.user_id._bus_send(
            "simple_notification",
            {"type": "warning" if self.failed_count else "success", "message": text},
        )
