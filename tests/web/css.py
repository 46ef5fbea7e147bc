"""Reads the stylesheet's parts well enough for the tests: rules with their declarations, tokens by theme."""

import re
from collections.abc import Iterator
from pathlib import Path

STATIC = Path(__file__).parents[2] / "lms" / "web" / "static"
PARTS = sorted((STATIC / "css").glob("*.css"))
COMMENT = re.compile(r"/\*.*?\*/", re.S)
RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")
TOKEN = re.compile(r"--([\w-]+):\s*([^;]+)")


def text(part: Path) -> str:
    return COMMENT.sub("", part.read_text(encoding="utf-8"))


def rules(css: str) -> Iterator[tuple[str, str]]:
    """(selector, declarations) of every innermost rule, those inside @media too."""
    for selector, declarations in RULE.findall(css):
        yield selector.strip(), declarations.strip()


def tokens(selector: str) -> dict[str, str]:
    """The custom properties one selector of the token file sets."""
    found: dict[str, str] = {}
    for name, declarations in rules(text(STATIC / "css" / "01-tokens.css")):
        if name == selector and not found:
            found = {key: value.strip() for key, value in TOKEN.findall(declarations)}
    return found
