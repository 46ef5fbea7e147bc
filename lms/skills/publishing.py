"""Putting the skill framework and the rulesets of the books into the database: idempotent, retiring nothing."""

from datetime import date

from sqlalchemy import select

from lms import clock
from lms.db import db, put, writes
from lms.library.books import Books
from lms.library.changes import Changes
from lms.refusals import Refusal
from lms.skills.models import Competency, Ruleset, RulesetActivation, Skill

FIRST_RULESET = "r2026.0"
"""In force from the day of the first publication; later ones are activated by a signed act."""


@writes
def publish(books: Books, changes: Changes) -> None:
    """Skills, competencies and rulesets. Refuses a ruleset whose text changed after it was activated."""
    for position, skill in enumerate(books.skills, 1):
        fields = {"position": position, "slug": skill.slug, "name": skill.name, "short_name": skill.short}
        changes.note(put(Skill, skill.id, fields), "skill", skill.id)
    db.session.flush()  # competencies name their skills
    for position, competency in enumerate(books.competencies, 1):
        fields = {
            "skill_id": competency.skill,
            "position": position,
            "name": competency.name,
            "english": competency.name_en,
            "is_critical": competency.critical,
            "is_core": competency.core,
            "evidence": list(competency.evidence),
            "body": {
                "digcomp": list(competency.digcomp),
                "crosswalk": {frame: list(codes) for frame, codes in competency.crosswalk},
                "can_do": [line.text for line in books.can_do if competency.id in line.maps_to],
            },
        }
        changes.note(put(Competency, competency.id, fields), "competency", competency.id)
    for ruleset in books.rulesets:
        _refuse_changed_rules(ruleset.id, ruleset.digest)
        fields = {"digest": ruleset.digest, "body": ruleset.values}
        changes.note(put(Ruleset, ruleset.id, fields), "ruleset", ruleset.id)
    db.session.flush()  # an activation names its ruleset
    if books.rulesets and not db.session.scalar(select(RulesetActivation.id).limit(1)):
        activate(FIRST_RULESET, clock.today(), ["Lần đặt máy đầu tiên"])


@writes
def activate(ruleset_id: str, on_day: date, signers: list[str], reason: str = "") -> RulesetActivation:
    """From a day on this ruleset is in force."""
    if db.session.get(Ruleset, ruleset_id) is None:
        raise Refusal(f"Không có bộ quy tắc «{ruleset_id}».", "no-ruleset")
    row = RulesetActivation(
        ruleset_id=ruleset_id, on_day=on_day, signers=signers, reason=reason, recorded_at=clock.now()
    )
    db.session.add(row)
    db.session.flush()  # evaluation in the same act must see it
    return row


def _refuse_changed_rules(ruleset_id: str, digest: str) -> None:
    known = db.session.get(Ruleset, ruleset_id)
    if known is None or known.digest == digest:
        return
    if db.session.scalar(select(RulesetActivation.id).where(RulesetActivation.ruleset_id == ruleset_id).limit(1)):
        raise Refusal(f"Bộ quy tắc {ruleset_id} đang có hiệu lực nên không sửa được. Viết bộ mới.", "ruleset-active")
