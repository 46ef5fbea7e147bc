"""The guide for authors names every field that the library reads, and its examples are sound."""

import ast
import re
from pathlib import Path

import pytest

from lms.library.item_types import TYPES
from lms.library.lesson_html import BLOCKS
from lms.library.lessons import AUDIENCE
from lms.library.questions import POOLS, STATUSES
from lms.library.screens import APPS, LINES

PROJECT = Path(__file__).resolve().parents[2]
GUIDE = (PROJECT / "docs/content.md").read_text("utf-8")
READERS = ("framework", "lessons", "questions", "tasks", *(f"types/{kind}" for kind in (*TYPES, "_shared")))


def fields_read() -> set[str]:
    """The keys that the readers ask for, from their source."""
    found = set()
    for name in READERS:
        for node in ast.walk(ast.parse((PROJECT / f"lms/library/{name}.py").read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                first = node.args[0]
                asks = node.func.attr in (
                    "text",
                    "texts",
                    "lists",
                    "identifier",
                    "choice",
                    "choices",
                    "flag",
                    "number",
                    "day",
                    "each",
                    "mapping",
                )
                if asks and isinstance(first, ast.Constant):
                    found.add(first.value)
    return found


def test_there_are_fields_to_look_for() -> None:
    assert {"stem", "rubric", "review_by", "maps_to"} <= fields_read()


@pytest.mark.parametrize("name", sorted(fields_read() | {*BLOCKS, *APPS, *LINES, *AUDIENCE, *TYPES, *POOLS, *STATUSES}))
def test_the_guide_names_it(name: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", GUIDE), f"docs/content.md does not explain «{name}»"
