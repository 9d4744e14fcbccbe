"""Loads the whole story."""

from base64 import b64encode

from odoo.tools import file_open

from . import (
    load_account,
    load_bills,
    load_bookings,
    load_catalog,
    load_changes,
    load_corrections,
    load_desk,
    load_files,
    load_help,
    load_hotels,
    load_money,
    load_papers,
    load_payments,
    load_people,
    load_registrations,
    load_reports,
    load_sales,
    load_signoff,
)
from .stage import Stage


def load(env):
    """Make the demo data around today in an empty company."""
    stage = Stage(env)
    with file_open("tour/static/description/icon.png", "rb") as file:
        stage.company.logo = b64encode(file.read())
    load_people.load(stage)
    load_hotels.load(stage)
    load_money.prepare(stage)
    load_changes.prepare(stage)
    booked = load_bookings.load(stage)
    load_papers.load(stage, booked)
    load_files.load(stage, booked)
    makers = load_changes.load(stage)
    load_corrections.load(stage, makers)
    load_desk.load(stage, makers)
    load_sales.load(stage)
    load_payments.load(stage)
    load_account.load(stage)
    load_bills.load(stage)
    load_catalog.load(stage)
    load_help.load(stage)
    load_signoff.load(stage)
    load_registrations.load_registrations(stage)
    load_reports.load(stage)
    _silence(stage)


def _silence(stage):
    """Cancel the mails of the story: their addresses do not exist."""
    stage.env["mail.mail"].search([("state", "=", "outgoing")]).write(
        {"state": "cancel"}
    )
