"""A PostgreSQL of the tests' own: made in a temporary folder, reached by a socket only, and removed afterwards.

PostgreSQL refuses to run as root, so there root drops to the user `postgres`. Nothing is forced to the disk unless
`durable` is asked for: a test that crashes the machine is not among these.
"""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

ROOM = 2 << 30
HURRY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def find_programs() -> Path | None:
    """The folder that holds `initdb` and `postgres`: Debian's newest, else whatever PATH gives."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if debian:
        return debian[-1].parent
    found = shutil.which("postgres")
    return Path(found).resolve().parent if found and shutil.which("initdb") else None


class Cluster:
    """One server. `url(name)` is what the application is given; `create` and `drop` make and remove databases."""

    def __init__(self, durable: bool = False) -> None:
        programs = find_programs()
        if programs is None:
            raise RuntimeError("no PostgreSQL server programs here: apt-get install postgresql")
        self._programs = programs
        self._durable = durable
        self.folder = Path(tempfile.mkdtemp(prefix="nc-pg-", dir=None if durable else _in_memory()))
        self._drop: dict[str, object] = {}
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            self._drop = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": [account.pw_gid]}
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Cluster":
        self.make()
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()

    def make(self) -> None:
        made = self._run("initdb", "-D", str(self._data), "-U", "postgres", "-A", "trust", "-E", "UTF8",
                         "--locale=C.UTF-8", "--no-sync", "--no-instructions")  # fmt: skip
        if made.returncode:
            raise RuntimeError(f"initdb failed: {made.stdout.decode()}")

    def start(self) -> None:
        settings = ["listen_addresses=", f"unix_socket_directories={self.folder}", "max_connections=100",
                    "shared_buffers=64MB", *(() if self._durable else HURRY)]  # fmt: skip
        options = [part for setting in settings for part in ("-c", setting)]
        with open(self.folder / "log", "ab") as log:
            self._server = subprocess.Popen(
                [self._programs / "postgres", "-D", self._data, *options],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self.folder,
                preexec_fn=_end_with_parent(), **self._drop,
            )  # fmt: skip
        self._await_ready()

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT: roll back and close; SIGQUIT: stop at once, as a crash does."""
        if self._server:
            self._server.send_signal(how)
            self._server.wait(60)
            self._server = None

    def remove(self) -> None:
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def pid(self) -> int:
        if self._server is None:
            raise RuntimeError("the server does not run")
        return self._server.pid

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def create(self, database: str, template: str = "template0") -> None:
        # FILE_COPY: without fsync, copying the template's files is several times faster than logging every page.
        strategy = "" if template == "template0" else " STRATEGY file_copy"
        self._say(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        self._say(f'CREATE DATABASE "{database}" TEMPLATE "{template}"{strategy}')

    def drop(self, database: str) -> None:
        self._say(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _say(self, sentence: str) -> None:
        with psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(sentence)

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [self._programs / program, *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd=self.folder, **self._drop,
        )  # fmt: skip

    def _await_ready(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self._server is None or self._server.poll() is not None:
                break
            try:
                return self._say("SELECT 1")
            except psycopg.OperationalError:
                time.sleep(0.05)
        log = (self.folder / "log").read_text(errors="replace")
        self.remove()
        raise RuntimeError(f"PostgreSQL did not start:\n{log}")


class Borrowed(Cluster):
    """A cluster that another process of the same test run made and will remove."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder


def _in_memory() -> str | None:
    """A folder in memory if there is one with room: every test makes and drops a database of a thousand files, and that
    took more time than the tests."""
    place = Path("/dev/shm")
    has_room = place.is_dir() and os.access(place, os.W_OK) and shutil.disk_usage(place).free > ROOM
    return str(place) if has_room else None


def _end_with_parent() -> Callable[[], None] | None:
    """On Linux the server is stopped by the kernel when the tests are killed, so none is left behind."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent_death_signal = 1
    return lambda: prctl(parent_death_signal, signal.SIGQUIT)
