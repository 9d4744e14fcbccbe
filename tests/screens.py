"""The booking's screens, as the tests work with them: by keyboard where one can."""

import io
import re
from datetime import date, timedelta

from pypdf import PdfReader

LIST = "/odoo/action-tour_booking.sale_order_action_booking"


def in_days(days):
    """A day as the web client of an American takes it."""
    return f"{date.today() + timedelta(days=days):%m/%d/%Y}"


class BookingForm:
    """The form of a booking in somebody's window."""

    def __init__(self, window):
        self.window = window
        self.page = window.page

    def new(self):
        """Open the list and start a booking by its key."""
        self.page.goto(self.window.browser.url + LIST)
        self.page.wait_for_selector(".o_list_button_add")
        self.window.settle()
        self.page.keyboard.press("Alt+c")
        self.page.wait_for_selector(".o_tour_booking_form")
        self.window.settle()

    def open(self, order):
        self.page.goto(f"{self.window.browser.url}{LIST}/{order}")
        self.page.wait_for_selector(".o_tour_booking_form")
        self.window.settle()

    def field(self, name, within=""):
        """The input of a field."""
        place = f"{within} .o_field_widget[name={name}]"
        return self.page.locator(f"{place} input, {place} textarea").first

    def find(self, name, text, within=""):
        """Type into a many2one, and take what is found with Enter."""
        field = self.field(name, within)
        field.fill("")
        field.press_sequentially(text)
        found = ".o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option)"
        self.page.wait_for_selector(f"{found} .ui-state-active")
        self.window.settle()
        self.page.keyboard.press("Enter")
        self.window.settle()
        return field.input_value()

    def type(self, name, text, within=""):
        """Type into a field and leave it with Tab."""
        field = self.field(name, within)
        field.fill(text)
        field.press("Tab")
        self.window.settle()

    def add(self, what="accommodation"):
        """Open the dialog of a new service."""
        self.page.get_by_text(f"Add {what}").click()
        self.page.wait_for_selector(".modal .o_form_view")
        self.window.settle()

    def stay(self, hotel="Grand Ocean", room="Double", rate="Standard", days=(40, 43)):
        """Type a stay into the open dialog."""
        found = self.find("hotel_id", hotel, ".modal")
        self.find("room_id", room, ".modal")
        self.find("rate_id", rate, ".modal")
        self.type("date_from", in_days(days[0]), ".modal")
        self.type("date_to", in_days(days[1]), ".modal")
        return found

    def paste_guests(self, rows):
        """Paste rows of a sheet."""
        paste = self.field("guest_paste", ".modal")
        paste.fill(rows)
        paste.blur()
        self.window.settle()

    def steps(self):
        """{code: text} of the calculation that is shown."""
        rows = self.page.locator(".modal .o_tour_price_steps tr")
        return {
            row.get_attribute("data-code"): re.sub(r"\s+", " ", row.inner_text())
            for row in rows.all()
        }

    def close_dialog(self):
        """Save the service."""
        self.try_dialog()
        self.page.wait_for_selector(".modal", state="detached")

    def try_dialog(self):
        """Save the service, which may be refused."""
        self.page.locator(".modal .o_form_button_save").first.click()
        self.window.settle()

    def save(self):
        """Save the booking by its key."""
        self.try_save()
        self.page.wait_for_url(re.compile(r"/\d+(\?|$)"), wait_until="commit")
        self.window.settle()

    def try_save(self):
        """Save the booking, which may be refused."""
        self.page.keyboard.press("Alt+s")
        self.window.settle()

    def order_id(self):
        return int(re.search(r"/(\d+)(?:[?#]|$)", self.page.url)[1])

    def move(self, key, label):
        """Move on by the key of a status."""
        self.page.keyboard.press(f"Alt+{key}")
        self.page.wait_for_selector(
            f".o_form_statusbar .o_tour_status:text-is('{label}')"
        )
        self.window.settle()

    def tab(self, name):
        self.page.locator(f".o_notebook_headers a[name={name}]").last.click()
        self.window.settle()

    def said(self):
        """What the user is told: dialogs and notifications."""
        self.window.settle()
        texts = self.page.locator(
            ".modal .modal-body, .o_notification, .o_error_dialog"
        ).all_inner_texts()
        return re.sub(r"\s+", " ", " ".join(texts))

    def pdf(self, document):
        """The text of a paper, fetched as the user would."""
        url = f"{self.window.browser.url}/my/tour/documents/{document}"
        answer = self.window.context.request.get(url)
        assert answer.headers["content-type"] == "application/pdf"
        reader = PdfReader(io.BytesIO(answer.body()))
        return "\n".join(page.extract_text() for page in reader.pages)
