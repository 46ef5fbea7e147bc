"""The road of a new member: into the team, the observers' questions, the course, the supervised exam, a visit a teacher goes
along on, the certificate; a stranger's phone checks the paper; two officers revoke it and the same code says so.

How the five skills themselves are earned is told elsewhere (test_the_flower_opens).
"""

import subprocess
from pathlib import Path
from typing import Any

from flask import Flask

from lms import clock
from lms.access.rules import Role
from lms.certificates import papers
from lms.certificates.models import Certificate
from lms.db import db
from lms.people import actions as people
from lms.people.models import Person
from lms.quizzes.publishing import TEAM_QUIZ
from lms.roads.rules.watching import LINES
from lms.teams.models import Team
from tests import browser, facts
from tests.stories.hamlet import BEGAN, Hamlet, hashed
from tests.stories.steps import answer, arrive_as, press, read_lesson, refuse_nothing

NAME = "Hà Thị Sen"


def test_from_the_first_day_to_the_certificate_and_back(
    app: Flask, visitors: Any, site: str, hamlet: Hamlet, tmp_path: Path, axe: Any
) -> None:
    sen = _people(app, hamlet)
    phone, teacher, officer, stranger = visitors.phone(), visitors.phone(), visitors.desk(), visitors.phone()
    arrive_as(officer, "mai")
    _join(app, officer)
    arrive_as(phone, "sen")
    _learn(phone, axe)
    arrive_as(teacher, "hoa")
    _sit_the_exam(phone, teacher, sen)
    _be_watched(phone, teacher, hamlet, sen, axe)
    _certify(officer)
    paper = _fetch(phone, visitors, tmp_path)
    assert NAME in subprocess.run(["pdftotext", paper, "-"], capture_output=True, check=True).stdout.decode()
    with app.app_context():
        row = db.session.query(Certificate).one()
        address, certificate_id = papers.address_on_paper(row, site), row.id
    stranger.goto(address)
    assert stranger.locator("h1").get_attribute("data-verdict") == "valid"
    assert "Thành viên tổ công nghệ số cộng đồng" in stranger.locator("main").inner_text()
    _revoke(officer, visitors.desk(), certificate_id)
    stranger.goto(address.partition("#")[0])
    assert stranger.locator("h1").get_attribute("data-verdict") == "revoked"
    phone.goto("/con-duong")
    assert "Nhờ cán bộ xã đề nghị cấp giấy" in phone.locator("main").inner_text()


def _people(app: Flask, hamlet: Hamlet) -> int:
    """Chị Sen holds the five skills and has an account; the commune has a second officer."""
    with app.app_context():
        sen = hamlet.two[1]
        for skill in facts.SKILLS:
            facts.prove(sen, skill, clock.today(), witness_id=hamlet.teacher)
        people.create_account(db.session.get_one(Person, sen), "sen", hashed(), must_change=False)
        second = people.create_person("Vũ Văn Bình", 1979)
        people.create_account(second, "binh", hashed(), must_change=False)
        people.grant_role(second.id, Role.COMMUNE_OFFICER, BEGAN, unit_id=hamlet.commune)
        db.session.commit()
        return sen


def _join(app: Flask, officer: Any) -> None:
    """She is of another team than anh Nam's would be: one of her own, named by the commune's decision."""
    with app.app_context():
        team = db.session.query(Team).one().id
    officer.goto(f"/to/{team}/them-nguoi")
    officer.fill("#tim", NAME)
    press(officer, "Tìm")
    press(officer, "Thêm vào tổ")
    refuse_nothing(officer)
    assert NAME in officer.locator("main").inner_text()


def _learn(phone: Any, axe: Any) -> None:
    phone.goto("/")
    press(phone, "Con đường của tôi")
    assert "Việc tiếp theo: Đọc bài dành cho người chứng" in phone.locator("main").inner_text()
    assert not axe(phone) and not browser.wider_than_screen(phone)
    press(phone, "Đọc và trả lời năm câu")
    _answer_all(phone)
    phone.goto("/con-duong")
    assert "Việc tiếp theo: Học khoá dành cho tổ" in phone.locator("main").inner_text()
    press(phone, "Học khoá dành cho tổ")
    phone.locator("main a[href*='/khoa-hoc/to-cong-nghe/']").first.click()
    phone.wait_for_load_state()
    assert read_lesson(phone) > 2


def _sit_the_exam(phone: Any, teacher: Any, sen: int) -> None:
    teacher.goto(f"/chung-kien/mo-bai?nguoi={sen}")
    teacher.select_option("select[name=quiz_id]", TEAM_QUIZ)
    press(teacher, "Mở bài")
    press(teacher, "Coi thi: mã, điểm danh, bảng theo dõi")
    board = teacher.url
    press(teacher, "Chuyển thành buổi thi")
    teacher.locator("label", has=teacher.locator("[name=co-mat]")).click()
    press(teacher, "Ghi điểm danh")
    press(teacher, "Mã mới để đọc lên")
    code = teacher.locator(".huge").inner_text()
    phone.goto(f"/kiem-tra/{TEAM_QUIZ}")
    press(phone, "Nhập mã phòng thi")
    phone.fill("[name=code]", code)
    press(phone, "Vào phòng thi")
    _answer_all(phone, wrong=1)
    assert "Phần thi của thành viên tổ đã xong" in phone.locator("main").inner_text()
    teacher.goto(board)


def _answer_all(phone: Any, wrong: int = 0) -> None:
    press(phone, "Bắt đầu làm bài")
    asked = 0
    while phone.locator("button[name=den][value=sau]").count():
        asked += 1
        answer(phone, rightly=asked > wrong)
    press(phone, "Nộp bài")
    refuse_nothing(phone)


def _be_watched(phone: Any, teacher: Any, hamlet: Hamlet, sen: int, axe: Any) -> None:
    """A visit without a lesson, noted by the member; then the teacher's sheet, whole and in one go."""
    phone.goto(f"/di-tham/ho/{hamlet.household}/ghi")
    for words in ("Phạm Thị Lan", "Dặn về lừa đảo", "2 tuần nữa"):
        phone.locator("label", has_text=words).first.click()
    press(phone, "Lưu lượt thăm")
    refuse_nothing(phone)
    teacher.goto("/chung-kien")
    press(teacher, "Dự một lượt thăm của thành viên tổ")
    assert not axe(teacher) and not browser.wider_than_screen(teacher)
    teacher.locator(f".rows a[href='/du-tham/{sen}']").click()
    teacher.wait_for_load_state()
    assert not axe(teacher) and not browser.wider_than_screen(teacher)
    assert teacher.locator("input:checked").count() == 0, "nothing stands ticked"
    press(teacher, "Ký và lưu")
    assert teacher.locator("main .error").count() == len(LINES) + 2
    teacher.locator("#visit label").first.click()
    for line in LINES:
        teacher.locator(f"#line_{line} label", has_text="Có thấy").click()
    teacher.locator("label", has=teacher.locator("[name=not_kin]")).click()
    press(teacher, "Ký và lưu")
    refuse_nothing(teacher)
    phone.goto("/con-duong")
    assert "Phạm Thị Hoa đi cùng" in phone.locator("main").inner_text()
    assert not axe(phone) and not browser.wider_than_screen(phone)


def _certify(officer: Any) -> None:
    officer.goto("/cap-giay/moi?loai=member")
    assert NAME in officer.locator("main").inner_text()
    press(officer, "Đề nghị cấp giấy")
    officer.fill("[name=office]", "Chủ tịch")
    officer.locator("label", has=officer.locator("[name=seen]")).click()
    press(officer, "Ký cấp 1 giấy")
    refuse_nothing(officer)


def _fetch(phone: Any, visitors: Any, tmp_path: Path) -> Path:
    """On her own computer, where downloads go somewhere."""
    desk = visitors.desk(accept_downloads=True)
    arrive_as(desk, "sen")
    desk.goto("/con-duong")
    press(desk, "Giấy chứng nhận của tôi")
    with desk.expect_download() as got:
        desk.get_by_role("link", name="Tải giấy để in (PDF)").click()
    paper = tmp_path / "giay.pdf"
    got.value.save_as(paper)
    return paper


def _revoke(officer: Any, second: Any, certificate_id: int) -> None:
    officer.goto(f"/so-cap-giay/{certificate_id}")
    officer.fill("[name=reason]", "Ghi sai họ tên")
    press(officer, "Yêu cầu thu hồi")
    arrive_as(second, "binh")
    second.goto(f"/so-cap-giay/{certificate_id}")
    press(second, "Xác nhận thu hồi")
    refuse_nothing(second)
