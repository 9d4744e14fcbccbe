"""Bills of many looks: how much is read, how much of that is right, how fast."""

from statistics import mean, median

from .measure import Result

EACH = 30
FIELDS = (
    "number date amount currency vat_rate vat_amount tax_id kpp name account bic"
    " corr_account purpose bookings"
).split()


def measure(pair, quick):
    """Yield precision and recall of each field, of all, and what a file takes."""
    from odoo.addons.tour_bill_reading.tests import bill_factory, bill_score

    each = 4 if quick else EACH
    known = bill_score.measure(bill_factory.make_bills(each, bill_factory.MAKERS))
    late = bill_score.measure(bill_factory.make_bills(each, bill_factory.LATE))
    for score, name, target in ((known, "known", 0.98), (late, "late", 0.9)):
        group = f"reading bills: {len(score.seconds)} of {name} looks"
        for what in ("recall", "precision"):
            by_field = {field: getattr(score, what)(field) for field in FIELDS}
            worst = min(by_field, key=by_field.get)
            yield Result(
                group=group,
                name=f"{what} of {score.said.total():,} values",
                ours=None,
                ratio=getattr(score, what)(),
                target=target,
                at_least=True,
                note=f"least: {worst} {by_field[worst]:.3f}",
                details={f: round(share, 4) for f, share in by_field.items()},
            )
        for field in FIELDS if score is known else ():
            yield Result(
                group=group,
                name=f"{field}: recall (precision {score.precision(field):.3f})",
                ours=None,
                ratio=score.recall(field),
                note=f"{score.said[field]} said, {score.found[field]} found,"
                f" {score.right[field]} right",
            )
    yield from _measure_time(known, bill_factory, bill_score, quick)


def _measure_time(known, factory, scoring, quick):
    pages = scoring.measure([factory.draw_long(n) for n in range(3 if quick else 10)])
    for name, seconds in (
        ("a file, one page or a picture", known.seconds),
        ("a text PDF of two pages", pages.seconds),
    ):
        yield Result(
            group="reading bills: time of a file",
            name=name,
            ours=median(seconds),
            # In seconds: what the slowest took.
            ratio=max(seconds),
            target=3.0,
            note=f"slowest, in seconds; on the average {mean(seconds) * 1000:.0f} ms",
        )
