"""bleach gets no more security releases, so one file alone may know it, and nh3 stands behind it there."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
ALONE = {
    "bleach": {"lms/sanitize.py"},
    "nh3": {"lms/sanitize.py"},
    "xml": {"lms/documents/markup.py"},  # XML from outside is read behind its refusals only
    "pickle": set(),
}


def test_only_the_sanitizer_knows_the_sanitizers() -> None:
    for library, allowed in ALONE.items():
        assert _importers(library) <= allowed, f"only {allowed or 'nobody'} may import {library}"


def test_the_list_would_notice() -> None:
    assert "lms/sanitize.py" in _importers("bleach")


def _importers(library: str) -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "lms").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if library in _first_words(node)
    }


def _first_words(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.split(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom) and not node.level:
        return {(node.module or "").split(".")[0]}
    return set()
