"""Two communes that know nothing of each other. Every name in one carries its mark, so a page that tells too much is seen.

Within a world there are two villages, two classes, two teams: somebody of the second is a stranger to the first as well.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient

from lms import clock, completion
from lms.access.rules import Role
from lms.certificates import actions as certificates
from lms.certificates.models import Certificate
from lms.classes import actions as classes
from lms.classes.models import Assignment
from lms.classes.rules.school_weeks import Term
from lms.db import db, open_write
from lms.drives import actions as drives
from lms.drives.actions import DriveWords
from lms.entry import actions as entry
from lms.entry.rules import CardKind
from lms.exams import actions as exams
from lms.exams.actions.papers import make_papers
from lms.exchange import actions as questions
from lms.exchange.formats import gift
from lms.gradebooks import actions as gradebooks
from lms.households.actions import living
from lms.households.models import Member
from lms.library.books import Books
from lms.library.commands import publish_books
from lms.offers import actions as offers
from lms.offers.actions import ContactWords, OfferWords
from lms.people import actions as people
from lms.people.models import RoleGrant
from lms.people.queries import account_of
from lms.places import actions as places
from lms.practice.actions import Sent
from lms.rechecks import actions as rechecks
from lms.rechecks.models import RecheckItem
from lms.refusals import Refusal
from lms.rosters.models import RosterImport
from lms.runs import actions as runs
from lms.runs import queries as run_queries
from lms.teams import actions as teams
from lms.training import actions as training
from lms.training.actions import DayWords
from lms.training.rules import Act
from lms.visits import actions as visits
from lms.visits.rules import Kind, Told
from lms.witnessing import actions as witnessing
from lms.witnessing.actions import practising
from lms.witnessing.actions.observing import Sighting
from lms.witnessing.models import TestWindow
from tests.facts import prove
from tests.practice import shelf as shelf_of_practice

MARKS = ("Bạchmã", "Hắcngưu")
"""Words that stand in no page by themselves."""
BEGAN = date(2026, 1, 5)
WITH_ACCOUNT = ("officer", "teacher", "teacher2", "principal", "leader", "leader2", "member", "pupil", "villager")
CARD = "t.s3.quan-co-lanh"


@cache
def shelf() -> Books:
    return shelf_of_practice.books()


def build(
    books: Books | None = None, seed: str = "1", attempt_id: UUID | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both worlds by real acts; ids by name."""
    publish_books(books or shelf())
    for kind, name, level, position in (("tinh", "Tỉnh", "province", 1), ("xa", "Xã", "commune", 3),
                                        ("thon", "Thôn", "village", 4)):  # fmt: skip
        places.define_kind(kind, name, level, position)
    db.session.flush()
    province = places.found_unit("tinh", "Tỉnh chung", BEGAN, None)
    made = tuple(_world(mark, province.id) for mark in MARKS)
    for ids in made:
        ids["attempt"] = completion.begin_attempt(attempt_id or uuid4(), ids["pupil"], "thanh-toan", seed).id
        attempt_id = None
        _exam(ids, seed)
        _certificate(ids)
        _help(ids)
    db.session.commit()
    return made


def signed_in(app: Flask, person_id: int) -> FlaskClient:
    """A session without a password typed: hashing is slow on purpose."""
    client = app.test_client()
    with app.app_context():
        account = account_of(person_id)
        assert account is not None
        key = people.start_sign_in(account).key
        db.session.commit()
    with client.session_transaction() as session:
        session.update(_user_id=key, _fresh=True, seen=int(clock.now().timestamp()))
    return client


def _world(mark: str, province_id: int) -> dict[str, Any]:
    ids: dict[str, Any] = {"mark": mark}
    named: Callable[[str], str] = lambda word: f"{word} {mark}"  # noqa: E731 said twenty times below
    ids["commune"] = places.found_unit("xa", named("Xã"), BEGAN, province_id).id
    ids["school"] = places.found_site("school", named("Trường"), ids["commune"], BEGAN).id
    for n in ("", "2"):
        ids[f"village{n}"] = places.found_unit("thon", named(f"Thôn{n}"), BEGAN, ids["commune"]).id
        ids[f"class{n}"] = classes.found_class(ids["school"], named(f"7A{n}"), "2026–2027", BEGAN).id
        ids[f"team{n}"] = teams.found_team(named(f"Tổ{n}"), ids["commune"], BEGAN).id
        teams.take_charge(ids[f"team{n}"], ids[f"village{n}"], BEGAN)
    _persons(ids, named)
    _posts(ids)
    _homes(ids, named)
    _doings(ids, named)
    return ids


def _persons(ids: dict[str, Any], named: Callable[[str], str]) -> None:
    for key in (*WITH_ACCOUNT, "child", "pupil2", "villager2", "child_of_villager"):
        birth_year = 2013 if key in ("pupil", "pupil2", "child", "child_of_villager") else 1985
        ids[key] = people.create_person(named(key.title()), birth_year).id
        if key in WITH_ACCOUNT:
            people.create_account(_person(ids[key]), f"{key}.{ids['commune']}", "no hash", must_change=False)
        for giver in ("self", "representative"):
            people.record_consent(ids[key], "assessment", giver, "2026-11", "paper")


def _posts(ids: dict[str, Any]) -> None:
    people.grant_role(ids["officer"], Role.COMMUNE_OFFICER, BEGAN, unit_id=ids["commune"])
    people.grant_role(ids["principal"], Role.PRINCIPAL, BEGAN, site_id=ids["school"])
    for n in ("", "2"):
        people.grant_role(ids[f"teacher{n}"], Role.TEACHER, BEGAN, site_id=ids["school"])
        classes.appoint_teacher(ids[f"class{n}"], ids[f"teacher{n}"], BEGAN)
        classes.enrol(ids[f"class{n}"], ids[f"pupil{n}"], BEGAN)
        teams.appoint(ids[f"team{n}"], ids[f"leader{n}"], BEGAN, "team-leader")
    teams.appoint(ids["team"], ids["member"], BEGAN)


def _homes(ids: dict[str, Any], named: Callable[[str], str]) -> None:
    for n in ("", "2"):
        home = living.found_household(named(f"Villager{n}"), ids[f"village{n}"], BEGAN, f"M{n or 1}")
        ids[f"household{n}"], ids[f"code{n}"] = home.id, home.code
        living.join(home, _person(ids[f"villager{n}"]), "chu-ho", BEGAN)
        if not n:
            living.join(home, _person(ids["child_of_villager"]), "con", BEGAN)
            ids["membership"] = db.session.query(Member.id).filter_by(household_id=home.id).first()[0]


def _doings(ids: dict[str, Any], named: Callable[[str], str]) -> None:
    """A test open for the class, one begun, a card signed, a module assigned, a list brought in."""
    window = witnessing.open_window(uuid4(), ids["teacher"], "thanh-toan", class_id=ids["class"], name=named("Ca"))
    ids["window"] = window.id
    session = practising.open_session(uuid4(), ids["teacher"], "s3", class_id=ids["class"], place=named("Phòng máy"))
    ids["session"], ids["code_of_session"] = session.id, session.code
    db.session.flush()
    seen = Sighting(lines={"r1": 3, "r2": 3, "r3": 4}, independence=3, identity_checked=True, not_kin=True)
    ids["trace"] = completion.record_practice(shelf_of_practice.SAMPLE_ID, ids["villager"], None, Sent(uuid4(), [])).id
    ids["observation"] = completion.record_observation(uuid4(), ids["officer"], ids["villager"], CARD, seen).id
    new = entry.NewCard(ids["pupil"], CardKind.PIN, "no hash", f"no qr {ids['pupil']}")
    ids["login_card"] = entry.make_cards(ids["class"], [new], "no hash", ids["teacher"])[0].id
    next_month = (clock.now().replace(day=1) + timedelta(days=32)).replace(day=2)
    with clock.frozen(next_month):
        rechecks.draw_month(ids["commune"], ids["officer"])
    ids["recheck"] = db.session.query(RecheckItem).filter_by(observation_id=ids["observation"]).one().id
    opened = entry.open_window(ids["class"], f"CODE{ids['class']}", 60, ids["teacher"])
    ids["open_code"], ids["closed_code"] = opened.code, f"SHUT{ids['class']}"
    entry.close_window(entry.open_window(ids["class2"], ids["closed_code"], 60, ids["teacher2"]))
    classes.assign_module(ids["class"], "m.s3.1", clock.today(), ids["teacher"])
    _lesson(ids)
    open_write()
    brought = RosterImport(
        kind="lop", file_name=f"{named('lop')}.xlsx", file_digest="0", target={}, actor_id=ids["teacher"],
        started_at=clock.now(), state="applied", counts={"created": 1}, reading={"sheets": []},
    )  # fmt: skip
    db.session.add(brought)
    ids["brought"] = questions.keep_reading(f"{named('câu')}.gift", "gift", gift.read("Ai? {=a ~b}"), ids["teacher"])
    db.session.flush()
    ids["import"] = brought.id
    ids["group"] = classes.found_group(ids["class"], named("Nhóm")).id
    ids["sheet"] = gradebooks.keep_sheet(ids["class"], Term.YEAR, named("phieu"), "0", [], [], ids["teacher"]).id
    ids["assignment"] = db.session.query(Assignment.id).filter_by(class_id=ids["class"]).first()[0]
    ids["grant"] = db.session.query(RoleGrant.id).filter_by(person_id=ids["teacher"]).first()[0]


def _exam(ids: dict[str, Any], seed: str) -> None:
    """The open window becomes an exam and has its printed forms, where the bank has letters enough for one."""
    window = db.session.get_one(TestWindow, ids["window"])
    exams.make_exam(window, ids["teacher"])
    exams.mark_present(window, [ids["pupil"]], {})
    with suppress(Refusal):
        make_papers(window, ids["teacher"], seed)


def _certificate(ids: dict[str, Any]) -> None:
    """The villager is proficient in a skill, proposed by the teacher and certified; somebody asks to take it back."""
    prove(ids["villager"], "s1", clock.today(), witness_id=ids["teacher"])
    prove(ids["pupil"], "s1", clock.today(), witness_id=ids["teacher"])
    ready = [_person(ids[key]) for key in ("villager", "pupil")]
    shared = {"unit_id": ids["commune"], "title": f"Đợt {ids['mark']}", "proposer_id": ids["teacher"]}
    signed = certificates.propose(uuid4(), "s1", people=ready[:1], **shared)
    ids["batch"] = certificates.propose(uuid4(), "s1", people=ready[1:], **shared).id
    row: Certificate = certificates.sign(signed.id, ids["officer"], "Chủ tịch")[0]
    asked = certificates.ask_to_revoke(uuid4(), row, ids["officer"], "Để xem ai đọc được")
    ids["certificate"], ids["certificate_code"], ids["revocation"] = row.id, row.code, asked.id


def _help(ids: dict[str, Any]) -> None:
    """Whom to ask in the village, an offer in the commune, a drive through the village; the drive's record is signed."""
    named: Callable[[str], str] = lambda word: f"{word} {ids['mark']}"  # noqa: E731
    now, today, village = clock.now(), clock.today(), ids["village"]
    person = ContactWords("office", named("Việc"), named("Ai"), "", "", named("Nguồn"), today)
    ids["contact"] = offers.write_contact(village, person, ids["officer"], now).id
    week = today + timedelta(days=7)
    offer = OfferWords(named("Hãng"), named("Ưu đãi"), "", named("Cách"), today, week, named("Nguồn"), today)
    ids["offer"] = offers.write_offer(ids["commune"], offer, ids["officer"], now).id
    drive = DriveWords(named("Đợt"), "", today, week, 1, (village,))
    ids["drive"] = drives.write_drive(ids["commune"], drive, ids["officer"], now).id
    drives.close(ids["drive"], ids["officer"], "Chủ tịch", "", now)
    told = Told(Kind.TEACH, today, frozenset({ids["villager"]}), frozenset({"collect"}), difficulty=named("Sóng yếu"))
    _training(ids)
    ids["visit"] = visits.record(uuid4(), ids["household"], ids["leader"], told).id


def _training(ids: dict[str, Any]) -> None:
    """A day for the first team on which its member was present."""
    named: Callable[[str], str] = lambda word: f"{word} {ids['mark']}"  # noqa: E731
    begins = clock.start_of(clock.today()) + timedelta(hours=22)
    ends = begins + timedelta(hours=1, minutes=59)
    words = DayWords(named("Buổi"), begins, ends, named("Nhà"), 5, ("s3",), (ids["team"],), (), "", "")
    with clock.frozen(begins - timedelta(hours=20)):
        row = training.plan_day(uuid4(), ids["commune"], words, ids["officer"])
        ids["day"] = row.id
        training.register(uuid4(), row.id, ids["member"], ids["leader"])
        training.mark(uuid4(), row.id, {ids["member"]: Act.PRESENT}, ids["officer"])


def _lesson(ids: dict[str, Any]) -> None:
    """A lesson held with the class, and a question put to it."""
    run = runs.start_run(uuid4(), ids["class"], "l.s3.1", ids["teacher"])
    item = run_queries.card_questions(run_queries.followed(run).outline)[0]
    ids["run"], ids["question"] = run.id, runs.ask_class(uuid4(), run, item).id


def _person(id: int) -> Any:
    return db.session.get_one(people.Person, id)
