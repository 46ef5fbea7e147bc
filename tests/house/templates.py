"""Takes a template apart: what the markup says, what people read, and which other templates it names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

COMMENT = re.compile(r"\{#.*?#\}", re.S)
TRANSLATED = re.compile(r"\{%-?\s*trans\b.*?\{%-?\s*endtrans\s*-?%\}", re.S)
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.S)
UNREAD = re.compile(r"<!--.*?-->|<(script|style|code)\b.*?</\1\s*>", re.S)
"""Not prose: comments, programs, and what is to be typed letter by letter."""
TAG = re.compile(r"<[^>]*>", re.S)
READ_ATTRIBUTE = re.compile(r"\s(?:alt|title|placeholder|aria-label|aria-description|summary)=\"([^\"]*)\"")
LETTERS = re.compile(r"[^\W\d_]{2,}")
NAMED = re.compile(r"\{%-?\s*(?:extends|include|import|from)\s+['\"]([^'\"]+)['\"]")
FORBIDDEN = {
    "an inline style sheet": re.compile(r"<style\b", re.I),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.I),
    "a style attribute": re.compile(r"\sstyle\s*=", re.I),
    "an on… attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
    "something from another origin": re.compile(r"\b(?:src|href|action|srcset)\s*=\s*[\"'](?:https?:)?//", re.I),
}
UNSAFE = re.compile(r"\|\s*safe\b|\{%-?\s*autoescape\s+false")
PLAIN_NAMES = {"VNeID", "VietQR", "Năm", "Cánh", "QR", "px", "csv", "CSV", "XLSX", "nbsp", "width", "device", "noindex"}
"""Words that are the same in every language, so they need no translation."""


@dataclass(frozen=True)
class Template:
    path: Path
    """Relative to the project."""
    text: str

    @property
    def markup(self) -> str:
        return COMMENT.sub("", self.text)

    def names(self) -> Iterator[str]:
        yield from NAMED.findall(self.markup)

    def forbidden(self) -> Iterator[str]:
        for what, pattern in FORBIDDEN.items():
            # An expression such as {{ url }} cannot open an attribute, but its text may look like one.
            for found in pattern.finditer(JINJA.sub(lambda match: "x", self.markup)):
                yield f"{self.path}: {what}: {found.group(0).strip()[:60]}"

    def is_unsafe(self) -> bool:
        return bool(UNSAFE.search(self.markup))

    def untranslated(self) -> Iterator[str]:
        """What a person reads that stands outside `_()`."""
        bare = JINJA.sub(" ", TRANSLATED.sub(" ", UNREAD.sub(" ", self.markup)))
        attributes = (value for value in READ_ATTRIBUTE.findall(bare))
        for piece in (*TAG.sub("\n", bare).splitlines(), *attributes):
            if set(LETTERS.findall(piece)) - PLAIN_NAMES:
                yield f"{self.path}: «{piece.strip()[:60]}» stands outside _()"


def templates(root: Path) -> list[Template]:
    return [
        Template(path.relative_to(root), path.read_text(encoding="utf-8"))
        for path in sorted((root / "lms").glob("**/templates/**/*"))
        if path.suffix in (".html", ".svg", ".txt", ".xml")
    ]
