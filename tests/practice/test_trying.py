"""`flask content try`: an author plays while writing; a fault is shown, a saving is noticed, the walk is kept."""

import json
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from lms.library.books import Books
from lms.practice import trying
from lms.practice.rules.params import drawn
from tests import browser
from tests.practice import shelf
from tests.practice.test_checker import EXAMPLE


@dataclass
class Desk:
    path: Path
    bench: trying.Bench
    client: FlaskClient

    def page(self, at: str = "/") -> str:
        return self.client.get(at).get_data(as_text=True)

    def save(self, old: str, new: str) -> None:
        text = self.path.read_text("utf-8")
        assert old in text
        self.path.write_text(text.replace(old, new, 1), "utf-8")

    def mark(self) -> str:
        return str(self.client.get("/moc").json["mark"])

    def press(self, at: str, act: str, **fields: str) -> str:
        """The address one comes to."""
        walk = json.loads(parse_qs(urlsplit(at).query).get("di", ["[]"])[0])
        sent = {f"f-{name}": value for name, value in fields.items()}
        answer = self.client.post(at, data={"act": act, "n": len(walk), **sent})
        assert answer.status_code == 303
        return str(answer.location)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    path = tmp_path / "tra-tien-quay.yaml"
    path.write_text(EXAMPLE, "utf-8")
    bench = trying.Bench(path, shelf.books())
    return Desk(path, bench, trying.create_bench(bench).test_client())


def seed_where(desk: Desk, **wanted: str) -> str:
    spec = desk.bench.look().practice.spec
    return next(str(n) for n in range(200) if wanted.items() <= drawn(spec, str(n)).items())


def test_one_plays_a_variant_to_its_end(desk: Desk) -> None:
    at = f"/?hat={seed_where(desk, account='dung_ten')}"
    values = drawn(desk.bench.look().practice.spec, parse_qs(urlsplit(at).query)["hat"][0])
    at = desk.press(at, "tap:open_bank")
    assert values["payee"] in desk.page(at)
    at = desk.press(at, "tap:pay", sum=str(values["amount"]))
    assert "<h2>Tự làm được</h2>" in desk.page(at)


def test_a_mistake_and_a_refusal_are_told_where_they_happen(desk: Desk) -> None:
    at = desk.press(f"/?hat={seed_where(desk, account='khac_ten')}", "tap:open_bank")
    at = desk.press(at, "tap:pay")
    assert "Tiền vào tài khoản người lạ" in desk.page(at)
    assert "không còn trên màn" in desk.page(desk.press(at, "tap:open_talk"))


def test_a_saving_is_noticed_and_one_stays_where_one_was(desk: Desk) -> None:
    at, before = desk.press("/?hat=1", "tap:open_bank"), desk.mark()
    assert desk.mark() == before
    desk.save("Quét mã trả tiền", "Trả tiền bằng mã vuông")
    assert desk.mark() != before
    assert "Trả tiền bằng mã vuông" in desk.page(at)
    desk.save("{tap: open_bank, from: home, to: bank}", "{tap: open_bank, from: home, to: talk}")
    assert "Về màn đầu" in desk.page(at)


def test_the_search_tells_its_end_and_what_it_found(desk: Desk) -> None:
    assert "Đang thử mọi tình huống" in desk.page()
    before = desk.mark()
    desk.bench.search()
    assert desk.mark() != before and "Không thấy lỗi nào" in desk.page()
    desk.save("{eq: [$account, dung_ten]}", "{eq: [$account, sai_ten]}")
    desk.bench.search()
    assert "không tìm thấy đường tới đích" in desk.page() and "sim__phone" in desk.page()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kind: money", "kind: mony", "kind: «mony»"),
        ("{{shown}}", "{{show}}", "giá trị «show» không có"),
        ("start: home", "start: hom", "màn «hom» không có"),
        ("params:", "params: [", "YAML không đọc được"),
        ("screens:", "screenz:", "thiếu «screens»"),
        ("goal:", "gaol:", "thiếu «goal»"),
        (EXAMPLE, "", "tệp trống"),
        (EXAMPLE, "- một danh sách\n", "cần các dòng «khoá: giá trị»"),
        (EXAMPLE, "chữ", "cần các dòng «khoá: giá trị»"),
    ],
)
def test_a_file_with_faults_is_shown_with_its_faults(desk: Desk, old: str, new: str, told: str) -> None:
    desk.save(old, new)
    page = desk.page()
    assert told in page and "Tệp còn lỗi nên chưa chơi được" in page
    assert desk.client.post("/?hat=1", data={"act": "tap:open_bank"}).status_code == 303
    desk.bench.search()
    desk.path.write_text(EXAMPLE, "utf-8")
    assert "sim__phone" in desk.page()


def test_what_is_wrong_but_no_obstacle_is_told_beside_the_phone(desk: Desk) -> None:
    desk.save("Quét mã trả tiền", "Quét mã Zalo")
    page = desk.page()
    line = EXAMPLE[: EXAMPLE.index("  bank:\n    app")].count("\n") + 1
    assert f"Dòng {line}" in page and "«Zalo» là tên thật" in page and "sim__phone" in page


def test_a_file_that_is_gone_for_a_moment_is_waited_for(desk: Desk) -> None:
    desk.path.rename(desk.path.with_suffix(".bak"))
    assert "không thấy tệp này" in desk.page()
    desk.bench.search()
    desk.path.with_suffix(".bak").rename(desk.path)
    assert "sim__phone" in desk.page()


@pytest.mark.parametrize("walk", ["[[", "7", '[["tap"]]', "[3]", '[["input","sum",null]]'])
def test_an_address_cut_short_begins_anew(desk: Desk, walk: str) -> None:
    assert "Ngân hàng Tập Luyện" in desk.client.get("/", query_string={"hat": "1", "di": walk}).get_data(as_text=True)


def test_only_this_machine_is_served(desk: Desk) -> None:
    assert desk.client.get("/", headers={"Host": "elsewhere.example"}).status_code == 400
    server, _bench = trying.serve(desk.path, Books(), 0)
    assert server.effective_host == "127.0.0.1"
    server.close()


def test_the_page_is_loaded_anew_by_itself(desk: Desk, browser_window: object) -> None:
    """In a browser: what is saved in the editor stands on the page a moment later."""
    with browser.served(trying.create_bench(desk.bench)) as address:
        visitors = browser.Visitors(browser_window, address)
        page = visitors.phone()
        page.goto("/?hat=1")
        assert browser.wider_than_screen(page) == 0 and browser.axe_problems(page) == []
        page.click("[value='tap:open_bank']")
        desk.save("Quét mã trả tiền", "Trả bằng mã vuông")
        page.get_by_role("heading", name="Trả bằng mã vuông").wait_for()
        visitors.close()
        assert not visitors.faults
