"""Copies of a supplier's bill, made by SQL: as many as there are, in seconds."""

# What belongs to a bill. Its bookings stay its own: no booking has thousands of bills,
# and the costs of one that had would be added up anew with each act.
_TABLES = ("account_move_line", "tour_bill_event")


def copy_bills(run, bill, count):
    """Copy a bill that waits for payment, with its entry and its history.

    :param run: runs a statement with arguments, and returns its rows
    :return: ids of the copies
    """
    values = {
        "name": "'QUEUE/' || m.id || '/' || n",
        "ref": "'Q-' || m.id || '-' || n",
        "sequence_prefix": "'QUEUE/'",
        "sequence_number": "n",
        "payment_reference": "'Q-' || n",
        "access_token": "NULL",
        "tour_bill_checksum": "NULL",
        "tour_bill_holder_id": "NULL",
        "tour_bill_held_until": "NULL",
    }
    names = _get_columns(run, "account_move")
    picked = [values.get(name, f'm."{name}"') for name in names]
    statement = (
        f"INSERT INTO account_move ({_join(names)}) SELECT {', '.join(picked)}"
        " FROM account_move AS m, generate_series(%s, %s) AS n WHERE m.id = %s"
        " RETURNING id"
    )
    [(last,)] = run(
        "SELECT coalesce(max(sequence_number), 0) FROM account_move"
        " WHERE sequence_prefix = 'QUEUE/'"
    )
    ids = [row[0] for row in run(statement, last + 1, last + count, bill)]
    for table in _TABLES:
        _copy_rows(run, table, bill, ids)
    return ids


def _copy_rows(run, table, bill, ids):
    names = [name for name in _get_columns(run, table) if name != "move_id"]
    picked = ", ".join(f'r."{name}"' for name in names)
    run(
        f"INSERT INTO {table} ({_join(['move_id', *names])}) SELECT copy, {picked}"
        f" FROM unnest(%s::int[]) AS copy, {table} AS r WHERE r.move_id = %s"
        " ORDER BY copy, r.id",
        ids,
        bill,
    )


def _get_columns(run, table):
    rows = run(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
        " AND table_schema = 'public' AND column_name <> 'id'"
        " AND is_generated = 'NEVER' ORDER BY ordinal_position",
        table,
    )
    return [name for (name,) in rows]


def _join(names):
    return ", ".join(f'"{name}"' for name in names)
