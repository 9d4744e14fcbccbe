"""Run in Odoo's shell: what the suite lets the world touch, by introspection.

Kept in the database, so that the tests know each model, field and public method of
ours without a list that somebody forgets to add to.
"""

import inspect
import json

OURS = "odoo.addons.tour"


def _is_ours(cls):
    return cls.__module__.startswith(OURS)


def _asked_of_every_model(model):
    """Create, read, search for a list and the like: other tests ask them of all."""
    return {
        name
        for cls in model.env.registry["base"].mro()
        if not _is_ours(cls)
        for name in vars(cls)
    }


def _methods(model):
    """Methods that RPC can call and that one of our classes defines."""
    found, everywhere = {}, _asked_of_every_model(model)
    for cls in type(model).mro():
        if not _is_ours(cls):
            continue
        for name, function in vars(cls).items():
            if name.startswith("_") or not inspect.isfunction(function):
                continue
            if name in everywhere:
                continue
            method = getattr(type(model), name)
            if getattr(method, "_api_private", False):
                continue
            parameters = list(inspect.signature(function).parameters.values())[1:]
            found[name] = {
                "model": bool(getattr(method, "_api_model", False)),
                "needs": [
                    each.name
                    for each in parameters
                    if each.default is each.empty and each.kind < each.VAR_POSITIONAL
                ],
            }
    return found


def _fields(model):
    ours = {
        field.name
        for cls in type(model).mro()
        if _is_ours(cls)
        for field in getattr(cls, "_field_definitions", ())
    }
    return {
        name: {
            "type": field.type,
            "stored": bool(field.store and field.column_type),
            "searchable": bool(field.store or field._description_searchable),
            "groups": field.groups or "",
            "readonly": bool(field.readonly),
            "required": bool(field.required),
            "ours": name in ours,
        }
        for name, field in model._fields.items()
    }


def _routes(env):
    """Every address that the server answers, and what its method takes."""
    found = []
    for rule in env["ir.http"].routing_map().iter_rules():
        method = rule.endpoint.func
        classes = [
            cls for cls in type(method.__self__).mro() if method.__name__ in vars(cls)
        ]
        routing = rule.endpoint.routing
        found.append(
            {
                "path": rule.rule,
                "auth": routing["auth"],
                "type": routing["type"],
                "methods": sorted(rule.methods or ()),
                "takes": list(inspect.signature(method).parameters),
                # Where the address comes from, not who extends its page.
                "addon": classes[-1].__module__.split(".")[2],
                "ours": any(map(_is_ours, classes)),
            }
        )
    return sorted(found, key=lambda route: route["path"])


def main(env):
    """Keep {model: what it has} of each model that we made or extended."""
    surface = {}
    for name in sorted(env.registry):
        model = env[name]
        if model._abstract or not any(map(_is_ours, type(model).mro())):
            continue
        methods, fields = _methods(model), _fields(model)
        is_touched = methods or any(field["ours"] for field in fields.values())
        # A mixin of Odoo's that we extended makes none of its models ours.
        if not is_touched and not any(map(_is_ours, type(model)._base_classes__)):
            continue
        surface[name] = {
            "transient": model._transient,
            "ours": name.startswith("tour."),
            "methods": methods,
            "fields": fields,
        }
    parameters = env["ir.config_parameter"]
    parameters.set_param("tour.outside.surface", json.dumps(surface))
    parameters.set_param("tour.outside.routes", json.dumps(_routes(env)))
    models = {name: env[name]._transient for name in env if not env[name]._abstract}
    parameters.set_param("tour.outside.models", json.dumps(models))
    env.cr.commit()


main(env)  # noqa: F821 - the shell's own name.
