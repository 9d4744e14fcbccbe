from . import models


def post_init_hook(env):
    """Look at what is there already as soon as the server runs."""
    env.ref("tour_bill_calendar.ir_cron_expected")._trigger()
