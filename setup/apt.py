"""Debian packages fetched into a directory of ours, with nothing installed.

The mirror's address is read from the machine's own apt configuration each time.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

from .ui import Failure

ETC = Path("/etc/apt")
OS_RELEASE = Path("/etc/os-release")


def os_release(path=None):
    """What the machine says it is, as a dict (``ID``, ``VERSION_CODENAME`` ...)."""
    path = path or OS_RELEASE
    lines = path.read_text().splitlines() if path.exists() else []
    pairs = (line.split("=", 1) for line in lines if "=" in line)
    return {key: value.strip().strip('"') for key, value in pairs}


def is_debian():
    """Say whether the machine gets Debian's own packages."""
    return os_release().get("ID") == "debian" and bool(shutil.which("apt-get"))


def mirror(etc=None, codename=None):
    """The address and the keyring of the machine's main Debian mirror.

    :return: ``(address, keyring)``; the keyring is "" when apt knows it by itself
    """
    etc = etc or ETC
    codename = codename or os_release().get("VERSION_CODENAME", "")
    for entry in [*_deb822_entries(etc), *_one_line_entries(etc)]:
        if codename in entry["suites"] and "main" in entry["components"]:
            return entry["uri"], entry["key"]
    raise Failure(
        "apt on this machine names no mirror for its own release.",
        "Set ODOO_HOME to a checkout of Odoo 19.0, and run again.",
    )


def _deb822_entries(etc):
    for file in sorted(etc.glob("sources.list.d/*.sources")):
        for block in re.split(r"\n\s*\n", file.read_text()):
            lines = [li for li in block.splitlines() if not li.startswith("#")]
            fields = dict(re.findall(r"(?m)^([\w-]+):[ \t]*(.*)$", "\n".join(lines)))
            fields = {key.lower(): value.split() for key, value in fields.items()}
            if "deb" in fields.get("types", []) and fields.get("uris"):
                key = fields.get("signed-by", [""])
                yield {
                    "uri": fields["uris"][0],
                    "suites": fields.get("suites", []),
                    "components": fields.get("components", []),
                    "key": key[0] if key and key[0].startswith("/") else "",
                }


def _one_line_entries(etc):
    for file in [etc / "sources.list", *sorted(etc.glob("sources.list.d/*.list"))]:
        for line in file.read_text().splitlines() if file.is_file() else []:
            match = re.match(r"deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s+(.*)", line)
            if match:
                key = re.search(r"signed-by=(\S+)", match[1] or "")
                yield {
                    "uri": match[2],
                    "suites": [match[3]],
                    "components": match[4].split(),
                    "key": key[1] if key else "",
                }


def _changed(path):
    return path.stat().st_mtime


class OwnApt:
    """apt with lists and archives in a directory of ours.

    An interrupted download is taken up again: apt checks each archive's hash.

    :param folder: where to keep them
    :param suites: suites to read from the machine's mirror; none: the machine's own
    """

    def __init__(self, folder, suites=()):
        self.folder = folder
        self.archives = folder / "archives"
        self.archives.mkdir(parents=True, exist_ok=True)
        (folder / "lists" / "partial").mkdir(parents=True, exist_ok=True)
        config = [
            f'Dir::State::lists "{folder}/lists";',
            f'Dir::Cache "{folder}";',
            'Dir::Cache::pkgcache "";',
            'Dir::Cache::srcpkgcache "";',
            # root's apt would read its lists as a user who may not look in here.
            'APT::Sandbox::User "";',
            'Acquire::Languages "none";',
            'Acquire::Retries "3";',
        ]
        if suites:
            address, key = mirror()
            option = f"[signed-by={key}] " if key else ""
            lines = [f"deb {option}{address} {suite} main\n" for suite in suites]
            (folder / "sources.list").write_text("".join(lines))
            config.append(f'Dir::Etc::SourceList "{folder}/sources.list";')
            config.append('Dir::Etc::SourceParts "-";')
        (folder / "apt.conf").write_text("\n".join(config) + "\n")

    def _run(self, *command, cwd=None):
        env = {**os.environ, "APT_CONFIG": str(self.folder / "apt.conf")}
        done = subprocess.run(
            command, cwd=cwd, env=env | {"LC_ALL": "C"}, capture_output=True, text=True
        )
        if done.returncode:
            said = [li for li in done.stderr.splitlines() if li.startswith("E:")]
            raise Failure(
                f"apt failed: {'; '.join(said) or done.stderr.strip()[-300:]}",
                "Check the network and the machine's apt sources, and run again.",
            )
        return done.stdout

    def update(self):
        """Read the mirror's lists of packages."""
        self._run("apt-get", "update", "-q")

    def closure(self, names):
        """The packages to add to this machine so that the named ones work."""
        out = self._run(
            "apt-get", "install", "--simulate", "--no-install-recommends", *names
        )
        return re.findall(r"(?m)^Inst (\S+)", out)

    def download(self, names):
        """Fetch packages; apt checks what it got, and what is there already.

        :return: the archives' paths
        """
        self._run("apt-get", "download", "-q", *names, cwd=self.archives)
        newest = {}
        for path in sorted(self.archives.glob("*.deb"), key=_changed):
            newest[path.name.split("_")[0]] = path
        return [newest[name.split("/")[0].split(":")[0]] for name in names]

    def unpack(self, archives, target):
        """Lay the files of packages side by side under a directory."""
        target.mkdir(parents=True, exist_ok=True)
        for archive in archives:
            done = subprocess.run(
                ["dpkg-deb", "-x", str(archive), str(target)],
                capture_output=True,
                text=True,
            )
            if done.returncode:
                archive.unlink(missing_ok=True)
                raise Failure(
                    f"The package {archive.name} is damaged and was thrown away.",
                    "Run the same command again to fetch it anew.",
                )
