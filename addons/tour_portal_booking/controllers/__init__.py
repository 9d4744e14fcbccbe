from . import portal
from . import where
from . import steps
