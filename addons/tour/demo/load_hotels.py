"""Makes cities, hotels, rooms, rates, seasons and meals."""

from odoo.fields import Command

from . import story_hotels as story


def load(stage):
    _load_exchange_rates(stage)
    _load_cities(stage)
    for number, (key, data) in enumerate(story.HOTELS.items()):
        hotel = stage.env["tour.hotel"].create(_prepare_hotel(stage, key, data))
        # Side by side on the map.
        hotel.latitude += 0.004 * number
        hotel.longitude -= 0.006 * number
        stage.keep("hotel", key, hotel)
        for room in data["rooms"]:
            _load_room(stage, hotel, data, *room)


def _load_exchange_rates(stage):
    roubles = stage.env.ref("base.RUB")
    if stage.company.currency_id != roubles:
        return
    for offset, euro, dollar in story.RATES:
        for name, price in (("EUR", euro), ("USD", dollar)):
            stage.env["res.currency.rate"].create(
                {
                    "name": stage.day(offset),
                    "currency_id": stage.env.ref(f"base.{name}").id,
                    "company_id": stage.company.id,
                    "inverse_company_rate": price,
                }
            )


def _load_cities(stage):
    for key, data in story.CITIES.items():
        name, country, region, zone, fias_id, latitude, longitude = data
        city = fias_id and stage.env["tour.city"].search([("fias_id", "=", fias_id)])
        city = city or stage.env["tour.city"].create(
            {
                "name": name,
                "country_id": stage.env.ref(f"base.{country}").id,
                "region": region,
                "tz": zone,
                "fias_id": fias_id,
                "latitude": latitude,
                "longitude": longitude,
            }
        )
        stage.keep("city", key, city)


def _prepare_hotel(stage, key, data):
    city = stage["city", data["city"]]
    supplier = stage["supplier", data["supplier"]]
    return {
        "name": data["name"],
        "synonyms": data["synonyms"],
        "city_id": city.id,
        "supplier_id": supplier.id,
        "stars": data["stars"],
        "street": data["street"],
        "latitude": city.latitude,
        "longitude": city.longitude,
        "phone": supplier.phone,
        "email": supplier.email,
        "website": f"https://{key}.example",
        "currency_id": stage.env.ref(f"base.{data.get('currency', 'RUB')}").id,
        "commission_percent": data["commission"],
        "no_commission_on_meals": data.get("no_commission_on_meals", False),
        "settlement": data.get("settlement", "full"),
        "travelline_enabled": data.get("travelline", False),
        "meal_price_ids": [
            Command.create({"meal": meal, "price": price})
            for meal, price in data["meals"]
        ],
        "season_ids": [
            Command.create(
                {
                    "name": name,
                    "date_from": stage.day(first),
                    "date_to": stage.day(last),
                }
            )
            for name, first, last in _get_seasons(data)
        ],
    }


def _get_seasons(data):
    if "seasons" not in data:
        return ()
    return story.SEASONS if data.get("currency") else story.SEASONS_RU


def _load_room(stage, hotel, data, name, capacity, price):
    stage.env["tour.room"].create(
        {
            "name": name,
            "hotel_id": hotel.id,
            "capacity": capacity,
            "sequence": 10 * (1 + len(hotel.room_ids)),
            "rate_ids": [
                Command.create(vals) for vals in _prepare_rates(hotel, data, price)
            ],
        }
    )


def _prepare_rates(hotel, data, price):
    names = story.RATE_NAMES if data.get("currency") else story.RATE_NAMES_RU
    meal = data["meals"][0][0] if data["meals"] else "ro"
    seasons = [
        Command.create({"season_id": season.id, "rack_price": rack})
        for season in hotel.season_ids
        for rack in [round(price * data["seasons"], -1 if price < 1000 else -2)]
    ]
    rates = [
        {
            "name": names["rack"],
            "kind": "rack",
            "meal": meal,
            "rack_price": price,
            "season_price_ids": seasons,
        }
    ]
    if "net" in data:
        rates.append(
            {
                "name": names["net"],
                "kind": "net",
                "client_visible": False,
                "meal": "ro",
                "rack_price": price,
                "net_price": round(price * data["net"], 2),
            }
        )
    if data.get("travelline"):
        rates.append(
            {
                "name": names["dynamic"],
                "kind": "dynamic",
                "meal": "ro",
                "rack_price": round(price * 0.94, 2),
            }
        )
    return rates
