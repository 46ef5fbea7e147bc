"""Questions of the bank sent to other systems: what is found, what is lost, and keys for nobody without a right to them."""

import html
from typing import Any

import pytest

from lms.bank.actions import add_draft
from lms.exchange.reading import read_questions
from tests.bank.questions import ASKED, SINGLE, of_type
from tests.bank.test_bring_files import words

NAMES = {"aiken": "a.txt", "csv": "a.csv", "gift": "a.gift", "moodle-xml": "a.xml", "qti": "a.zip", "xlsx": "a.xlsx"}
ALL = {"goc": "browser", "drafts": "y"}


@pytest.fixture
def asked(do: Any, world: Any) -> None:
    for kind in ASKED:
        do(lambda kind=kind: add_draft(of_type(kind), origin="browser", by=world.hoa).id)


def send(client: Any, kind: str, **fields: str) -> Any:
    return client.post("/ngan-hang/xuat?goc=browser&cua-toi=1", data={"kind": kind, "drafts": "y", **fields})


@pytest.mark.parametrize("kind", NAMES)
def test_each_format_can_be_read_again(as_, asked, kind: str) -> None:
    answer = send(as_("hoa"), kind)
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    again = read_questions(NAMES[kind], answer.data, kind)
    assert again and all(one.is_usable for one in again)
    if kind == "qti":
        assert len(again) == len(ASKED) and {one.type for one in again} == set(ASKED)


def test_what_is_lost_is_told_before_the_file_is_made(as_, asked) -> None:
    page = words(as_("hoa").get("/ngan-hang/xuat?kind=aiken&xem=1", query_string=None))
    assert "câu sẽ vào tệp" in page
    page = words(as_("hoa").get("/ngan-hang/xuat?goc=browser&drafts=y&kind=aiken&xem=1"))
    assert f"{len(ASKED)} câu sẽ vào tệp" in page and "Aiken không có loại câu «scenario»" in page
    assert "Câu" in page and "Để lại" in page


def test_nothing_found_makes_no_file(as_) -> None:
    assert send(as_("hoa"), "qti").status_code == 422
    assert "Không có câu nào như vậy" in html.unescape(as_("hoa").get("/ngan-hang/xuat?tim=khongcochunay").text)


def test_an_author_sends_no_key_of_a_recorded_question_of_somebody_else(as_, do, world) -> None:
    secret = {**SINGLE, "pool": "ghi-nhan", "stem": "Câu chim hoàng yến?"}
    do(lambda: add_draft(secret, origin="browser", by=world.hoa).id)
    address = "/ngan-hang/xuat?goc=browser&drafts=y&kind=gift"
    for who, seen in (("hoa", True), ("mai", True), ("sen", False)):
        answer = as_(who).post(address, data={"kind": "gift", "drafts": "y"})
        assert ("chim hoàng yến" in answer.data.decode()) is seen, who
    assert as_("an").post(address, data={"kind": "gift"}).status_code == 403


def test_the_command_writes_files_of_the_books_too(app, world, tmp_path) -> None:
    out = tmp_path / "ra.zip"
    run = app.test_cli_runner().invoke(
        args=["questions", "export", "--format", "qti", "--out", str(out), "--skill", "s3"]
    )
    assert run.exit_code == 0, run.output
    again = read_questions("ra.zip", out.read_bytes(), "qti")
    assert len(again) > 20 and all(one.is_usable for one in again)
