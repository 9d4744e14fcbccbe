from . import tour_catalog_make
