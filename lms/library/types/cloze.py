"""Điền vào chỗ trống, as authors write it."""

from lms.library.fields import Fields
from lms.library.lesson_html import Workshop
from lms.library.types import numeric, short
from lms.library.types._shared import Asks, read_options, said

ASKS_BY_ITSELF = "Điền vào chỗ trống cho đúng."
INSIDE = {"numeric": numeric.read, "short": short.read}
"""What may stand in a gap, beside a choice."""


def read(entry: Fields, workshop: Workshop) -> Asks:
    gaps: Asks = {}
    rows = entry.mapping("gaps", "chỗ trống")
    for name in rows.keys() if rows else ():
        row = rows.mapping(name, f"chỗ trống «{name}»") if rows else None
        if row is None:
            continue
        kind = row.choice("type", ("single", *INSIDE))
        weight = row.number("weight", 1, 9) if row.has("weight") else 1
        gaps[name] = {"type": kind, "weight": weight, **_gap(kind, row, workshop)}
        row.finish()
    return {"text": said(entry, "text", workshop), "gaps": gaps}


def words(body: Asks) -> list[str]:
    """What tells one such question from another: it has no stem of its own."""
    return [str(body.get("text") or "")]


def _gap(kind: str, row: Fields, workshop: Workshop) -> Asks:
    if kind != "single":
        return INSIDE[kind](row, workshop)
    options, _lines = read_options(row, workshop)
    told = [{"id": o.id, "text": o.text, "correct": o.correct, "feedback": o.feedback} for o in options]
    return {"options": told, "fixed": row.flag("fixed", default=False)}
