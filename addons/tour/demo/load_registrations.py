"""Somebody registers, and is approved or not; clients have agreed to the terms."""

from .stage import make_account, make_registry_number, make_tax_id
from .story_registrations import ADDRESS, PASSWORD, REJECTED, REQUESTS, TEXTS


def load_registrations(stage):
    """Publish the usage agreement, have it accepted, and make the requests."""
    agreement = _publish(stage)
    _accept(stage, agreement)
    for key, data in REQUESTS.items():
        request = _receive(stage, key, data, agreement)
        stage.keep("registration", key, request)
        _decide(stage, request, data["end"])


def _publish(stage):
    agreement = stage.env["tour.usage.agreement"].create(
        {
            "company_id": stage.company.id,
            "text_ids": [
                (0, 0, {"lang": lang, "body": body})
                for lang, body in TEXTS.items()
                if lang in stage.languages
            ],
        }
    )
    agreement.action_publish()
    return stage.keep("usage", "agreement", agreement)


def _accept(stage, agreement):
    users = stage.env["res.users"].search(
        [("share", "=", True), ("company_id", "=", stage.company.id)]
    )
    for user in users.filtered(lambda user: user._is_portal()):
        user._accept_usage(agreement, ADDRESS, user.lang)


def _receive(stage, key, data, agreement):
    """Fill in the form, as its visitor does."""
    env = stage.env(user=stage.env.ref("base.public_user").id, su=True)
    russia = stage.env.ref("base.ru")
    number = data["number"]
    sole_trader = data["kind"] == "person_agent"
    values = {
        "vat": make_tax_id(number, sole_trader),
        "ogrn": make_registry_number(number, sole_trader),
        "kpp": "000001001",
        "country_id": str(russia.id),
        "bank_name": stage["bank", "bank"].name,
        "bank_bic": stage["bank", "bank"].bic,
        "bank_account": make_account(number, stage["bank", "bank"].bic),
        "email": f"{key}@clients.example.com",
        "login": key,
        "password": PASSWORD,
        **data["values"],
    }
    requests = env["tour.registration"].with_context(lang=stage.lang("ru_RU"))
    return requests._receive(
        data["kind"], values, ADDRESS, agreement=agreement
    ).with_env(stage.env)


def _decide(stage, request, end):
    decided = request.with_env(stage.as_user("head"))
    if end == "approved":
        decided._approve(is_curator=True)
    elif end == "rejected":
        decided._reject(REJECTED)
