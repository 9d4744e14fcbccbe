"""The commands of ``./tour``."""

import argparse
import os
import sys
import time

from . import packages, ui

PASSING_ON = {"e2e", "bench"}


def main(arguments=None):
    """Run a command, on the suite's own Python once there is one."""
    os.environ.setdefault("TOUR_STARTED", str(time.time()))
    options = _parse(sys.argv[1:] if arguments is None else arguments)
    try:
        if options.module:
            _move_to_own_python()
            module = __import__(f"setup.{options.module}", fromlist=["run"])
            return module.run(options) or 0
        _parser().print_help()
    except ui.Failure as failure:
        ui.report_failure(failure)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _move_to_own_python():
    """Start again on the environment's Python, making it if need be."""
    python = packages.ensure()
    if sys.prefix != str(packages.home()):
        os.execv(python, [str(python), *sys.argv])


def _port(text):
    """Read the number of a port."""
    if not text.isdigit() or not 1024 <= int(text) <= 65000:
        raise argparse.ArgumentTypeError("a port is a number from 1024 to 65000")
    return int(text)


def _parse(arguments):
    """Read the command line, but not what a command passes on: options, too."""
    own = 1 if arguments and arguments[0] in PASSING_ON else len(arguments)
    options = _parser().parse_args(arguments[:own])
    options.rest = arguments[own:]
    return options


def _parser():
    parser = argparse.ArgumentParser(prog="./tour", description="The Tour suite.")
    parser.set_defaults(module=None)
    commands = parser.add_subparsers(metavar="COMMAND")

    def add(name, module, help_text):
        command = commands.add_parser(name, help=help_text, description=help_text)
        command.set_defaults(module=module, command=name)
        return command

    run = add("run", "run", "Start the demo; the first time, make it.")
    run.add_argument("--port", type=_port, default=8069, help="where to listen")
    run.add_argument("--check", action="store_true", help="stop once it answers")
    serve = add("serve", "run", "Start a server on another database.")
    serve.add_argument("--db", required=True, help="the database")
    serve.add_argument("--port", type=_port, default=8069, help="where to listen")
    serve.add_argument("--check", action="store_true", help="stop once it answers")
    test = add("test", "testing", "Run tests: all, or those of some add-ons.")
    test.add_argument(
        "targets",
        nargs="*",
        metavar="ADDON[:CLASS[.METHOD]]",
        help="what to test; nothing: everything",
    )
    test.add_argument("--tags", help="Odoo's test tags, in place of targets")
    test.add_argument("--db", help="keep this database, and update it next time")
    test.add_argument("--each", action="store_true", help="each add-on by itself")
    test.add_argument(
        "--odoo",
        nargs="*",
        metavar="ADDON",
        help="Odoo's own tests, with the suite and without",
    )
    test.add_argument("-v", "--verbose", action="store_true", help="show the log")
    shell = add("shell", "shell", "Open a Python shell on the demo database.")
    shell.add_argument("--db", help="another database")
    update = add("update", "update", "Update the add-ons in the demo database.")
    update.add_argument("addons", nargs="*", help="which; nothing: those changed")
    lint = add("lint", "lint", "Check how code, views and translations are written.")
    lint.add_argument("--fix", action="store_true", help="format the files")
    lint.add_argument("--fast", action="store_true", help="without a database")
    add("i18n", "i18n", "Bring the translations' files up to date.")
    outside = [("e2e", "Test from outside, in Chromium."), ("bench", "Measure.")]
    for name, text in outside:
        command = add(name, "outside", text)
        command.add_argument("rest", nargs=argparse.REMAINDER, help="passed on")
    reset = add("reset", "reset", "Drop this checkout's databases.")
    reset.add_argument("--all", action="store_true", help="templates and cluster too")
    add("stop", "reset", "Stop the private PostgreSQL server.")
    add("lock", "lock", "Lock the Python packages anew.")
    add("setup", "prepare", "Fetch and make all that the other commands need.")
    return parser
