"""Every app and every item on pages without a database: `python -m tests.practice.gallery` serves them.

`/man/<screen>` is one screen as the server draws it, `/hinh` all pictures, `/luyen-tap/p.s3.moi-man` is played by the script.
"""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask, Response, abort, jsonify, render_template, request
from jinja2 import ChoiceLoader, FileSystemLoader

from lms.drawings import DRAWN
from lms.practice.rules.naming import tagged
from lms.practice.rules.params import drawn
from lms.practice.rules.pictures import pictures_in
from lms.practice.rules.reducer import beginning, step
from lms.practice.rules.showing import shown
from lms.practice.rules.texts import filled
from tests.practice.conftest import compiled
from tests.web.gallery import WEB, create_gallery

HERE = Path(__file__).parent
SPEC = compiled(HERE / "every-screen.yaml")
SEED = "seed-of-the-gallery"


def create_practice_gallery() -> Flask:
    app = create_gallery()
    templates = [FileSystemLoader(HERE / "pages"), FileSystemLoader(WEB.parent / "practice" / "templates")]
    app.jinja_loader = ChoiceLoader([app.jinja_loader, *templates])  # type: ignore[list-item]
    app.add_url_rule("/man/<screen>", "screen", _screen)
    app.add_url_rule("/buoc", "walked", _walked)
    app.add_url_rule("/hinh", "pictures", lambda: render_template("picture-page.html", names=DRAWN))
    app.add_url_rule("/luyen-tap", "shelf", lambda: "")
    app.add_url_rule("/luyen-tap/may-phu.js", "worker", _worker)
    app.add_url_rule(
        f"/luyen-tap/{SPEC['id']}", "card", lambda: render_template("card-page.html", pictures=pictures_in(SPEC))
    )
    app.add_url_rule(f"/luyen-tap/{SPEC['id']}/bo.json", "bundle", _bundle)
    app.add_url_rule(f"/luyen-tap/{SPEC['id']}/vet", "sent", _sent, methods=["POST"])
    return app


def _screen(screen: str) -> str:
    """Any screen, by its name."""
    if screen not in SPEC["screens"]:
        abort(404)
    state = {**beginning(SPEC), "screen": screen, "back": ["home"] if screen != "home" else [], "n": 3}
    state["done"] = bool(SPEC["screens"][screen].get("end"))
    if "dia-chi" in request.args:
        state["counts"] = {"address": 1}
    made = SPEC["mistakes"][:1] if "sai" in request.args else []
    return _page(state, {"refused": request.args.get("loi", ""), "made": made}, "goi-y" in request.args)


def _walked() -> str:
    """The screen after a walk."""
    state, values = beginning(SPEC), drawn(SPEC, SEED)
    for action in json.loads(request.args["di"]):
        state = step(SPEC, values, state, action)
    return _page(state, json.loads(request.args["noi"]), True)


def _page(state: dict[str, Any], told: dict[str, Any], with_hint: bool) -> str:
    values = drawn(SPEC, SEED)
    screen = shown(SPEC, values, state, with_hint)
    card = filled(SPEC["card"], values)
    return render_template(
        "screen-page.html", spec=SPEC, shown=screen, sent=told, pictures=pictures_in(SPEC), card=card
    )


def _bundle() -> Response:
    keeps = "giu" in request.headers.get("Referer", "")
    return jsonify(
        practice=SPEC["id"],
        digest="d",
        seed=SEED,
        ticket=str(uuid4()),
        keeps=keeps,
        csrf="x",
        lesson="/bai",
        step="a",
        spec=SPEC,
    )


def _sent() -> Response:
    said = json.loads(request.data)
    good = said["actions"][0][2:] == tagged(SEED, ["tap", "to_note"]) and said["actions"][0][0] == 1 and said["ticket"]
    return jsonify(id=said["id"], accepted=bool(good), reason="" if good else "malformed", page="/bai")


def _worker() -> Response:
    answer = Response((WEB / "static" / "practice" / "worker.js").read_text(), mimetype="text/javascript")
    answer.headers["Service-Worker-Allowed"] = "/luyen-tap"
    return answer


if __name__ == "__main__":
    create_practice_gallery().run(port=8078)
