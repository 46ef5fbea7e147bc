"""Cards as an A4 file: names, secrets and one QR a card; only from the page that was just made; one card alone."""

import re
import subprocess
import zlib
from datetime import timedelta

import pytest

from lms import clock
from lms.entry.rules import CardKind
from lms.entry.views.paper import Sheet, brought_back
from lms.entry.views.paper import carried as carried_field
from tests.entry import gate
from tests.rosters import hamlet


def carried(page):
    return re.search(r'name="to" value="([^"]+)"', page)[1]


@pytest.fixture
def made(as_teacher, room):
    """The page with the cards of a class, just made: (class, pupils, page)."""
    row, pupils = room
    answer = as_teacher.post(f"/lop-hoc/{row.id}/the/lam", data={"kind": "pin", "ai": "thieu"})
    return row, pupils, answer.get_data(as_text=True)


def asked(browser, row, field):
    return browser.post(f"/lop-hoc/{row.id}/the/to-the.pdf", data={"to": field})


def words_of(content, tmp_path):
    path = tmp_path / "the.pdf"
    path.write_bytes(content)
    found = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode()
    return " ".join(found.split())


def drawings_of(content):
    """What the file says its pictures are, for those who hear it read."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.S)
    whole = content
    for one in streams:
        try:
            whole += zlib.decompress(one)
        except zlib.error:
            continue
    return whole


def test_the_file_holds_every_card_that_was_just_made(as_teacher, made, tmp_path):
    row, pupils, page = made
    answer = asked(as_teacher, row, carried(page))
    assert answer.status_code == 200 and answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF")
    words = words_of(answer.data, tmp_path)
    pins = re.findall(r"Mã PIN</span>\s*<b>(\d{4})</b>", page)
    assert len(pins) == len(pupils) == 3 and all(one in words for one in pins)
    assert all(one.full_name in words for one in pupils) and words.count("Tên đăng nhập") == 3
    assert drawings_of(answer.data).count(b"/S/Figure") == 3
    assert "no-store" in answer.headers["Cache-Control"]


def test_one_card_anew_is_a_file_of_one_with_its_pictures(as_teacher, made, tmp_path):
    row, (lan, nam, _uoc), page = made
    again = as_teacher.post(f"/lop-hoc/{row.id}/the/lam", data={"kind": "pictures", "ai": str(lan.id)})
    words = words_of(asked(as_teacher, row, carried(again.get_data(as_text=True))).data, tmp_path)
    assert lan.full_name in words and nam.full_name not in words and "Mã PIN" not in words
    assert words.count("Tên đăng nhập") == 1
    old = words_of(asked(as_teacher, row, carried(page)).data, tmp_path)
    assert lan.full_name not in old and nam.full_name in old, "a card that died is on no paper"


def test_only_the_page_just_made_becomes_a_file(as_teacher, made, ids, app):
    row, _pupils, page = made
    for field in ("", "x", carried(page)[:-2] + "zz"):
        assert asked(as_teacher, row, field).status_code == 303
    stranger = gate.Browser(app.test_client())
    hamlet.sign_in(stranger, ids["stranger"])
    assert asked(stranger, row, carried(page)).status_code == 404


def test_what_the_page_carries_lasts_half_an_hour_for_one_teacher_and_class():
    then = clock.now()
    one = Sheet(1, "Mẫu", "mau", CardKind.PIN, "0417", "k" * 22, "https://mau.example/vao-lop/the/k")
    field = carried_field([one], 7, 3, "s" * 32, then)
    assert brought_back(field, 7, 3, "s" * 32, then + timedelta(minutes=29, seconds=59)) == [one]
    assert brought_back(field, 7, 3, "s" * 32, then + timedelta(minutes=30)) == []
    assert [brought_back(field, *who, then) for who in ((8, 3, "s" * 32), (7, 4, "s" * 32), (7, 3, "t" * 32))] == [
        []
    ] * 3
