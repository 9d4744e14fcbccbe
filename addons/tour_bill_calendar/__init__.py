from . import models, wizards
from .fill import post_init_hook, pre_init_hook
