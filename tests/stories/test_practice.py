"""Practising on the real application: with a script and without, by the keyboard alone, and in an aeroplane."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from lms.db import db
from lms.practice.models import PracticeTrace
from lms.practice.rules.params import drawn, variant_of
from lms.practice.views.tickets import read_ticket
from lms.skills.models import Evidence
from tests import browser, cast
from tests.practice import shelf
from tests.practice.conftest import compiled
from tests.practice.shelf import SAMPLE_ID, right_way

AT = f"/luyen-tap/{SAMPLE_ID}"
SPEC = compiled()
Read = Callable[[Any], list[Any]]


@pytest.fixture
def read(app: Flask) -> Read:
    """Rows of a table as they stand now; of evidence those of practice."""
    with app.app_context():
        cast.settle(pupils=1)
        shelf.publish()

    def rows(table: Any) -> list[Any]:
        with app.app_context():
            wanted = select(table).where(table.type == "practice") if table is Evidence else select(table)
            return list(db.session.scalars(wanted))

    return rows


def test_with_a_script_and_without_the_same_deeds_are_the_same_evidence(visitors: Any, read: Read, app: Flask) -> None:
    """The same variant, by the keyboard alone: one verdict and one kind of evidence."""
    with_script, without = visitors.phone(), visitors.phone(scripts=False)
    browser.sign_in(with_script, "lan", cast.PASSWORD)
    browser.sign_in(without, "tu", cast.PASSWORD)
    with with_script.expect_response("**/bo.json") as asked:
        with_script.goto(AT)
    seed = asked.value.json()["seed"]
    _tab_to(with_script, "form[data-practice-start] button")
    with_script.keyboard.press("Enter")
    with_script.wait_for_selector(".sim--bank")
    _play(with_script, seed)
    with_script.get_by_text("Đã gửi: 1").wait_for()
    assert with_script.evaluate("document.activeElement.innerText") == "Tự làm được rồi"

    other = _begin_the_same_variant(without, app, seed)
    _play(without, other, loads=True)
    assert "/ket-qua/" in without.url and "Tự làm được rồi" in without.inner_text("h1")

    first, second = read(PracticeTrace)
    assert first.person_id != second.person_id and first.reason == second.reason == ""
    verdicts = [{**row.verdict, "hasty": None} for row in (first, second)]  # a machine's fingers are fast
    assert verdicts[0] == verdicts[1] and verdicts[0]["passed"]
    assert [row[2:4] for row in first.actions] == [row[2:4] for row in second.actions]
    one, two = read(Evidence)
    assert one.result == two.result and one.content == two.content and one.admitted and two.admitted


def test_in_an_aeroplane_after_the_first_visit_and_the_counts_are_true(visitors: Any, read: Read) -> None:
    page = visitors.phone()
    browser.sign_in(page, "lan", cast.PASSWORD)
    with page.expect_response("**/bo.json") as asked:
        page.goto(AT)
    asked.value.finished()
    page.wait_for_selector("[data-practice-offline]:not([hidden])")
    page.context.unroute_all(behavior="wait")
    page.context.set_offline(True)
    page.goto(AT)
    seed = page.evaluate("fetch(location.pathname + '/bo.json').then((one) => one.json()).then((one) => one.seed)")
    page.click("form[data-practice-start] button")
    _play(page, seed)
    _told(page, saved=1, sent=0, problem=0)
    page.click("[data-again]")
    _play(page, seed)
    assert "chỉ nằm trên máy này" in page.inner_text("[data-kept]"), "a ticket serves once, and that is said"
    _told(page, saved=1, sent=0, problem=0)
    assert read(PracticeTrace) == []

    page.context.set_offline(False)
    page.goto(AT)
    _told(page, saved=0, sent=1, problem=0)
    [trace] = read(PracticeTrace)
    assert trace.reason == "" and trace.verdict["passed"] and len(read(Evidence)) == 1

    page.evaluate(TAMPERED)
    page.reload()
    _told(page, saved=0, sent=1, problem=1)
    assert sorted(row.reason for row in read(PracticeTrace)) == ["", "used"]
    visitors.faults[:] = [fault for fault in visitors.faults if "ERR_INTERNET_DISCONNECTED" not in fault]


TAMPERED = """() => { const all = JSON.parse(localStorage['luyen-tap-vet']);
  all.push({...all[0], id: crypto.randomUUID(), status: 'saved', actions: [[1, 5, 'tap', 'scan'], [2, 9, 'tap', 'ask']]});
  localStorage['luyen-tap-vet'] = JSON.stringify(all); }"""
"""A run nobody did, on the ticket of another: as if put into the storage by hand."""


def _told(page: Any, **counts: int) -> None:
    words = "chờ gửi: {saved} · Đã gửi: {sent} · Có vấn đề: {problem}".format(**counts)
    page.locator("[data-outbox]", has_text=words).wait_for()


def _play(page: Any, seed: str, loads: bool = False) -> None:
    """What passes in this variant, by the keyboard alone. `loads`: every press loads a page."""
    for action in right_way(SPEC, seed):
        if action[0] == "tap":
            _tab_to(page, f"button[value='tap:{action[1]}']")
            with page.expect_navigation() if loads else nullcontext():
                page.keyboard.press("Enter")
        else:
            _tab_to(page, f"[name=f-{action[1]}]")
            page.keyboard.type(str(action[2]))


def _begin_the_same_variant(page: Any, app: Flask, seed: str) -> str:
    """Again and again until the dice give it."""
    wanted = variant_of(SPEC, drawn(SPEC, seed))
    page.goto(AT)
    token = page.get_attribute("form[data-practice-start] [name=csrf_token]", "value")
    for _try in range(200):
        page.request.post(AT, form={"csrf_token": token}, max_redirects=0)
        found = _seed_of(page, app)
        if variant_of(SPEC, drawn(SPEC, found)) == wanted:
            page.goto(f"{AT}/choi")
            return found
    raise AssertionError(f"never {wanted}")


def _seed_of(page: Any, app: Flask) -> str:
    [cookie] = [one for one in page.context.cookies() if one["name"] == app.config["SESSION_COOKIE_NAME"]]
    session = app.session_interface.get_signing_serializer(app).loads(cookie["value"])  # type: ignore[attr-defined]
    with app.app_context():
        ticket = read_ticket(session["luyen"]["t"])
    assert ticket is not None
    return ticket.seed


def _tab_to(page: Any, selector: str) -> None:
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"{page.url}: Tab never reaches {selector}")
