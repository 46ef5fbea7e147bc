"""Five skills earned; the teacher proposes, the officer signs, a sheet is printed; a stranger's phone checks it, with and
without network; two officers revoke it, and the same code says so."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from lms.certificates import papers
from lms.certificates.models import Certificate
from lms.db import db
from tests import browser, cast
from tests.certificates import town
from tests.stories.steps import press, refuse_nothing


@pytest.fixture
def names(app: Flask) -> dict[str, Any]:
    with app.app_context():
        made = town.settle()
        second = town.second_officer(made)
        db.session.commit()
        return {"pupil": made.pupils[0].full_name, "second": second.id}


def test_from_earned_to_revoked(
    app: Flask, visitors: Any, site: str, names: dict[str, Any], tmp_path: Path, axe: Any
) -> None:
    teacher, officer, stranger = visitors.desk(), visitors.desk(accept_downloads=True), visitors.phone()
    browser.sign_in(teacher, "hoa", cast.PASSWORD)
    teacher.goto("/cap-giay")
    press(teacher, "Đề nghị một đợt mới")
    assert names["pupil"] in teacher.locator("main").inner_text()
    press(teacher, "Đề nghị cấp giấy")
    refuse_nothing(teacher)
    browser.sign_in(officer, "mai", cast.PASSWORD)
    officer.goto(teacher.url)
    officer.fill("[name=office]", town.OFFICE)
    officer.locator("label", has=officer.locator("[name=seen]")).click()
    press(officer, "Ký cấp 1 giấy")
    refuse_nothing(officer)
    assert not axe(officer)
    with officer.expect_download() as got:
        officer.get_by_role("link", name="Tệp PDF").click()
    paper = tmp_path / "giay.pdf"
    got.value.save_as(paper)
    _look_at(paper, names["pupil"])
    with app.app_context():
        row = db.session.query(Certificate).one()
        address, certificate_id = papers.address_on_paper(row, site), row.id
    _a_stranger_checks(stranger, address, paper, names["pupil"], axe)
    _without_network(stranger, address, names["pupil"])
    officer.goto(f"/so-cap-giay/{certificate_id}")
    officer.fill("[name=reason]", "Ghi sai họ tên")
    press(officer, "Yêu cầu thu hồi")
    assert "Cần một người khác xác nhận" in officer.locator("main").inner_text()
    second = visitors.desk()
    browser.sign_in(second, "binh", cast.PASSWORD)
    second.goto(f"/so-cap-giay/{certificate_id}")
    press(second, "Xác nhận thu hồi")
    refuse_nothing(second)
    stranger.goto(address.partition("#")[0])
    assert stranger.locator("h1").get_attribute("data-verdict") == "revoked"


def _on_an_older_phone(phone: Any, address: str, name: str) -> None:
    """A browser that does not know the curve: the library, kept with the page, judges the same, without network too."""
    phone.add_init_script(
        "const native = crypto.subtle?.importKey.bind(crypto.subtle);"
        "if (native) crypto.subtle.importKey = (form, key, way, ...rest) => way.name === 'Ed25519'"
        " ? Promise.reject(new DOMException('', 'NotSupportedError')) : native(form, key, way, ...rest);"
    )
    phone.goto("about:blank")
    phone.goto(address)
    phone.locator("[data-offline-good]").wait_for()
    assert name in phone.locator("[data-offline-good]").inner_text()
    assert phone.evaluate("() => performance.getEntriesByType('resource').some((one) => one.name.includes('noble'))")
    for spoilt in (address[:-4] + "AAAA", address.replace("#", "#A")):
        phone.goto("about:blank")
        phone.goto(spoilt)
        phone.locator("[data-offline-bad]").wait_for()


def _look_at(paper: Path, name: str) -> None:
    """One page; the name stands on it as text, and it can be drawn."""
    words = subprocess.run(["pdftotext", paper, "-"], capture_output=True, check=True).stdout.decode()
    assert name in words
    assert "Số vào sổ: 001/" in words
    subprocess.run(["pdftoppm", "-r", "40", "-png", paper, paper.with_suffix("")], check=True)
    assert len(list(paper.parent.glob("giay-*.png"))) == 1


def _a_stranger_checks(phone: Any, address: str, paper: Path, name: str, axe: Any) -> None:
    phone.goto(address)
    assert phone.locator("h1").get_attribute("data-verdict") == "valid"
    phone.locator("[data-paper]").wait_for()  # the QR itself carries the name and its signature
    assert name in phone.locator("[data-paper]").inner_text()
    assert name not in phone.locator("[data-name]").inner_text()
    assert not axe(phone)
    assert not browser.wider_than_screen(phone)
    phone.goto(address[:-4] + "AAAA")
    phone.locator("[data-paper-bad]").wait_for()
    phone.goto("/xac-minh")
    assert not axe(phone)
    phone.set_input_files("[name=file]", paper)
    press(phone, "Kiểm tra tệp")
    assert phone.locator("h1").get_attribute("data-verdict") == "valid"


def _without_network(phone: Any, address: str, name: str) -> None:
    phone.goto("/xac-minh")
    phone.locator("[data-offline-ready]").wait_for()
    phone.evaluate("async () => { for (let n = 0; n < 50; n++) { if (await caches.match('/xac-minh/khoa.json')) return;"
                   " await new Promise((go) => setTimeout(go, 100)); } }")  # fmt: skip
    phone.context.set_offline(True)
    phone.goto("about:blank")
    phone.goto(address)
    phone.locator("[data-offline-good]").wait_for()
    assert name in phone.locator("[data-offline-good]").inner_text()
    phone.goto("about:blank")
    phone.goto(address[:-4] + "AAAA")
    phone.locator("[data-offline-bad]").wait_for()
    _on_an_older_phone(phone, address, name)
    phone.context.set_offline(False)
    phone.goto("/xac-minh")
