"""After handing in: passed or not, and what to read again. Never a question, an answer or a key."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask_login import current_user

from lms.access.guard import allow
from lms.access.rules import Right
from lms.classes.queries import waiting
from lms.clock import now, today
from lms.courses import queries as courses
from lms.quizzes import queries
from lms.quizzes.queries.regrading import later_steps
from lms.quizzes.views.doors import door
from lms.quizzes.views.sitting import Sitting, competency_names, sitting_or_404, skill_of


@door.get("/kiem-tra/<string:quiz>/bai/<uuid:attempt>/ket-qua")
@allow(Right.ANSWER_QUIZ)
def result(quiz: str, attempt: UUID):
    sitting = sitting_or_404(quiz, attempt)
    found = sitting.attempt.stands
    if found is None:
        return redirect(url_for("quizzes.review", quiz=quiz, attempt=attempt))
    waits = waiting.held([current_user.canonical_id], today()).get(attempt)
    if waits is not None:
        return render_template("quizzes/result_waits.html", sitting=sitting, skill=skill_of(sitting.test), waits=waits)
    revise = [] if sitting.test.kind != "skill" else list(found["revise"])
    treated = queries.steps_treating(revise)
    links = courses.step_links({step for steps in treated.values() for step in steps})
    asked = None
    if not sitting.attempt.has_passed and sitting.test.kind != "observer":
        asked = queries.admission(current_user.canonical_id, sitting.test, now())
    return render_template(
        "quizzes/result.html",
        sitting=sitting,
        skill=skill_of(sitting.test),
        passed=sitting.attempt.has_passed,
        changes=later_steps(attempt),
        held=_held(sitting, revise),
        revise=[
            (name, [links[step] for step in treated[one] if step in links])
            for one, name in _in_order(revise, competency_names(revise))
        ],
        asked=asked,
    )


def _held(sitting: Sitting, revise: list[str]) -> list[str]:
    """Names of the competencies asked of which nothing is to be read again: what holds, never which question."""
    if sitting.test.kind != "skill":
        return []
    asked = {item.competency for item in queries.form_items(sitting.attempt) if item.competency}
    return [name for _id, name in sorted(competency_names(sorted(asked.difference(revise))).items())]


def _in_order(ids: list[str], names: dict[str, str]) -> list[tuple[str, str]]:
    return [(one, names[one]) for one in ids if one in names]
