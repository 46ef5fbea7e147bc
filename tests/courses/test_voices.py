"""A step read aloud by people of the place: a file beside the lesson, named by step and language; nothing is shown without."""

import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask

from lms.courses import publishing
from lms.db import db, open_write
from lms.library.changes import Changes
from lms.library.pictures import MAX_VOICE_BYTES
from lms.library.reading import read_books
from lms.settings import PROJECT
from tests.house.two_worlds import shelf as shipped

LESSON = "/khoa-hoc/thanh-toan/doc-ten-roi-moi-tra"
MP3 = b"\xff\xfb\x90\x00" + bytes(400)


@pytest.fixture
def books_with_voices(tmp_path: Path):
    """The first lesson on payment, with these files in its folder of voices."""

    def read(files: dict[str, bytes]):
        folder = tmp_path / "content/courses/thanh-toan"
        shutil.copytree(
            PROJECT / "content/courses/thanh-toan/01-doc-ten-roi-moi-tra", folder / "01-doc-ten-roi-moi-tra"
        )
        (folder / "course.yaml").write_text(
            "id: c.thanh-toan\nslug: thanh-toan\ntitle: Mẫu\nskill: s3\nfor: [hoc-sinh]\nsummary: Mẫu\n"
            "modules:\n  - {id: m.s3.1, title: Mẫu, lessons: [l.s3.1]}\n", "utf-8")  # fmt: skip
        voices = folder / "01-doc-ten-roi-moi-tra/tieng"
        voices.mkdir()
        for name, content in files.items():
            (voices / name).write_bytes(content)
        books, problems = read_books([tmp_path / "content"])
        return books, [problem.text for problem in problems if "tệp tiếng" in problem.text]

    return read


def first_step() -> str:
    return next(lesson for lesson in shipped().lessons if lesson.id == "l.s3.1").steps[0].id


def test_who_opens_the_step_hears_it_and_the_next_step_has_none(
    app: Flask, world: SimpleNamespace, tmp_path: Path, books_with_voices
) -> None:
    books, problems = books_with_voices({f"{first_step()}.mtq.mp3": MP3})
    assert problems == []
    app.extensions["settings"] = SimpleNamespace(
        **{
            name: getattr(app.extensions["settings"], name)
            for name in dir(app.extensions["settings"])
            if name[0] != "_"
        }
        | {"content_paths": (tmp_path / "content",)}
    )
    with app.app_context():
        open_write()
        publishing.publish(books, Changes())
        db.session.commit()
    visitor = app.test_client()
    page = visitor.get(LESSON).text
    assert "Nghe người đọc bằng tiếng Mường" in page and 'preload="none"' in page
    sound = visitor.get(re.search(r'<audio[^>]*src="([^"]+)"', page)[1])
    assert (sound.status_code, sound.data, sound.mimetype) == (200, MP3, "audio/mpeg")
    second = next(lesson for lesson in books.lessons).steps[1].id
    assert "<audio" not in visitor.get(f"{LESSON}?buoc={second}").text


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("ghi-am.mp3", MP3, "cần tên như «nhan-156.mtq.mp3»"),
        ("khong-co.mtq.mp3", MP3, "bài không có bước «khong-co»"),
        ("{step}.xyz.mp3", MP3, "mã tiếng «xyz» không có, dùng được: mtq (tiếng Mường)"),
        ("{step}.mtq.mp3", b"RIFF" + bytes(100), "không phải tệp mp3"),
        ("{step}.mtq.mp3", MP3 + bytes(MAX_VOICE_BYTES), "quá 2 MB"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_by_name(books_with_voices, name: str, content: bytes, told: str) -> None:
    file = name.format(step=first_step())
    books, problems = books_with_voices({file: content})
    assert len(problems) == 1 and told in problems[0] and f"«{file}»" in problems[0]
    assert all(step.voices == () for lesson in books.lessons for step in lesson.steps)
