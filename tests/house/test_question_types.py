"""Adding a type of question adds files and changes none: the names of the types stand in the folders of the types alone."""

import ast
import json
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from lms.library import item_types
from lms.quizzes.rules.behaviours import Question
from lms.quizzes.rules.shapes import Part
from lms.quizzes.rules.types.registry import TYPES, ItemType
from tests.library.shelf import set_up

LMS = Path(__file__).parents[2] / "lms"
FOLDERS = ("library/types", "quizzes/rules/types", "quizzes/templates/quizzes/types")
MAY_NAME = {
    "exchange/formats": "what another system has is a fact about that system; a type it has not is refused by name",
    "library/framework.py": "the short name of a skill",
    "library/checks/forms.py": "the rule of a form speaks of true/false by name: at most three",
    "library/checks/goals.py": "the goal of a bank speaks of true/false by name: at most a tenth",
    "quizzes/rules/blueprints.py": "the rule of a form speaks of true/false by name: at most three",
    "runs/rules/letters.py": "what the four edges of a card can answer",
}
"""docs/decisions/0044."""
ORDINARY = {"numeric", "short", "single"}
"""Words of HTML and of other files as well; in templates, scripts and styles they are not looked for."""


def test_no_type_is_named_outside_its_folders() -> None:
    found = [place for path in sorted(LMS.rglob("*")) for place in _named_in(path) if not _may(path)]
    assert not found, "put what only this type needs into its own module, and ask for what it can do, not for its name"


def test_everybody_who_may_name_one_still_does() -> None:
    paths = [path for path in LMS.rglob("*") if any(_named_in(path))]
    assert not [one for one in MAY_NAME if not any(_is_in(path, one) for path in paths)]


def test_the_three_folders_hold_the_same_types() -> None:
    assert set(TYPES) == set(item_types.TYPES) and len(TYPES) == 10
    asked = {kind for kind, module in TYPES.items() if getattr(module, "ASKS_BY_ITSELF", False)}
    assert asked == set(item_types.ASKS_BY_ITSELF)
    wanted = {name for name in vars(ItemType) if not name.startswith("_")} | set(ItemType.__annotations__)
    for kind, module in TYPES.items():
        assert not [name for name in wanted if not hasattr(module, name)], kind


def test_an_eleventh_type_is_two_files_and_no_change(tmp_path: Path) -> None:
    house = shutil.copytree(LMS, tmp_path / "house" / "lms", ignore=shutil.ignore_patterns("static", "*.pyc", "fonts"))
    here = Path(__file__).parent / "eleventh"
    shutil.copy(here / "reading.py", house / "library/types/scale.py")
    shutil.copy(here / "rules.py", house / "quizzes/rules/types/scale.py")
    shelf = set_up(tmp_path / "books")
    path = shelf.path("questions")
    path.write_text(path.read_text("utf-8") + QUESTION, "utf-8")
    run = subprocess.run(
        [sys.executable, str(here / "trial.py"), str(shelf.folder)],
        env={"PYTHONPATH": f"{house.parent}", "PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    losses, back = told.pop("losses"), told.pop("back")
    assert told == {
        "told": [], "faults": [], "is right": True, "is kept": True, "chances": 5, "words": "4", "again": ["4"],
        "practice": True, "fits paper": True, "rows": [5], "mark": True, "in the bank": "Thang điểm",
        "form": {"highest": "5", "answer": "4"},
    }  # fmt: skip
    assert all(any("scale" in what for what in said) for said in losses.values()), (
        "every format names what it cannot write"
    )
    assert back[0]["type"] == "scale" and back[0]["answer"] == "4", "our own package brings it back whole"


def test_a_type_without_a_page_of_its_own_is_asked_all_the_same(app: Flask) -> None:
    steps = (("one", "1"), ("two", "2"))
    parts = (Part("nac", "tra-loi.q:1", "select", "Nấc nào?", steps), Part("vi", "tra-loi.q:2", "text", "Vì sao?"))
    question = Question("q", "scale", "", "tra-loi.q", (), None, parts)
    with app.test_request_context():
        ask = app.jinja_env.get_template("quizzes/_ask.html").module.ask  # type: ignore[attr-defined]
        page = str(ask(question, (), {"tra-loi.q:1": "2", "tra-loi.q:2": "sợ"}))
        ticks = str(ask(Question("q", "scale", "", "tra-loi.q", steps, 1), (), {}))
    assert '<option value="2" selected>2</option>' in page and 'value="sợ"' in page and "two" not in page
    assert all(f'for="{part.field}"' in page and f'id="{part.field}"' in page for part in parts)
    assert ticks.count('type="radio"') == 2


QUESTION = """- id: q.s1.p91
  type: scale
  stem: "Việc này nguy hiểm tới nấc nào?"
  competency: s1.1
  level: 1
  critical: false
  pool: luyen
  status: duyet
  highest: 5
  answer: 4
  explain: "Vì thế."
  step: l.s1.1#cong-that
  facts: []
"""


@pytest.mark.parametrize(
    ("text", "is_named"),
    [('if item.type == "cloze":', True), ('{"inputmode": "numeric"}', False), ('x = "closed"', False)],
)
def test_a_planted_name_is_seen(tmp_path: Path, text: str, is_named: bool) -> None:
    path = tmp_path / "x.py"
    path.write_text(f"{text}\n    pass\n" if text.startswith("if") else text, "utf-8")
    assert bool(_named_in(path)) is is_named


@cache
def _named_in(path: Path) -> list[str]:
    if path.suffix == ".py":
        return [f"{path}:{line} {word}" for line, word in _texts(ast.parse(path.read_text("utf-8"))) if word in TYPES]
    if path.suffix not in (".html", ".js", ".css") or "translations" in path.parts:
        return []
    names = "|".join(sorted(set(TYPES) - ORDINARY))
    code = re.sub(r"\{#.*?#\}|/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    return [f"{path} {found[1]}" for found in re.finditer(rf"""["']({names})["']""", code)]


def _texts(tree: ast.AST) -> list[tuple[int, str]]:
    """Every text in the code, but the input mode of a field, which is a word of HTML."""
    html = {
        value
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and key.value == "inputmode"
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in html
    ]


def _may(path: Path) -> bool:
    return any(_is_in(path, one) for one in (*FOLDERS, *MAY_NAME))


def _is_in(path: Path, where: str) -> bool:
    return path.relative_to(LMS).as_posix().startswith(where)
