"""The two servers of a run, side by side on one disk: the product with its demo, and the floor under the same server."""

import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from bench.load import Answer, Flow, Load, Request
from bench.server import Server
from tests.postgres import Cluster

PASSWORD = "nam-canh-2026"  # noqa: S105 the demo's, printed on its sign-in page
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
Talk = Generator[Request | float, Answer, Any]


@dataclass(frozen=True)
class Measured:
    """The median of several runs of one load."""

    rate: float
    p50_ms: float
    p95_ms: float
    cpu_ms: float
    """Server CPU of one request: the figure neighbours on the machine disturb least."""
    neighbours: float
    """Cores that neither the server nor we used meanwhile; above 0.2 the run is worth little."""


class World:
    """Starts what a figure asks for, once; `with World() as world`."""

    def __init__(self, engine: str = "sqlite", seconds: float = 4.0, times: int = 3, households: int = 100_000,
                 minutes: float = 10, requests: int = 20_000) -> None:  # fmt: skip
        self.engine, self.seconds, self.times = engine, seconds, times
        self.households, self.minutes, self.requests = households, minutes, requests
        self._made: set[str] = set()
        self._open = ExitStack()
        self.folder = Path()

    def __enter__(self) -> "World":
        self.folder = Path(tempfile.mkdtemp(prefix="nc-bench-", dir=Path.cwd()))
        self._open.callback(shutil.rmtree, self.folder, ignore_errors=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @cached_property
    def cluster(self) -> Cluster | None:
        """Durable on purpose: an answer that is not on the disk is not saved."""
        return self._open.enter_context(Cluster(durable=True)) if self.engine == "postgresql" else None

    @cached_property
    def product(self) -> Server:
        return self.start("lms.serve", "product", DEMO="1")

    @cached_property
    def floor(self) -> Server:
        if self.cluster:
            self.cluster.create("floor")
            where = f"host={self.cluster.folder} user=postgres dbname=floor"
        else:
            where = str(self.folder / "floor.db")
        return self.start("bench.floor", "floor", FLOOR_DATABASE=where)

    def start(self, module: str, name: str, **settings: str) -> Server:
        """A further server with a data folder (and database) of its own, stopped at the end of the run."""
        data = self.folder / name
        data.mkdir(exist_ok=True)
        settings = {"DATA_DIR": str(data), **settings}
        if module == "lms.serve":
            settings |= self.database(name)
        print(f"starting {name} …", file=sys.stderr)
        also = (self.cluster.pid,) if self.cluster else ()
        began = time.time()
        server = self._open.enter_context(Server(module, settings, data / "server.log", also))
        if module == "lms.serve":
            _await_upkeep(data / "upkeep.json", began)
        return server

    def database(self, name: str) -> dict[str, str]:
        """The setting that points a product server at its database; nothing where it is SQLite in the data folder."""
        if not self.cluster:
            return {}
        if name not in self._made:
            self.cluster.create(name)
            self._made.add(name)
        return {"DATABASE_URL": self.cluster.url(name)}

    def measure(self, server: Server, flows: Callable[[], list[Flow]], label: str) -> Measured:
        Load(server.address, flows()).run(min(1.0, self.seconds))
        return _median([self._once(server, flows, label) for _ in range(self.times)])

    def _once(self, server: Server, flows: Callable[[], list[Flow]], label: str) -> Measured:
        before = server.usage()
        tally = Load(server.address, flows()).run(self.seconds)
        after = server.usage()
        if tally.errors or not tally.done(label):
            raise RuntimeError(f"{label}: {dict(tally.errors)} {tally.first_error}")
        spent, span = after.server - before.server, after.at - before.at
        others = (after.machine - before.machine - spent - tally.own_cpu) / span
        return Measured(
            tally.rate(label), tally.quantile(label, 0.5), tally.quantile(label, 0.95),
            1000 * spent / tally.done(label), max(0.0, others),
        )  # fmt: skip

    def talk(self, server: Server, talk: Talk) -> Any:
        """Runs one conversation to its end and gives what it returned."""
        result: list[Any] = []

        def flow() -> Flow:
            result.append((yield from talk))

        tally = Load(server.address, [flow()]).run()
        if tally.errors:
            raise RuntimeError(f"{dict(tally.errors)} {tally.first_error}")
        return result[0]

    def signed_in(self, server: Server, username: str) -> str:
        """The Cookie header of somebody who has just signed in.

        Before the measuring begins: a password is slow to check on purpose (`people.passwords`), and eight of them inside
        a run of two seconds were a third of what was taken for the cost of a page.
        """
        answer: Answer = self.talk(server, _sign_in_and_look(username))
        return "Cookie: " + "; ".join(cookie.split(";", 1)[0] for cookie in answer.headers["set-cookie"])


def _await_upkeep(report: Path, since: float, patience: float = 180) -> None:
    """A start is followed by the day's backup and recount; of a hundred thousand households they would fall on the page
    that happens to be measured first.
    """
    deadline = time.monotonic() + patience
    while not (report.exists() and report.stat().st_mtime > since):
        if time.monotonic() > deadline:
            raise RuntimeError(f"no upkeep within {patience:.0f} s of the start")
        time.sleep(0.2)


def sign_in(username: str, password: str = PASSWORD, label: str = "") -> Talk:
    page = yield Request("GET", "/dang-nhap")
    form = {"username": username, "password": password, "csrf_token": token_in(page.text)}
    return (yield Request("POST", "/dang-nhap", form, label=label, ok=(302, 303)))


def _sign_in_and_look(username: str) -> Talk:
    """The first page renews the cookie, with the time it was seen; from then on it stays for a while."""
    yield from sign_in(username)
    return (yield Request("GET", "/ca-nhan", ok=(200,)))


def get(path: str, **options: Any) -> Talk:
    return (yield Request("GET", path, **options))


def links(page: str, pattern: str) -> list[str]:
    """Addresses on a page that fit a pattern, each once, in order."""
    return list(dict.fromkeys(re.findall(rf'href="({pattern})"', page)))


def token_in(page: str) -> str:
    found = TOKEN.search(page)
    if not found:
        raise RuntimeError(f"no token on the page: {page[:300]}")
    return found.group(1)


def _median(runs: list[Measured]) -> Measured:
    names = ("rate", "p50_ms", "p95_ms", "cpu_ms", "neighbours")
    return Measured(*(statistics.median(getattr(run, name) for run in runs) for name in names))
