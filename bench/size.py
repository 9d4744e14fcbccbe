"""How much is in the databases that are measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """Numbers of records; a seed makes the same data each time."""

    bookings: int
    hotels: int
    seed: int = 19

    @property
    def clients(self):
        return max(self.bookings // 20, 200)

    @property
    def suppliers(self):
        return max(self.bookings // 400, 50)

    @property
    def booked_hotels(self):
        """The hotels that bookings are made in: the first ones."""
        return min(self.hotels, max(self.bookings // 60, 50))

    @property
    def bills(self):
        return self.bookings // 4


QUICK = Size(bookings=20_000, hotels=20_000)
FULL = Size(bookings=200_000, hotels=200_000)
MILLION = Size(bookings=1_000_000, hotels=200_000)
