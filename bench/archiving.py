"""Nightly archiving of 100,000 bookings, beside writing them one by one."""

import time

from . import odoo_process
from .measure import Result, details, get_memory, growth, middle, sample

WANTED = 100_000
ONE_BY_ONE = 200
# What a run may grow by: PostgreSQL's answers and Odoo's caches of one chunk.
MEMORY_MB = 16


def measure(pair, quick):
    """Archive as the cron does, chunk by chunk; put all back in the end."""
    with odoo_process.environment(pair.tour) as env:
        env.cr.execute(
            "CREATE TEMP TABLE kept AS SELECT id, booking_state, write_date"
            " FROM sale_order WHERE booking_state IN"
            " ('done', 'cancelled', 'cancelled_penalty', 'refused')"
        )
        written = _write_one_by_one(env)
        env.cr.execute("SELECT coalesce(max(id), 0) FROM tour_booking_event")
        last_event = env.cr.fetchone()[0]
        env.cr.commit()
        try:
            archived, seconds, memory = _archive(env)
        finally:
            _put_back(env, last_event)
    pair.databases.run("VACUUM (ANALYZE) sale_order", db=pair.tour)
    plain = _write_plain(pair)
    ours = seconds / max(archived, 1)
    yield Result(
        group="archive",
        name=f"{archived:,} bookings; a booking",
        ours=ours,
        plain=middle(plain),
        ratio=middle(written) / ours,
        target=20,
        at_least=True,
        note="times faster than bare writes of the status, one by one (no tracking)",
        details=details(written=written, plain=plain) | {"seconds": seconds},
    )
    yield Result(
        group="archive",
        name="against plain Odoo writing a status one by one",
        ours=ours,
        plain=middle(plain),
        ratio=middle(plain) / ours,
        at_least=True,
        note="times faster",
    )
    yield Result(
        group="archive",
        name="memory that the second half took more than the first, MB",
        ours=seconds,
        ratio=growth(memory),
        target=MEMORY_MB,
        note=f"from {memory[0]:.0f} to {memory[-1]:.0f} MB",
        details={"memory_mb": [round(value, 1) for value in memory]},
    )


def _archive(env):
    from odoo.addons.tour_booking.models.sale_order_archive import CHUNK

    archived, memory = 0, [get_memory()]
    started = time.perf_counter()
    while archived < WANTED:
        count = env["sale.order"]._archive_bookings(min(CHUNK, WANTED - archived))
        env.cr.commit()
        memory.append(get_memory())
        if not count:
            break
        archived += count
    return archived, time.perf_counter() - started, memory


def _write_one_by_one(env):
    """Write the status on some bookings, one after the other, with nothing else."""
    from odoo.addons.tour_booking.booking_states import MOVER

    env.cr.execute("SELECT id FROM kept ORDER BY id LIMIT %s", [ONE_BY_ONE])
    ids = [row[0] for row in env.cr.fetchall()]
    orders = env["sale.order"].with_context(
        tour_booking_mover=MOVER, tracking_disable=True
    )

    def write(order):
        order.write({"booking_state": "archive"})
        order.env.flush_all()

    samples = [sample(write, orders.browse(order_id))[0] for order_id in ids]
    env.cr.rollback()
    # The table went with the transaction.
    env.cr.execute(
        "CREATE TEMP TABLE kept AS SELECT id, booking_state, write_date"
        " FROM sale_order WHERE booking_state IN"
        " ('done', 'cancelled', 'cancelled_penalty', 'refused')"
    )
    return samples


def _write_plain(pair):
    """Plain Odoo: a status that is tracked, one order after the other."""
    with odoo_process.environment(pair.plain, "bench0") as env:
        orders = env["sale.order"].search([("state", "=", "draft")], limit=ONE_BY_ONE)

        def write(order):
            order.write({"state": "sent"})
            env.flush_all()
            # Here the tracked values become messages.
            env.cr.precommit.run()

        samples = [sample(write, order)[0] for order in orders]
        env.cr.rollback()
    return samples


def _put_back(env, last_event):
    env.cr.execute(
        "UPDATE sale_order SET booking_state = kept.booking_state,"
        " write_date = kept.write_date FROM kept"
        " WHERE kept.id = sale_order.id AND sale_order.booking_state = 'archive'"
    )
    env.cr.execute("DELETE FROM tour_booking_event WHERE id > %s", [last_event])
    env.cr.execute("DROP TABLE kept")
    env.cr.commit()
