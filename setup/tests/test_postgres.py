"""The private cluster: made, started again after a crash, out of others' way."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from setup import postgres, stamps, ui

needs_server = pytest.mark.skipif(
    not postgres.find_binaries(), reason="there is no PostgreSQL server to start"
)


@pytest.fixture
def cluster(monkeypatch):
    """A cluster of the test's own, stopped and removed afterwards."""
    home = Path(tempfile.mkdtemp(prefix="tour-test-"))
    home.chmod(0o755)
    monkeypatch.setattr(postgres.Cluster, "_home", lambda self: home)
    made = postgres.Cluster(postgres.find_binaries())
    yield made
    made.stop()
    shutil.rmtree(home, ignore_errors=True)


def test_the_environments_server_is_taken(monkeypatch):
    monkeypatch.setenv("PGHOST", "db.example")
    monkeypatch.setenv("PGUSER", "odoo")
    monkeypatch.delenv("TOUR_PG_SOCKET", raising=False)
    found = postgres.ensure()
    assert found["PGHOST"] == "db.example"
    assert found["PGUSER"] == "odoo"


@needs_server
def test_a_cluster_is_made_and_answers(cluster):
    cluster.start()
    assert cluster.answers()
    cluster.start()
    text = (cluster.data / "postgresql.conf").read_text()
    assert "fsync = off" not in text.replace("#fsync", "")


@needs_server
def test_it_starts_after_a_crash(cluster):
    """The lock file of a killed server stays behind; so does its socket."""
    cluster.start()
    pid = int((cluster.data / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    for _attempt in range(100):
        if not cluster.answers():
            break
        time.sleep(0.1)
    assert (cluster.data / "postmaster.pid").exists()
    cluster.start()
    assert cluster.answers()


@needs_server
def test_it_starts_when_the_number_of_a_dead_server_lives_on(cluster):
    """After a reboot another process may have the number in the lock file."""
    cluster.start()
    cluster.stop()
    with subprocess.Popen(["sleep", "60"]) as other:
        lock = cluster.data / "postmaster.pid"
        lock.write_text(f"{other.pid}\n{cluster.data}\n0\n5432\n\n\n0 0\n")
        if cluster.owner:
            os.chown(lock, cluster.owner.pw_uid, cluster.owner.pw_gid)
        cluster.start()
        assert cluster.answers()
        assert other.poll() is None
        other.terminate()


@needs_server
def test_a_half_made_cluster_is_made_anew(cluster):
    cluster.data.mkdir()
    (cluster.data / "PG_VERSION").write_text("15\n")
    cluster.start()
    assert cluster.answers()
    assert stamps.is_fresh(cluster.data, cluster.version)


@needs_server
def test_a_server_that_cannot_start_says_where_its_log_is(cluster):
    cluster.start()
    cluster.stop()
    with (cluster.data / "postgresql.conf").open("a") as file:
        file.write("shared_buffers = 'nonsense'\n")
    with pytest.raises(ui.Failure) as caught:
        cluster.start()
    assert "server.log" in caught.value.remedy


def test_a_long_path_gets_a_socket_elsewhere(monkeypatch, tmp_path):
    monkeypatch.setattr(postgres.Cluster, "_home", lambda self: tmp_path / ("x" * 90))
    made = postgres.Cluster(Path("/usr/lib/postgresql/15/bin"))
    assert len(str(made.socket / ".s.PGSQL.5432")) < 107


def test_another_program_is_no_server(tmp_path):
    assert not postgres.is_postgres(os.getpid(), tmp_path)
    assert not postgres.is_postgres(2**22 + 1, tmp_path)
