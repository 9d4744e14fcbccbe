from . import account
from . import agreement
from . import login
from . import register
