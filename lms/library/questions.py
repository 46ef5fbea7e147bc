"""Reading questions.yaml: items and their options."""

import re
from dataclasses import replace
from pathlib import Path

from lms.library.books import Item, Option, digest_of
from lms.library.fields import Fields, rows
from lms.library.lesson_html import Workshop, to_html, with_facts
from lms.library.problems import Place
from lms.library.yaml_text import parse_file

TYPES = ("single", "multiple", "truefalse")
POOLS = ("luyen", "ghi-nhan")
STATUSES = ("nhap", "duyet", "ghi-nhan", "ngung")
UNSCORED = "f"
"""`competency: f`: foundation and observer items, taught and checked but not scored."""
ITEM_ID = r"(?:q\.)?[a-z][a-z0-9-]*\.[a-z0-9.-]+"
SKILL_IN_ID = re.compile(r"(?:q\.)?(s[1-9])\.")
TRUE_FALSE = (("dung", "Đúng"), ("sai", "Sai"))


def read_questions(path: Path, workshop: Workshop) -> tuple[Item, ...]:
    node = parse_file(path, workshop.findings)
    workshop.picture = lambda name, place: workshop.findings.error(place, "câu hỏi chưa dùng ảnh được")
    return tuple(_item(entry, workshop) for entry in rows(node, workshop.findings, Place(path), "câu hỏi"))


def _item(entry: Fields, workshop: Workshop) -> Item:
    item_id = entry.identifier("id", ITEM_ID, "q.s3.p01")
    kind = entry.choice("type", TYPES)
    in_id = SKILL_IN_ID.match(item_id)
    skill = in_id[1] if in_id else None
    stem = entry.text("stem")
    explain = entry.text("explain")
    workshop.used_facts = set()
    options, lines = (_true_false(entry, workshop), ()) if kind == "truefalse" else _options(entry, workshop)
    item = Item(
        id=item_id,
        type=kind,
        skill=skill,
        competency=_competency(entry, skill),
        level=entry.number("level", 1, 3),
        critical=entry.flag("critical", default=False),
        pool=entry.choice("pool", POOLS),
        status=entry.choice("status", STATUSES),
        stem=stem,
        stem_html=to_html(stem, entry.place_of("stem"), workshop),
        options=options,
        explain=with_facts(explain, entry.place_of("explain"), workshop),
        step=entry.text("step"),
        facts=tuple(sorted({*entry.texts("facts", required=False), *workshop.used_facts})),
        review_by=entry.day("review_by", required=False),
        fixed=entry.flag("fixed", default=False),
        source=entry.text("source", required=False),
        place=replace(entry.place, parts=lines),
    )
    entry.finish()
    return replace(item, digest=digest_of(item))


def _competency(entry: Fields, skill: str | None) -> str | None:
    value = entry.text("competency", required=skill is not None)
    if skill is None:
        if value not in ("", UNSCORED):
            entry.findings.error(
                entry.place_of("competency"),
                f"mã câu không thuộc kỹ năng nào thì competency để «{UNSCORED}», đang là «{value}»",
            )
        return None
    if value and not value.startswith(f"{skill}."):
        entry.findings.error(
            entry.place_of("competency"), f"competency «{value}» không thuộc kỹ năng {skill} trong mã câu"
        )
    return value or None


def _options(entry: Fields, workshop: Workshop) -> tuple[tuple[Option, ...], tuple[int, ...]]:
    """The options, and the line of each."""
    options, lines = [], []
    for row in entry.each("options", "phương án"):
        options.append(
            Option(
                id=row.identifier("id"),
                text=with_facts(row.text("text"), row.place_of("text"), workshop),
                correct=row.flag("correct", default=False),
                feedback=with_facts(row.text("feedback", required=False), row.place_of("feedback"), workshop),
            )
        )
        lines.append(row.place.line)
        row.finish()
    return tuple(options), tuple(lines)


def _true_false(entry: Fields, workshop: Workshop) -> tuple[Option, ...]:
    answer = entry.choice("answer", [key for key, _ in TRUE_FALSE])
    feedback = entry.mapping("feedback", "feedback")
    said = {
        key: with_facts(feedback.text(key), feedback.place_of(key), workshop) if feedback else ""
        for key, _ in TRUE_FALSE
    }
    if feedback:
        feedback.finish()
    return tuple(Option(key, label, key == answer, said[key]) for key, label in TRUE_FALSE)
