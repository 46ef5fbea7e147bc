"""Every app and every item on pages without a database: `python -m tests.practice.gallery` serves them.

The pages play by the server's reducer, one action a request; the state travels in the address. Beside them `/may` is played by
the script.
"""

import json
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, jsonify, render_template, request
from jinja2 import ChoiceLoader, FileSystemLoader

from lms.practice.rules.params import drawn
from lms.practice.rules.pictures import DRAWN, pictures_in
from lms.practice.rules.reducer import beginning
from lms.practice.rules.showing import shown
from lms.practice.rules.texts import filled
from tests.practice.conftest import compiled
from tests.web.gallery import WEB, create_gallery

HERE = Path(__file__).parent
SPEC = compiled(HERE / "every-screen.yaml")
SEED = "seed-of-the-gallery"
NOTHING: dict[str, Any] = {"refused": "", "made": []}


def create_practice_gallery() -> Flask:
    app = create_gallery()
    templates = [FileSystemLoader(HERE / "pages"), FileSystemLoader(WEB.parent / "practice" / "templates")]
    app.jinja_loader = ChoiceLoader([app.jinja_loader, *templates])  # type: ignore[list-item]
    app.add_url_rule("/man/<screen>", "screen", _screen)
    app.add_url_rule("/hinh", "pictures", lambda: render_template("picture-page.html", names=DRAWN))
    return app


def _screen(screen: str) -> str:
    if screen not in SPEC["screens"]:
        abort(404)
    state = {**beginning(SPEC), "screen": screen, "back": ["home"] if screen != "home" else [], "n": 3}
    state["done"] = bool(SPEC["screens"][screen].get("end"))
    if "dia-chi" in request.args:
        state["counts"] = {"address": 1}
    form = {"url": "/man/" + screen, "token": "", "problem": request.args.get("loi", ""), "made": SPEC["mistakes"][:1] if "sai" in request.args else []}
    return page_of(state, form)


def page_of(state: dict[str, Any], form: dict[str, Any]) -> str:
    values = drawn(SPEC, SEED)
    screen = shown(SPEC, values, state, with_hint="goi-y" in request.args)
    return render_template(
        "screen-page.html",
        spec=SPEC,
        shown=screen,
        form=form,
        pictures=pictures_in(SPEC),
        card=filled(SPEC["card"], values),
    )


__all__ = ["NOTHING", "Response", "create_practice_gallery", "json", "jsonify"]

if __name__ == "__main__":
    create_practice_gallery().run(port=8078)
