"""A photograph as a phone takes it, brought to a question: made small in the browser, kept by the server, seen in the preview."""

import zlib
from hashlib import sha256
from typing import Any

import pytest
from flask import Flask

from lms import clock
from lms.access.rules import Role
from lms.db import db
from lms.documents import media
from lms.people.actions import grant_role
from tests.stories.hamlet import Hamlet
from tests.stories.steps import arrive_as

WIDTH, HEIGHT = 1400, 1050


def photograph() -> bytes:
    """A picture that packs badly, as photographs do, and the same in every run."""
    grains = b"".join(sha256(str(n).encode()).digest() for n in range(WIDTH * 3 // 32 + 1))[: WIDTH * 3]
    rows = b"".join(b"\0" + grains[(n * 41) % 3000 :] + grains[: (n * 41) % 3000] for n in range(HEIGHT))
    header = WIDTH.to_bytes(4) + HEIGHT.to_bytes(4) + b"\x08\x02\0\0\0"
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(rows, 0)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4) for kind, body in parts
    )


@pytest.fixture
def author(app: Flask, hamlet: Hamlet) -> str:
    with app.app_context():
        grant_role(hamlet.teacher, Role.QUESTION_AUTHOR, clock.today())
        db.session.commit()
    return "hoa"


def test_a_large_photograph_is_made_small_before_it_is_sent(visitors: Any, author: str) -> None:
    file = {"name": "IMG_0001.png", "mimeType": "image/png", "buffer": photograph()}
    assert len(file["buffer"]) > media.MOST_SENT, "more than the server would read"
    page = visitors.phone()
    arrive_as(page, author)
    page.goto("/ngan-hang/moi?loai=single")
    page.locator("[name=stem]").fill("Tên hiện ra khác biển. Làm gì?")
    page.locator("[name=alt]").fill("Màn hình quét mã")
    page.locator("#image-file").set_input_files(file)
    page.locator("[data-shrunk]:not(:empty)").wait_for()
    assert "thu nhỏ còn" in page.locator("[data-shrunk]").inner_text()
    assert page.locator("#image-file").evaluate("input => input.files[0].size") <= media.MOST_BYTES
    page.locator(".acts button[value=xem]").click()
    page.wait_for_load_state()
    kept = page.locator("[name=image]").input_value()
    answer = page.request.get(f"/hinh/cau-hoi/{kept}")
    assert answer.headers["content-type"] == "image/jpeg" and len(answer.body()) <= media.MOST_BYTES
