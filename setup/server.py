"""Odoo as a running server."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

from .ui import Failure

PROGRAM = Path(__file__).parent / "program" / "start_odoo.py"


def free_port(wanted=0):
    """Return the wanted port of this machine, or the next that is free."""
    for port in range(wanted, wanted + 100) if wanted else [0]:
        with socket.socket() as probe:
            # As the server does it, so that a port just left counts as free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise Failure(
        f"The ports {wanted} to {wanted + 99} are all in use.",
        "Name another one, for example: ./tour run --port 9000",
    )


class Server:
    """A server on a database.

    :param ground: what it stands on
    :param name: the database's name
    :param port: where it listens
    :param workers: processes that answer; 0 is one, with threads
    """

    def __init__(self, ground, name, port, log=None, arguments=(), workers=0):
        self.url = f"http://127.0.0.1:{port}"
        command = ground.odoo(
            f"--database={name}",
            f"--db-filter=^{name}$",
            f"--http-port={port}",
            *arguments,
        )
        if workers:
            command += [f"--workers={workers}", f"--gevent-port={free_port()}"]
            # For its bus Odoo starts itself again, by the name of its program.
            command[1:3] = [str(PROGRAM)]
        output = {"stdout": log, "stderr": subprocess.STDOUT} if log else {}
        self.process = subprocess.Popen(command, env=ground.env(), **output)

    def wait(self, seconds=120):
        """Wait until the login page is there."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise Failure("Odoo ended before it answered.", "Its log says why.")
            try:
                with urllib.request.urlopen(
                    f"{self.url}/web/login", timeout=30
                ) as page:
                    if page.status == 200:
                        return
            except OSError:
                time.sleep(0.2)
        self.stop()
        raise Failure(f"Odoo did not answer within {seconds} s.", "Its log says why.")

    def stop(self):
        """End the server, and wait for it."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                os.kill(self.process.pid, signal.SIGKILL)
                self.process.wait()
