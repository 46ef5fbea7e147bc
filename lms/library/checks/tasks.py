"""Task cards: two per skill, and every K competency seen in each."""

from lms.library.books import Books, Competency, Skill, TaskCard
from lms.library.checks.references import each_known
from lms.library.problems import Findings

MIN_CARDS = 2
"""Two different cards make the two successes of *Làm* (r2026.0)."""
OBSERVER_QUESTIONS = 5


def check(books: Books, findings: Findings) -> None:
    skills = {skill.id: skill for skill in books.skills}
    for card in books.tasks:
        each_known([card.skill], skills, card.place, "kỹ năng", findings)
        if card.skill in skills:
            _check_card(card, skills[card.skill], findings)
    for skill in books.skills:
        count = sum(card.skill == skill.id for card in books.tasks)
        if count < MIN_CARDS:
            findings.error(skill.place, f"kỹ năng {skill.id} có {count} phiếu việc, cần ít nhất {MIN_CARDS}")
    if books.observer and len(books.observer.items) != OBSERVER_QUESTIONS:
        findings.error(
            books.observer.lesson.place,
            f"bài cho người chứng cần đúng {OBSERVER_QUESTIONS} câu hỏi, đang có {len(books.observer.items)}",
        )


def _check_card(card: TaskCard, skill: Skill, findings: Findings) -> None:
    competencies: dict[str, Competency] = {competency.id: competency for competency in skill.competencies}
    for at, line in enumerate(card.rubric):
        each_known([line.competency], competencies, card.place.part(at), f"năng lực của {skill.id}", findings)
    if not card.id.startswith(f"t.{skill.id}."):
        findings.error(card.place, f"mã phiếu «{card.id}» cần mở đầu bằng «t.{skill.id}.»")
    for competency in skill.competencies:
        if competency.core and not any(line.core and line.competency == competency.id for line in card.rubric):
            findings.error(
                card.place, f"phiếu {card.id} thiếu dòng quan sát core cho năng lực {competency.id} ({competency.name})"
            )
    for at, line in enumerate(card.rubric):
        seen = competencies.get(line.competency)
        if seen is None or not line.core:
            continue
        if not seen.core:
            findings.error(
                card.place.part(at), f"phiếu {card.id}, dòng {line.id}: {line.competency} không phải năng lực core"
            )
        if seen.critical and not line.critical:
            findings.error(
                card.place.part(at),
                f"phiếu {card.id}, dòng {line.id}: {line.competency} là năng lực an toàn, cần critical: true",
            )
