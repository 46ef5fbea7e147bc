"""Reading task cards: content/tasks/<skill>/<slug>.yaml."""

from dataclasses import replace
from pathlib import Path

from lms.library.books import RubricLine, TaskCard, digest_of
from lms.library.fields import Fields
from lms.library.problems import Findings, Place
from lms.library.yaml_text import parse_file


def read_task(path: Path, findings: Findings) -> TaskCard | None:
    node = parse_file(path, findings)
    if node is None:
        return None
    entry = Fields(node, findings, Place(path), "phiếu việc")
    rows = list(entry.each("rubric", "dòng quan sát"))
    card = TaskCard(
        id=entry.identifier("id", r"t\.[a-z0-9.-]+", "t.s3.quet-ma"),
        version=_version(entry),
        skill=entry.text("skill"),
        title=entry.text("title"),
        setting=entry.text("setting"),
        materials=entry.texts("materials"),
        steps=entry.texts("steps"),
        rubric=tuple(_line(row) for row in rows),
        safety=entry.text("safety"),
        minutes=entry.number("minutes", 3, 60),
        place=replace(entry.place, parts=tuple(row.place.line for row in rows)),
    )
    entry.finish()
    return replace(card, digest=digest_of(card))


def _version(entry: Fields) -> str:
    value = entry.text("version")
    parts = value.split(".")
    if value and not (len(parts) == 3 and all(part.isdigit() for part in parts)):
        entry.findings.error(entry.place_of("version"), f"version: «{value}», cần dạng 1.0.0")
    return value


def _line(entry: Fields) -> RubricLine:
    line = RubricLine(
        id=entry.identifier("id"),
        competency=entry.text("competency"),
        core=entry.flag("core"),
        critical=entry.flag("critical"),
        text=entry.text("text"),
    )
    entry.finish()
    return line
