"""Programs and libraries of the operating system: found, installed or unpacked.

As root they are installed with apt.  An ordinary user gets them unpacked into the
cache; where that cannot be, the message names the command for the administrator.
"""

import os
import shutil
import subprocess
from pathlib import Path

from . import apt, paths, stamps
from .ui import Failure, step

_FONTS_CONF = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>/usr/share/fonts</dir>
  <dir>{root}/usr/share/fonts</dir>
  <cachedir>{cache}/fontconfig</cachedir>
</fontconfig>
"""


def unpacked():
    """Where packages are unpacked for an ordinary user."""
    return paths.cache() / "debs" / "root"


def library_path():
    """The directories of libraries that we unpacked."""
    lib = unpacked() / "usr" / "lib"
    main = [path for path in [*lib.glob("*-linux-gnu*"), lib] if path.is_dir()]
    # Some packages keep libraries of their own a level deeper, where those that
    # need them look for a path below the root of a real installation.
    deeper = {file.parent for path in main for file in path.glob("*/lib*.so*")}
    return [*map(str, main), *map(str, sorted(deeper - set(main)))]


def environment():
    """Variables with which unpacked programs find their libraries and fonts."""
    if not unpacked().is_dir():
        return {}
    rest = [os.environ["LD_LIBRARY_PATH"]] if os.environ.get("LD_LIBRARY_PATH") else []
    share = str(unpacked() / "usr" / "share")
    shares = os.environ.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share")
    if share not in shares.split(":"):
        shares = f"{share}:{shares}"
    own = library_path()
    found = {
        "LD_LIBRARY_PATH": ":".join([*own, *(p for p in rest if p not in own)]),
        "XDG_DATA_DIRS": shares,
    }
    # These libraries look for their data where a real installation has it.
    magic = unpacked() / "usr" / "lib" / "file" / "magic.mgc"
    if magic.is_file():
        found["MAGIC"] = str(magic)
    if (unpacked() / "usr" / "share" / "fonts").is_dir():
        found["FONTCONFIG_FILE"] = str(_fonts_conf())
    return found


def _fonts_conf():
    """A configuration of fonts that knows the unpacked ones too."""
    file = paths.cache() / "debs" / "fonts.conf"
    text = _FONTS_CONF.format(root=unpacked(), cache=paths.cache())
    if not file.is_file() or file.read_text() != text:
        file.write_text(text)
    return file


def ensure(what, found, packages):
    """Make sure that something of the system is there.

    :param what: its name for people
    :param found: says whether it is there; called again afterwards
    :param packages: the apt packages that hold it
    """
    result = found()
    if result:
        return result
    with stamps.lock("system"):
        result = found()
        if not result:
            _get(what, packages)
            result = found()
    if not result:
        raise Failure(f"{what} is missing.", _command(packages))
    return result


def _get(what, packages):
    if not shutil.which("apt-get"):
        raise Failure(
            f"{what} is missing, and this machine has no apt.",
            "Install it with the machine's own package manager, and run again.",
        )
    with step(f"{what}: {' '.join(packages)}"):
        if os.geteuid() == 0:
            _install(packages)
        else:
            unpack(packages)


def _install(packages):
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    if done.returncode:
        # A fresh machine has no lists yet, an old one lists what is gone.
        subprocess.run(["apt-get", "update", "-q"], env=env, capture_output=True)
        done = subprocess.run(command, env=env, capture_output=True, text=True)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("E:")]
        raise Failure(f"apt failed: {' '.join(said)[:300]}", _command(packages))


def unpack(packages):
    """Unpack packages, and what they need, into the cache."""
    try:
        own = apt.OwnApt(paths.cache() / "debs")
        own.update()
        names = own.closure(packages) or packages
        archives = own.download(names)
        own.unpack(archives, unpacked())
        for archive in archives:
            archive.unlink()
    except Failure as failure:
        raise Failure(str(failure), _command(packages)) from None


def _command(packages):
    return (
        "An administrator can install it, and then this runs again:\n"
        f"  sudo apt-get update && sudo apt-get install -y {' '.join(packages)}"
    )


def which(name, *folders, but=None):
    """Find a program on the path, in given folders, or among the unpacked.

    :param but: a folder to pass over, wherever it stands on the path
    """
    places = os.environ.get("PATH", "").split(os.pathsep)
    places += [*map(str, folders), str(unpacked() / "usr" / "bin")]
    path = os.pathsep.join(place for place in places if place != str(but))
    found = shutil.which(name, path=path)
    return Path(found) if found else None


def has_library(*names):
    """Say whether shared libraries are there, unpacked ones included."""
    folders = [Path(folder) for folder in library_path()]
    cached = _linker_cache()
    return all(
        name in cached or any((folder / name).exists() for folder in folders)
        for name in names
    )


def _linker_cache():
    ldconfig = shutil.which("ldconfig", path="/sbin:/usr/sbin:/bin:/usr/bin")
    if not ldconfig:
        return ""
    return subprocess.run([ldconfig, "-p"], capture_output=True, text=True).stdout
