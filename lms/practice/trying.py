"""`flask content try FILE`: one practice live on this machine, read anew at every saving, the checker's words beside it.

Nothing is kept on the server: the walk so far stands in the address, so after a saving one stands where one stood, as far
as the new file allows. Only this machine is served.
"""

import hashlib
import json
import time
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from flask import Flask, Response, abort, jsonify, redirect, render_template, request, url_for
from flask_babel import Babel
from jinja2 import FileSystemLoader, PrefixLoader
from waitress import create_server
from werkzeug.wrappers import Response as AnyResponse

from lms.library.books import Books, Practice
from lms.library.checks.practices import check, check_names
from lms.library.practices import read_practice
from lms.library.problems import Findings, Place, Problem, has_errors
from lms.practice.checking import check as check_ways
from lms.practice.rules.judging import judged
from lms.practice.rules.params import drawn
from lms.practice.rules.pictures import pictures_in
from lms.practice.rules.pressing import wanted_actions
from lms.practice.rules.reducer import State, beginning, step
from lms.practice.rules.showing import shown
from lms.practice.rules.telling import slips_of
from lms.practice.rules.texts import filled
from lms.web import headers, language
from lms.web.assets import Assets

HERE = "127.0.0.1"
LMS = Path(__file__).parents[1]
FIRST_SEED = "1"
LOOK_EVERY = 0.5


@dataclass(frozen=True)
class Look:
    """The file as it stood at one moment."""

    stamp: str
    practice: Practice | None
    problems: list[Problem]
    is_playable: bool
    """The engine can run it; what else is wrong is told beside it."""
    is_searched: bool = False
    """Also every way through it was tried."""

    @property
    def mark(self) -> str:
        """Another one: the page is to be loaded anew."""
        return f"{self.stamp}.{int(self.is_searched)}"


class Bench:
    """The file being worked on, among the other books; the long search goes on behind the page."""

    def __init__(self, path: Path, books: Books) -> None:
        self.path = path
        others = tuple(one for one in books.practices if one.place.path.resolve() != path.resolve())
        self._books = replace(books, practices=others)
        self._look: Look | None = None
        self._lock = Lock()

    def look(self) -> Look:
        """What stands in the file now; read again only where it changed."""
        with self._lock:
            stamp = self._stamp()
            if self._look is None or self._look.stamp != stamp:
                self._look = self._read(stamp)
            return self._look

    def search(self) -> None:
        """Try every way through the file as it stands; forgotten where it was saved again meanwhile."""
        look = self.look()
        if look.is_searched or look.practice is None or not look.is_playable:
            return
        findings = Findings()
        check_ways(Books(practices=(look.practice,)), findings)
        with self._lock:
            if self._look is look:
                told = sorted({*look.problems, *findings.in_order()})
                self._look = replace(look, problems=told, is_searched=True)

    def watch(self) -> None:
        while True:
            self.search()
            time.sleep(LOOK_EVERY)

    def _stamp(self) -> str:
        """An editor may take the file away for a moment while it saves."""
        try:
            return hashlib.sha256(self.path.read_bytes()).hexdigest()[:16]
        except OSError:
            return ""

    def _read(self, stamp: str) -> Look:
        findings = Findings()
        if not stamp:
            findings.error(Place(self.path), "không thấy tệp này")
        practice = read_practice(self.path, findings) if stamp else None
        if practice is None or has_errors(findings.in_order()):
            return Look(stamp, practice, findings.in_order(), is_playable=False)
        check_names(practice, findings)
        is_playable = not has_errors(findings.in_order())
        check(replace(self._books, practices=(*self._books.practices, practice)), findings)
        mine = [problem for problem in findings.in_order() if problem.path == self.path]
        return Look(stamp, practice, mine, is_playable)


@dataclass(frozen=True)
class Walk:
    """Where one stands in one variant after some presses."""

    spec: dict[str, Any]
    seed: str
    values: dict[str, Any]
    state: State
    actions: list[list[Any]]
    refused: str
    made: list[str]
    """Mistakes of the last press."""

    @property
    def address(self) -> str:
        return address(self.seed, self.actions)


def walked(spec: dict[str, Any], seed: str, actions: list[Any]) -> Walk:
    """The presses again, as far as this file has them."""
    values, state = drawn(spec, seed), beginning(spec)
    taken: list[list[Any]] = []
    made: list[str] = []
    for action in actions:
        after = step(spec, values, state, action)
        if "invalid" in after:
            return Walk(spec, seed, values, state, taken, str(after["invalid"]), [])
        made = [id for id in after["mistakes"] if id not in state["mistakes"]]
        state = after
        taken.append(action)
    return Walk(spec, seed, values, state, taken, "", made)


def create_bench(bench: Bench) -> Flask:
    app = Flask(__name__, static_folder=None)
    app.config.update(SECRET_KEY="nothing is kept here", TRUSTED_HOSTS=[HERE, "localhost"])  # noqa: S106
    rooms = {name: FileSystemLoader(LMS / name / "templates" / name) for name in ("practice", "web")}
    app.jinja_loader = PrefixLoader(rooms)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Babel(app)
    language.install(app)
    assets = Assets(LMS / "web" / "static")
    app.jinja_env.globals["static_url"] = assets.url
    _open(app, bench, assets)
    return app


def _open(app: Flask, bench: Bench, assets: Assets) -> None:
    @app.get("/")
    def page() -> str:
        look = bench.look()
        at = _asked(look, "loi" in request.args)
        return render_template("practice/trying.html", name=bench.path.name, lines=_lines(bench.path), look=look, **at)

    @app.post("/")
    def press() -> AnyResponse:
        look = bench.look()
        if look.practice is None or not look.is_playable:
            return redirect(request.full_path, 303)
        before = walked(look.practice.spec, *_place())
        wanted = wanted_actions(shown(before.spec, before.values, before.state), request.form)
        after = walked(before.spec, before.seed, [*before.actions, *wanted])
        return redirect(after.address + (f"&loi={after.refused}" if after.refused else ""), 303)

    @app.get("/moc")
    def mark() -> Response:
        return jsonify(mark=bench.look().mark)

    @app.get("/static/<path:name>")
    def asset(name: str) -> Response:
        found = assets.get(name) or abort(404)
        return Response(found.content, mimetype=found.kind)

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.update({"Content-Security-Policy": headers.POLICY, "Cache-Control": "no-store"})
        return response


def address(seed: str, actions: list[list[Any]]) -> str:
    return url_for("page", hat=seed, di=json.dumps(actions, ensure_ascii=False, separators=(",", ":")))


def serve(path: Path, books: Books, port: int) -> tuple[Any, Bench]:
    """A server for this machine only; port 0 takes a free one."""
    bench = Bench(path, books)
    Thread(target=bench.watch, daemon=True).start()
    return create_server(create_bench(bench), host=HERE, port=port, threads=2), bench


def _place() -> tuple[str, list[Any]]:
    """The seed and the presses that the address names; an address cut short begins anew."""
    try:
        actions = json.loads(request.args.get("di", "[]"))
    except ValueError:
        actions = []
    return request.args.get("hat", FIRST_SEED), actions if isinstance(actions, list) else []


def _asked(look: Look, was_refused: bool) -> dict[str, Any]:
    if look.practice is None or not look.is_playable:
        return {"at": None}
    at = walked(look.practice.spec, *_place())
    made = [] if was_refused else slips_of(at.spec, at.values, at.made)
    verdict = judged(at.spec, at.values, at.state)
    next_seed = str(int(at.seed) + 1) if at.seed.isdigit() else FIRST_SEED
    return {
        "at": at,
        "shown": shown(at.spec, at.values, at.state, with_hint=at.actions[-1:] == [["hint"]]),
        "card": filled(at.spec["card"], at.values),
        "pictures": pictures_in(at.spec),
        "sent": {"refused": at.refused or request.args.get("loi", ""), "made": made},
        "verdict": verdict if verdict.is_over else None,
        "slips": slips_of(at.spec, at.values, at.state["mistakes"]),
        "again": address(at.seed, []),
        "other": address(next_seed, []),
    }


def _lines(path: Path) -> dict[int, str]:
    """What stands at each line, shortened."""
    try:
        text = path.read_text("utf-8", errors="replace")
    except OSError:
        return {}
    return {number: line.strip()[:120] for number, line in enumerate(text.split("\n"), 1)}
