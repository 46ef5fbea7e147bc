"""What a witness saw at a task card, line by line, and what it is worth.

Scale: 0 làm hộ · 1 cầm tay · 2 nhắc lời · 3 tự làm · 4 dạy lại được (assessment.md §3.2 point 4).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lms.quizzes.rules.shapes import Problem

SCALE = range(5)
HAND_HELD = 1
"""At 0 and 1 somebody else did it."""


@dataclass(frozen=True, slots=True)
class RubricLine:
    id: str
    competency: str
    core: bool
    critical: bool
    text: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    id: str
    skill: str
    rubric: tuple[RubricLine, ...]


@dataclass(frozen=True, slots=True)
class Observation:
    lines: Mapping[str, int]
    """Rubric id → 0–4."""
    independence: int
    """Of the whole act, on the same scale."""
    identity_checked: bool
    accommodation: str = "none"
    failed: frozenset[str] = field(default_factory=frozenset)
    """Critical lines on which the dangerous mistake was made, however unaided."""


@dataclass(frozen=True, slots=True)
class Needs:
    """The ruleset's numbers."""

    min_independence: int = 3
    identity_checked: bool = True
    accommodations: frozenset[str] = frozenset({"none", "reader"})


@dataclass(frozen=True, slots=True)
class Judgement:
    passed: bool
    """A success of *Làm*."""
    assisted: bool
    """Done, not alone: shown as progress, never counted, and no failed try either."""
    counts_as_witness: bool
    """Fit to be *Chứng*."""
    reasons: tuple[Problem, ...] = ()


NEEDS = Needs()


def read_card(raw: Mapping[str, Any]) -> Card:
    """A card from its kept version (`TaskCardVersion.body`)."""
    lines = (
        RubricLine(row["id"], row["competency"], bool(row["core"]), bool(row["critical"]), row.get("text", ""))
        for row in raw["rubric"]
    )
    return Card(raw["id"], raw["skill"], tuple(lines))


def observation_problems(card: Card, seen: Observation) -> list[Problem]:
    """Why an observation cannot be signed as it is filled in."""
    found: list[Problem] = []
    known = {line.id: line for line in card.rubric}
    for line_id in sorted(set(seen.lines) - set(known)):
        found.append(Problem("unknown-line", "Phiếu không có dòng này. Tải lại trang rồi ghi lại.", line_id))
    for line in card.rubric:
        if line.id not in seen.lines:
            found.append(Problem("missing-line", f"Chưa ghi mức cho dòng «{line.text or line.id}».", line.id))
        elif seen.lines[line.id] not in SCALE:
            found.append(Problem("level", f"Mức của dòng «{line.text or line.id}» phải từ 0 đến 4.", line.id))
    if seen.independence not in SCALE:
        found.append(Problem("independence", "Chưa chọn mức tự làm của cả buổi, từ 0 đến 4."))
    for line_id in sorted(seen.failed):
        if line_id not in known or not known[line_id].critical:
            found.append(Problem("not-critical", "Lỗi nguy hiểm chỉ ghi ở dòng an toàn của phiếu.", line_id))
    return found


def judge(card: Card, seen: Observation, needs: Needs = NEEDS) -> Judgement:
    """Every core line and the whole act at 3 or more, no critical line failed, the learner's identity checked."""
    dangerous = [line for line in card.rubric if line.critical and _failed(line, seen)]
    helped = [line for line in card.rubric if line.core and _level(line, seen) < needs.min_independence]
    alone = not helped and seen.independence >= needs.min_independence and any(line.core for line in card.rubric)
    allowed = seen.accommodation in needs.accommodations
    identified = seen.identity_checked or not needs.identity_checked
    reasons = [
        Problem("critical-failed", f"Chưa an toàn ở dòng «{line.text or line.id}».", line.id) for line in dangerous
    ]
    reasons += [Problem("helped", f"Còn phải giúp ở dòng «{line.text or line.id}».", line.id) for line in helped]
    if not alone and not helped:
        reasons.append(Problem("helped", "Cả buổi còn phải nhắc hoặc làm giúp, nên chưa tính là tự làm."))
    if not allowed:
        reasons.append(Problem("accommodation", "Cách trợ giúp này không được tính."))
    if not identified:
        reasons.append(Problem("identity", "Chưa kiểm tra đúng người, nên lần này không tính là có người chứng."))
    return Judgement(
        passed=not dangerous and alone and allowed,
        assisted=not dangerous and not (alone and allowed),
        counts_as_witness=not dangerous and alone and identified,
        reasons=tuple(reasons),
    )


def _level(line: RubricLine, seen: Observation) -> int:
    """A line not filled in was not seen."""
    return seen.lines.get(line.id, 0)


def _failed(line: RubricLine, seen: Observation) -> bool:
    return line.id in seen.failed or _level(line, seen) <= HAND_HELD
