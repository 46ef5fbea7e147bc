"""A file of another system brought into the bank: read first, kept when agreed, taken back; and who may not."""

import base64
import html
import io
import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from lms.bank.actions import editing
from lms.bank.models import Draft, Version
from lms.db import db
from lms.documents.media import cleaned
from lms.exchange.models import QuestionImport, QuestionImportRow
from lms.people.queries import account_of
from lms.quizzes.models import Item
from tests import media_samples as samples
from tests.exchange.test_read_packages import HOSTILE
from tests.exchange.test_read_questions import MOODLE

GIFT = "::otp::Ai hỏi mã OTP? {=Kẻ gian#Đúng rồi. ~Ngân hàng#Ngân hàng không hỏi.}\n\nKể lại {}\n\nNăm? {#1822:2}"


def sent(client: FlaskClient, name: str, content: bytes | str, kind: str = "") -> Any:
    told = content.encode() if isinstance(content, str) else content
    return client.post("/ngan-hang/nhap", data={"file": (io.BytesIO(told), name), "kind": kind})


def brought(client: FlaskClient, content: bytes | str = GIFT, name: str = "de.gift") -> str:
    answer = sent(client, name, content)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def words(answer: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)))


def test_a_dry_run_tells_everything_and_keeps_nothing(as_, app) -> None:
    client = as_("hoa")
    page = words(client.get(brought(client)))
    for told in ("Ai hỏi mã OTP?", "Kẻ gian", "đúng", "Ngân hàng không hỏi.", "essay", "1822 ± 2.0", "2 câu", "1 câu"):
        assert told in page, told
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Draft)) == 0


def test_what_is_kept_is_a_draft_with_its_source_and_goes_again(as_, app, world) -> None:
    client = as_("hoa")
    address = brought(client)
    assert client.post(f"{address}/giu", data={"competency": "s4.1"}).status_code == 303
    with app.app_context():
        drafts = list(db.session.scalars(select(Draft).order_by(Draft.source)))
        assert [one.source for one in drafts] == ["de.gift, câu 1, «otp»", "de.gift, câu 3, dòng 5"]
        assert {one.made_by for one in drafts} == {world.hoa}
        body = db.session.get_one(Version, (drafts[0].item_id, 1)).body
        item = db.session.get_one(Item, drafts[0].item_id)
        assert (item.origin, item.status, item.competency_id) == ("import", "nhap", "s4.1")
        assert body["options"][0] == {"id": "a", "text": "Kẻ gian", "correct": "true", "feedback": "Đúng rồi."}
    page = client.get(address)
    assert f"/ngan-hang/{drafts[0].item_id}" in page.text and "Hoàn tác lần nhập này" in page.text
    assert client.get(f"/ngan-hang/{drafts[0].item_id}").status_code == 200
    client.post(f"{address}/giu", data={})  # a second press changes nothing
    assert client.post(f"{address}/hoan-tac").status_code == 303
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Draft)) == 0
    assert "đã ra khỏi ngân hàng" in words(client.get(address))
    assert "không còn gì để hoàn tác" in words(client.post(f"{address}/hoan-tac", follow_redirects=True))


def test_an_undo_leaves_what_somebody_worked_on_and_says_so(as_, app, do, world) -> None:
    client = as_("hoa")
    address = brought(client)
    client.post(f"{address}/giu", data={})
    with app.app_context():
        item_id = db.session.scalars(select(Draft.item_id).order_by(Draft.source)).first()
        body = {**db.session.get_one(Version, (item_id, 1)).body, "explain": "Thêm."}
    do(lambda: editing.save(item_id, body, world.hoa))
    client.post(f"{address}/hoan-tac")
    assert item_id in words(client.get(address))
    with app.app_context():
        assert list(db.session.scalars(select(Draft.item_id))) == [item_id]


def test_every_format_by_its_name_and_the_whole_of_a_moodle_file(as_) -> None:
    client = as_("hoa")
    page = words(client.get(brought(client, MOODLE, "de.xml")))
    assert "Điểm" not in page and "a.png" in page and "script" in page and "trừ 100.0 phần trăm điểm" in page
    assert "Aiken" in words(client.get(brought(client, "Ai?\nA. x\nB. y\nANSWER: A\n", "de.txt")))
    assert "Chỉ xem các câu này" in client.get(brought(client, MOODLE, "de.xml")).text
    only = words(client.get(brought(client, MOODLE, "de.xml") + "?chi=loi"))
    assert "Câu 7 · essay" in only and "Câu 1 ·" not in only


@pytest.mark.parametrize("name", ["entity", "slip", "bomb", "nested", "no manifest", "old"])
def test_a_hostile_file_gets_one_clear_sentence_and_leaves_nothing(as_, app, name: str) -> None:
    answer = sent(as_("hoa"), "goi.zip", HOSTILE[name])
    assert answer.status_code == 422
    (said,) = re.findall(r'class="error".*?<span>(.*?)</span>', answer.text, re.DOTALL)
    assert said.endswith(".") and 20 < len(said) < 160
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(QuestionImport)) == 0


@pytest.mark.parametrize(
    ("name", "content"), [("de.pdf", "%PDF"), ("de.gift", ""), ("de.xml", "<a/>"), ("de.docx", "x")]
)
def test_a_wrong_file_is_answered_on_the_form(as_, name: str, content: str) -> None:
    answer = sent(as_("hoa"), name, content)
    assert answer.status_code == 422 and 'class="error"' in answer.text


def test_a_dry_run_can_be_thrown_away_but_not_what_was_kept(as_, app) -> None:
    client = as_("hoa")
    address = brought(client)
    assert client.post(f"{address}/bo").status_code == 303 and client.get(address).status_code == 404
    address = brought(client)
    client.post(f"{address}/giu", data={})
    assert "Hãy hoàn tác" in words(client.post(f"{address}/bo", follow_redirects=True))
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(QuestionImportRow)) == 3


def test_a_file_with_nothing_usable_cannot_be_kept(as_) -> None:
    client = as_("hoa")
    address = brought(client, "Kể lại {}")
    assert "Giữ" not in words(client.get(address)).partition("Chưa có câu nào dùng được")[0].rpartition("Để lại")[2]
    assert "Không có câu nào dùng được" in words(client.post(f"{address}/giu", data={}, follow_redirects=True))


def test_nobody_else_sees_or_touches_it(as_) -> None:
    address = brought(as_("hoa"))
    for who in ("sen", "mai"):
        other = as_(who)
        assert other.get(address).status_code == 404
        assert [other.post(f"{address}/{what}", data={}).status_code for what in ("giu", "hoan-tac", "bo")] == [404] * 3
        assert "de.gift" not in other.get("/ngan-hang/nhap").text
    outsider = as_("an")
    for path in ("/ngan-hang/nhap", "/ngan-hang/xuat", address):
        assert outsider.get(path).status_code == 403


def test_the_list_and_the_page_cost_the_same_however_long(as_, queries) -> None:
    client = as_("hoa")
    few = brought(client)
    many = brought(client, "\n\n".join(f"Câu {n}? {{=a ~b}}" for n in range(60)))
    counts = []
    for address in (few, many):
        with queries() as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1] < 12


def test_the_command_keeps_and_takes_back(app, world, tmp_path) -> None:
    file = tmp_path / "de.gift"
    file.write_text(GIFT, encoding="utf-8")
    runner = app.test_cli_runner()
    args = ["questions", "import", str(file), "--format", "gift"]
    refused = runner.invoke(args=args)
    assert refused.exit_code == 1 and "--by" in refused.output
    with app.app_context():
        username = account_of(world.hoa).username
    told = json.loads(runner.invoke(args=[*args, "--by", username, "--json"]).stdout)
    assert not told["dry_run"] and len(told["items"]) == 3
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Draft)) == 2
    undone = runner.invoke(args=["questions", "undo-import", told["import"], "--by", username])
    assert undone.exit_code == 0 and undone.output.startswith("2 câu")
    assert runner.invoke(args=["questions", "undo-import", told["import"], "--by", username]).exit_code == 1


def test_a_picture_of_the_stem_comes_along_clean_and_others_are_named(as_, app) -> None:
    def held(name: str, content: bytes) -> str:
        return f'<file name="{name}" path="/" encoding="base64">{base64.b64encode(content).decode()}</file>'

    shown = (
        '<p>Mã nào lạ?</p><p><img src="@@PLUGINFILE@@/m%C3%A3.jpg" alt="Hai mã"><img src="@@PLUGINFILE@@/2.png"></p>'
    )
    heard = '<audio controls><source src="@@PLUGINFILE@@/a.svg">Nghe</audio>'
    files = held("mã.jpg", samples.jpeg(6)) + held("2.png", samples.png()) + held("a.svg", samples.SVG)
    content = (
        f'<quiz><question type="truefalse"><name><text>ảnh</text></name><questiontext format="html"><text>'
        f"<![CDATA[{shown}{heard}]]></text>{files}</questiontext>"
        '<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question></quiz>'
    )
    client = as_("hoa")
    address = brought(client, content, "de.xml")
    page, name = client.get(address), cleaned(samples.jpeg(6), as_sound=False).name
    assert f'<img src="/hinh/cau-hoi/{name}" alt="Hai mã"' in page.text
    told = words(page)
    assert "Tệp kèm «2.png» chưa được nhập." in told and "Tệp kèm «a.svg» chưa được nhập: Tệp này không phải" in told
    client.post(f"{address}/giu", data={"competency": "s3.2"})
    with app.app_context():
        draft = db.session.scalars(select(Draft)).one()
        body = db.session.get_one(Version, (draft.item_id, 1)).body
    assert (body["image"], body["alt"], "Ảnh" in body["stem"]) == (name, "Hai mã", True)  # the second left its place
    assert client.get(f"/hinh/cau-hoi/{name}").data == cleaned(samples.jpeg(6), as_sound=False).content
    sent_out = client.post("/ngan-hang/xuat", data={"kind": "moodle-xml", "drafts": "y"})
    assert f'<file name="{name}"' in sent_out.text and f"![Hai mã](@@PLUGINFILE@@/{name})" in sent_out.text
