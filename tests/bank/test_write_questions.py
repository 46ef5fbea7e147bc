"""Writing questions in the browser: each of the ten types, every fault at its field, a preview, and never a silent change."""

from types import SimpleNamespace

from sqlalchemy import func, select

from lms.bank.models import Draft, Version
from lms.db import db
from lms.quizzes.models import Item, ItemVersion
from tests.bank import desk
from tests.bank.questions import ASKED, SINGLE, of_type
from tests.quizzes.sitting import Act


def test_each_type_is_written_in_its_form(app, as_: Act, world: SimpleNamespace) -> None:
    hoa = as_("hoa")
    assert len(ASKED) == 10
    for kind in ASKED:
        assert hoa.get(f"/ngan-hang/moi?loai={kind}").status_code == 200
        item_id = desk.write(hoa, of_type(kind))
        with app.app_context():
            assert db.session.get_one(Version, (item_id, 1)).body == of_type(kind)
        page = hoa.get(f"/ngan-hang/{item_id}").text
        assert "Còn phải sửa" not in page and "Gửi duyệt" in page and "Đáp án:" in page, kind


def test_a_fault_stands_at_its_field_and_the_draft_is_kept_all_the_same(app, as_: Act, world: SimpleNamespace) -> None:
    hoa = as_("hoa")
    wrong = {**SINGLE, "explain": "", "options": [{"id": "a", "text": "Chỉ một ý"}, {"id": "b", "text": "chỉ một ý."}]}
    page = hoa.post("/ngan-hang/moi", data={**desk.filled(wrong), "viec": "xem"}).text
    assert 'id="explain-error"' in page and "Chưa điền." in page
    page = hoa.post("/ngan-hang/moi", data={**desk.filled({**SINGLE, "competency": ""}), "viec": "xem"}).text
    assert 'id="competency-error"' in page and page.count('class="error"') == 1
    right = {**SINGLE, "options": [*SINGLE["options"][:2], {"id": "small", "text": "Trả thử ít tiền"}]}
    page = hoa.post("/ngan-hang/moi", data={**desk.filled(right), "viec": "xem"}).text
    assert 'id="options/2/feedback-error"' in page and 'aria-describedby="options/2/feedback-hint options/2' in page
    item_id = desk.write(hoa, wrong)
    assert "Còn phải sửa" in hoa.get(f"/ngan-hang/{item_id}").text
    assert "Câu này còn chỗ phải sửa" in desk.act(hoa, item_id, "gui-duyet")


def test_looking_saves_nothing_and_cleans_what_is_shown(app, as_: Act, world: SimpleNamespace) -> None:
    hoa = as_("hoa")
    before = _count(app)
    hostile = {**SINGLE, "stem": "Đây là **chữ đậm** <script>alert(1)</script> [bấm](https://la.example)"}
    for address in ("/ngan-hang/moi", "/ngan-hang/xem-thu"):
        page = hoa.post(address, data={**desk.filled(hostile), "viec": "xem"}).text
        assert "<strong>chữ đậm</strong>" in page
        assert "<script>alert" not in page and 'href="https://la.example"' not in page
    assert _count(app) == before


def test_one_more_row_is_asked_for_without_a_script(as_: Act, world: SimpleNamespace) -> None:
    hoa = as_("hoa")
    sent = {**desk.filled(SINGLE), "viec": "them:options"}
    page = hoa.post("/ngan-hang/moi", data=sent).text
    assert 'name="options/3/text"' in page
    assert 'name="options/4/text"' in hoa.post("/ngan-hang/moi", data={**sent, "options/3/text": "Bốn"}).text


def test_every_save_is_a_version_and_a_stale_one_is_told(app, as_: Act, world: SimpleNamespace) -> None:
    hoa, sen = as_("hoa"), as_("sen")
    item_id = desk.write(hoa, SINGLE)
    address = f"/ngan-hang/{item_id}/sua"
    changed = {**desk.filled({**SINGLE, "explain": "Tên khác thì hỏi lại."}), "viec": "luu", "ban": "1"}
    assert sen.post(address, data=changed).status_code == 303
    assert sen.post(address, data={**changed, "ban": "2"}).status_code == 303  # the same again
    stale = hoa.post(address, data={**desk.filled({**SINGLE, "explain": "Khác nữa."}), "viec": "luu", "ban": "1"})
    assert stale.status_code == 422 and "Có người vừa lưu một bản khác" in stale.text and "Khác nữa." in stale.text
    with app.app_context():
        versions = db.session.scalars(select(Version).where(Version.item_id == item_id).order_by(Version.n)).all()
        assert [(one.n, one.by) for one in versions] == [(1, world.hoa), (2, world.sen)]
    difference = hoa.get(f"/ngan-hang/{item_id}/ban/2").text
    assert "<del>chưa</del>" in difference and "<ins>hỏi</ins>" in difference and "Lời giải thích" in difference


def test_a_question_from_files_is_copied_and_never_changed(app, as_: Act, world: SimpleNamespace) -> None:
    hoa = as_("hoa")
    with app.app_context():
        item = db.session.scalars(select(Item).where(Item.pool == "luyen", Item.origin == "files")).first()
        of_files, digest = item.id, item.digest
    assert hoa.get(f"/ngan-hang/{of_files}/sua").status_code == 404
    assert hoa.post(f"/ngan-hang/{of_files}/sua", data={**desk.filled(SINGLE), "viec": "luu"}).status_code == 404
    answer = hoa.post(f"/ngan-hang/{of_files}/chep")
    copy_id = answer.location.split("/")[-2]
    assert f"chép từ câu {of_files}" in hoa.get(f"/ngan-hang/{copy_id}").text
    with app.app_context():
        assert db.session.get_one(Draft, copy_id).copied_from == of_files
        assert db.session.get_one(Item, of_files).digest == digest
        assert db.session.get_one(Item, copy_id).status == "nhap"


def test_only_authors_and_reviewers_come_in(as_: Act, world: SimpleNamespace) -> None:
    item_id = desk.write(as_("hoa"), SINGLE)
    for who in ("an", "khe_member", "stranger"):
        client = as_(who)
        for address in ("", "/moi", f"/{item_id}", f"/{item_id}/sua", f"/{item_id}/ban/1", "/trung-nhau"):
            assert client.get(f"/ngan-hang{address}").status_code == 403
        assert client.post("/ngan-hang/xem-thu", data=desk.filled(SINGLE)).status_code == 403


def _count(app) -> tuple[int, ...]:
    with app.app_context():
        tables = (Item, ItemVersion, Draft, Version)
        return tuple(db.session.scalar(select(func.count()).select_from(one)) for one in tables)
