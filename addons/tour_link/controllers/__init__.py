from . import guests, link, supplier
