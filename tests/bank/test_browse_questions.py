"""The list: searched without accents, filtered, paged, in a fixed number of statements; and what an author may not see."""

import re
from types import SimpleNamespace

from sqlalchemy import select

from lms import clock
from lms.bank.actions import add_draft
from lms.bank.models import Flagged
from lms.db import db, open_write
from lms.quizzes.models import Item, ItemVersion
from tests.bank import desk
from tests.bank.questions import SINGLE
from tests.quizzes.sitting import Act


def test_search_and_filters(app, as_: Act, do: Act, world: SimpleNamespace) -> None:
    mai = as_("mai")
    mine = do(
        lambda: (
            add_draft(
                {**SINGLE, "stem": "Đường về Hoà Bình đi lối nào?", "level": "3"}, origin="import", by=world.mai
            ).id
        )
    )
    with app.app_context():
        open_write()
        flag = Flagged(item_id=mine, flag="slow", digest="", sittings=40, at=clock.now())
        db.session.add(flag)
        db.session.commit()
    alone = ("tim=duong+hoa+binh", f"tim={mine}", "cua-toi=1", "goc=import", "co=slow", "co=*", "trang-thai=nhap&muc=3")
    for asked in alone:
        assert _ids(mai.get(f"/ngan-hang?{asked}").text) == [mine], asked
    for asked in (
        "tim=zzqx+khong+co+chu+nay",
        "goc=browser",
        "co=leaked",
        "trang-thai=cho-duyet",
        "trang-thai=khoa",
        "trang-thai=cat",
    ):
        assert _ids(mai.get(f"/ngan-hang?{asked}").text) == [], asked
    assert mine in _ids(mai.get("/ngan-hang?ky-nang=s3&nang-luc=s3.2&loai=single&muc=3").text)
    assert mine not in _ids(mai.get("/ngan-hang?ky-nang=s1").text)


def test_pages_and_a_fixed_number_of_statements(app, as_: Act, queries, world: SimpleNamespace) -> None:
    mai = as_("mai")
    first = mai.get("/ngan-hang").text
    onward = re.search(r'href="(/ngan-hang\?sau=[^"]+)"', first)[1]
    assert len(_ids(first)) == 30 and not set(_ids(first)) & set(_ids(mai.get(onward).text))
    said = []
    for address in ("/ngan-hang", "/ngan-hang?goc=import"):
        with queries() as statements:
            mai.get(address)
        said.append(len(statements))
    assert said[0] <= 9 and said[1] <= said[0]


def test_doubles_are_shown_and_told_while_writing(as_: Act, world: SimpleNamespace) -> None:
    hoa = as_("hoa")
    first = desk.write(hoa, {**SINGLE, "stem": "Mẫu: nhận tin nhắn lạ báo trúng thưởng thì làm gì?"})
    same = {**SINGLE, "stem": "mẫu nhận tin NHẮN LẠ báo trúng thưởng thì làm gì"}
    page = hoa.post("/ngan-hang/moi", data={**desk.filled(same), "viec": "xem"}).text
    assert "Đã có câu hỏi gần giống" in page and first in page
    second = desk.write(hoa, same)
    doubles = hoa.get("/ngan-hang/trung-nhau").text
    assert "Cùng lời" in doubles and first in doubles and second in doubles


def test_an_author_sees_no_key_of_a_recorded_question(app, as_: Act, world: SimpleNamespace) -> None:
    sen, mai = as_("sen"), as_("mai")
    with app.app_context():
        recorded = list(db.session.scalars(select(Item.id).where(Item.pool == "ghi-nhan", Item.skill_id == "s3")))
        bodies = list(db.session.scalars(select(ItemVersion.body).where(ItemVersion.item_id.in_(recorded))))
    canaries = {body["stem"] for body in bodies} | {one["feedback"] for body in bodies for one in body["options"]} - {
        ""
    }
    hidden = desk.write(as_("hoa"), {**SINGLE, "pool": "ghi-nhan", "stem": "Câu giấu kín của cô Hoa?"})
    pages = [
        sen.get(f"/ngan-hang{rest}").text
        for rest in ("", "?ky-nang=s3", "?trang-thai=ghi-nhan", "?tim=giau+kin", "/trung-nhau")
    ]
    for item_id in (*recorded[:3], hidden):
        for rest in ("", "/sua", "/ban/1"):
            assert sen.get(f"/ngan-hang/{item_id}{rest}").status_code == 404
        for act in ("sua", "chep", "gui-duyet", "lay-ve", "cat", "dung-lai"):
            assert sen.post(f"/ngan-hang/{item_id}/{act}", data=desk.filled(SINGLE)).status_code == 404
    copied = bodies[0]["stem"]  # what is held against a draft tells nothing of them either
    pages.append(sen.post("/ngan-hang/moi", data={**desk.filled({**SINGLE, "stem": copied}), "viec": "xem"}).text)
    everything = "\n".join(pages).replace(copied, "")
    assert len(canaries) > 30 and not [one for one in canaries if one and one in everything]
    assert "Câu giấu kín" not in everything and "Đã có câu hỏi gần giống" not in pages[-1]
    assert mai.get(f"/ngan-hang/{recorded[0]}").status_code == 200
    for page in (f"/ngan-hang/{hidden}", "/ngan-hang"):
        assert mai.get(page).headers["Cache-Control"] == "no-store"


def _ids(page: str) -> list[str]:
    return re.findall(r'<li class="[^"]*"><a href="/ngan-hang/([^"/?]+)">', page)
