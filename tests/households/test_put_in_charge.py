"""Named households in the charge of a member of a team: given, taken over, given up, handed over by whoever leaves."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms import clock
from lms.db import db
from lms.households import queries
from lms.households.actions import charging, living
from lms.households.models import HouseholdCharge
from lms.journal import JournalLine
from lms.people import actions as people
from lms.refusals import Refusal
from lms.teams import actions as teams
from lms.teams.models import TeamMember
from tests import cast, facts
from tests.cast import Cast
from tests.certificates.town import enter


@pytest.fixture
def made(db_session, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(facts, "publish", facts.publish_framework)
    return cast.settle(0)


def member_of(made: Cast, person) -> TeamMember:
    return db.session.scalars(select(TeamMember).where(TeamMember.person_id == person.id)).one()


def page_of(made: Cast, person=None) -> str:
    return f"/to/{made.team.id}/nguoi/{member_of(made, person or made.nam).id}/ho"


def second(made: Cast):
    person = people.create_person("Hà Thị Sen", 1992)
    teams.appoint(made.team.id, person.id, cast.BEGAN)
    db.session.commit()
    return person


def has(person) -> set[int]:
    return queries.own_charge(person.id, clock.today())


def test_an_officer_gives_households_and_the_member_sees_them_first(app, made) -> None:
    mai = enter(app, made.mai)
    page = mai.get(f"{page_of(made)}?thon={made.village.id}").text
    assert "Bùi Văn Tư" in page and "chưa ai phụ trách" in page and "2 hộ chưa ai" in page and " checked" not in page
    answer = mai.post(f"{page_of(made)}/giao", data={"ho": made.household.id, "thon": made.village.id})
    assert answer.status_code == 303 and has(made.nam) == {made.household.id}
    assert "Bùi Văn Tư" in mai.get(page_of(made)).text and "1 hộ chưa ai" in mai.get(page_of(made)).text
    nam = enter(app, made.nam)
    assert "Hộ của tôi (1)" in nam.get("/di-tham").text
    own = nam.get("/di-tham?ho-cua-toi=1").text
    assert "Bùi Văn Tư" in own and own.count("/di-tham/ho/") == 1
    read = db.session.scalars(select(JournalLine).where(JournalLine.kind == "read-household")).all()
    assert made.mai.id in {line.actor_id for line in read}


def test_a_household_has_one_member_of_the_team_at_a_time(app, made) -> None:
    sen = second(made)
    charging.put_in_charge(member_of(made, made.nam), [made.household.id], made.mai.id)
    db.session.commit()
    page = enter(app, made.mai).get(f"{page_of(made, sen)}?thon={made.village.id}").text
    assert "đang do Phạm Văn Nam phụ trách" in page
    free = enter(app, made.mai).get(f"{page_of(made, sen)}?thon={made.village.id}&trong=1").text
    assert "Bùi Văn Tư" not in free
    assert charging.put_in_charge(member_of(made, sen), [made.household.id], made.mai.id) == 1
    assert charging.put_in_charge(member_of(made, sen), [made.household.id], made.mai.id) == 0
    assert (has(made.nam), has(sen)) == (set(), {made.household.id})
    assert db.session.query(HouseholdCharge).count() == 2, "what was stays in the book"


def test_given_up_and_handed_over(app, made) -> None:
    sen, mai = second(made), enter(app, made.mai)
    charging.put_in_charge(member_of(made, made.nam), [made.household.id], made.mai.id)
    db.session.commit()
    to = {"ho": made.household.id, "cho": member_of(made, sen).id}
    assert mai.post(f"{page_of(made)}/giao", data=to).status_code == 303
    assert (has(made.nam), has(sen)) == (set(), {made.household.id})
    assert mai.post(f"{page_of(made, sen)}/thoi", data={"ho": made.household.id}).status_code == 303
    assert has(sen) == set() and queries.without_charge(made.team.id, [made.village.id], clock.today()) == {
        made.village.id: 2
    }


def test_whoever_left_still_has_households_to_hand_over(app, made) -> None:
    sen = second(made)
    charging.put_in_charge(member_of(made, made.nam), [made.household.id], made.mai.id)
    db.session.commit()
    teams.leave(member_of(made, made.nam), clock.today(), clock.today(), None, "chuyển đi")
    db.session.commit()
    assert has(made.nam) == set()
    mai = enter(app, made.mai)
    assert "Bàn giao hộ đã phụ trách" in mai.get(f"/to/{made.team.id}").text
    page = mai.get(page_of(made)).text
    assert "Đã thôi ở tổ" in page and "Bùi Văn Tư" in page
    mai.post(f"{page_of(made)}/giao", data={"ho": made.household.id, "cho": member_of(made, sen).id})
    assert has(sen) == {made.household.id}


def test_what_is_not_given(app, made) -> None:
    member = member_of(made, made.nam)
    far = living.found_household("Vi Văn Xa", made.other_village.id, facts.SETTLED)
    for ids, code in (([], "nobody"), ([far.id], "not-there"), (range(1, 300), "too-many")):
        with pytest.raises(Refusal) as caught:
            charging.put_in_charge(member, list(ids), made.mai.id)
        assert caught.value.code == code
    assert db.session.query(HouseholdCharge).count() == 0
    answer = enter(app, made.mai).post(f"{page_of(made)}/giao", data={}, follow_redirects=True)
    assert "Chưa chọn hộ nào" in answer.text


def test_who_may_give(app, made) -> None:
    address = page_of(made)
    for person in (made.nam, made.hoa, made.lan):
        assert enter(app, person).get(address).status_code == 403
    assert enter(app, made.khach).get(address).status_code == 404
    assert enter(app, made.khach).post(f"{address}/giao", data={"ho": made.household.id}).status_code == 404
    assert enter(app, made.mai).get(f"{address}?thon={made.other_village.id}").status_code == 404
    other = teams.found_team("Tổ khác", made.team.unit_id, cast.BEGAN)
    db.session.commit()
    assert enter(app, made.mai).get(address.replace(f"/to/{made.team.id}", f"/to/{other.id}")).status_code == 404


def test_a_list_of_any_length_costs_the_same(app, made, queries) -> None:
    mai, counts = enter(app, made.mai), []
    for more in (0, 6):
        for number in range(more):
            living.found_household(f"Bùi Văn Thêm {number}", made.village.id, clock.today() - timedelta(days=9))
        db.session.commit()
        address = f"{page_of(made)}?thon={made.village.id}"
        mai.get(address)
        with queries() as said:
            mai.get(address)
        counts.append(len(said))
    assert counts[0] == counts[1]
