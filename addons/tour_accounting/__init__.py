from . import models
from . import wizards


def post_init_hook(env):
    """What identifies this database in 1C is said once: a database that is restored
    elsewhere gets another identity from Odoo, and its documents must not."""
    parameters = env["ir.config_parameter"]
    if not parameters.get_param("tour_accounting.space"):
        space = parameters.get_param("database.uuid")
        parameters.set_param("tour_accounting.space", space)
