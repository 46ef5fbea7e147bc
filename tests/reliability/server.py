"""The real `python -m lms.serve` as a process of its own, on a prepared database: started, killed, started again."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import traceback
from dataclasses import replace
from pathlib import Path

from lms import serve
from lms.app import create_app
from lms.settings import PROJECT, Settings


class Server:
    """`python -m lms.serve` from the beginning: settings, migration, publishing, serving."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.data_dir = settings.data_dir
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self.data_dir / "server.log"

    def start(self) -> None:
        environment = {
            **os.environ, "DATA_DIR": str(self.data_dir), "PORT": str(self.port), "HOST": "127.0.0.1", "DEMO": "0",
            "DATABASE_URL": f"sqlite:///{self.data_dir / 'namcanh.db'}",
        }  # fmt: skip
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "lms.serve"], cwd=PROJECT, env=environment, stdout=log, stderr=log
            )
        self._await_ready()

    def kill(self) -> None:
        """As a power cut to the process: no handler runs, nothing is flushed by us."""
        assert self._process
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> int:
        """The way an administrator stops it; gives the exit status."""
        assert self._process
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(30)

    def _has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def _await_ready(self) -> None:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            assert not self._has_ended(), self.log.read_text()[-3000:]
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"not ready: {self.log.read_text()[-3000:]}")


class QuickServer(Server):
    """The same serving in a forked process: there in a moment, so that it can be killed often."""

    _child = 0

    def start(self) -> None:
        self._child = os.fork()
        if not self._child:
            self._serve_and_never_return()
        self._await_ready()

    def kill(self) -> None:
        os.kill(self._child, signal.SIGKILL)
        os.waitpid(self._child, 0)

    def stop(self) -> int:
        os.kill(self._child, signal.SIGTERM)
        return os.waitstatus_to_exitcode(os.waitpid(self._child, 0)[1])

    def _serve_and_never_return(self) -> None:
        status = 1
        try:
            log = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            for stream in (1, 2):
                os.dup2(log, stream)
            settings = replace(self.settings, port=self.port)
            serve.serve(create_app(settings), settings)
            status = 0
        except BaseException:  # the child of a test must not go on as a test
            traceback.print_exc()
        finally:
            os._exit(status)

    def _has_ended(self) -> bool:
        return os.waitpid(self._child, os.WNOHANG) != (0, 0)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
