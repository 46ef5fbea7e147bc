"""The honest number of a unit and a village's garden: true, the same whatever asks, closed to strangers, remembered."""

import csv
import io
import json
from datetime import date

import pytest
from sqlalchemy import select

from lms.db import db
from lms.households.actions import living
from lms.journal import JournalLine
from lms.places import actions as places
from lms.places.known_units import today_units
from lms.reports import actions, queries
from tests import cast as people_of
from tests import facts
from tests.visits import get


@pytest.fixture
def cast(db_session):
    made = people_of.settle()
    for skill in facts.SKILLS:
        facts.prove(made.lan.id, skill, date(2026, 5, 4))
    for skill in facts.SKILLS[:4]:
        facts.prove(made.nam.id, skill, date(2026, 5, 5))
    db.session.commit()
    return made


def test_one_number_with_its_denominator_and_what_stands_behind(client, cast):
    people_of.sign_in(client, "mai")
    commune = communes()["Ngọc Liên"]
    shown = get(client, f"/don-vi/{commune}")
    assert "1/5 hộ nở trọn" in shown and "20,0%" in shown
    assert "hàng R4" in shown and "Giáo viên chứng" in shown and "Wilson" in shown
    assert "1</b> hộ chỉ còn một bước" in shown
    assert "Bùi Thị Lan" not in shown, "figures name nobody"
    assert "0/5 hộ nở trọn" in get(client, f"/don-vi/{commune}?ngay=2026-05-03")
    assert "Ngày 30/06/2025 chưa ghi hộ nào" in get(client, f"/don-vi/{commune}?ngay=2025-06-30")
    assert "1/5" in get(client, f"/don-vi/{commune}?ngay=hom-qua&cay=x"), "a spoilt day is today"
    get(client, f"/thon/{cast.village.id}?sau=rác")


def test_the_garden_puts_the_nearest_first_and_the_golden_last(client, cast):
    people_of.sign_in(client, "mai")
    shown = get(client, f"/thon/{cast.village.id}")
    assert shown.index("Phạm Văn Nam") < shown.index("Bùi Văn Cha 1") < shown.index("Bùi Văn Tư")
    assert "5/5 kỹ năng" in shown, "the flower's text twin"
    assert "Phạm Văn Nam" in get(client, f"/thon/{cast.village.id}?loc=near")
    lacking_s5 = get(client, f"/thon/{cast.village.id}?loc=s5")
    assert "Phạm Văn Nam" in lacking_s5 and "Bùi Văn Tư" not in lacking_s5
    assert "Bùi Văn Tư" in get(client, f"/thon/{cast.village.id}?loc=hong"), "an unknown filter is none"


def test_reading_a_garden_leaves_a_line_and_reading_figures_none(client, cast):
    people_of.sign_in(client, "nam")
    get(client, f"/thon/{cast.village.id}")
    line = db.session.scalars(select(JournalLine).where(JournalLine.kind == "read-household")).one()
    assert line.actor_id == cast.nam.id and line.detail["count"] == 5


def test_the_stranger_finds_nothing(client, cast):
    people_of.sign_in(client, "khach")
    for address in (f"/thon/{cast.village.id}", f"/don-vi/{communes()['Ngọc Liên']}", "/thon/999999"):
        get(client, address, 404)
    province = communes()["Thanh Hoá"]
    get(client, f"/don-vi/{province}", 404)
    get(client, f"/don-vi/{communes()['Ngọc Liên']}/bang.csv", 404)


def test_a_team_sees_its_village_only(client, cast):
    people_of.sign_in(client, "nam")
    get(client, f"/thon/{cast.village.id}")
    get(client, f"/thon/{cast.other_village.id}", 404)
    get(client, f"/don-vi/{communes()['Ngọc Liên']}", 404)
    people_of.sign_in(client, "lan")
    get(client, f"/thon/{cast.village.id}", 403)


def test_an_ended_village_is_open_to_those_who_see_all_it_became(client, cast):
    people_of.sign_in(client, "mai")
    parts = places.split_unit(
        cast.village, [("thon", "Thôn Mẫu Trên"), ("thon", "Thôn Mẫu Dưới")], {}, date(2026, 9, 1)
    )
    ours, theirs = parts[0], communes()["Minh Sơn"]
    db.session.commit()
    get(client, f"/thon/{cast.village.id}?ngay=2026-08-01")
    places.move_unit(ours, theirs, date(2026, 10, 1))
    db.session.commit()
    get(client, f"/thon/{cast.village.id}?ngay=2026-08-01", 404)


def test_the_old_tree_counts_todays_households_in_the_old_places(db_session):
    facts.publish()
    village = facts.village()
    other = facts.village(name="Thôn Mẫu 2")
    for unit, name in ((village, "Bùi Văn Tư"), (other, "Bùi Văn Bốn")):
        _row, (head,) = facts.household(unit, (name, 1960))
        for skill in facts.SKILLS:
            facts.prove(head.id, skill, date(2026, 5, 4))
    commune = communes()["Ngọc Liên"]
    merged = merge(village, other, date(2026, 10, 1))
    day, before = date(2026, 11, 1), date(2026, 9, 1)
    actions.count()
    for tree in (before, day):
        shown = queries.figures_in_tree([commune, village.id, other.id, merged.id], day, tree)
        assert (shown[commune].households, shown[commune].strict) == (2, 2), tree
        old, new = (1, 0) if tree == before else (0, 2)
        assert [shown[one.id].households for one in (village, other, merged)] == [old, old, new]
    assert queries.figures_in_tree([commune], before, day)[commune].households == 2, "a past day in today's tree"
    assert queries.figures_in_tree([commune], day, day)[commune] == queries.figures([commune], day)[commune]


def test_a_page_asks_the_same_number_of_questions_whatever_its_size(client, cast, queries):
    people_of.sign_in(client, "mai")
    commune = communes()["Ngọc Liên"]
    addresses = (f"/don-vi/{commune}", f"/don-vi/{commune}?cay=2026-03-01", f"/thon/{cast.village.id}", "/ho-gia-dinh",
                 f"/ho-gia-dinh/{cast.household.id}")  # fmt: skip
    few = [asked(client, address, queries) for address in addresses]
    for n in range(2, 8):
        village = places.found_unit("thon", f"Thôn Mẫu {n}", facts.SETTLED, commune)
        facts.household(village, (f"Ông {n}", 1960))
        facts.household(cast.village, (f"Bà {n}", 1960))
    assert [asked(client, address, queries) for address in addresses] == few
    assert max(few) <= 26


def asked(client, address, queries):
    with queries() as said:
        get(client, address)
    return len(said)


def test_the_table_and_the_command_say_what_the_page_says(client, app, cast):
    people_of.sign_in(client, "mai")
    commune = communes()["Ngọc Liên"]
    rows = list(csv.reader(io.StringIO(get(client, f"/don-vi/{commune}/bang.csv").lstrip("\ufeff")), delimiter=";"))
    assert not [cell for row in rows for cell in row if "Bùi" in cell]
    assert rows[1][:4] == ["Xã Ngọc Liên", "5", "1", "20,0"] and rows[2][0] == "Thôn Mẫu 1"
    said = app.test_cli_runner().invoke(args=["reports", "export", str(commune), "--day", "2026-05-03"])
    body = json.loads(said.output)
    assert body["unit"]["households"] == 5 and body["unit"]["strict"] == 0 and body["error_row"] == "R4"
    assert [row["unit"] for row in body["below"]] == ["Thôn Mẫu 1"]
    assert app.test_cli_runner().invoke(args=["reports", "export", "999999"]).exit_code == 1


def test_many_units_come_in_parts_and_as_a_table(client, cast):
    commune = communes()["Ngọc Liên"]
    for number in range(45):
        places.found_unit("thon", f"Thôn <Mẫu> {number:02}", date(2026, 1, 1), commune, derive=number == 44)
    db.session.commit()
    people_of.sign_in(client, "mai")
    first = get(client, f"/don-vi/{commune}?ngay=2026-11-01")
    assert first.count("Thôn &lt;Mẫu&gt;") == 39 and "<Mẫu>" not in first, "forty with the one that has households"
    assert first.index("Thôn Mẫu 1") < first.index("Thôn &lt;Mẫu&gt; 00"), "the largest share first"
    rest = get(client, f"/don-vi/{commune}?ngay=2026-11-01&sau=40")
    assert "Thôn &lt;Mẫu&gt; 44" in rest and "Thôn &lt;Mẫu&gt; 38" not in rest
    assert rest.count("?ngay=2026-11-01") >= 6, "the day is kept in every link"
    table = get(client, f"/don-vi/{commune}?dang=bang")
    assert '<th scope="row">Thôn Mẫu 1</th><td class="num">5</td>' in table and "multiples" not in table
    assert "Thôn Mẫu 1" in get(client, f"/don-vi/{commune}?sau=-1") and get(client, f"/don-vi/{commune}?sau=9²")


def test_counting_is_safe_to_repeat(app, cast):
    runner = app.test_cli_runner()
    commune = communes()["Ngọc Liên"]
    before = queries.figures([commune], date(2026, 11, 22))
    assert json.loads(runner.invoke(args=["reports", "count", "--json"]).output)["folded"] > 0
    assert json.loads(runner.invoke(args=["reports", "count", "--json"]).output)["folded"] == 0
    db.session.rollback()
    assert queries.figures([commune], date(2026, 11, 22)) == before


def merge(one, other, day):
    merged = places.merge_units([one, other], "thon", "Thôn Mẫu Gộp", day)
    living.follow_units([one.id, other.id], merged.id, day)
    db.session.commit()
    return merged


def communes():
    return {name: unit.id for name, unit in today_units().items()}
