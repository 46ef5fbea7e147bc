"""Every write about rulesets coming into force: keeping a trial, the act itself, concluding those who wait for it."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import insert, select

from lms import clock, completion
from lms.clock import day_of
from lms.db import db, writes
from lms.refusals import Refusal
from lms.rulesets import queries
from lms.rulesets.models import RulesetTrial, RulesetTrialLine
from lms.rulesets.queries import Found
from lms.rulesets.rules import SHORTEST_REASON, why_not_on
from lms.skills import publishing
from lms.skills.models import Ruleset, RulesetActivation
from lms.vietnamese import clean


@writes
def keep_trial(
    id: UUID, ruleset: Ruleset, on_day: date, made_by_id: int | None, looked_at: int, found: Iterable[Found]
) -> RulesetTrial:
    """Who gains and who has to do again, with the commune of each as of today. The same id again is the same trial."""
    known = queries.trial(id)
    if known is not None:
        return known
    row = RulesetTrial(
        id=id,
        ruleset_id=ruleset.id,
        on_day=on_day,
        made_at=clock.now(),
        made_by_id=made_by_id,
        looked_at=looked_at,
    )
    db.session.add(row)
    db.session.flush()  # its lines name it
    lines = list(found)
    communes = queries.communes_of_people(sorted({line.person_id for line in lines}), clock.today())
    if lines:
        db.session.execute(
            insert(RulesetTrialLine),
            [
                {
                    "trial_id": id,
                    "person_id": line.person_id,
                    "skill_id": line.skill_id,
                    "unit_id": communes.get(line.person_id),
                    "change": str(line.change),
                }
                for line in lines
            ],
        )
    return row


@writes
def put_in_force(trial: RulesetTrial, reason: str, signers: Sequence[str]) -> RulesetActivation:
    """From the trial's day on. Tried out the same day, with a reason and who decided; never edited afterwards."""
    db.session.execute(select(Ruleset.id).order_by(Ruleset.id).with_for_update())  # two at one instant: one waits
    check(trial.ruleset_id, trial.on_day)
    if day_of(trial.made_at) != clock.today():
        raise Refusal("Lần xem thử này đã cũ. Xem thử lại hôm nay rồi mới cho có hiệu lực.", "old-trial")
    said, names = clean(reason), [clean(name) for name in signers if clean(name)]
    if len(said) < SHORTEST_REASON:
        raise Refusal("Ghi rõ lý do, ví dụ số và ngày của quyết định.", "no-reason")
    if not names:
        raise Refusal("Ghi tên người quyết định.", "no-signer")
    return publishing.activate(trial.ruleset_id, trial.on_day, names, reason=said)


@writes
def conclude_stale(at_most: int) -> int:
    """Conclude some of those whom the ruleset last come into force left waiting, with their households; says how many."""
    people = queries.stale_people(clock.today(), at_most)
    completion.recompute(people)
    return len(people)


def check(ruleset_id: str, on_day: date) -> Ruleset:
    """The ruleset, if it may be put in force from this day."""
    ruleset = db.session.get(Ruleset, ruleset_id)
    if ruleset is None:
        raise Refusal(f"Không có bộ quy tắc «{ruleset_id}».", "no-ruleset")
    known = queries.activations()
    if any(row.ruleset_id == ruleset_id for row in known):
        raise Refusal(f"Bộ quy tắc {ruleset_id} đã được cho có hiệu lực rồi.", "known")
    problem = why_not_on(on_day, clock.today(), known[0].on_day if known else None)
    if problem:
        raise Refusal(problem, "day")
    return ruleset
