"""Loaders: from the engine's values to records, one per kind of rows."""

from .booking import BookingLoader
from .city import CityLoader
from .client import ClientLoader
from .hotel import HotelLoader
from .room import RoomLoader

LOADERS = {
    loader.kind: loader
    for loader in (CityLoader, ClientLoader, HotelLoader, RoomLoader, BookingLoader)
}
