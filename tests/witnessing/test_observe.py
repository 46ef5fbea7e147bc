"""Signing what was seen: a teacher, an officer and a team member may; everybody too close or too far may not."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from lms import clock, completion
from lms.certificates.models import Revocation
from lms.db import db
from lms.people import actions as people
from lms.people.models import Kinship, Person
from lms.refusals import Refusal
from lms.skills.models import Evidence, SkillSpell
from lms.skills.queries import standings
from lms.witnessing.models import Observation, TaskCard
from lms.witnessing.queries import session_open_for
from tests import members
from tests.witnessing import world as made
from tests.witnessing.world import CARD, OTHER_CARD


def refused(code: str, *args: object, **changes: object) -> None:
    before = db.session.scalar(select(func.count()).select_from(Observation))
    with pytest.raises(Refusal) as caught:
        made.observe(*args, **changes)  # type: ignore[arg-type]
    assert caught.value.code == code and caught.value.sentence
    assert db.session.scalar(select(func.count()).select_from(Observation)) == before


def lines_of(card: str) -> dict[str, int]:
    book = next(one for one in made.shelf().tasks if one.id == card)
    return {line.id: 3 for line in book.rubric}


def test_a_quiz_and_two_cards_seen_open_the_petal(inside: SimpleNamespace) -> None:
    made.evidence_of_quiz(inside.an)
    first = made.observe(inside.hoa, inside.an)
    now = standings([inside.an], clock.today())[inside.an]["s3"]
    assert now.keys.do_count == 1 and not now.is_proficient and now.reasons
    second = made.observe(inside.hoa, inside.an, OTHER_CARD, lines=lines_of(OTHER_CARD))
    assert first.admitted and second.admission["facts"]["role"] == "teacher"
    spell = db.session.scalars(select(SkillSpell).where(SkillSpell.person_id == inside.an)).one()
    assert (spell.skill_id, spell.witness_role) == ("s3", "teacher")


def test_the_evidence_says_who_saw_what(inside: SimpleNamespace) -> None:
    row = made.observe(inside.mai, inside.lan, accommodation="reader", place=" Nhà văn hoá ")
    kept = db.session.get_one(Evidence, row.id)
    assert kept.actors == [{"person": inside.mai, "part": "witness", "as": "commune-officer"}]
    assert kept.content[0]["id"] == CARD and kept.content[0]["digest"] == row.card_digest
    assert (kept.session_id, kept.mode, kept.ruleset_id) == (row.id, "witnessed", "r2026.0")
    assert row.place == "Nhà văn hoá" and row.admission["facts"]["recheck"] == "2"


def test_the_same_card_twice_is_not_two(inside: SimpleNamespace) -> None:
    made.evidence_of_quiz(inside.an)
    made.observe(inside.hoa, inside.an)
    made.observe(inside.hoa, inside.an)
    assert not db.session.scalars(select(SkillSpell).where(SkillSpell.person_id == inside.an)).all()


def test_sent_twice_it_counts_once(inside: SimpleNamespace) -> None:
    id = uuid4()
    first = made.observe(inside.hoa, inside.an, id=id)
    assert made.observe(inside.hoa, inside.an, id=id).id == first.id
    assert len(db.session.scalars(select(Observation)).all()) == 1
    assert len(db.session.scalars(select(Evidence)).all()) == 1
    refused("taken", inside.hoa, inside.an, OTHER_CARD, id=id, lines=lines_of(OTHER_CARD))


def test_what_is_seen_while_a_test_is_open_belongs_to_it(inside: SimpleNamespace) -> None:
    window = made.open_test(inside.hoa, class_id=inside.school_class)
    assert made.observe(inside.hoa, inside.an).session_id == window.id
    other = made.open_test(inside.hoa, "mua-sam", class_id=inside.school_class)
    assert session_open_for(inside.an, "s2", clock.now()).id == other.id
    with clock.frozen(made.later(minutes=60)):
        alone = made.observe(inside.hoa, inside.an)
        assert alone.session_id == alone.id


def test_a_linked_pupil_is_the_same_person(inside: SimpleNamespace) -> None:
    """The commune's record gives the household, the school's the class; the officer is kept out by either."""
    pupil, member = db.session.get_one(Person, inside.an), db.session.get_one(Person, inside.far)
    completion.link_confirmed(pupil, member, None)
    db.session.add(Kinship(person_id=inside.far, relative_id=inside.hoa, kind="close", recorded_at=made.NOW))
    db.session.flush()
    refused("close-kin", inside.hoa, inside.an)
    row = made.observe(inside.mai, inside.an)
    assert row.learner_id == inside.an


def test_a_team_member_attests_once_proficient_and_taught(inside: SimpleNamespace) -> None:
    refused("not-proficient", inside.nam, inside.lan)
    made.make_proficient(inside.nam)
    refused("no-observer-lesson", inside.nam, inside.lan)
    made.pass_observer_lesson(inside.nam)
    refused("not-certified", inside.nam, inside.lan)
    paper = members.certify(inside.nam, inside.lien, inside.mai, clock.today())
    assert made.observe(inside.nam, inside.lan).witness_role == "team-member"
    with clock.frozen(made.later(days=1)):
        refused("not-certified", inside.nam, inside.tu)
    db.session.add(
        Revocation(id=uuid4(), certificate_id=paper.id, reason="Thử", asked_by=inside.mai, asked_at=made.NOW,
                   decided_by=inside.hoa, decided_at=made.NOW, outcome="revoked")
    )  # fmt: skip
    db.session.flush()
    refused("not-certified", inside.nam, inside.tu)
    refused("other-village", inside.nam, inside.far)
    refused("colleague", inside.nam, inside.sen)
    refused("self", inside.nam, inside.nam)


def test_members_are_attested_from_outside_their_team(inside: SimpleNamespace) -> None:
    made.evidence_of_quiz(inside.sen, mode="unattended")
    refused("quiz-not-proctored", inside.hoa, inside.sen)
    assert made.observe(inside.hoa, inside.nam).witness_role == "teacher"
    made.certify(inside.khe_member)
    assert made.observe(inside.khe_member, inside.nam).witness_role == "team-member"


@pytest.mark.parametrize(
    ("witness", "learner", "code"),
    [
        ("hoa", "lan", "other-class"),
        ("stranger", "an", "other-class"),
        ("mai", "far", "other-commune"),
        ("tu", "an", "no-role"),
        ("hoa", "binh", "no-consent"),
    ],
)
def test_who_may_not(inside: SimpleNamespace, witness: str, learner: str, code: str) -> None:
    refused(code, getattr(inside, witness), getattr(inside, learner))


def test_one_household_does_not_attest_itself(inside: SimpleNamespace) -> None:
    people.grant_role(inside.lan, made.Role.COMMUNE_OFFICER, made.BEGAN, unit_id=inside.lien)
    refused("own-household", inside.lan, inside.tu)


def test_kin_do_not_attest_each_other_but_further_kin_do(inside: SimpleNamespace) -> None:
    tie = Kinship(person_id=inside.an, relative_id=inside.hoa, kind="close", recorded_at=made.NOW)
    db.session.add(tie)
    db.session.flush()
    refused("close-kin", inside.hoa, inside.an)
    tie.kind = "further"
    db.session.flush()
    assert made.observe(inside.hoa, inside.an).admission["facts"]["recheck"] == "2"


def test_not_back_and_forth_within_ninety_days(inside: SimpleNamespace) -> None:
    made.observe(inside.hoa, inside.nam)
    made.agree(inside.hoa)
    for act in (made.make_proficient, made.pass_observer_lesson):
        act(inside.nam)
    people.grant_role(inside.nam, made.Role.COMMUNE_OFFICER, made.BEGAN, unit_id=inside.lien)
    refused("mutual", inside.nam, inside.hoa)
    with clock.frozen(made.later(days=91)):
        made.observe(inside.nam, inside.hoa)


def test_fifteen_a_day_outside_a_session(inside: SimpleNamespace) -> None:
    for number in range(15):
        person = people.create_person(f"Học Viên {number}", 1990)
        made.agree(person.id)
        made.classes.enrol(inside.school_class, person.id, made.BEGAN)
        made.observe(inside.hoa, person.id)
    refused("daily-brake", inside.hoa, inside.an)
    made.open_test(inside.hoa, class_id=inside.school_class)
    assert made.observe(inside.hoa, inside.an).admission["facts"]["place"] == "session"
    with clock.frozen(made.later(days=1)):
        made.observe(inside.hoa, inside.an)


def test_somebody_elses_session_lifts_nobodys_brake(inside: SimpleNamespace) -> None:
    made.open_test(inside.hoa, class_id=inside.school_class)
    for number in range(15):
        person = people.create_person(f"Học Viên {number}", 1990)
        made.agree(person.id)
        made.classes.enrol(inside.school_class, person.id, made.BEGAN)
        assert made.observe(inside.mai, person.id).admission["facts"]["place"] == "outside"
    refused("daily-brake", inside.mai, inside.an)


def test_a_sheet_must_be_whole_and_declared(inside: SimpleNamespace) -> None:
    refused("not-declared", inside.hoa, inside.an, not_kin=False)
    refused("missing-line", inside.hoa, inside.an, lines={"r1": 3})
    refused("level", inside.hoa, inside.an, lines={"r1": 3, "r2": 3, "r3": 7})
    refused("independence", inside.hoa, inside.an, independence=9)
    refused("not-critical", inside.hoa, inside.an, failed=frozenset({"r2"}))
    refused("accommodation", inside.hoa, inside.an, accommodation="telepathy")
    refused("no-card", inside.hoa, inside.an, "t.s3.khong-co")
    db.session.get_one(TaskCard, OTHER_CARD).retired_at = made.NOW
    refused("no-card", inside.hoa, inside.an, OTHER_CARD, lines=lines_of(OTHER_CARD))
    refused("under-15-real-money", inside.hoa, inside.an, on_real_account=True)


def test_help_and_danger_are_kept_but_count_for_nothing(inside: SimpleNamespace) -> None:
    made.evidence_of_quiz(inside.an)
    made.observe(inside.hoa, inside.an, failed=frozenset({"r1"}))
    with clock.frozen(made.later(minutes=5)):  # later, or the mistake would undo whatever came with it
        made.observe(inside.hoa, inside.an, OTHER_CARD, lines=lines_of(OTHER_CARD), independence=2)
        made.observe(inside.hoa, inside.an, OTHER_CARD, lines={**lines_of(OTHER_CARD), "r2": 2})
        now = standings([inside.an], clock.today())[inside.an]["s3"]
        assert now.keys.witness is None and now.keys.do_count == 0
        made.observe(inside.hoa, inside.an, OTHER_CARD, lines=lines_of(OTHER_CARD))
        assert standings([inside.an], clock.today())[inside.an]["s3"].keys.do_count == 1


def test_who_was_not_identified_was_not_seen(inside: SimpleNamespace) -> None:
    made.evidence_of_quiz(inside.an)
    for card in (CARD, OTHER_CARD):
        made.observe(inside.hoa, inside.an, card, lines=lines_of(card), identity_checked=False)
    now = standings([inside.an], clock.today())[inside.an]["s3"]
    assert (now.keys.do_count, now.keys.witness, now.is_proficient) == (2, None, False)


def test_a_correction_takes_the_old_one_back(inside: SimpleNamespace) -> None:
    made.evidence_of_quiz(inside.an)
    old = made.observe(inside.hoa, inside.an, failed=frozenset({"r1"}))
    with clock.frozen(made.later(minutes=5)):
        made.observe(inside.hoa, inside.an, OTHER_CARD, lines=lines_of(OTHER_CARD))
        new = completion.record_observation(uuid4(), inside.hoa, inside.an, CARD, made.seen(), corrects_id=old.id)
        assert new.occurred_at == old.occurred_at
        assert standings([inside.an], clock.today())[inside.an]["s3"].is_proficient
        with pytest.raises(Refusal) as caught:
            completion.record_observation(uuid4(), inside.hoa, inside.an, CARD, made.seen(), corrects_id=old.id)
        assert caught.value.code == "corrected"


def test_only_the_signer_corrects_and_only_that_day(inside: SimpleNamespace) -> None:
    old = made.observe(inside.hoa, inside.an)
    with pytest.raises(Refusal) as caught:
        completion.record_observation(uuid4(), inside.mai, inside.an, CARD, made.seen(), corrects_id=old.id)
    assert caught.value.code == "not-yours"
    with clock.frozen(made.later(days=1)), pytest.raises(Refusal) as caught:
        completion.record_observation(uuid4(), inside.hoa, inside.an, CARD, made.seen(), corrects_id=old.id)
    assert caught.value.code == "too-late"
