"""The mirror comes from the machine's own apt configuration."""

import subprocess

import pytest

from setup import apt, ui

DEB822 = """\
# The machine's own sources.
Types: deb
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/some.gpg

Types: deb
URIs: http://mirror.example/security
Suites: bookworm-security
Components: main
"""


def etc(tmp_path, **files):
    folder = tmp_path / "etc"
    (folder / "sources.list.d").mkdir(parents=True)
    for name, text in files.items():
        (folder / name.replace("__", "/").replace("_", ".")).write_text(text)
    return folder


def test_mirror_is_read_from_deb822(tmp_path):
    folder = etc(tmp_path)
    (folder / "sources.list.d" / "debian.sources").write_text(DEB822)
    found = apt.mirror(folder, "bookworm")
    assert found == ("http://mirror.example/debian", "/usr/share/keyrings/some.gpg")


def test_mirror_is_read_from_one_line_entries(tmp_path):
    folder = etc(tmp_path)
    (folder / "sources.list").write_text(
        "# deb http://old.example/debian trixie main\n"
        "deb http://security.example/debian trixie-security main\n"
        "deb [arch=amd64 signed-by=/k.gpg] http://mirror.example/deb trixie main\n"
    )
    assert apt.mirror(folder, "trixie") == ("http://mirror.example/deb", "/k.gpg")


def test_without_a_mirror_the_way_out_is_named(tmp_path):
    with pytest.raises(ui.Failure) as caught:
        apt.mirror(etc(tmp_path), "trixie")
    assert "ODOO_HOME" in caught.value.remedy


def test_os_release_is_read(tmp_path):
    file = tmp_path / "os-release"
    file.write_text('ID=ubuntu\nVERSION_CODENAME="noble"\n')
    assert apt.os_release(file) == {"ID": "ubuntu", "VERSION_CODENAME": "noble"}


def test_a_damaged_package_is_thrown_away(tmp_path):
    """A download cut off must not be taken for whole the next time."""
    own = apt.OwnApt(tmp_path / "apt")
    archive = own.archives / "half_1_all.deb"
    archive.write_bytes(b"!<arch>\nthe rest never came")
    with pytest.raises(ui.Failure) as caught:
        own.unpack([archive], tmp_path / "tree")
    assert "Run the same command again" in caught.value.remedy
    assert not archive.exists()


def test_an_error_of_apt_is_told_in_one_line(tmp_path, monkeypatch):
    own = apt.OwnApt(tmp_path / "apt")
    done = subprocess.CompletedProcess([], 100, "", "W: old\nE: No route to host\n")
    monkeypatch.setattr(subprocess, "run", lambda *args, **kw: done)
    with pytest.raises(ui.Failure, match="apt failed: E: No route to host"):
        own.update()
