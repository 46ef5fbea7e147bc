"""A picture and a recording with a question: sent in its form, cleaned, said in words, and shown to those who may see it."""

import io
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from lms import clock
from lms.bank import queries
from lms.bank.actions import media
from lms.bank.models import Medium, MediumUse, Version
from lms.bank.queries import exporting
from lms.bank.rules.media import is_name
from lms.db import db, open_write
from lms.documents.media import SOUNDS, TYPES, cleaned
from lms.library.lesson_html import Workshop
from lms.library.problems import Findings
from lms.library.questions import read_questions
from lms.quizzes.models import Attempt, Item
from lms.quizzes.queries import placing
from lms.quizzes.rules.behaviours import asked
from tests import media_samples as samples
from tests.bank import desk
from tests.bank.questions import SINGLE, of_type
from tests.quizzes.sitting import Act

PICTURE = cleaned(samples.jpeg(6), as_sound=False)
SOUND = cleaned(samples.mp3(), as_sound=True)
WORDS = {"alt": "Một mã ở quầy, tên hiện ra khác biển.", "transcript": "Mã này của quầy nào?"}
WITH_BOTH = {**SINGLE, "image": PICTURE.name, "audio": SOUND.name, **WORDS}


def sent(client: FlaskClient, body: dict[str, Any], files: dict[str, bytes], **more: str) -> Any:
    fields = {**desk.filled(body), "viec": "luu", **more}
    return client.post("/ngan-hang/moi", data={**fields, **{k: (io.BytesIO(v), "x.svg") for k, v in files.items()}})


def written(client: FlaskClient, **more: str) -> str:
    """A question with a picture and a recording, written and sent to be reviewed."""
    files = {"image-file": samples.jpeg(6), "audio-file": samples.mp3()}
    item_id = str(sent(client, {**SINGLE, **WORDS, **more}, files).location.rsplit("/", 1)[1])
    assert "Đã gửi duyệt" in desk.act(client, item_id, "gui-duyet")
    return item_id


def address(name: str) -> str:
    return f"/hinh/cau-hoi/{name}"


def test_what_is_sent_is_kept_clean_and_shown_in_the_preview(app, as_: Act, world: SimpleNamespace) -> None:
    hoa = as_("hoa")
    item_id = written(hoa)
    with app.app_context():
        assert db.session.get_one(Version, (item_id, 1)).body == WITH_BOTH
        kept = {one.name: one.content for one in db.session.scalars(select(Medium))}
    assert kept == {PICTURE.name: PICTURE.content, SOUND.name: SOUND.content}
    assert not any(samples.SECRET in content for content in kept.values())
    page = hoa.get(f"/ngan-hang/{item_id}").text
    assert f'<img src="{address(PICTURE.name)}" alt="{WORDS["alt"]}">' in page
    assert f'src="{address(SOUND.name)}"' in page and WORDS["transcript"] in page


def test_every_kind_that_is_cleaned_may_be_named() -> None:
    for ending in TYPES:
        key = "audio" if ending in SOUNDS else "image"
        assert is_name(f"{'0' * 16}.{ending}", key) and not is_name(
            f"{'0' * 16}.{ending}", "image" if key == "audio" else "audio"
        )


def test_without_the_words_it_is_not_sent_for_review(as_: Act, world: SimpleNamespace) -> None:
    hoa = as_("hoa")
    files = {"image-file": samples.png(), "audio-file": samples.ogg()}
    page = sent(hoa, SINGLE, files, viec="xem").text
    assert 'id="alt-error"' in page and 'id="transcript-error"' in page
    item_id = str(sent(hoa, SINGLE, files).location.rsplit("/", 1)[1])
    assert "Câu này còn chỗ phải sửa" in desk.act(hoa, item_id, "gui-duyet")


@pytest.mark.parametrize(
    ("field", "content"), [("image", samples.SVG), ("image", samples.mp3()), ("audio", samples.png())]
)
def test_another_kind_of_file_is_refused_at_its_field(app, as_: Act, world, field: str, content: bytes) -> None:
    answer = sent(as_("hoa"), SINGLE, {f"{field}-file": content})
    assert answer.status_code == 422 and f'id="{field}-error"' in answer.text and "Chưa lưu gì cả" in answer.text
    with app.app_context():
        assert not db.session.scalar(select(func.count()).select_from(Medium))


def test_a_picture_is_taken_off_again(app, as_: Act, world: SimpleNamespace) -> None:
    hoa = as_("hoa")
    item_id = str(sent(hoa, SINGLE | WORDS, {"image-file": samples.jpeg(6)}).location.rsplit("/", 1)[1])
    fields = {**desk.filled(WITH_BOTH), "audio": "", "transcript": "", "viec": "luu", "ban": "1", "image-bo": "1"}
    assert hoa.post(f"/ngan-hang/{item_id}/sua", data=fields).status_code == 303
    with app.app_context():
        assert db.session.get_one(Version, (item_id, 2)).body == SINGLE


def test_of_practice_everybody_and_of_a_draft_its_author_sees_it(app, as_: Act, world: SimpleNamespace) -> None:
    hoa, nobody = as_("hoa"), app.test_client()
    item_id = written(hoa)
    assert nobody.get(address(PICTURE.name)).status_code == as_("an").get(address(PICTURE.name)).status_code == 404
    assert "private" in hoa.get(address(PICTURE.name)).headers["Cache-Control"]
    desk.act(as_("mai"), item_id, "duyet")
    for name, content in ((PICTURE.name, PICTURE.content), (SOUND.name, SOUND.content)):
        answer = nobody.get(address(name))
        assert answer.status_code == 200 and answer.data == content
        assert answer.content_type == TYPES[name.rpartition(".")[2]]
        assert answer.headers["X-Content-Type-Options"] == "nosniff" and "immutable" in answer.headers["Cache-Control"]
    assert nobody.get(address(SOUND.name), headers={"Range": "bytes=0-3"}).status_code == 206
    for wrong in ("0" * 16 + ".png", "x.png", PICTURE.name.replace(".jpg", ".svg")):
        assert nobody.get(address(wrong)).status_code == 404


def test_of_a_recorded_question_only_who_was_asked_it(app, as_: Act, world: SimpleNamespace) -> None:
    hoa, an, sen = as_("hoa"), as_("an"), as_("sen")
    item_id = written(hoa, pool="ghi-nhan")
    desk.act(as_("mai"), item_id, "duyet")
    assert [one.get(address(PICTURE.name)).status_code for one in (hoa, as_("mai"))] == [200, 200]
    assert [one.get(address(PICTURE.name)).status_code for one in (an, sen, app.test_client())] == [404, 404, 404]
    with app.app_context():
        form = [{"item": item_id, "digest": db.session.get_one(Item, item_id).digest, "options": ["stop"]}]
        open_write()
        db.session.add(_attempt(world.an, form))
        db.session.commit()
    answer = an.get(address(PICTURE.name))
    assert answer.status_code == 200 and "private" in answer.headers["Cache-Control"]
    assert sen.get(address(PICTURE.name)).status_code == 404


def test_it_goes_out_as_yaml_with_its_files_and_reads_back_the_same(app, as_: Act, world, tmp_path) -> None:
    hoa = as_("hoa")
    item_id = written(hoa)
    desk.act(as_("mai"), item_id, "duyet")
    made = app.test_cli_runner().invoke(
        args=["questions", "export", "--format", "yaml", "--out", str(tmp_path / "questions.yaml")]
    )
    assert made.exit_code == 0, made.output
    assert (tmp_path / PICTURE.name).read_bytes() == PICTURE.content
    findings = Findings()
    with app.app_context():
        (again,) = read_questions(tmp_path / "questions.yaml", Workshop(findings, queries.facts()))
        assert not findings.in_order() and again.digest == db.session.get_one(Item, item_id).digest
        assert exporting.files_of([WITH_BOTH]) == {PICTURE.name: PICTURE.content, SOUND.name: SOUND.content}


def test_a_copy_shows_the_same_and_what_nobody_uses_goes(app, as_: Act, world: SimpleNamespace) -> None:
    hoa = as_("hoa")
    item_id = written(hoa)
    desk.act(as_("mai"), item_id, "duyet")
    copied = str(hoa.post(f"/ngan-hang/{item_id}/chep").location.rsplit("/", 2)[1])
    assert address(PICTURE.name) in hoa.get(f"/ngan-hang/{copied}").text
    sent(hoa, SINGLE, {"image-file": samples.png(9, 9)}, viec="xem")
    with app.app_context():
        open_write()
        later = clock.now() + timedelta(days=3)
        assert media.clear_unused(clock.now()) == 0 and media.clear_unused(later) == 1
        db.session.commit()
        assert db.session.scalar(select(func.count()).select_from(MediumUse)) == 4


def test_a_placement_shows_pictures_and_asks_nothing_that_is_heard(app, as_: Act, world: SimpleNamespace) -> None:
    hoa, mai = as_("hoa"), as_("mai")
    heard = written(hoa)
    seen = str(sent(hoa, {**SINGLE, **WORDS}, {"image-file": samples.jpeg(6)}).location.rsplit("/", 1)[1])
    desk.act(hoa, seen, "gui-duyet")
    for item_id in (heard, seen):
        desk.act(mai, item_id, "duyet")
    with app.test_request_context():
        found = placing.questions_of("s3")
        assert heard not in found and seen in found
        question = asked(found[seen], found[seen].body.ids)
        for part, name in ((f"quizzes/{one}.html", one) for one in ("_placing", "_ask")):
            macros = app.jinja_env.get_template(part).module
            told = macros.printed(question, 1) if name == "_placing" else macros.media(question)
            assert f'<img src="{address(PICTURE.name)}" alt="{WORDS["alt"]}">' in told


def test_a_picture_is_the_scene_of_a_hotspot(as_: Act, world: SimpleNamespace) -> None:
    body = of_type("hotspot", alt=WORDS["alt"])
    body["regions"] = [{k: v for k, v in one.items() if k != "text"} for one in body["regions"]]
    hoa = as_("hoa")
    item_id = str(sent(hoa, body, {"image-file": samples.webp()}).location.rsplit("/", 1)[1])
    page = hoa.get(f"/ngan-hang/{item_id}").text
    assert "Còn phải sửa" not in page and '<div class="scene"><img src="/hinh/cau-hoi/' in page


def _attempt(person_id: int, form: list[dict[str, Any]]) -> Attempt:
    return Attempt(
        id=uuid4(), person_id=person_id, quiz_id="thanh-toan", seed="1", form=form, ruleset_id="r", session_id=uuid4(),
        mode="attended", admitted=True, started_at=clock.now(),
    )  # fmt: skip
