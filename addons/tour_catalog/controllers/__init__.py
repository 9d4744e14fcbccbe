from . import catalog
from . import orders
from . import questions
