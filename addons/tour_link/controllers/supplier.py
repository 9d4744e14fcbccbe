from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError
from odoo.http import request

from .. import guest_form, uploads
from ..models.sale_order_line import MAX_NAME, MAX_NUMBER
from .link import TourLinkController

KIND = "supplier"
MAX_TEXT = 1000
MAX_PRICE = 10**9


class TourSupplierLinkController(TourLinkController):
    """The page on which a supplier answers a request, and sends his bill."""

    def _get_handlers(self):
        return {
            **super()._get_handlers(),
            (KIND, "confirmed"): self._confirm,
            (KIND, "refused"): self._decline,
            (KIND, "proposed"): self._propose,
            (KIND, "bill"): self._take_bill,
        }

    def _show_page(self, link, token, done="", **values):
        if link.kind != KIND:
            return super()._show_page(link, token, done=done, **values)
        faults, act = values.get("faults") or {}, values.get("act") or ""
        page = link._get_supplier_page()
        return self._render(
            "tour_link.supplier_page",
            {
                "page": page,
                "act": act,
                "fault_rows": self._get_fault_rows(page, faults, act),
                "csrf": request.csrf_token(),
                "done": done if done in ("answer", "bill") and not faults else "",
                "faults": faults,
                "sent": values.get("sent") or {},
            },
            status=422 if faults else 200,
        )

    def _get_fault_rows(self, page, faults, act):
        """What is wrong: where on the page, what it is called, and what to do."""
        env = request.env
        labels = {
            "date_from": env._("Arrival"),
            "date_to": env._("Departure"),
            "file": env._("File"),
            "person": env._("Your name"),
            "price": env._("Price"),
            "proposal": env._("What do you propose?"),
            "reason": env._("Why is it not possible?"),
            **{
                f"number-{service['id']}": env._(
                    "Number of your confirmation: %(service)s", service=service["name"]
                )
                for service in page["services"]
            },
        }
        return [
            (f"person-{act}" if name == "person" else name, labels[name], text)
            for name, text in faults.items()
        ]

    # === Answers === #

    def _confirm(self, link, token, form):
        faults, numbers = {}, {}
        for line in link._get_supplier_lines():
            name = f"number-{line.id}"
            number = guest_form.tidy(form.get(name))
            if not number or len(number) > MAX_NUMBER:
                faults[name] = request.env._(
                    "Enter the number of your confirmation, of at most %(length)s "
                    "signs.",
                    length=MAX_NUMBER,
                )
            numbers[line] = number
        return self._answer(link, token, "confirmed", form, faults, numbers=numbers)

    def _decline(self, link, token, form):
        text, faults = self._read_text(form, "reason")
        return self._answer(link, token, "refused", form, faults, text=text)

    def _propose(self, link, token, form):
        text, faults = self._read_text(form, "proposal")
        values = {"text": text}
        for name in ("date_from", "date_to"):
            if raw := guest_form.tidy(form.get(name)):
                try:
                    values[name] = guest_form.read_date(raw, None, None)
                except guest_form.FormError:
                    faults[name] = request.env._(
                        "This is no date. Write it as 2026-12-31 or 31.12.2026."
                    )
        start, end = values.get("date_from"), values.get("date_to")
        if start and end and end < start:
            faults["date_to"] = request.env._("The departure is before the arrival.")
        if raw := guest_form.tidy(form.get("price")):
            try:
                values["price"] = guest_form.read_float(raw, None, None)
            except guest_form.FormError:
                faults["price"] = request.env._("This is no amount of money.")
            if not 0 <= values.get("price", 0) <= MAX_PRICE:
                faults["price"] = request.env._("This is no amount of money.")
        return self._answer(link, token, "proposed", form, faults, **values)

    def _read_text(self, form, name):
        raw = form.get(name)
        text = raw.strip() if isinstance(raw, str) else ""
        text = "\n".join(map(guest_form.tidy, text.splitlines()))
        if not text:
            return "", {name: request.env._("Say it in some words.")}
        return text[:MAX_TEXT], {}

    def _answer(self, link, token, kind, form, faults, **values):
        """Keep the answer, or show the page again with what is wrong.

        What cannot be answered any more, as the page will say, changes nothing.
        """
        self._log(link, token, "answer")
        person = guest_form.tidy(form.get("person"))
        if len(person) > MAX_NAME:
            faults["person"] = request.env._("This is too long.")
        sent = {key: text for key, text in form.items() if isinstance(text, str)}
        if link._get_supplier_status() != "open":
            return self._go_to_page(token, "", request.env.lang)
        if faults:
            return self._show_page(link, token, faults=faults, sent=sent, act=kind)
        try:
            with request.env.cr.savepoint():
                link._answer(kind, {**values, "person": person})
        except UniqueViolation:
            # The same request was answered at the same moment: the page shows how.
            return self._go_to_page(token, "", request.env.lang)
        return self._go_to_page(token, "answer", request.env.lang)

    # === The bill === #

    def _take_bill(self, link, token, form):
        self._log(link, token, "bill")
        file = form.get("file")
        try:
            if isinstance(file, str) or file is None:
                raise uploads.UploadError("empty")
            # One more than is allowed, so that too much is seen without reading all.
            content = file.read(uploads.MAX_SIZE + 1)
            name, mimetype = uploads.check(file.filename, content)
            link._add_bill(name, content, mimetype)
        except uploads.UploadError as error:
            text = self._get_upload_faults()[error.code]
            return self._show_page(link, token, faults={"file": text}, act="bill")
        except UserError as error:
            faults = {"file": str(error)}
            return self._show_page(link, token, faults=faults, act="bill")
        return self._go_to_page(token, "bill", request.env.lang)

    def _get_upload_faults(self):
        env = request.env
        return {
            "empty": env._("Choose a file that is not empty."),
            "size": env._("The file is larger than 10 MB. Send it in parts."),
            "type": env._("This is no PDF, JPG or PNG file."),
            "broken": env._("The file is incomplete. Save it anew and send it again."),
            "locked": env._(
                "The PDF is protected by a password. Send it without protection."
            ),
        }
