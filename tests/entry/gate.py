"""What teacher and pupils do at the gate, and what stands on the sheet that is shown once."""

import html
import re
from dataclasses import dataclass

from flask import g
from flask.testing import FlaskClient

from lms import clock
from lms.db import db
from lms.entry import queries
from lms.entry.models import ClassWindow, LoginCard


@dataclass(frozen=True)
class OnPaper:
    name: str
    username: str
    secret: list[str]
    """The picture names, or the one PIN."""


class Browser:
    """A test client whose requests do not see who signed in in the test's own context."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def __getattr__(self, name: str):
        if name in ("get", "post"):
            g.pop("_login_user", None)
        return getattr(self.client, name)


def make_cards(teacher: Browser, class_id: int, kind: str = "pin", who: str = "thieu") -> list[OnPaper]:
    answer = teacher.post(f"/lop-hoc/{class_id}/the/lam", data={"kind": kind, "ai": who})
    assert answer.status_code == 200, answer.status_code
    return [_on_paper(part) for part in answer.get_data(as_text=True).split('<li class="login-card">')[1:]]


def _on_paper(part: str) -> OnPaper:
    text = html.unescape(part)
    name = re.search(r"<b>(.+?)</b>", text)[1]
    username = re.search(r"Tên đăng nhập:\s*<b>(.+?)</b>", text)[1]
    pin = re.search(r"Mã PIN</span>\s*<b>(\d{4})</b>", text)
    return OnPaper(name, username, [pin[1]] if pin else re.findall(r"<span>\d\. (.+?)</span>", text))


def open_window(teacher: Browser, class_id: int, minutes: int = 60) -> ClassWindow:
    assert teacher.post(f"/lop-hoc/{class_id}/vao-lop", data={"minutes": minutes}).status_code == 303
    db.session.expire_all()
    window = queries.window_now(class_id, clock.now())
    assert window is not None
    return window


def card_of(person_id: int) -> LoginCard | None:
    db.session.expire_all()
    return queries.live_cards([person_id]).get(person_id)


def as_fields(paper: OnPaper) -> dict[str, str]:
    """The form as somebody with the card fills it in."""
    if paper.secret[0].isdecimal():
        return {"pin": paper.secret[0]}
    return {f"hinh{n}": PICTURE_IDS[name] for n, name in enumerate(paper.secret, 1)}


PICTURE_IDS = {
    "mặt trời": "mat-troi", "trăng": "trang", "sao": "sao", "mây": "may", "cây": "cay", "hoa": "hoa", "lá": "la",
    "táo": "tao", "cá": "ca", "chim": "chim", "mèo": "meo", "bướm": "buom", "nhà": "nha", "thuyền": "thuyen",
    "xe đạp": "xe-dap", "diều": "dieu", "đồng hồ": "dong-ho", "chìa": "chia-khoa", "cái ô": "o", "nón": "non",
    "trống": "trong", "bút chì": "but", "bóng": "bong", "chuông": "chuong",
}  # fmt: skip
