"""Server processes under measurement: started on a free port, watched through /proc, stopped by their own id."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parent.parent
TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Usage:
    """CPU seconds of the server with its children, and of the whole machine, at one moment."""

    at: float
    server: float
    machine: float


class Server:
    """One server process: `with Server("lms.serve", PORT=…) as server: …`."""

    def __init__(self, module: str, environment: Mapping[str, str], log: Path, also: tuple[int, ...] = ()) -> None:
        """`also`: processes that work for this server, such as PostgreSQL's first one."""
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._command = [sys.executable, "-m", module]
        self._environment = {**os.environ, **environment, "PORT": str(self.port), "HOST": "127.0.0.1"}
        self._log = log
        self._also = also
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Server":
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=PROJECT, env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self.await_ready()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def await_ready(self, patience: float = 300) -> None:
        """Until /healthz answers 200; the first start fills the demo."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                break
            if self._answers():
                return
            time.sleep(0.1)
        self.__exit__()
        raise RuntimeError(f"the server did not start:\n{self._log.read_text(errors='replace')[-3000:]}")

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def usage(self) -> Usage:
        return Usage(time.perf_counter(), sum(_cpu(pid) for pid in self._processes()), _machine_cpu())

    def memory_mib(self) -> float:
        """Resident memory; where the server is several processes, what they share is counted once."""
        processes = self._processes()
        kind = "Rss:" if len(processes) == 1 else "Pss:"
        return sum(_memory_kib(pid, kind) for pid in processes) / 1024

    def _processes(self) -> list[int]:
        roots = [*([self._process.pid] if self._process else []), *self._also]
        children = _children()
        found: list[int] = []
        while roots:
            pid = roots.pop()
            found.append(pid)
            roots += children.get(pid, [])
        return found


def _stat(pid: int | str) -> list[str]:
    """The fields of /proc/PID/stat after the program's name, which may hold spaces."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _children() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                found.setdefault(int(_stat(folder.name)[1]), []).append(int(folder.name))
            except OSError:
                continue  # it ended while we looked
    return found


def _cpu(pid: int) -> float:
    """Own time and that of children already gone: user, system, and both of theirs."""
    try:
        return sum(int(field) for field in _stat(pid)[11:15]) / TICKS
    except OSError:
        return 0.0


def _machine_cpu() -> float:
    user, nice, system, _idle, _wait, *interrupts = map(
        int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]
    )
    return (user + nice + system + sum(interrupts)) / TICKS


def _memory_kib(pid: int, kind: str) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(float(line.split()[1]) for line in lines if line.startswith(kind))


def machine() -> dict[str, Any]:
    """What has to stand beside every figure."""
    names = [
        line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line
    ]
    return {"cores": os.cpu_count(), "processor": names[0] if names else "", "python": sys.version.split()[0]}
