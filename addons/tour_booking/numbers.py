"""Numbers of many records, drawn at once."""

from odoo.tools import SQL


def draw_numbers(sequence, count):
    """Draw the next numbers, by one query where PostgreSQL counts.

    :param sequence: an ``ir.sequence``, in sudo mode
    :rtype: list[str]
    """
    if sequence.implementation != "standard" or sequence.use_date_range:
        return [sequence.next_by_id() for _number in range(count)]
    rows = sequence.env.execute_query(
        SQL(
            "SELECT nextval(%s) FROM generate_series(1, %s)",
            f"ir_sequence_{sequence.id:03d}",
            count,
        )
    )
    prefix, suffix = sequence._get_prefix_suffix()
    return [f"{prefix}{number:0{sequence.padding}d}{suffix}" for (number,) in rows]
