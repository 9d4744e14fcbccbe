"""Odoo's tree: found, fetched, and fetched anew when something is missing."""

import pytest

from setup import apt, odoo_source, paths, ui

RELEASE = "version_info = (19, 0, 0, FINAL, 0, '')\n"


def lay_out(root, version=RELEASE, without=()):
    """A tree with the files that a tree cannot do without."""
    addons = root / "odoo" / "addons"
    for name in [*odoo_source.NEEDED, "base/__manifest__.py"]:
        if name not in without:
            (addons / name).parent.mkdir(parents=True, exist_ok=True)
            (addons / name).write_text("{}")
    (root / "odoo" / "release.py").write_text(version)
    return root


@pytest.fixture
def debian(monkeypatch):
    """Stands for apt: counts how often it is asked, and lays out a tree."""

    class FakeApt:
        fetched = 0
        breaks = False

        def __init__(self, folder, suites=()):
            self.archives = folder / "archives"
            self.archives.mkdir(parents=True, exist_ok=True)

        def update(self):
            FakeApt.fetched += 1

        def download(self, names):
            return list(names)

        def unpack(self, archives, target):
            if FakeApt.breaks:
                (target / "usr").mkdir(parents=True)
                raise ui.Failure("cut off")
            root = target / "usr" / "lib" / "python3" / "dist-packages"
            lay_out(root, without=[odoo_source.MISSING])

    monkeypatch.setattr(apt, "OwnApt", FakeApt)
    monkeypatch.setattr(apt, "is_debian", lambda: True)
    monkeypatch.setattr(odoo_source, "_installed", lambda: [])
    return FakeApt


def test_a_tree_is_fetched_once(debian):
    tree = odoo_source.find()
    assert tree.version() == "19.0"
    assert not tree.missing()
    once = debian.fetched
    assert odoo_source.find().root == tree.root
    assert debian.fetched == once


def test_the_file_that_debian_leaves_out_is_stood_for(debian):
    tree = odoo_source.find()
    text = (tree.addons / odoo_source.MISSING).read_text()
    assert "window.SelfieSegmentation" in text


@pytest.mark.parametrize(
    "name", ["odoo/release.py", "odoo/addons/base/__manifest__.py"]
)
def test_a_tree_that_lacks_files_is_fetched_anew(debian, name):
    tree = odoo_source.find()
    (tree.root / name).unlink()
    once = debian.fetched
    assert not odoo_source.find().missing()
    assert debian.fetched > once


def test_a_dangling_link_counts_as_missing(debian):
    tree = odoo_source.find()
    font = tree.addons / "web/static/src/libs/fontawesome/css/font-awesome.css"
    font.unlink()
    font.symlink_to("nowhere")
    assert tree.missing() == [font]


def test_a_cut_off_leaves_no_half_tree(debian):
    debian.breaks = True
    with pytest.raises(ui.Failure):
        odoo_source.find()
    assert not (paths.cache() / "odoo" / "tree").exists()
    debian.breaks = False
    assert not odoo_source.find().missing()


def test_a_cut_off_leaves_the_old_tree_in_place(debian):
    tree = odoo_source.find()
    (tree.addons / "base" / "__manifest__.py").unlink()
    debian.breaks = True
    with pytest.raises(ui.Failure):
        odoo_source.find()
    assert (tree.core / "release.py").is_file()


def test_odoo_home_goes_first(tmp_path, monkeypatch, debian):
    home = lay_out(tmp_path / "odoo19")
    monkeypatch.setenv("ODOO_HOME", str(home))
    assert odoo_source.find().root == home
    assert not debian.fetched


def test_odoo_home_with_another_series_is_refused(tmp_path, monkeypatch):
    home = lay_out(tmp_path / "odoo18", "version_info = (18, 0, 0, FINAL, 0, '')\n")
    monkeypatch.setenv("ODOO_HOME", str(home))
    with pytest.raises(ui.Failure, match="no Odoo 19.0"):
        odoo_source.find()


def test_odoo_home_that_lacks_files_is_named(tmp_path, monkeypatch):
    home = lay_out(tmp_path / "odoo19", without=["account/__manifest__.py"])
    monkeypatch.setenv("ODOO_HOME", str(home))
    with pytest.raises(ui.Failure, match=r"lacks 1 files.*account"):
        odoo_source.find()


def test_without_debian_a_clone_is_tried_and_the_way_out_named(monkeypatch, tmp_path):
    monkeypatch.setattr(apt, "is_debian", lambda: False)
    monkeypatch.setattr(odoo_source, "_installed", lambda: [])
    monkeypatch.setenv("TOUR_ODOO_GIT", str(tmp_path / "nothing"))
    with pytest.raises(ui.Failure) as caught:
        odoo_source.find()
    assert "TOUR_ODOO_GIT" in caught.value.remedy
