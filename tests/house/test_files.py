"""Short files, short functions, and names that say what is inside."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLACES = ("lms", "tests", "bench", "tools")
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
LONGEST_SCRIPT = 100
DRAWERS = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "managers", "handlers", "data", "info"}
EMPTY_WORDS = ("Manager", "Helper", "Handler", "Util", "Utils")

LONG_FILES: dict[str, str] = {}
"""path: why it may be longer."""
LONG_FUNCTIONS: dict[str, str] = {}
"""path::name: why it may be longer."""


def files(*endings: str) -> Iterator[Path]:
    for place in PLACES:
        for path in sorted((ROOT / place).rglob("*")):
            if path.suffix in endings and "node_modules" not in path.parts:
                yield path


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    long = {named(path): lines(path) for path in files(".py", ".html", ".css") if lines(path) > LONGEST_FILE}
    assert not [f"{name}: {count} lines" for name, count in long.items() if name not in LONG_FILES], (
        f"over {LONGEST_FILE} lines: make it a folder by subject"
    )
    assert not set(LONG_FILES) - set(long), "these are short again: take them off the list"


def test_no_script_is_longer_than_one_idea() -> None:
    scripts = (ROOT / "lms").rglob("*.js")
    assert not [named(path) for path in scripts if "vendor" not in path.parts and lines(path) > LONGEST_SCRIPT]


def test_no_function_is_longer_than_a_screen() -> None:
    long = {name: length for path in files(".py") for name, length in _functions(path) if length > LONGEST_FUNCTION}
    assert not [f"{name}: {length} lines" for name, length in long.items() if name not in LONG_FUNCTIONS]
    assert not set(LONG_FUNCTIONS) - set(long), "these are short again: take them off the list"


def test_no_file_is_a_drawer() -> None:
    assert not [named(path) for path in files(".py", ".html", ".css", ".js") if path.stem.strip("_") in DRAWERS]


def test_no_class_has_an_empty_name() -> None:
    classes = [
        f"{named(path)}:{node.lineno} {node.name}"
        for path in (ROOT / "lms").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and node.name.endswith(EMPTY_WORDS)
    ]
    assert not classes, "say what it is in the user's world"


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=named(path)) for path in sorted((ROOT / "lms").rglob("rules*.py"))]
)
def test_a_rule_can_be_loaded_without_flask(path: Path) -> None:
    """Pure means pure: the text of a rules file names neither the framework nor the database."""
    text = path.read_text(encoding="utf-8")
    assert not [word for word in ("flask", "sqlalchemy", "datetime.now(", "date.today(") if word in text]


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{named(path)}::{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1
