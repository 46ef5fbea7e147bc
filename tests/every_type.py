"""The shipped books with the recorded questions of payment turned into the ten types, so that every form asks all of them."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import cycle
from typing import Any

from lms.library.books import Books, Item, Option
from lms.quizzes.publishing import body_of
from lms.quizzes.rules.blueprints import Competency, recorded_blueprint
from lms.quizzes.rules.drawing import draw
from lms.quizzes.rules.items import read_item
from tests.rules.quizzes.every_type import BODIES, STEMS

SKILL = "s3"
CHOICES = ("single", "truefalse", "multiple")


def with_every_type(books: Books, shift: int = 0, mark: str = "") -> Books:
    """Just the fifteen questions of one form, the ten types in turn. `shift` turns what is right, `mark` stands in every key."""
    kinds = dict(zip(_one_form(books), cycle(BODIES), strict=False))
    courses = tuple(
        replace(course, items=tuple(_retyped(item, kinds, shift, mark) for item in course.items))
        for course in books.courses
    )
    return replace(books, courses=courses)


def _one_form(books: Books) -> tuple[str, ...]:
    competencies = [
        Competency(one.id, frozenset(one.evidence), one.critical) for one in books.competencies if one.skill == SKILL
    ]
    pool = [read_item(body_of(item)) for item in books.items if item.skill == SKILL]
    return draw(pool, recorded_blueprint(competencies), "every type").item_ids


def _retyped(item: Item, kinds: dict[str, str], shift: int, mark: str) -> Item:
    if item.id not in kinds:
        return replace(item, status="ngung") if item.is_recorded and item.skill == SKILL else item
    kind = kinds[item.id]
    body = turned(kind, shift, mark)
    options = tuple(Option(o["id"], o["text"], o["correct"], o["feedback"]) for o in body.pop("options", ()))
    stem = STEMS.get(kind, f"Câu loại {kind}.")
    return replace(
        item,
        type=kind,
        options=options,
        asks=body,
        stem=stem,
        stem_html=f"<p>{stem}</p>",
        explain=f"{mark} {item.explain}",
        digest=f"{shift}{kind}{item.digest[len(kind) + 1 :]}",
    )


def turned(kind: str, shift: int, mark: str) -> dict[str, Any]:
    """The same question with something else right. What is shown stays; what is not shown carries the mark."""
    body = dict(BODIES[kind])
    if kind in CHOICES:
        body["options"] = _turned(body["options"], "correct", shift, mark)
    elif kind == "matching":
        body["pairs"] = _turned(body["pairs"], "right", shift, mark)
    elif kind == "ordering":
        body["items"] = body["items"][shift:] + body["items"][:shift]
    elif kind == "numeric":
        body |= {"answer": str(115000 + shift), "wrong": [{"value": "1", "feedback": f"{mark} sai"}]}
    elif kind == "short":
        body |= {name: [*body[name], f"{mark} {name} {shift}"] for name in ("accept", "near", "reject")}
        body["accept"] = body["accept"][::-1] if shift else body["accept"]
    elif kind == "cloze":
        gaps = dict(body["gaps"])
        gaps["g1"] = {**gaps["g1"], "accept": [f"{mark} {shift}" if mark else "tên"]}
        gaps["g2"] = {**gaps["g2"], "options": _turned(gaps["g2"]["options"], "correct", shift, mark)}
        body["gaps"] = gaps
    elif kind == "hotspot":
        body["regions"] = _turned(body["regions"], "target", shift, mark, missing=False)
    elif kind == "scenario":
        body["nodes"] = {
            name: {**node, "choices": _led_elsewhere(node["choices"], shift, mark)} if "choices" in node else node
            for name, node in body["nodes"].items()
        }
    return body


def _turned(rows: list[dict[str, Any]], key: str, shift: int, mark: str, missing: Any = None) -> list[dict[str, Any]]:
    values = [row.get(key, missing) for row in rows]
    there = shift % len(rows)
    told = [*values[there:], *values[:there]]
    return [
        {**row, key: value, "feedback": f"{mark} {row.get('feedback', '')}"}
        for row, value in zip(rows, told, strict=True)
    ]


def _led_elsewhere(rows: Iterable[dict[str, Any]], shift: int, mark: str) -> list[dict[str, Any]]:
    rows = list(rows)
    ways = [{"to": row["to"], "critical": row.get("critical", False), "points": row.get("points", 0)} for row in rows]
    there = shift % len(rows)
    turned_ways = [*ways[there:], *ways[:there]]
    return [{**row, **way, "feedback": f"{mark} vì"} for row, way in zip(rows, turned_ways, strict=True)]
