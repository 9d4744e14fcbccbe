import io
from datetime import date

from pypdf import PdfReader

from odoo import Command

from odoo.addons.tour_partner.tests.common import TourPartnerCommon

from ..papers import KINDS

# Figures that stand nowhere else, so that a paper that shows one has leaked it.
SUPPLIER_NIGHT = 7111.11
SUPPLIER_TOTAL = 14222.22
COMMISSION = 1422.22
SUPPLIER_DUE = 12800.00
CLIENT_PRICE = 18300.00
CLIENT_DISCOUNT = 333.33


class TourDocumentCommon(TourPartnerCommon):
    """A booking of two services: two nights at a hotel, and a transfer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_company()
        cls._set_up_hotel()
        cls.client.write({"name": "Клиент-Энерго", "vat": "7701234560"})
        cls.client.write({"kpp": "770101001", "city": "Екатеринбург"})
        cls.other_client = cls._create_company("Other client", tour_client_agent=True)
        cls.other_user = cls._create_client_user("other_user", cls.other_client)
        cls.consignee = cls.env["res.partner"].create(
            {"name": "Surgut branch", "parent_id": cls.client.id, "type": "consignee"}
        )
        cls.manager = cls.users["manager_own"]
        cls.order = cls._create_booking()
        cls.stay = cls.order.order_line[0]
        cls.transfer = cls.order.order_line[1]

    @classmethod
    def _set_up_company(cls):
        cls.company = cls.env.company
        cls.company.write(
            {
                "name": "Tour Example LLC",
                "vat": "7712345671",
                "phone": "+7 495 555-01-01",
                "tour_signatory_name": "A. Orlova",
                "tour_accountant_name": "P. Volkov",
            }
        )
        cls.company.partner_id.kpp = "771201001"
        bank = cls.env["res.bank"].create(
            {
                "name": "Sample Bank",
                "bic": "044525225",
                "corr_account": "30101810400000000225",
            }
        )
        cls.company.partner_id.bank_ids = [
            Command.create({"acc_number": "40702810200000000001", "bank_id": bank.id})
        ]
        tax_group = cls.env["account.tax.group"].create(
            {"name": "VAT 22%", "country_id": cls.company.account_fiscal_country_id.id}
        )
        cls.tax = cls.env["account.tax"].create(
            {
                "name": "VAT of tests",
                "invoice_label": "22%",
                "amount": 22.0,
                "price_include_override": "tax_included",
                "tax_group_id": tax_group.id,
            }
        )

    @classmethod
    def _set_up_hotel(cls):
        cls.city = cls.env["tour.city"].create(
            {"name": "Сочи", "country_id": cls.russia.id}
        )
        cls.supplier.write({"name": "Hidden Supplier Ltd", "email": "s@hotel.example"})
        cls.hotel = cls.env["tour.hotel"].create(
            {
                "name": "Гостиница «Жемчужина»",
                "city_id": cls.city.id,
                "street": "ул. Морская, 1",
                "phone": "+7 862 555-00-00",
                "supplier_id": cls.supplier.id,
                "commission_percent": 10.0,
            }
        )
        cls.room = cls.env["tour.room"].create(
            {"hotel_id": cls.hotel.id, "name": "Standard Double", "capacity": 2}
        )
        cls.carrier = cls._create_company("Carrier Ltd", tour_supplier=True)

    @classmethod
    def _create_booking(cls, guests=1, lines=None, **values):
        if lines is None:
            lines = [cls._prepare_stay(guests), cls._prepare_transfer()]
        order = cls.env["sale.order"].create(
            {
                "is_tour_booking": True,
                "partner_id": cls.client.id,
                "client_user_id": cls.client_user.id,
                "consignee_id": cls.consignee.id,
                "client_order_ref": "REF-77",
                "user_id": cls.manager.id,
                "internal_note": "SECRET-NOTE",
                "order_line": [Command.create(line) for line in lines],
            }
            | values
        )
        # What the prices are is not the matter here: they are typed.
        for line in order._get_services():
            line.write(cls._prepare_prices(line))
        return order

    @classmethod
    def _prepare_stay(cls, guests=1, **values):
        return {
            "service_type_id": cls.env.ref(
                "tour_booking.service_type_accommodation"
            ).id,
            "hotel_id": cls.hotel.id,
            "room_id": cls.room.id,
            "meal": "bb",
            "date_from": date(2026, 10, 5),
            "date_to": date(2026, 10, 7),
            "guest_ids": [
                Command.create(
                    {
                        "last_name": "Иванов",
                        "first_name": "Пётр",
                        "middle_name": f"Номер{number}",
                        "document_number": "PASSPORT-1",
                        "birth_date": date(1980, 3, 4),
                    }
                )
                for number in range(1, guests + 1)
            ],
        } | values

    @classmethod
    def _prepare_transfer(cls, **values):
        return {
            "service_type_id": cls.env.ref("tour_booking.service_type_transfer").id,
            "route": "Airport – hotel",
            "car_class": "Business",
            "transport_number": "SU 1124",
            "date_from": date(2026, 10, 5),
            "supplier_id": cls.carrier.id,
        } | values

    @classmethod
    def _prepare_prices(cls, line):
        if line.service_kind != "accommodation":
            return {"price_unit": 1220.0, "tax_ids": cls.tax.ids}
        return {
            "supplier_price_night": SUPPLIER_NIGHT,
            "supplier_price_total": SUPPLIER_TOTAL,
            "commission_percent": 10.0,
            "commission_amount": COMMISSION,
            "settlement": "less",
            "supplier_due": SUPPLIER_DUE,
            "price_unit": CLIENT_PRICE,
            "client_discount_amount": CLIENT_DISCOUNT,
            "tax_ids": cls.tax.ids,
            "confirmed_by": "SECRET-RECEPTIONIST",
        }

    @classmethod
    def _make(cls, kind, order=None, **values):
        """Make a document of the kind and give its values."""
        documents = (order or cls.order)._make_documents(kind)
        if values:
            documents.write(values)
            documents._draw()
        return documents

    @classmethod
    def _make_in_time(cls, kind, **values):
        """Make a document of the kind in a status that has such documents."""
        if kind == "cover_sheet":
            cls._make_in_time("service_act")
        when = {"agreed": "booked", "asked": "booked", "off": "cancelled"}
        state = when.get(KINDS[kind].when, "accepted")
        cls._move_to(cls.order, state)
        return cls._make(kind, **values)

    @classmethod
    def _move_to(cls, order, *states):
        """Put the booking into the states one after the other, past their checks."""
        for state in states:
            cls.env.cr.execute(
                "UPDATE sale_order SET booking_state = %s WHERE id = %s",
                (state, order.id),
            )
        cls.env.invalidate_all()

    @classmethod
    def _read(cls, document):
        """Text of the current version, white space made one.

        Where letters are set closer, pypdf takes the gap before a point for a space.
        """
        content = document.sudo().current_version_id.attachment_id.raw
        pages = PdfReader(io.BytesIO(content)).pages
        text = " ".join(" ".join(page.extract_text() for page in pages).split())
        return text.replace(" .", ".")

    @classmethod
    def _html(cls, document):
        """The paper before it is drawn: what is in it but not shown is here too."""
        return document.template_id._render_html(document._get_facts())
