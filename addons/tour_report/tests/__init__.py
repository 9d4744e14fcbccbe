from . import test_figures, test_reports, test_xlsx
