"""What every test can ask for. Two engines: `--engine=sqlite` (default), `postgresql` or `both`.

`app`, `client`, `db_session` stand on a database of the test's own: a copy of one that was migrated once.
`visitors` is a browser on the served application. People and places come from `tests/cast.py`.
Flask and the browser are imported inside the fixtures that need them, so that pure tests answer in two seconds.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from jinja2 import BytecodeCache
    from jinja2.bccache import Bucket
    from sqlalchemy.orm import Session

    from lms.settings import Settings
    from tests import browser, furnished, postgres

ENGINES = {"sqlite": ["sqlite"], "postgresql": ["postgresql"], "both": ["sqlite", "postgresql"]}
NO_SERVER = "PostgreSQL: no server programs on this machine"
NO_BROWSER = "browser: no Chromium on this machine"
NO_AXE = "accessibility: axe-core is not installed (npm ci)"

_SERVER = pytest.StashKey["postgres.Cluster"]()

hypothesis.settings.register_profile(
    "house",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    database=None,
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],  # a busy machine is not a bug
)
hypothesis.settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=list(ENGINES), default="sqlite", help="the database the tests stand on")
    parser.addoption("--soak", action="store_true", help="durability and contention tests at full size")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever touches a database runs on each engine asked for; stories and browsers on SQLite only."""
    if "engine" in metafunc.fixturenames:
        engines = ENGINES[metafunc.config.getoption("engine")]
        if "browser_window" in metafunc.fixturenames or "stories" in metafunc.definition.path.parts:
            engines = ["sqlite"]
        only = getattr(metafunc.module, "ENGINES", engines)  # a module about one engine's traps says so
        engines = [engine for engine in engines if engine in only] or only
        metafunc.parametrize("engine", engines, indirect=True, scope="session")


STAGES = ("house", "rules", "sqlite", "postgresql", "stories")
"""The order of a whole run: the quick answers first."""
LONG_STORIES = ("test_from_nothing", "test_tour")
"""Begun before the other stories, so that no worker walks alone at the end; and so many of those between them that two
never go to one worker with one hand-out.
"""
BETWEEN = 12


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    long = [item for item in items if _stage(item) == "stories" and item.path.stem in LONG_STORIES]
    others = sorted((item for item in items if item not in long), key=lambda item: STAGES.index(_stage(item)))
    first = next((n for n, item in enumerate(others) if _stage(item) == "stories"), len(others))
    for n, item in enumerate(long):
        others.insert(min(first + n * BETWEEN, len(others)), item)
    items[:] = others


def _stage(item: pytest.Item) -> str:
    for stage in ("house", "rules", "stories"):
        if stage in item.path.parts:
            return stage
    return "postgresql" if "[postgresql" in item.name else "sqlite"


# --- nothing is skipped quietly -----------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    return _refuse_skip(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Any:
    report = yield
    return _refuse_skip(report)


def _refuse_skip(report: Any) -> Any:
    if os.environ.get("REQUIRE_ALL") == "1" and report.skipped and not hasattr(report, "wasxfail"):
        report.longrepr = f"skipped although REQUIRE_ALL=1: {_reason(report)}"
        report.outcome = "failed"
    return report


def _reason(report: Any) -> str:
    where = report.longrepr
    return str(where[2] if isinstance(where, tuple) else where).removeprefix("Skipped: ")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reasons = Counter(_reason(report) for report in terminalreporter.stats.get("skipped", []))
    if reasons:
        told = "; ".join(f"{count} × {reason}" for reason, count in reasons.most_common())
        terminalreporter.write_line(f"Not run here: {told}")


# --- one PostgreSQL for the whole run, whatever the number of workers ---------------------------


def pytest_configure(config: pytest.Config) -> None:
    wanted = "postgresql" in ENGINES[config.getoption("engine")] and not config.option.collectonly
    if not wanted or hasattr(config, "workerinput"):
        return
    from tests import postgres

    if postgres.find_programs():
        config.stash[_SERVER] = postgres.Cluster().__enter__()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    if _SERVER in node.config.stash:
        node.workerinput["postgres"] = str(node.config.stash[_SERVER].folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    if _SERVER in config.stash:
        config.stash[_SERVER].remove()


@pytest.fixture(scope="session")
def cluster(request: pytest.FixtureRequest) -> postgres.Cluster:
    """The PostgreSQL of this run."""
    from tests import postgres

    if _SERVER in request.config.stash:
        return request.config.stash[_SERVER]
    folder = getattr(request.config, "workerinput", {}).get("postgres")
    if not folder:
        pytest.skip(NO_SERVER if not postgres.find_programs() else "PostgreSQL: ask for it with --engine")
    return postgres.Borrowed(Path(folder))


# --- the application on a database of the test's own --------------------------------------------


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> str:
    """«sqlite» or «postgresql»: the database under this test."""
    return str(request.param)


@pytest.fixture(scope="session")
def new_settings(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Settings]:
    """Settings for an installation in a folder of its own; anything may be overridden."""
    from lms.settings import Settings

    def made(**changes: Any) -> Settings:
        folder = tmp_path_factory.mktemp("data")
        chosen = {"data_dir": folder, "database_url": f"sqlite:///{folder / 'test.db'}", "secret_key": "s" * 32,
                  "base_url": "http://localhost", "demo": False}  # fmt: skip
        return Settings(**{**chosen, **changes})

    return made


@pytest.fixture(scope="session")
def migrated(
    engine: str, request: pytest.FixtureRequest, new_settings: Callable[..., Settings], worker: str
) -> Settings:
    """An empty database with the whole schema, made once: every test starts from a copy of it."""
    from flask_migrate import upgrade

    from lms.app import create_app
    from lms.db import db

    url = {}
    if engine == "postgresql":
        cluster: postgres.Cluster = request.getfixturevalue("cluster")
        cluster.create(f"template_{worker}")
        url = {"database_url": cluster.url(f"template_{worker}")}
    settings = new_settings(**url)
    app = create_app(settings)
    with app.app_context():
        upgrade()
        if engine == "sqlite":
            with db.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.session.remove()
        db.engine.dispose()
    return settings


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    return str(getattr(request.config, "workerinput", {}).get("workerid", "main"))


@pytest.fixture
def empty_database(engine: str, request: pytest.FixtureRequest, worker: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it, not even tables."""
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    cluster: postgres.Cluster = request.getfixturevalue("cluster")
    cluster.create(f"empty_{worker}")
    yield cluster.url(f"empty_{worker}")
    cluster.drop(f"empty_{worker}")


@pytest.fixture(scope="session")
def furnisher(
    engine: str, migrated: Settings, request: pytest.FixtureRequest, new_settings: Callable[..., Settings], worker: str
) -> furnished.Furnisher:
    """Builds a world once and copies its database for each test (tests/furnished.py)."""
    from tests.furnished import Furnisher

    cluster = request.getfixturevalue("cluster") if engine == "postgresql" else None
    return Furnisher(engine, migrated, cluster, new_settings, worker)


@pytest.fixture
def settings(
    engine: str, migrated: Settings, request: pytest.FixtureRequest, new_settings: Callable[..., Settings], worker: str
) -> Settings:
    """An installation whose database has the schema and no rows."""
    if engine == "postgresql":
        cluster: postgres.Cluster = request.getfixturevalue("cluster")
        cluster.create(f"test_{worker}", template=f"template_{worker}")
        return new_settings(database_url=cluster.url(f"test_{worker}"))
    fresh = new_settings()
    shutil.copyfile(migrated.sqlite_file, fresh.sqlite_file)
    return fresh


@pytest.fixture(scope="session")
def templates() -> BytecodeCache:
    """Templates are compiled once for all the applications of a run."""
    from jinja2 import BytecodeCache

    class Kept(BytecodeCache):
        def __init__(self) -> None:
            self.codes: dict[str, Any] = {}

        def load_bytecode(self, bucket: Bucket) -> None:
            bucket.code = self.codes.get(bucket.key + bucket.checksum)

        def dump_bytecode(self, bucket: Bucket) -> None:
            self.codes[bucket.key + bucket.checksum] = bucket.code

    return Kept()


@pytest.fixture
def app(settings: Settings, templates: BytecodeCache) -> Iterator[Flask]:
    from lms.app import create_app
    from lms.db import db
    from tests import routes

    routes.compile_each_once()
    app = create_app(settings)
    app.config["TESTING"] = True
    app.jinja_env.bytecode_cache = templates
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a window; the token against forged forms is not asked of it (tests/house/test_csrf.py asks)."""
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


@pytest.fixture
def db_session(app: Flask) -> Iterator[Session]:
    """The application's own session, inside an application context."""
    from lms.db import db

    with app.app_context():
        yield db.session()


@pytest.fixture
def queries(app: Flask) -> Callable[[], Any]:
    """`with queries() as said:` gathers the SQL sent meanwhile: a page's number of queries does not grow with its rows."""
    from sqlalchemy import event

    from lms.db import db

    @contextmanager
    def gather() -> Iterator[list[str]]:
        said: list[str] = []

        def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")):
                said.append(statement)

        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", note)
            try:
                yield said
            finally:
                event.remove(db.engine, "before_cursor_execute", note)

    return gather


@pytest.fixture
def soak(request: pytest.FixtureRequest) -> bool:
    """True with --soak: sizes of docs/benchmarks.md instead of those CI can wait for."""
    return bool(request.config.getoption("soak"))


# --- the browser --------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_window() -> Iterator[Any]:
    from tests import browser

    if not browser.find_chromium():
        pytest.skip(NO_BROWSER)
    with browser.launched() as window:
        yield window


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The address at which this test's application is served."""
    from tests import browser

    with browser.served(app) as address:
        yield address


@pytest.fixture
def visitors(browser_window: Any, site: str) -> Iterator[browser.Visitors]:
    """Windows on the site: `visitors.phone()`, `visitors.desk(scripts=False)`; their faults fail the test."""
    from tests import browser

    opened = browser.Visitors(browser_window, site)
    yield opened
    opened.close()
    assert not opened.faults, opened.faults


@pytest.fixture
def axe() -> Callable[[Any], list[str]]:
    """`axe(page)` gives the serious and critical accessibility problems of a page."""
    from tests import browser

    if not browser.AXE.exists():
        pytest.skip(NO_AXE)
    return browser.axe_problems
