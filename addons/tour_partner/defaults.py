"""Defaults that a caller's context must not bring.

Whoever calls over RPC chooses the context. What a model refuses among the values that
it is given would come in by ``default_…`` all the same.
"""


def without_defaults(model, is_refused):
    """The model without the defaults that its context has for some fields.

    :param is_refused: says of a field's name whether only we write the field
    """
    context = {
        key: value
        for key, value in model.env.context.items()
        if not (key.startswith("default_") and is_refused(key[len("default_") :]))
    }
    if len(context) == len(model.env.context):
        return model
    return model.with_env(model.env(context=context))


# What of a caller's context is about himself, and not about how the program works.
KEPT = ("allowed_company_ids", "lang", "tz")


def plain(model):
    """The model with no more of the caller's context than language, zone, companies.

    For what is done in sudo mode in the name of who has no right to do it himself:
    keys of Odoo's own leave out checks, and entries of the books.
    """
    context = model.env.context
    kept = {key: context[key] for key in KEPT if key in context}
    return model.with_env(model.env(context=kept))
