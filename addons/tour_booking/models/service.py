from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from odoo.models import BaseModel


@dataclass
class Service:
    """What a service is, be it of a line or of values that a line is made of.

    Prices, taxes and wording are worked out of it, so that thousands of lines can be
    prepared before the first of them is a record.
    """

    order: BaseModel
    service_type: BaseModel
    product: BaseModel
    hotel: BaseModel
    room: BaseModel
    rate: BaseModel
    meal: str | bool = False
    rooms: int = 1
    persons: int = 0
    date_from: date | bool = False
    date_to: date | bool = False
    hour_from: float = 0.0
    hour_to: float = 0.0
    early_arrival: bool = False
    late_departure: bool = False
    settlement: str | bool = False
    route: str | bool = False
    car_class: str | bool = False
    transport_number: str | bool = False
    service_text: str | bool = False
    overrides: dict[str, Decimal] = field(default_factory=dict)

    @property
    def kind(self):
        return self.service_type.kind

    @property
    def company(self):
        return self.order.company_id or self.order.env.company

    @property
    def currency(self):
        return self.order.currency_id or self.company.currency_id

    @property
    def nights(self):
        """Nights to pay for: only a stay has any."""
        if self.kind != "accommodation" or not (self.date_from and self.date_to):
            return 0
        return max((self.date_to - self.date_from).days, 0)

    @property
    def end_hour(self):
        """Hour of the end, as far as it says something: only a stay surely has one."""
        is_known = self.kind == "accommodation" or self.hour_to
        return self.hour_to if is_known else self.hour_from

    @property
    def short_name(self):
        """What lists call it: its hotel, route or text."""
        if self.kind == "accommodation":
            name = self.hotel.name
        elif self.kind == "transfer":
            name = self.route
        else:
            name = (self.service_text or "").partition("\n")[0]
        return name or self.service_type.name or ""
