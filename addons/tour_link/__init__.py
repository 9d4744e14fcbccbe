from . import controllers, log_filter, models, wizards

log_filter.install()
