from . import (
    tour_archive_rights,
    tour_archive_folder,
    tour_archive_file,
)
