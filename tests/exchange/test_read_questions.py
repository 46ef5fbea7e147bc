"""Files of other systems: every question told with its place, hostile ones refused in two seconds."""

import base64
import gc
import json
import subprocess
import sys
import textwrap
import time
from contextlib import suppress

import pytest

from lms.exchange.formats.entries import entry_of
from lms.exchange.formats.found import Found
from lms.exchange.reading import FORMATS, read_questions
from lms.refusals import Refusal
from tests import media_samples as samples
from tests.documents.books import table_book

MOODLE = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<question type="category"><category><text>$course$/An toàn</text></category></question>
<question type="multichoice"><name><text>c1</text></name>
<questiontext format="html"><text><![CDATA[<p>Ai hỏi <b>mã OTP</b>?<script>alert(1)</script>
<img src="http://xa.example/a.png" alt="tin nhắn" onerror="alert(1)"></p>]]></text>
<file name="a.png" encoding="base64">iVBORw0KGgo=</file></questiontext>
<generalfeedback format="html"><text>Không đưa ai.</text></generalfeedback><single>false</single>
<answer fraction="50"><text>Kẻ gian</text><feedback><text>Đúng</text></feedback></answer>
<answer fraction="50"><text>Kẻ giả danh</text></answer><answer fraction="-100"><text>Ngân hàng</text></answer></question>
<question type="truefalse"><questiontext><text>Đưa mã OTP.</text></questiontext>
<answer fraction="0"><text>true</text></answer><answer fraction="100"><text>false</text></answer></question>
<question type="numerical"><questiontext><text>1+2</text></questiontext>
<answer fraction="100"><text>3</text><tolerance>0.5</tolerance></answer></question>
<question type="matching"><questiontext><text>Ghép</text></questiontext>
<subquestion><text>a</text><answer><text>1</text></answer></subquestion>
<subquestion><text>b</text><answer><text>2</text></answer></subquestion></question>
<question type="cloze"><questiontext><text>Xem {1:SHORTANSWER:=tên#Đúng~%50%họ} và {1:MC:=số tiền~màu}.</text>
</questiontext></question>
<question type="shortanswer"><questiontext><text>Mã gì?</text></questiontext>
<answer fraction="100"><text>mã hồ sơ</text></answer><answer fraction="0"><text>*</text></answer></question>
<question type="essay"><questiontext><text>Kể lại</text></questiontext></question>
</quiz>"""


def read(text: str, kind: str):
    return read_questions("cau-hoi", text.encode(), kind)


def test_moodle_questions_keep_type_weights_and_feedback() -> None:
    found = read(MOODLE, "moodle-xml")
    assert [one.type for one in found] == [
        *("multiple", "truefalse", "numeric", "matching", "cloze", "short", "essay"),
    ]
    first = found[0]
    assert first.stem == "Ai hỏi **mã OTP**?\n[Ảnh: tin nhắn]" and first.explain == "Không đưa ai."
    assert [(a.text, a.fraction) for a in first.answers] == [
        *(("Kẻ gian", 0.5), ("Kẻ giả danh", 0.5), ("Ngân hàng", -1.0)),
    ]
    assert first.category == "$course$/An toàn" and first.answers[0].feedback == "Đúng"
    assert [a.fraction for a in found[1].answers] == [0, 1]
    assert found[2].answers[0].tolerance == 0.5
    assert [(a.text, a.match) for a in found[3].answers] == [("a", "1"), ("b", "2")]
    assert found[4].stem == "Xem [[g1]] và [[g2]]."
    assert [(a.gap, a.text, a.fraction) for a in found[4].answers] == [
        *(("g1:short", "tên", 1), ("g1:short", "họ", 0.5), ("g2:single", "số tiền", 1), ("g2:single", "màu", 0)),
    ]


def test_nothing_is_dropped_in_silence() -> None:
    found = read(MOODLE, "moodle-xml")
    told = " ".join(problem.what for problem in found[0].problems)
    assert "a.png" in told and "script" in told and "Ảnh" in told
    assert "essay" in found[-1].problems[0].what and found[-1].problems[0].line == 22
    assert found[-1].problems[0].element == "question[8]"
    assert "*" in found[5].problems[0].what


def test_a_script_in_a_plain_format_is_cleaned_and_told() -> None:
    (found,) = read("[html]Ai <b>hỏi</b>?<script>alert(1)</script> {=<img src\\=x onerror\\=y>a ~b}", "gift")
    assert found.stem == "Ai **hỏi**?" and found.answers[0].text == "[Ảnh]a"
    assert any("script" in problem.what for problem in found.problems)


def test_aiken_with_line_numbers() -> None:
    good, bad = read("Ai hỏi?\nA. Kẻ gian\nB) Bạn\nANSWER: A\n\nGì?\nA. x\nB. y\nANSWER: D\n", "aiken")
    assert good.is_usable and [(a.text, a.fraction) for a in good.answers] == [("Kẻ gian", 1), ("Bạn", 0)]
    assert not bad.is_usable and bad.problems[0].line == 6


def test_aiken_as_others_write_it() -> None:
    """No space behind the letter, a space before the colon, and a broken question that must not swallow the next one."""
    text = "A) Đứng trước\n\nANSWER: cả hai\n\nV.A.T. là gì?\nV.A.T. nói đủ\nA.thuế\nB.phí\nANSWER : b\n"
    broken, good = read(text, "aiken")
    assert not broken.is_usable and "một chữ cái" in broken.problems[0].what and broken.problems[0].line == 1
    assert good.is_usable and good.stem == "V.A.T. là gì?\nV.A.T. nói đủ"
    assert [(a.text, a.fraction) for a in good.answers] == [("thuế", 0), ("phí", 1)]


def test_a_star_for_all_the_rest_is_no_word_of_a_gap() -> None:
    gap = "{1:SHORTANSWER:%100%tên#Đúng~%50%họ#Gần~*#Chưa}"
    text = f'<quiz><question type="cloze"><questiontext><text>Xem {gap} nhé</text></questiontext></question></quiz>'
    (found,) = read(text, "moodle-xml")
    assert [(a.text, a.fraction) for a in found.answers] == [("tên", 1), ("họ", 0.5)]
    assert any("Dấu *" in one.what for one in found.problems) and found.is_usable
    wild = text.replace("%100%tên", "%100%tên*")
    assert not read(wild, "moodle-xml")[0].is_usable, "a pattern that would be the key is told, not guessed"


@pytest.mark.parametrize(
    ("gap", "told"),
    [
        ("{1:MULTICHOICE:=tên#Đúng}", "chỉ có một ý để chọn"),
        ("{3:NUMERICAL:=không}", "không phải là số"),
        ("{1:NUMERICAL:=5:1~*#chưa}", ""),
    ],
)
def test_a_gap_that_asks_nothing_is_told(gap: str, told: str) -> None:
    text = f'<quiz><question type="cloze"><questiontext><text>Xem {gap} nhé</text></questiontext></question></quiz>'
    (found,) = read(text, "moodle-xml")
    assert found.is_usable is not bool(told) and (not told or told in found.problems[0].what)
    assert told or [one.text for one in found.answers] == ["5"]


PAIRED = """<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="i" title="t">
<qti-response-declaration identifier="R" cardinality="multiple" base-type="directedPair">
<qti-correct-response><qti-value>A X</qti-value><qti-value>B X</qti-value></qti-correct-response>
<qti-mapping default-value="0"><qti-map-entry map-key="A X" mapped-value="1"/><qti-map-entry map-key="B X" mapped-value="0.5"/>
</qti-mapping></qti-response-declaration><qti-item-body><qti-match-interaction response-identifier="R"><qti-prompt>Ghép</qti-prompt>
<qti-simple-match-set><qti-simple-associable-choice identifier="A">một</qti-simple-associable-choice>
<qti-simple-associable-choice identifier="B">hai</qti-simple-associable-choice></qti-simple-match-set>
<qti-simple-match-set><qti-simple-associable-choice identifier="X">số</qti-simple-associable-choice>
<qti-simple-associable-choice identifier="Y">chữ</qti-simple-associable-choice></qti-simple-match-set>
</qti-match-interaction></qti-item-body></qti-assessment-item>"""


def test_pairs_of_unequal_worth_are_told() -> None:
    (found,) = read(PAIRED, "qti")
    assert [(a.text, a.match) for a in found.answers] == [("một", "số"), ("hai", "số"), ("", "chữ")]
    assert any("điểm khác nhau" in one.what for one in found.problems)
    (found,) = read(PAIRED.replace("0.5", "1"), "qti")
    assert not any("điểm khác nhau" in one.what for one in found.problems)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_as_teachers_keep_it(kind: str) -> None:
    rows = [
        ["Câu hỏi", "A", "B", "C", "Đáp án", "Giải thích"],
        ["Ai hỏi?", "Kẻ gian", "Bạn", "Mẹ", "A", "vì sao"],
        ["Chọn 2", "x", "y", "z", "A, C", ""],
        ["Hỏng", "x", "y", "z", "E", ""],
    ]
    content = table_book(rows) if kind == "xlsx" else "\n".join(";".join(row) for row in rows).encode()
    first, second, third = read_questions("de", content, kind)
    assert (first.type, first.line, first.explain) == ("single", 2, "vì sao")
    assert second.type == "multiple" and [a.fraction for a in second.answers] == [0.5, 0, 0.5]
    assert not third.is_usable and third.problems[0].line == 4


HOSTILE = {
    "entity": '<!DOCTYPE q [<!ENTITY e SYSTEM "file:///etc/passwd">]><quiz>&e;</quiz>',
    "laughs": '<!DOCTYPE q [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><quiz>&b;</quiz>',
    "deep": "<quiz>" + "<a>" * 200_000,
    "crowd": "<quiz>" + "<question/>" * 400_000 + "</quiz>",
    "big": "<quiz>" + " " * (11 * 1024 * 1024) + "</quiz>",
    "broken": "<quiz>\n<question>\n</quiz>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_xml_is_refused_in_two_seconds(name: str) -> None:
    gc.collect()
    gc.freeze()  # what other tests left in this process is not the reader's to look through
    began = time.thread_time()
    with pytest.raises(Refusal):
        read(HOSTILE[name], "moodle-xml")
    taken = time.thread_time() - began
    gc.unfreeze()
    assert taken < 2


def test_ten_megabytes_of_marks_cost_two_seconds_and_200_mb() -> None:
    """Measured in a process of its own, so that nothing else's memory counts."""
    script = textwrap.dedent("""
        import resource, time
        from lms.exchange.reading import read_questions
        stem = "<p><b>a</b><img src=x onerror=y>" * 600
        one = f'<question type="shortanswer"><questiontext><text><![CDATA[{stem}]]></text></questiontext></question>'
        content = ("<quiz>" + one * 500 + "</quiz>").encode()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.process_time()
        assert len(read_questions("x", content, "moodle-xml")) == 500
        print(time.process_time() - began, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
    """)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, done.stdout.split())
    assert seconds < 2 and megabytes < 200


@pytest.mark.parametrize("sign", ["{", "::", "\\", "=~", "%50%", "$CATEGORY:", "A. x\n", "~%1%{#=->"])
@pytest.mark.parametrize("kind", ["aiken", "gift"])
def test_hostile_text_takes_no_time(kind: str, sign: str) -> None:
    began = time.process_time()
    with suppress(Refusal):
        read(sign * (1_000_000 // len(sign)), kind)
    assert time.process_time() - began < 2


def test_the_command_tells_every_question(app, tmp_path) -> None:
    file = tmp_path / "de.xml"
    file.write_text(MOODLE, encoding="utf-8")
    args = ["questions", "import", str(file), "--format", "moodle-xml", "--dry-run", "--json"]
    answer = app.test_cli_runner().invoke(args=args)
    told = json.loads(answer.stdout)
    assert answer.exit_code == 0 and len(told["items"]) == 7
    assert {"type", "stem", "answers", "problems", "line"} <= told["items"][0].keys()
    assert set(FORMATS) == {"aiken", "csv", "docx", "gift", "moodle-xml", "qti", "xlsx"}


def test_moodle_lines_stand_in_the_places_they_name() -> None:
    lines = "".join(
        f'<answer fraction="{place}"><text>Việc {place}</text><feedback><text>x</text></feedback></answer>'
        for place in (2, 1, 10, 3)
    )
    text = f'<quiz><question type="ordering"><questiontext><text>Xếp</text></questiontext>{lines}</question></quiz>'
    (found,) = read(text, "moodle-xml")
    assert [answer.text for answer in found.answers] == ["Việc 1", "Việc 2", "Việc 3", "Việc 10"]
    assert "từng dòng" in found.problems[0].what


def markers(drops: str, scene: bytes = samples.png(200, 100)) -> Found:
    """Two labels, of which what `drops` names is used; the picture stands in the question, as Moodle writes it."""
    file = f'<file name="s.png" encoding="base64">{base64.b64encode(scene).decode()}</file>'
    drags = "".join(f"<drag><no>{n}</no><text>Chỗ lạ</text><noofdrags>2</noofdrags></drag>" for n in (1, 2))
    words = "<name><text>mốc</text></name><questiontext><text>Chỗ nào lạ?</text></questiontext>"
    told = f'<quiz><question type="ddmarker">{words}{file}{drags}{drops}</question></quiz>'
    (found,) = read_questions("m.xml", told.encode(), "moodle-xml")
    return found


def drop(shape: str, coords: str, choice: int = 1) -> str:
    return f"<drop><no>1</no><shape>{shape}</shape><coords>{coords}</coords><choice>{choice}</choice></drop>"


def test_markers_on_a_picture_become_places_to_point_out() -> None:
    found = markers(drop("rectangle", "20,10;100,50") + drop("circle", "150,80;10"))
    assert found.type == "hotspot" and found.is_usable and [one.key for one in found.files] == ["image"]
    assert [(one.text, one.box) for one in found.answers] == [
        ("Chỗ lạ 1", (10, 10, 50, 50)),
        ("Chỗ lạ 2", (70, 70, 10, 20)),
    ]
    assert any("thêm ít nhất một chỗ" in one.what for one in found.problems)
    entry = entry_of(found)
    assert entry["image"] == found.files[0].name and [one["target"] for one in entry["regions"]] == [True, True]


@pytest.mark.parametrize(
    ("drops", "why"),
    [
        (drop("rectangle", "1,1;9,9") + drop("rectangle", "50,50;9,9", 2), "nhiều nhãn"),
        (drop("polygon", "1,1;9,9;5,5"), "không phải hình chữ nhật"),
        (drop("rectangle", "900,900;9,9"), "không phải hình chữ nhật"),
        ("", "nhiều nhãn"),
    ],
)
def test_markers_the_house_has_no_type_for_are_refused_by_name(drops: str, why: str) -> None:
    found = markers(drops)
    assert not found.is_usable and any(why in one.what for one in found.problems)


def test_without_its_picture_nobody_knows_where_the_places_are() -> None:
    found = markers(drop("rectangle", "1,1;9,9"), samples.SVG)
    assert not found.is_usable and any("SVG không nhận" in one.what for one in found.problems)
