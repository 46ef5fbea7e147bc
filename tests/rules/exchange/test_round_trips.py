"""What goes out comes back: whole in our own packages, and as far as each format reaches in the others."""

import io
import json
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.bank.rules.writing import as_written
from lms.exchange.formats.attached import Taking
from lms.exchange.formats.entries import entry_of, found_of
from lms.exchange.formats.found import Found, Trouble
from lms.exchange.formats.qti import OURS
from lms.exchange.reading import read_questions
from lms.exchange.writing import WRITERS, told_together, write_questions
from tests.media_samples import jpeg, mp3
from tests.rules.quizzes.every_type import BODIES, STEMS

NAMES = {"aiken": "c.txt", "csv": "c.csv", "gift": "c.gift", "moodle-xml": "c.xml", "qti": "c.zip", "xlsx": "c.xlsx"}
WORDS = st.text("aăđờ B=~#{}:\\%>/.&'\"]", max_size=12).map(lambda s: "x" + " ".join(s.split()) + "y")
MAYBE = st.one_of(st.just(""), WORDS)
SURE = {
    "aiken": {"single", "truefalse"},
    "csv": {"single", "truefalse", "multiple"},
    "gift": {"single", "truefalse", "multiple", "matching", "numeric", "short"},
    "moodle-xml": {"single", "truefalse", "multiple", "matching", "numeric", "short", "ordering", "cloze"},
    "qti": set(BODIES),
    "xlsx": {"single", "truefalse", "multiple"},
}
"""What assessment.md §5 says a format can carry."""


def entry(kind: str) -> dict[str, Any]:
    return as_written({"type": kind, "stem": STEMS.get(kind, "Làm gì?"), "competency": "s3.2", **BODIES[kind]})


def there_and_back(founds: list[Found], kind: str) -> tuple[list[Found], list[Any]]:
    content, lost = write_questions(founds, kind)
    return (read_questions(NAMES[kind], content, kind) if any(founds) else []), lost


def told(found: Found) -> tuple[Any, ...]:
    """What every format is about: type, wording, answers in order, which are right and how much."""
    return found.type, found.stem, [(one.text, one.fraction > 0, one.match, one.gap) for one in found.answers]


PICTURE, SOUND = Taking().take("image", jpeg(6), "Mã ở quầy"), Taking().take("audio", mp3(), "Mã của quầy nào?")


def with_media(kind: str) -> tuple[dict[str, Any], Found]:
    words = {"image": PICTURE.name, "alt": PICTURE.words, "audio": SOUND.name, "transcript": SOUND.words}
    return entry(kind) | words, replace(found_of(entry(kind) | words), files=(PICTURE, SOUND))


@pytest.mark.parametrize("kind", BODIES)
def test_pictures_and_recordings_go_in_our_package_and_come_back(kind: str) -> None:
    written, found = with_media(kind)
    (again,), _ = there_and_back([found], "qti")
    assert entry_of(again) == written and again.files == (PICTURE, SOUND) and not again.problems


@pytest.mark.parametrize("kind", sorted(set(BODIES) - {"scenario"}))
def test_other_systems_find_them_too(kind: str) -> None:
    content, lost = write_questions([with_media(kind)[1]], "qti")
    assert not any("Ảnh" in one.what for one in lost)
    (again,) = read_questions("c.zip", without(content, OURS), "qti")
    assert {one.key: (one.medium, one.words) for one in again.files} == {
        "image": (PICTURE.medium, PICTURE.words),
        "audio": (SOUND.medium, SOUND.words),
    }
    assert told(again)[1] == told(with_media(kind)[1])[1] and again.is_usable


@pytest.mark.parametrize("kind", sorted(SURE["moodle-xml"]))
def test_moodle_carries_them(kind: str) -> None:
    found = with_media(kind)[1]
    (again,), lost = there_and_back([found], "moodle-xml")
    assert again.files == (PICTURE, SOUND) and told(again) == told(found) and not lost_media(lost)


@pytest.mark.parametrize("system", ["aiken", "csv", "gift", "xlsx"])
def test_other_formats_say_that_they_stay_behind(system: str) -> None:
    assert lost_media(there_and_back([with_media("single")[1]], system)[1])


def test_a_file_that_is_not_there_is_told_and_named_no_more() -> None:
    written, found = with_media("single")
    content, _ = write_questions([found], "qti")
    (again,) = read_questions("c.zip", without(content, f"media/{PICTURE.name}"), "qti")
    assert entry_of(again) == {name: said for name, said in written.items() if name not in ("image", "alt")}
    assert PICTURE.name in again.problems[0].what
    assert lost_media(write_questions([replace(found, files=())], "moodle-xml")[1])


def lost_media(lost: list[Any]) -> list[str]:
    return [one.what for one in lost if "ảnh" in one.what and "âm thanh" in one.what]


@pytest.mark.parametrize("kind", BODIES)
def test_our_own_package_brings_every_type_back_whole(kind: str) -> None:
    (again,), _ = there_and_back([found_of(entry(kind), "tên")], "qti")
    assert entry_of(again) == entry(kind) and again.name == "tên" and not again.problems


@pytest.mark.parametrize(
    ("kind", "system"), [(kind, system) for system, kinds in SURE.items() for kind in sorted(kinds)]
)
def test_each_format_carries_the_types_it_has(kind: str, system: str) -> None:
    (again,), lost = there_and_back([found_of(entry(kind))], system)
    assert told(again) == told(found_of(entry(kind))) and again.is_usable
    assert all(one.level == "note" for one in lost)


@pytest.mark.parametrize("system", WRITERS)
def test_what_a_format_cannot_carry_is_named_by_its_number(system: str) -> None:
    founds = [found_of(entry(kind)) for kind in BODIES]
    again, lost = there_and_back(founds, system)
    dropped = {one.line for one in lost if one.level == "error"}
    assert len(again) == len(founds) - len(dropped)
    changed = {number for number, kind in enumerate(BODIES, 1) if kind not in SURE[system]}
    assert changed <= {one.line for one in lost}


def test_another_system_reads_our_items_without_our_own_part() -> None:
    """The package with our file taken out: the standard part alone says type, answers and weights."""
    founds = [found_of(entry(kind)) for kind in BODIES if kind != "scenario"]
    content, _ = write_questions(founds, "qti")
    again = read_questions("c.zip", without(content, OURS), "qti")
    assert [one.type for one in again] == [one.type for one in founds] and all(one.is_usable for one in again)
    for back, found in zip(again, founds, strict=True):
        if found.type == "numeric":  # bands and known mistakes are ours alone
            assert (back.answers[0].text, back.answers[0].fraction) == ("115000", 1.0)
        else:
            assert {(a.text, a.fraction, a.match) for a in back.answers} == {
                (a.text, 1.0 if found.type == "ordering" else a.fraction, a.match) for a in found.answers
            }
    assert again[0].answers[0].feedback == "Đúng." and again[0].stem == "Làm gì?"
    boxes = [one.box for one in next(one for one in again if one.type == "hotspot").answers]
    assert boxes[0] == pytest.approx((4, 2, 60, 8), abs=0.5)


def test_an_item_changed_elsewhere_counts_as_changed() -> None:
    content, _ = write_questions([found_of(entry("single"))], "qti")
    changed = with_part(content, "items/q0001.xml", lambda told: told.replace("Dừng lại", "Đi tiếp"))
    (again,) = read_questions("c.zip", changed, "qti")
    assert again.entry is None and again.answers[0].text == "Đi tiếp"


def test_a_foreign_hand_in_our_own_part_is_not_believed() -> None:
    content, _ = write_questions([found_of(entry("single"))], "qti")
    spoilt = with_part(content, OURS, lambda told: told.replace("Làm gì?", "Làm gì?<script>x</script>"))
    (again,) = read_questions("c.zip", spoilt, "qti")
    assert again.entry is None and "script" not in json.dumps(entry_of(again))


@st.composite
def choices(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(["single", "multiple"]))
    texts = draw(st.lists(WORDS, min_size=3, max_size=6, unique_by=str.casefold))
    right = 1 if kind == "single" else draw(st.integers(1, len(texts) - 1))
    options = [
        {"id": "abcdef"[n], "text": text, **({"correct": True} if n < right else {})} for n, text in enumerate(texts)
    ]
    return {"type": kind, "stem": draw(WORDS), "options": options, "explain": draw(WORDS)}


@st.composite
def anything(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(["choice", "matching", "numeric", "short", "ordering", "cloze"]))
    texts = draw(st.lists(WORDS, min_size=3, max_size=5, unique_by=str.casefold))
    stem = {"type": kind, "stem": draw(WORDS)}
    if kind == "choice":
        return draw(choices())
    if kind == "matching":
        pairs = [{"id": f"p{n}", "left": t, "right": draw(WORDS)} for n, t in enumerate(texts, 1)]
        return {**stem, "pairs": pairs, "extra_right": ["khác hẳn"]}
    if kind == "numeric":
        answer = f"{draw(st.integers(-9999, 99999))},{draw(st.integers(1, 9))}"
        return {**stem, "answer": answer, "tolerance": {"abs": "0,5"}}
    if kind == "short":
        return {**stem, "accept": texts[:2], "reject": texts[2:]}
    if kind == "ordering":
        return {**stem, "items": [{"id": f"e{n}", "text": text} for n, text in enumerate(texts, 1)]}
    gaps = {"g1": {"type": "short", "accept": texts[:2], "weight": 2}, "g2": {"type": "numeric", "answer": "2,5"}}
    text = "Trước [[g1]] sau [[g2]]."
    return {"type": "cloze", "stem": "Điền vào chỗ trống cho đúng.", "text": text, "gaps": gaps}


@settings(max_examples=60)
@given(st.lists(anything(), min_size=1, max_size=3))
def test_moodle_brings_back_what_it_was_given(entries: list[dict[str, Any]]) -> None:
    again, lost = there_and_back([found_of(one) for one in entries], "moodle-xml")
    assert [core(entry_of(one)) for one in again] == [core(one) for one in entries]
    assert not lost


@settings(max_examples=60)
@given(st.lists(anything(), min_size=1, max_size=3))
def test_our_package_brings_back_what_it_was_given(entries: list[dict[str, Any]]) -> None:
    again, _ = there_and_back([found_of(one) for one in entries], "qti")
    assert [entry_of(one) for one in again] == entries


@pytest.mark.parametrize("system", ["csv", "xlsx"])
@settings(max_examples=25)
@given(entries=st.lists(choices(), min_size=1, max_size=3))
def test_tables_bring_back_choices(system: str, entries: list[dict[str, Any]]) -> None:
    again, _ = there_and_back([found_of(one) for one in entries], system)
    assert [core(entry_of(one)) for one in again] == [core(one) for one in entries]


@settings(max_examples=25)
@given(st.lists(choices().filter(lambda one: one["type"] == "single"), min_size=1, max_size=3))
def test_aiken_brings_back_single_choices(entries: list[dict[str, Any]]) -> None:
    again, _ = there_and_back([found_of(one) for one in entries], "aiken")
    told_back = [(one.stem, [(a.text, a.fraction) for a in one.answers]) for one in again]
    assert told_back == [
        (one["stem"], [(o["text"], float(o.get("correct", 0))) for o in one["options"]]) for one in entries
    ]


def core(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name != "hide_count"}


def without(content: bytes, name: str) -> bytes:
    return repacked({part: told for part, told in parts(content).items() if part != name})


def with_part(content: bytes, name: str, change: Any) -> bytes:
    held = parts(content)
    return repacked({**held, name: change(held[name].decode()).encode()})


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def repacked(held: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in held.items():
            package.writestr(name, content)
    return out.getvalue()


def test_what_is_said_of_many_questions_is_said_once() -> None:
    lost = [Trouble(n, "bước học", "note") for n in (1, 2, 3, 7, 9, 8)] + [Trouble(5, "không có loại", "error")]
    assert told_together(lost) == [("error", "không có loại", "5"), ("note", "bước học", "1–3, 7–9")]


def test_wrong_ticks_take_away_so_that_ticking_all_is_worth_nothing() -> None:
    fractions = [one.fraction for one in found_of(entry("multiple")).answers]
    assert fractions == [0.5, -0.5, -0.5, 0.5]
    spots = [one.fraction for one in found_of(entry("hotspot")).answers]
    assert spots == [0.3333333] * 3 + [-0.5] * 2
    assert b'fraction="-50"' in write_questions([found_of(entry("multiple"))], "moodle-xml")[0]
