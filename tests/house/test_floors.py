"""Imports only go down; doors are imported by nobody; rules are pure; nothing is imported in secret."""

from pathlib import Path

import pytest

from lms.rooms import ABOVE, ROOMS
from tests.house.floors import DOORS, FLOORS, INSIDE, climbs, imports, impure

ROOT = Path(__file__).parents[2]

OTHER_FILES = {
    "backups/copies.py": "copies of the database as files; no row is written",
    "backups/replaying.py": "commits by chunk, which no action may",
    "backups/upkeep.py": "the daily work, each part in transactions of its own",
    "certificates/checking.py": "what is answered about a code or a file; it reads, and writes nothing",
    "certificates/credentials.py": "a certificate as an Open Badges document; no row is written",
    "certificates/keys.py": "the private keys are files; the one place that knows Ed25519",
    "certificates/papers.py": "certificates as pages and pictures",
    "certificates/proofs.py": "the cryptosuite eddsa-rdfc-2022, with its contexts at hand",
    "people/passwords.py": "hashing, the one place that knows argon2; it decides nothing and stores nothing",
    "places/known_units.py": "the real units and their reorganisation of 2025, as data",
    "practice/checking.py": "what `content check` asks of the engine; it reads books and writes findings, no row",
    "practice/trying.py": "a small server for one author on one machine; it knows no database",
    "reports/tables.py": "figures already counted as rows and cells",
}
"""Files of a room that are none of the usual seven, each with its reason."""


def test_imports_only_go_down() -> None:
    assert not [f"{found.where} {reason}" for found in imports(ROOT) if (reason := climbs(found))]


def test_rules_know_only_python_and_other_rules() -> None:
    assert not [f"{found.where} {reason}" for found in imports(ROOT) if (reason := impure(found))]


def test_nothing_is_imported_inside_a_function() -> None:
    hidden = [found for found in imports(ROOT) if found.is_inside_function and found.path.parts[1] != "documents"]
    assert not [f"{found.where} {found.target}: import it at the top" for found in hidden]


def test_a_room_says_what_it_is_for_and_imports_nothing() -> None:
    for room in (*ROOMS, *ABOVE):
        opening = ROOT / "lms" / room / "__init__.py"
        text = opening.read_text(encoding="utf-8") if opening.exists() else ""
        assert text.startswith('"""'), f"lms/{room}/__init__.py: say what this room is for, and what is not here"
        assert "import " not in text.split('"""')[2], f"lms/{room}/__init__.py: one import here and rules drag Flask in"


def test_everything_in_the_house_is_on_the_map() -> None:
    parts = {path.stem for path in (ROOT / "lms").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert not sorted(parts - {"__init__", *FLOORS}), "add it to lms/rooms.py"


def test_every_room_uses_the_same_file_names() -> None:
    usual = {"__init__", *INSIDE, *DOORS}
    odd = [
        path.relative_to(ROOT / "lms").as_posix()
        for room in ROOMS
        for path in (ROOT / "lms" / room).iterdir()
        if (path.suffix == ".py" or (path / "__init__.py").exists()) and path.stem not in usual
    ]
    assert not sorted(set(odd) - set(OTHER_FILES)), f"a room holds {', '.join(sorted(usual))}"


FAULTS = {
    "lms/people/actions.py": ("from lms.households import queries", "people is below households"),
    "lms/people/queries.py": ("from lms.people.actions import enrol", "queries are below actions"),
    "lms/quizzes/actions.py": ("from lms.completion import finish_quiz", "quizzes is below completion"),
    "lms/classes/queries.py": ("import lms.courses.views", "lms.courses.views is a door, and nobody imports a door"),
    "lms/classes/views.py": ("from lms.home import queries", "classes is below home, which stands above the stairs"),
    "lms/skills/rules.py": ("from sqlalchemy import select", "rules may not know sqlalchemy: pass what they need in"),
    "lms/courses/rules.py": ("import random", "rules may not know random: pass what they need in"),
    "lms/places/rules.py": ("from lms import clock", "rules may not know lms.clock"),
}
TYPE_ONLY = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from lms.households.models import Household"
ALLOWED = {
    "lms/people/views.py": "from lms.people.forms import SignIn\nfrom lms import completion",
    "lms/skills/rules.py": "from random import Random\nimport dataclasses\nfrom lms.places.rules import Day",
    "lms/completion.py": "from lms.households import actions",
    "lms/people/actions.py": TYPE_ONLY,
}


@pytest.mark.parametrize("path", FAULTS)
def test_a_planted_fault_is_named(path: str, tmp_path: Path) -> None:
    line, sentence = FAULTS[path]
    _plant(tmp_path, {**_neighbours(), path: line})
    found = [reason for each in imports(tmp_path) if (reason := climbs(each) or impure(each))]
    assert found == [sentence]


def test_what_is_allowed_is_not_refused(tmp_path: Path) -> None:
    _plant(tmp_path, {**_neighbours(), **ALLOWED})
    assert not [reason for each in imports(tmp_path) if (reason := climbs(each) or impure(each))]


def _neighbours() -> dict[str, str]:
    names = ("clock", "completion", "courses/views", "home/queries", "households/actions", "households/models",
             "households/queries", "people/forms", "places/rules")  # fmt: skip
    return {f"lms/{name}.py": "" for name in names}


def _plant(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
