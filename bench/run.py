"""``./tour bench``: how fast the suite is, beside plain Odoo and raw SQL.

    ./tour bench               200,000 bookings, everything
    ./tour bench --quick       20,000 bookings and fewer rounds, some minutes
    ./tour bench --million     1,000,000 bookings
    ./tour bench --only lists  one of: create, lists, today, archive, hotels, import,
                               papers, vouchers, statement, orders, bills,
                               bill_queue, bank, evidence, regularise, portal, reports
    ./tour bench --check-reports FILE
                               measures nothing: do reports say what the real bookings
                               of the demand data set say?

Ends with an error if a target is missed, so that a build can watch it.
"""

import argparse
import sys
from pathlib import Path

from bench import (
    archiving,
    bank,
    bill_queue,
    bill_reading,
    check_reports,
    creating,
    evidence,
    hotels,
    importing,
    lists,
    odoo_process,
    papers,
    payment_orders,
    portal,
    regularising,
    report,
    reports,
    size,
    statement,
    today,
    vouchers,
)
from bench.database import Pair
from setup.databases import Databases
from setup.ground import Ground
from setup.ui import Failure, bad, good, note, report_failure, step

PARTS = {
    "lists": lists,
    "today": today,
    "hotels": hotels,
    "create": creating,
    "import": importing,
    "archive": archiving,
    "papers": papers,
    "vouchers": vouchers,
    "statement": statement,
    "orders": payment_orders,
    "bills": bill_reading,
    "bill_queue": bill_queue,
    "bank": bank,
    "evidence": evidence,
    "regularise": regularising,
    "portal": portal,
    "reports": reports,
}


def main(arguments=None):
    """Measure what the arguments ask for; return 1 if a target is missed."""
    options = _parse(arguments)
    if options.check_reports:
        return check_reports.check(Ground(), options.check_reports)
    sizes = {"quick": size.QUICK, "million": size.MILLION, "full": size.FULL}
    name = "quick" if options.quick else "million" if options.million else "full"
    ground = Ground()
    odoo_process.start()
    pair = Pair(Databases(ground), sizes[name])
    pair.ensure(anew=options.anew)
    results = []
    for part in options.only or PARTS:
        with step(f"Measuring: {part}"):
            results += PARTS[part].measure(pair, options.quick)
    report.show(results)
    file = report.write(results, pair.size, name)
    note(f"All numbers are in {file}")
    missed = [result for result in results if result.passed is False]
    if missed:
        bad(f"{len(missed)} of {len(results)} targets missed")
    else:
        good("All targets are met")
    return 1 if missed else 0


def _parse(arguments):
    parser = argparse.ArgumentParser(
        prog="./tour bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--quick", action="store_true", help="20,000 bookings")
    group.add_argument("--million", action="store_true", help="1,000,000 bookings")
    parser.add_argument("--only", nargs="+", choices=PARTS, help="these parts only")
    parser.add_argument(
        "--check-reports", metavar="FILE", type=Path, help="the data set, as CSV or .gz"
    )
    parser.add_argument("--anew", action="store_true", help="make the data anew")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        report_failure(failure)
        sys.exit(1)
