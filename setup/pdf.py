"""What the PDF engine draws with: the Pango library, and fonts."""

from pathlib import Path

from . import system

LIBRARIES = ["libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"]
PACKAGES = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
# With Latin, Cyrillic and Hungarian letters; the papers name these families.
FONTS = ["fonts-dejavu-core", "fonts-liberation"]


def ensure():
    """Make sure that papers can be drawn."""
    system.ensure(
        "The PDF engine's libraries",
        lambda: system.has_library(*LIBRARIES),
        PACKAGES,
    )
    system.ensure("Fonts", _fonts, [*FONTS, "fontconfig"])
    # Odoo guesses types of files with it.
    system.ensure(
        "The file type library",
        lambda: system.has_library("libmagic.so.1"),
        ["libmagic1"],
    )


def _fonts():
    folders = [Path("/usr/share/fonts"), system.unpacked() / "usr/share/fonts"]
    found = {
        file.name
        for folder in folders
        for file in folder.rglob("*.ttf")
        if file.name.startswith(("DejaVuSans", "LiberationSans"))
    }
    return {"DejaVuSans.ttf", "LiberationSans-Regular.ttf"} <= found
