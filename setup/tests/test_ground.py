"""Ports, stamps, environments, browsers, and the terminal's messages."""

import os
import signal
import socket
from pathlib import Path
from types import SimpleNamespace

import pytest

from setup import chromium, cli, packages, paths, run, server, stamps, system, ui


def test_the_next_port_is_taken_when_one_is_in_use():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        taken = busy.getsockname()[1]
        assert server.free_port(taken) > taken


def test_no_port_wanted_gets_any():
    assert server.free_port() > 1024


def test_all_ports_in_use_is_told(monkeypatch):
    def refuse(self, address):
        raise OSError

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(ui.Failure) as caught:
        server.free_port(8069)
    assert "--port" in caught.value.remedy


def test_clones_have_databases_of_their_own():
    assert paths.checkout_id(Path("/a/tour")) != paths.checkout_id(Path("/b/tour"))


def test_a_digest_follows_what_files_hold(tmp_path):
    (tmp_path / "a.py").write_text("1")
    before = paths.digest(tmp_path)
    assert paths.digest(tmp_path) == before
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("x")
    assert paths.digest(tmp_path) == before
    (tmp_path / "a.py").write_text("2")
    assert paths.digest(tmp_path) != before


def test_addons_come_after_those_they_stand_on(tmp_path, monkeypatch):
    for name, below in [("tour_a", ["tour_z", "sale"]), ("tour_z", ["base"])]:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__manifest__.py").write_text(str({"depends": below}))
    monkeypatch.setattr(paths, "ADDONS", tmp_path)
    assert paths.our_addons() == ["tour_z", "tour_a"]


def test_odoo_adds_the_bridges_itself(tmp_path, monkeypatch):
    for name, more in [
        ("tour_a", {"auto_install": False}),
        ("tour_b", {}),
        ("tour_a_crm", {"auto_install": True}),
        ("tour_a_hr", {"auto_install": ["hr"]}),
    ]:
        (tmp_path / name).mkdir()
        manifest = str({"depends": ["base"], **more})
        (tmp_path / name / "__manifest__.py").write_text(manifest)
    monkeypatch.setattr(paths, "ADDONS", tmp_path)
    assert paths.named_addons() == ["tour_a", "tour_b"]


def test_addons_of_oca_are_those_that_are_pinned(tmp_path, monkeypatch):
    lines = "# odoo-addon-no-such==1\nodoo-addon-bank-base==19.0.1.0.0.8\npypdf==5\n"
    (tmp_path / "requirements-addons.txt").write_text(lines)
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    assert paths.oca_addons() == ["bank_base"]


def test_packages_are_made_again_only_for_another_lock(monkeypatch, tmp_path):
    made = []

    def make():
        made.append(packages.key())
        packages.home().mkdir(parents=True, exist_ok=True)
        stamps.put(packages.home(), packages.key())

    lock = tmp_path / "requirements.txt"
    lock.write_text("a==1\n")
    monkeypatch.setattr(packages, "LOCK", lock)
    monkeypatch.setattr(packages, "_make", make)
    packages.ensure()
    packages.ensure()
    assert len(made) == 1
    lock.write_text("a==2\n")
    packages.ensure()
    assert len(made) == 2


def test_a_python_too_old_or_new_is_refused(monkeypatch):
    class Info(tuple):
        pass

    monkeypatch.setattr(packages.sys, "version_info", Info((3, 14, 0)))
    with pytest.raises(ui.Failure, match="3.11 to 3.13"):
        packages.ensure()


def test_an_ordinary_user_is_told_the_command(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(system.shutil, "which", lambda *args, **kw: "/usr/bin/apt-get")

    def offline(*args):
        raise ui.Failure("apt failed: no network")

    monkeypatch.setattr(system.apt.OwnApt, "update", offline)
    with pytest.raises(ui.Failure) as caught:
        system.ensure("Fonts", lambda: False, ["fonts-dejavu-core"])
    assert "sudo apt-get update" in caught.value.remedy
    assert "apt-get install -y fonts-dejavu-core" in caught.value.remedy


def test_a_machine_without_apt_is_told_what_is_missing(monkeypatch):
    monkeypatch.setattr(system.shutil, "which", lambda *args, **kw: None)
    with pytest.raises(ui.Failure, match="PostgreSQL is missing"):
        system.ensure("PostgreSQL", lambda: None, ["postgresql"])


def test_a_snap_is_no_browser(tmp_path):
    script = tmp_path / "chromium-browser"
    script.write_text("#!/bin/sh\necho 'sudo snap install chromium'\n")
    assert chromium._is_snap(script)


def test_our_own_script_is_not_taken_for_the_browser(monkeypatch, tmp_path):
    """What ./tour starts has our script first on its path (./tour e2e under test)."""
    monkeypatch.delenv("TOUR_BROWSER", raising=False)
    own, real = tmp_path / "own", tmp_path / "real"
    for folder in (own, real):
        folder.mkdir()
        (folder / "chromium").write_bytes(b"\x7fELF")
        (folder / "chromium").chmod(0o755)
    monkeypatch.setattr(chromium, "folder", lambda: own)
    monkeypatch.setenv("PATH", f"{own}{os.pathsep}{real}")
    assert chromium._found() == real / "chromium"


def test_the_browser_gets_its_flags(monkeypatch):
    monkeypatch.setenv("TOUR_BROWSER", "/opt/browser")
    text = chromium.ensure().read_text()
    assert "exec '/opt/browser' --no-sandbox" in text
    assert '"$@"' in text


def test_a_failure_ends_with_the_way_out(monkeypatch, capsys):
    def fail():
        raise ui.Failure("Nothing works.", "Do this.\nThen that.")

    monkeypatch.setattr(cli, "_move_to_own_python", fail)
    assert cli.main(["stop"]) == 1
    said = capsys.readouterr().err
    assert "Nothing works." in said
    assert "Then that." in said


def test_help_names_the_commands(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    said = capsys.readouterr().out
    for name in "run test shell update lint i18n e2e bench reset".split():
        assert f"\n    {name}" in said


@pytest.mark.parametrize("port", ["99999999", "80", "x"])
def test_a_port_that_is_none_is_refused_at_once(port, capsys):
    with pytest.raises(SystemExit):
        cli.main(["run", "--port", port])
    assert "a port is a number" in capsys.readouterr().err


def test_no_command_shows_the_help(capsys):
    assert cli.main([]) == 0
    assert "usage: ./tour" in capsys.readouterr().out


def test_a_server_ended_from_outside_takes_odoo_with_it(monkeypatch, tmp_path):
    stopped = []

    class Running:
        url = "http://127.0.0.1:1"
        process = SimpleNamespace(wait=lambda: os.kill(os.getpid(), signal.SIGTERM))

        def wait(self):
            pass

        def stop(self):
            stopped.append(self)

    monkeypatch.setattr(run.server, "free_port", lambda wanted: wanted)
    monkeypatch.setattr(run.server, "Server", lambda *_said, **_log: Running())
    monkeypatch.setattr(run.paths, "log_dir", lambda: tmp_path)
    options = SimpleNamespace(port=8069, command="serve", check=False)
    before = {number: signal.getsignal(number) for number in run.ENDED_BY}
    try:
        with pytest.raises(SystemExit):
            run._serve(None, "some", options)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert len(stopped) == 1
