"""Whether the bank holds enough for a recorded form, and the coverage table."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from lms.library.books import Books, Item, Skill
from lms.library.problems import Findings

FORM_ITEMS = 15
FORM_CRITICAL = 4
FORM_TRUE_FALSE = 3
"""The form of r2026.0 and r2026.1: 15 items, 4 of them safety items, at most 3 true/false."""
MIN_RECORDED = 20
MIN_PRACTICE = 10


@dataclass(frozen=True)
class Coverage:
    """One line of the coverage table: what the library holds for one competency."""

    competency: str
    name: str
    lessons: int
    practice: int
    recorded: int
    critical: int
    cards: int


def check(books: Books, findings: Findings) -> None:
    for skill in books.skills:
        own = [item for item in books.items if item.skill == skill.id]
        _check_counts(skill, own, findings)
        _check_blueprint(skill, [item for item in own if item.is_recorded], findings)
    for line in coverage(books):
        if not line.lessons:
            place = next(c.place for c in books.competencies if c.id == line.competency)
            findings.warning(place, f"chưa bài nào dạy năng lực {line.competency}")


def coverage(books: Books) -> list[Coverage]:
    table = []
    for competency in books.competencies:
        own = [item for item in books.items if item.competency == competency.id]
        table.append(
            Coverage(
                competency=competency.id,
                name=competency.name,
                lessons=sum(competency.id in lesson.competencies for lesson in books.lessons),
                practice=sum(item.is_practice for item in own),
                recorded=sum(item.is_recorded for item in own),
                critical=sum(item.is_recorded and item.critical for item in own),
                cards=sum(any(line.competency == competency.id for line in card.rubric) for card in books.tasks),
            )
        )
    return table


def as_table(table: list[Coverage]) -> str:
    heads = ("năng lực", "bài dạy", "luyện", "ghi nhận", "an toàn", "phiếu")
    return in_columns([heads, *((c.competency, *map(str, list(asdict(c).values())[2:])) for c in table)])


def in_columns(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows under their heads, each column as wide as its widest cell."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _check_counts(skill: Skill, items: list[Item], findings: Findings) -> None:
    recorded = sum(item.is_recorded for item in items)
    practice = sum(item.is_practice for item in items)
    if recorded < MIN_RECORDED:
        findings.error(
            skill.place,
            f"kỹ năng {skill.id} có {recorded} câu ghi nhận (pool và status: ghi-nhan), cần ít nhất {MIN_RECORDED}",
        )
    if practice < MIN_PRACTICE:
        findings.error(
            skill.place,
            f"kỹ năng {skill.id} có {practice} câu luyện tập (pool: luyen, status: duyet), cần ít nhất {MIN_PRACTICE}",
        )


def _check_blueprint(skill: Skill, recorded: list[Item], findings: Findings) -> None:
    """A form can be drawn: every Q competency, enough safety items, few true/false."""
    for competency in skill.competencies:
        own = [item for item in recorded if item.competency == competency.id]
        if "Q" in competency.evidence and not own:
            findings.error(competency.place, f"năng lực {competency.id} có bằng chứng Q mà chưa có câu ghi nhận nào")
        for item in own:
            if item.critical and not competency.critical:
                findings.error(
                    item.place, f"câu {item.id} ghi critical mà năng lực {competency.id} không phải năng lực an toàn ★"
                )
    critical = sum(item.critical for item in recorded)
    if critical < FORM_CRITICAL:
        findings.error(
            skill.place, f"kỹ năng {skill.id} có {critical} câu ghi nhận critical, một đề cần {FORM_CRITICAL}"
        )
    others = sum(item.type != "truefalse" for item in recorded)
    if len(recorded) >= FORM_ITEMS and others < FORM_ITEMS - FORM_TRUE_FALSE:
        findings.error(
            skill.place,
            f"kỹ năng {skill.id}: đề {FORM_ITEMS} câu chỉ được {FORM_TRUE_FALSE} câu đúng/sai, "
            f"cần thêm câu loại khác (đang có {others})",
        )
