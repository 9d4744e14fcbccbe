"""The ground's own tests: fast, without network, in a cache of their own."""

import pytest


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """A cache of the test's own, and none of the user's settings."""
    for name in ("ODOO_HOME", "TOUR_ODOO_GIT", "TOUR_BROWSER", "LD_LIBRARY_PATH"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "cache"
    monkeypatch.setenv("TOUR_CACHE", str(folder))
    return folder
