"""Reading what only one type of question has: pairs, lines to order, numbers, words, gaps, regions, the parts of a story.

Each gives plain values, exactly what the type's own rules read back from the published question.
"""

from collections.abc import Callable
from typing import Any

from lms.library.books import Option
from lms.library.fields import Fields
from lms.library.lesson_html import Workshop, with_facts
from lms.vietnamese import parse_number

Asks = dict[str, Any]
GAP_TYPES = ("single", "short", "numeric")
ACCENTS = ("lenient", "strict")
ENDS = ("safe", "unsafe")


def read_asks(kind: str, entry: Fields, workshop: Workshop) -> Asks:
    reader = READERS.get(kind)
    return reader(entry, workshop) if reader else {}


def read_options(entry: Fields, workshop: Workshop) -> tuple[tuple[Option, ...], tuple[int, ...]]:
    """The options, and the line of each."""
    options, lines = [], []
    for row in entry.each("options", "phương án"):
        options.append(
            Option(
                id=row.identifier("id"),
                text=_said(row, "text", workshop),
                correct=row.flag("correct", default=False),
                feedback=_said(row, "feedback", workshop, required=False),
            )
        )
        lines.append(row.place.line)
        row.finish()
    return tuple(options), tuple(lines)


def _multiple(entry: Fields, workshop: Workshop) -> Asks:
    return {"hide_count": True} if entry.flag("hide_count", default=False) else {}


def _matching(entry: Fields, workshop: Workshop) -> Asks:
    pairs = []
    for row in entry.each("pairs", "cặp"):
        pair: Asks = {"id": row.identifier("id")}
        pair |= {name: _said(row, name, workshop) for name in ("left", "right")}
        pair["feedback"] = _said(row, "feedback", workshop, required=False)
        pairs.append(pair)
        row.finish()
    return {"pairs": pairs, "extra_right": list(entry.texts("extra_right", required=False))}


def _ordering(entry: Fields, workshop: Workshop) -> Asks:
    items = []
    for row in entry.each("items", "dòng"):
        items.append({"id": row.identifier("id"), "text": _said(row, "text", workshop)})
        row.finish()
    before = [list(pair) for pair in entry.lists("before", required=False)]
    if any(len(pair) != 2 for pair in before):
        entry.findings.error(entry.place_of("before"), "before: mỗi mục là hai mã, [làm trước, làm sau]")
        before = []
    return {"items": items, "before": before}


def _numeric(entry: Fields, workshop: Workshop) -> Asks:
    wrong = []
    for row in entry.each("wrong", "số sai hay gặp", required=False):
        wrong.append({"value": _number(row, "value"), "feedback": _said(row, "feedback", workshop)})
        row.finish()
    return {
        "answer": _number(entry, "answer"),
        "tolerance": _tolerance(entry, "tolerance"),
        "band": _tolerance(entry, "band"),
        "unit": entry.text("unit", required=False),
        "wrong": wrong,
    }


def _short(entry: Fields, workshop: Workshop) -> Asks:
    return {
        "accept": list(entry.texts("accept")),
        "near": list(entry.texts("near", required=False)),
        "reject": list(entry.texts("reject", required=False)),
        "accents": entry.choice("accents", ACCENTS, default="lenient"),
        "typo": int(entry.choice("typo", ("0", "1"), default="0")),
    }


def _cloze(entry: Fields, workshop: Workshop) -> Asks:
    gaps: Asks = {}
    rows = entry.mapping("gaps", "chỗ trống")
    for name in rows.keys() if rows else ():
        row = rows.mapping(name, f"chỗ trống «{name}»") if rows else None
        if row is None:
            continue
        kind = row.choice("type", GAP_TYPES)
        weight = row.number("weight", 1, 9) if row.has("weight") else 1
        gaps[name] = {"type": kind, "weight": weight, **_gap(kind, row, workshop)}
        row.finish()
    return {"text": _said(entry, "text", workshop), "gaps": gaps}


def _gap(kind: str, row: Fields, workshop: Workshop) -> Asks:
    if kind != "single":
        return read_asks(kind, row, workshop)
    options, _lines = read_options(row, workshop)
    told = [{"id": o.id, "text": o.text, "correct": o.correct, "feedback": o.feedback} for o in options]
    return {"options": told, "fixed": row.flag("fixed", default=False)}


def _hotspot(entry: Fields, workshop: Workshop) -> Asks:
    regions: list[Asks] = []
    for row in entry.each("regions", "chỗ trên hình"):
        box = row.texts("box")
        if len(box) != 4 or not all(one.isascii() and one.isdigit() for one in box):
            row.findings.error(row.place_of("box"), "box: cần bốn số [trái, trên, rộng, cao] tính theo phần trăm")
            box = ("0", "0", "1", "1")
        regions.append(
            {
                "id": row.identifier("id"),
                "box": [int(one) for one in box],
                "alt": _said(row, "alt", workshop),
                "target": row.flag("target", default=False),
                "feedback": _said(row, "feedback", workshop, required=False),
                "text": _said(row, "text", workshop, required=False),
            }
        )
        row.finish()
    targets = sum(bool(row["target"]) for row in regions)
    if entry.has("pick") and entry.number("pick", 1, 9) != targets:
        entry.findings.error(entry.place_of("pick"), f"pick phải bằng số chỗ target: true, đang có {targets}")
    return {"regions": regions, **_multiple(entry, workshop)}


def _scenario(entry: Fields, workshop: Workshop) -> Asks:
    nodes: Asks = {}
    rows = entry.mapping("nodes", "các phần")
    for name in rows.keys() if rows else ():
        row = rows.mapping(name, f"phần «{name}»") if rows else None
        if row is None:
            continue
        nodes[name] = _node(row, workshop)
        row.finish()
    return {"start": entry.text("start"), "nodes": nodes}


def _node(row: Fields, workshop: Workshop) -> Asks:
    if row.has("end"):
        return {"end": row.choice("end", ENDS)}
    choices = []
    for one in row.each("choices", "việc để chọn"):
        choices.append(
            {
                "id": one.identifier("id"),
                "text": _said(one, "text", workshop),
                "to": one.text("to"),
                "critical": one.flag("critical", default=False),
                "points": one.number("points", 0, 9) if one.has("points") else 0,
                "feedback": _said(one, "feedback", workshop, required=False),
            }
        )
        one.finish()
    return {"say": _said(row, "say", workshop), "choices": choices}


READERS: dict[str, Callable[[Fields, Workshop], Asks]] = {
    "cloze": _cloze,
    "hotspot": _hotspot,
    "matching": _matching,
    "multiple": _multiple,
    "numeric": _numeric,
    "ordering": _ordering,
    "scenario": _scenario,
    "short": _short,
}


def _said(row: Fields, key: str, workshop: Workshop, required: bool = True) -> str:
    """A plain text with its facts put in."""
    return with_facts(row.text(key, required=required), row.place_of(key), workshop)


def _number(row: Fields, key: str) -> str:
    """Written as in Vietnam; kept with a point, as a fraction is read back."""
    text = row.text(key)
    value = parse_number(text)
    if value is None and text:
        row.findings.error(row.place_of(key), f"{key}: «{text}», cần một số, ví dụ 115000, 115.000 hoặc 2,5")
    return str(value or 0)


def _tolerance(entry: Fields, key: str) -> Asks | None:
    row = entry.mapping(key, key, required=False)
    if row is None:
        return None
    found = {name: _number(row, name) for name in ("abs", "rel") if row.has(name)}
    row.finish()
    return found
