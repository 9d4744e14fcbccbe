"""The ZIP of evidence of a booking with large files, beside zipfile and SHA-256."""

import os
import zipfile
from hashlib import sha256
from tempfile import TemporaryFile
from unittest import mock

from . import odoo_process, vouchers
from .measure import Result, details, get_memory, growth, middle, middle_ratio, sample

FILES = 16
PIECE = 64 * 1024
MEMORY_MB = 8


def measure(pair, quick):
    """Yield what the ZIP costs, and what memory."""
    megabytes = 8 if quick else 25
    rounds = 2 if quick else 4
    paths = []
    try:
        with odoo_process.environment(pair.tour) as env:
            order = vouchers.make_bookings(env, 1)
            paths += _attach(order, megabytes)
            memory, ours, bare = [], [], []
            for _number in range(rounds):
                bare.append(sample(_zip_bare, paths)[0])
                ours.append(sample(_zip, order, memory)[0])
            env.cr.rollback()
    finally:
        # The rollback leaves the files where they are.
        for path in paths:
            os.unlink(path)
    yield Result(
        group="evidence",
        name=f"{FILES} files of {megabytes} MB",
        ours=middle(ours),
        limit=middle(bare),
        ratio=middle_ratio(ours, bare),
        target=1.3,
        note="against zipfile and SHA-256 of the same files",
        details=details(ours=ours, bare=bare),
    )
    yield Result(
        group="evidence",
        name="memory that the second half took more than the first, MB",
        ours=middle(ours),
        ratio=growth(memory),
        target=MEMORY_MB,
        note=f"from {memory[0]:.0f} to {memory[-1]:.0f} MB",
        details={"memory_mb": [round(value, 1) for value in memory]},
    )


def _attach(order, megabytes):
    """Files that can't be packed, as photos and scans; return where they lie."""
    paths = []
    for number in range(FILES):
        attachment = order.env["ir.attachment"].create(
            {
                "name": f"scan {number}.bin",
                "raw": os.urandom(megabytes * 2**20),
                "res_model": order._name,
                "res_id": order.id,
            }
        )
        paths.append(attachment._full_path(attachment.store_fname))
        order.env.flush_all()
        order.env.invalidate_all()
    return paths


def _zip(order, memory):
    """As the download writes it; memory is noted behind each file."""
    from odoo.addons.tour_evidence.evidence import Evidence

    add = Evidence.add

    def noted(*args, **kwargs):
        path = add(*args, **kwargs)
        memory.append(get_memory())
        return path

    with TemporaryFile() as file, mock.patch.object(Evidence, "add", noted):
        order._write_evidence(file)
        return file.tell()


def _zip_bare(paths):
    with TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, path in enumerate(paths):
                digest = sha256()
                with open(path, "rb") as source, archive.open(str(number), "w") as to:
                    while piece := source.read(PIECE):
                        digest.update(piece)
                        to.write(piece)
        return file.tell()
