"""The tour: every page worth looking at, who looks, and how they get there. Screenshots and accessibility read it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tools import (
    tour_certificates,
    tour_helping,
    tour_rechecks,
    tour_roads,
    tour_runs,
    tour_sessions,
    tour_training,
    tour_visits,
)

PASSWORD = "nam-canh-2026"  # noqa: S105 the demo's, printed on its sign-in page
EVERYBODY = ""


@dataclass(frozen=True)
class Stop:
    """A page: from `start`, the first link that fits each pattern is followed."""

    name: str
    who: str
    """A demo account, or nobody."""
    start: str
    follow: tuple[str, ...] = ()
    is_for_a_wall: bool = False
    """Made for a projector: nobody looks at it on a phone."""
    act: Callable[[Any], None] | None = None
    """What is done there before looking: a page that only an act leads to."""


def read_a_list(page: Any) -> None:
    """A list of households with two faulty rows, read and not yet applied."""
    page.set_input_files("[name=file]", files=[{"name": "ho.csv", "mimeType": "text/csv", "buffer": A_LIST.encode()}])
    page.get_by_role("button", name="Đọc thử").click()


def open_for_some(page: Any) -> None:
    """A test opened for everybody found; what follows is its window page."""
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="Tiếp tục").click()
    page.select_option("select[name=quiz_id]", index=1)
    page.get_by_role("button", name="Mở bài").click()


def open_for_class(page: Any) -> None:
    page.select_option("select[name=quiz_id]", value="thanh-toan")
    page.get_by_role("button", name="Mở bài").click()


def press_if_there(words: str) -> Callable[[Any], None]:
    """A button that is gone once somebody pressed it."""

    def press(page: Any) -> None:
        button = page.get_by_role("button", name=words)
        if button.count():
            button.first.click()

    return press


def make_cards(page: Any) -> None:
    """For those without a card; where all have one (the tour was here before), for all anew."""
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("button[name=ai][value=thieu], button[name=ai][value=ca-lop]").first.click()
    page.locator(".login-card").first.wait_for()


def open_the_class(page: Any) -> None:
    if not page.locator(".class-code").count():
        page.get_by_role("button", name="Mở cửa lớp").click()
    page.locator(".class-code").wait_for()


def start_practice(page: Any) -> None:
    page.get_by_role("button", name="Bắt đầu").click()
    page.locator("[data-practice] button, .sim button").first.wait_for()


def begin(page: Any) -> None:
    """Into the test the teacher opened; one question is answered, the next is looked at."""
    _into_the_test(page)
    page.locator("main input[type=radio], main input[type=checkbox]").first.check()
    page.locator("main button.button:not(.second):not(.quiet)").first.click()


def look_over(page: Any) -> None:
    _into_the_test(page)
    page.goto(re.sub(r"/\d+$", "/xem-lai", page.url))


def _into_the_test(page: Any) -> None:
    page.locator("main a.button, main form button").filter(has_text=re.compile("Bắt đầu|Làm tiếp")).first.click()


def hand_over(page: Any) -> None:
    """From the tests that are open to the locked page; the window stays locked, so these are its last stops."""
    if page.locator("main a[href*='bai=']").count():
        page.locator("main a[href*='bai=']").first.click()
    told = page.locator("main .notice").all_inner_texts()
    for button in page.locator("main form button").all():
        if not any(button.inner_text().split(" · ")[0] in words for words in told):
            button.click()
            return
    raise LookupError("nobody here has agreed to be tested")


def read_questions(page: Any) -> None:
    """A file of questions read and not yet kept: two that can be used, one left behind by name."""
    page.set_input_files(
        "[name=file]", files=[{"name": "mau.gift", "mimeType": "text/plain", "buffer": QUESTIONS.encode()}]
    )
    page.get_by_role("button", name="Đọc thử").click()


def look_before_sending(page: Any) -> None:
    """What a file for another system would not carry."""
    page.select_option("select[name=ky-nang]", value="s3")
    page.get_by_label("Moodle XML").check()
    page.get_by_role("button", name="Xem trước").click()


def look_at_faults(page: Any) -> None:
    """A question hardly begun: it shows itself while one writes, and looked at, every empty field says what it wants."""
    page.fill("[name=stem]", "Câu **mẫu** hỏi gì?")
    page.locator("[data-preview-place] strong", has_text="mẫu").wait_for()
    page.get_by_role("button", name="Xem thử").last.click()
    page.locator("main .error").first.wait_for()


A_LIST = """Mã hộ,Họ và tên,Quan hệ với chủ hộ,Năm sinh,Thôn
M901,Bùi Văn Mẫu Tư,Chủ hộ,1970,Thôn Mẫu 1
,Lê Thị Mẫu Hoa,Vợ,1972,
,Bùi Văn Mẫu Nam,Con,31/02/2013,
M902,Hà Văn Mẫu Sáu,Hàng xóm,1980,Thôn Mẫu 2
"""
WINDOW = ("/chung-kien/mo-bai/[0-9a-f-]{36}",)
EXAM = (*WINDOW, "/coi-thi/[0-9a-f-]{36}")
PAPER = (*WINDOW, "/coi-thi/.+/giay")
QUESTIONS = """::mẫu::Ai hỏi mã OTP? {=Kẻ gian#Đúng rồi. ~Ngân hàng#Ngân hàng không hỏi.}

Kể lại chuyện của bạn {}

Giá 120.000 đ, giảm 20.000 đ. Phải trả? {#100000}
"""
LESSON = ("/khoa-hoc/thanh-toan", "/khoa-hoc/thanh-toan/[^/?#]+")
CLASS = ("/lop-hoc/[0-9]+",)
HOUSEHOLD = ("/ho-gia-dinh/[0-9]+",)
UNIT = ("/don-vi/[0-9]+",)

CLASS_BOOK = tuple(
    Stop(name, "giaovien", "/lop-hoc", (*CLASS, *(f"/lop-hoc/[0-9]+/{one}" for one in follow)))
    for name, *follow in (
        ("nhom", "giao-bai", "nhom"),
        ("nam-hoc", "giao-bai", "nam-hoc"),
        ("ke-hoach-cu", "giao-bai", "ke-hoach-cu"),
        ("so-theo-doi", "so-theo-doi"),
        ("so-theo-doi-in", "so-theo-doi", "so-theo-doi/ban-in.*"),
        ("o-ky-nang", "so-theo-doi", "so-theo-doi/[0-9]+/s3.*"),
        ("o-bai-hoc", "so-theo-doi", "so-theo-doi/[0-9]+/m[.].*"),
        ("gui-phieu-ghi", "so-theo-doi", "so-theo-doi/phieu.*"),
        ("ai-can-giup", "can-giup"),
        ("the-nhac", "can-giup", "can-giup/the"),
        ("gui-phu-huynh", "phu-huynh"),
    )
)

STOPS = (
    Stop("trang-truoc", EVERYBODY, "/"),
    Stop("dang-nhap", EVERYBODY, "/dang-nhap"),
    Stop("quen-mat-khau", EVERYBODY, "/quen-mat-khau"),
    Stop("vao-lop", EVERYBODY, "/vao-lop"),
    Stop("vao-lop-tu-nha", EVERYBODY, "/vao-lop/tu-nha?kieu=hinh"),
    Stop("khoa-hoc", EVERYBODY, "/khoa-hoc"),
    Stop("khoa", EVERYBODY, "/khoa-hoc", LESSON[:1]),
    Stop("bai-hoc", EVERYBODY, "/khoa-hoc", LESSON),
    Stop("ban-in", EVERYBODY, "/khoa-hoc", (*LESSON, "/khoa-hoc/.*/ban-in")),
    Stop("khong-tim-thay", EVERYBODY, "/khong-co-trang-nay"),
    Stop("tro-giup-tiep-can", EVERYBODY, "/tro-giup-tiep-can"),
    Stop("rieng-tu", EVERYBODY, "/rieng-tu"),
    Stop("lam-tiep-bang-ma", EVERYBODY, "/trao-may/tiep-tuc"),
    Stop("luyen-tap", EVERYBODY, "/luyen-tap"),
    Stop("mot-bai-luyen", EVERYBODY, "/luyen-tap", ("/luyen-tap/p.s4.hop.*",)),
    Stop("man-hinh-luyen", EVERYBODY, "/luyen-tap", ("/luyen-tap/p.s3.quet.*",), act=start_practice),
    Stop("may-do-lua-dao", "hocsinh", "/luyen-tap", ("/luyen-tap/may-do",)),
    Stop("cac-luot-luyen", "giaovien", "/lop-hoc", (*CLASS, "/hoc-sinh/[0-9]+", "/luyen-tap/nguoi/[0-9]+")),
    Stop("nha-hoc-sinh", "hocsinh", "/"),
    Stop("hoa-cua-toi", "hocsinh", "/hoa-cua-toi"),
    Stop("bai-hoc-cua-em", "hocsinh", "/khoa-hoc", LESSON),
    Stop("bai-kiem-tra", "hocsinh", "/kiem-tra"),
    Stop("mot-bai-kiem-tra", "hocsinh", "/kiem-tra", ("/kiem-tra/thanh-toan",)),
    Stop("ket-qua", "hocsinh", "/kiem-tra/dich-vu-cong", ("/kiem-tra/.+/ket-qua",)),
    Stop("doi-mat-khau", "hocsinh", "/mat-khau"),
    Stop("xep-cho", "hocsinh", "/xep-cho"),
    Stop("xep-cho-mua-sam", "hocsinh", "/xep-cho", ("/xep-cho/mua-sam",)),
    Stop("phieu-xep-cho", "hocsinh", "/xep-cho/mua-sam", ("/xep-cho/mua-sam/ban-in",)),
    Stop("nhap-phieu-xep-cho", "hocsinh", "/xep-cho/mua-sam", ("/xep-cho/mua-sam/nhap",)),
    Stop("ca-nhan", "hocsinh", "/ca-nhan"),
    Stop("dong-y-cua-em", "hocsinh", "/ca-nhan", ("/ca-nhan/dong-y",)),
    Stop("nha-nguoi-dan", "nguoidan", "/"),
    Stop("nha-giao-vien", "giaovien", "/"),
    Stop("lop-hoc", "giaovien", "/lop-hoc"),
    Stop("mot-lop", "giaovien", "/lop-hoc", CLASS),
    Stop("hoc-sinh", "giaovien", "/lop-hoc", (*CLASS, "/hoc-sinh/[0-9]+")),
    Stop("giao-bai", "giaovien", "/lop-hoc", (*CLASS, "/lop-hoc/[0-9]+/giao-bai")),
    *CLASS_BOOK,
    Stop("phieu-dong-y", "giaovien", "/lop-hoc", (*CLASS, "/lop-hoc/[0-9]+/dong-y")),
    Stop("phieu-de-in", "giaovien", "/lop-hoc", (*CLASS, "/lop-hoc/[0-9]+/dong-y", "/lop-hoc/.*/phieu.*")),
    Stop("them-em", "giaovien", "/lop-hoc", (*CLASS, "/lop-hoc/[0-9]+/them-em")),
    Stop("giao-vien-cua-lop", "giaovien", "/lop-hoc", (*CLASS, "/lop-hoc/[0-9]+/giao-vien")),
    Stop("lap-lop", "giaovien", "/lop-hoc", ("/lop-hoc/them",)),
    Stop("the-vao-lop", "giaovien", "/lop-hoc", (*CLASS, "/lop-hoc/[0-9]+/the")),
    Stop("to-the-de-in", "giaovien", "/lop-hoc", (*CLASS, "/lop-hoc/[0-9]+/the"), act=make_cards),
    Stop("mo-cua-lop", "giaovien", "/lop-hoc", (*CLASS, "/lop-hoc/[0-9]+/vao-lop")),
    Stop("cua-lop-mo", "giaovien", "/lop-hoc", (*CLASS, "/lop-hoc/[0-9]+/vao-lop"), act=open_the_class),
    Stop(
        "ma-lop-tren-bang",
        "giaovien",
        "/lop-hoc",
        (*CLASS, "/lop-hoc/[0-9]+/vao-lop", "/lop-hoc/.*/chieu"),
        is_for_a_wall=True,
    ),
    *(Stop(*one) for one in tour_runs.STOPS),
    *(Stop(*one) for one in tour_certificates.STOPS),
    *(Stop(*one) for one in tour_helping.STOPS),
    *(Stop(*one) for one in tour_rechecks.STOPS),
    *(Stop(*one) for one in tour_training.STOPS),
    *(Stop(*one) for one in tour_visits.STOPS),
    *(Stop(*one) for one in tour_roads.STOPS),
    Stop("dat-pin", "giaovien", "/ca-nhan", ("/ca-nhan/pin",)),
    Stop("mo-bai-cho-ai", "giaovien", "/chung-kien", ("/chung-kien/mo-bai",)),
    Stop("phieu-da-ky", "giaovien", "/chung-kien", ("/chung-kien/nguoi/[0-9]+/phieu/.+",)),
    Stop("so-lieu", "giaovien", "/so-lieu"),
    Stop("so-lieu-bai-kiem-tra", "giaovien", "/so-lieu", ("/so-lieu/thanh-toan",)),
    Stop("mo-bai", "giaovien", "/lop-hoc", (*CLASS, "/chung-kien/mo-bai.*")),
    Stop("bai-da-mo", "giaovien", "/lop-hoc", (*CLASS, "/chung-kien/mo-bai.*"), act=open_for_class),
    Stop("cau-hoi", "hocsinh", "/kiem-tra/thanh-toan", act=begin),
    Stop("xem-lai-bai", "hocsinh", "/kiem-tra/thanh-toan", act=look_over),
    Stop("coi-thi-la-gi", "giaovien", "/chung-kien", EXAM),
    Stop("coi-thi", "giaovien", "/chung-kien", EXAM, act=press_if_there("Chuyển thành buổi thi")),
    Stop("ma-phong-thi", "giaovien", "/chung-kien", EXAM, act=press_if_there("Mã mới để đọc lên")),
    Stop("coi-mot-nguoi", "giaovien", "/chung-kien", (*EXAM, "/coi-thi/.+/nguoi/[0-9]+")),
    Stop("dieu-can-xem", "giaovien", "/chung-kien", (*EXAM, "/coi-thi/.+/luu-y")),
    Stop("lay-de-giay", "giaovien", "/chung-kien", PAPER, act=press_if_there("Lấy đề A và đề B")),
    Stop("de-giay", "giaovien", "/chung-kien", (*PAPER, "/coi-thi/.+/giay/A")),
    Stop("nhap-phieu", "giaovien", "/chung-kien", (*PAPER, "/coi-thi/.+/nhap")),
    Stop("chung-kien", "giaovien", "/chung-kien"),
    Stop("phieu-viec", "giaovien", "/chung-kien", ("/chung-kien/phieu-viec",)),
    Stop("mot-phieu-viec", "giaovien", "/chung-kien/phieu-viec", ("/chung-kien/phieu-viec/.+",)),
    Stop("chung-cho-ai", "giaovien", "/chung-kien?tim=Bùi", ("/chung-kien/nguoi/[0-9]+",)),
    Stop(
        "quan-sat", "giaovien", "/chung-kien?tim=Bùi", ("/chung-kien/nguoi/[0-9]+", "/chung-kien/nguoi/[0-9]+.the=.+")
    ),
    Stop("trao-may", "giaovien", "/trao-may"),
    Stop("huong-dan-len-lop", "giaovien", "/khoa-hoc", (*LESSON, "/khoa-hoc/.*/huong-dan")),
    Stop("chieu-len-bang", "giaovien", "/khoa-hoc", (*LESSON, "/khoa-hoc/.*chieu=1"), is_for_a_wall=True),
    Stop("nha-to-cnscd", "tocnscd", "/"),
    Stop("ho-can-toi", "tocnscd", "/", ("/ho-gia-dinh/[0-9]+",)),
    Stop("bai-dang-mo", "tocnscd", "/chung-kien/mo-bai?tim=Bùi", act=open_for_some),
    Stop("may-da-trao", "tocnscd", "/trao-may", act=hand_over),
    Stop("tra-lai-may", "tocnscd", "/trao-may/tra-lai"),
    Stop("nha-to-truong", "totruong", "/"),
    Stop("to", "totruong", "/to"),
    Stop("mot-to", "canboxa", "/to", ("/to/[0-9]+",)),
    Stop("quyet-dinh-cua-to", "canboxa", "/to", ("/to/[0-9]+", "/to/[0-9]+/quyet-dinh")),
    Stop("nguoi-trong-to", "canboxa", "/to", ("/to/[0-9]+", "/to/[0-9]+/nguoi/[0-9]+")),
    Stop("thoi-o-to", "canboxa", "/to", ("/to/[0-9]+", "/to/[0-9]+/nguoi/[0-9]+", "/to/[0-9]+/nguoi/[0-9]+/thoi")),
    Stop("nha-can-bo-xa", "canboxa", "/"),
    Stop("ho-gia-dinh", "canboxa", "/ho-gia-dinh"),
    Stop("mot-ho", "canboxa", "/ho-gia-dinh", HOUSEHOLD),
    Stop("nguoi-trong-ho", "canboxa", "/ho-gia-dinh", (*HOUSEHOLD, "/ho-gia-dinh/[0-9]+/nguoi/[0-9]+")),
    Stop("thon", "canboxa", "/ho-gia-dinh", (*HOUSEHOLD, "/thon/[0-9]+")),
    Stop("xa", "canboxa", "/", UNIT),
    Stop("don-vi", "canboxa", "/don-vi"),
    Stop("noi-ho-so", "canboxa", "/noi-ho-so"),
    Stop("bai-can-bo-mo", "canboxa", "/chung-kien/mo-bai?tim=Bùi", act=open_for_some),
    Stop("dong-y", "canboxa", "/chung-kien?tim=Bùi", ("/chung-kien/nguoi/[0-9]+",)),
    Stop("nhap-danh-sach", "canboxa", "/nhap-danh-sach"),
    Stop("tai-danh-sach-len", "canboxa", "/nhap-danh-sach/tai-len"),
    Stop("doc-thu-danh-sach", "canboxa", "/nhap-danh-sach/tai-len", act=read_a_list),
    Stop("tach-thon", "canboxa", "/don-vi", ("/don-vi/[0-9]+/lich-su", "/don-vi/[0-9]+/tach")),
    Stop("nha-can-bo-huyen", "canbohuyen", "/"),
    Stop("vung", "canbohuyen", "/", UNIT),
    Stop("nha-quan-tri", "quantri", "/"),
    Stop("quan-tri", "quantri", "/quan-tri"),
    Stop("cai-dat", "quantri", "/quan-tri/cai-dat"),
    Stop("du-kien", "quantri", "/quan-tri/du-kien"),
    Stop("huy-cau", "quantri", "/quan-tri", ("/huy-cau",)),
    Stop("huy-mot-cau", "quantri", "/huy-cau?tim=s3.q0", ("/huy-cau/s3.+",)),
    Stop("nguoi", "quantri", "/nguoi"),
    Stop("mot-nguoi", "quantri", "/nguoi", ("/nguoi/[0-9]+",)),
    Stop("them-nguoi", "quantri", "/nguoi/them"),
    *tour_sessions.stops(Stop),
    Stop("ngan-hang", "quantri", "/quan-tri", ("/ngan-hang",)),
    Stop("mot-cau-hoi", "quantri", "/ngan-hang?loai=single", ("/ngan-hang/[a-z]+[0-9]?[.].+",)),
    Stop("loai-cau-hoi", "quantri", "/ngan-hang", ("/ngan-hang/moi",)),
    Stop("soan-tinh-huong", "quantri", "/ngan-hang/moi", ("/ngan-hang/moi.loai=scenario",)),
    Stop("cau-con-cho-sua", "quantri", "/ngan-hang/moi", ("/ngan-hang/moi.loai=single",), act=look_at_faults),
    Stop("cau-trung", "quantri", "/ngan-hang", ("/ngan-hang/trung-nhau",)),
    Stop("nhap-cau-hoi", "quantri", "/ngan-hang", ("/ngan-hang/nhap",)),
    Stop("doc-thu-cau-hoi", "quantri", "/ngan-hang/nhap", act=read_questions),
    Stop("xuat-cau-hoi", "quantri", "/ngan-hang", ("/ngan-hang/xuat",), act=look_before_sending),
)


def arrive(page: Any, stop: Stop) -> None:
    """Walk to the stop; a missing link raises, because then a newcomer would not find the page either."""
    answer = page.goto(stop.start)
    if answer.status >= 400 and stop.name != "khong-tim-thay":
        raise LookupError(f"{stop.start} answers {answer.status}")
    for pattern in stop.follow:
        addresses = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
        page.goto(_first_fitting(addresses, pattern))
    if stop.act:
        stop.act(page)
        page.wait_for_load_state()
    if page.locator("h1").count() == 0:
        raise LookupError(f"{page.url}: no heading")


def _first_fitting(addresses: list[str], pattern: str) -> str:
    for address in addresses:
        if re.fullmatch(pattern, address):
            return address
    raise LookupError(f"no link like {pattern} among {addresses}")
