"""Dropping this checkout's databases."""

import os
from types import SimpleNamespace

import pytest

from setup import databases, reset


@pytest.fixture
def dropped(monkeypatch, tmp_path):
    """Names of databases that are dropped, of four that there are."""
    names, prefix = [], databases.Databases(None).prefix
    kept = [prefix, f"{prefix}_demo", f"{prefix}_t{os.getpid()}", f"{prefix}_t0"]
    monkeypatch.setattr(databases.Databases, "names", lambda self: kept)
    monkeypatch.setattr(databases.Databases, "run", lambda self, *args: [])
    monkeypatch.setattr(
        databases.Databases, "drop", lambda self, name: names.append(name)
    )
    monkeypatch.setattr(reset, "Ground", lambda: None)
    monkeypatch.setattr(reset, "_cluster", lambda: None)
    monkeypatch.setattr(reset.paths, "data_dir", lambda: tmp_path)
    return names


def test_what_is_being_tested_is_left(dropped):
    reset.run(SimpleNamespace(command="reset", all=False))
    assert len(dropped) == 3
    assert not any(name.endswith(f"_t{os.getpid()}") for name in dropped)


def test_all_is_all(dropped):
    reset.run(SimpleNamespace(command="reset", all=True))
    assert len(dropped) == 4
