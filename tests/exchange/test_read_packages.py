"""QTI packages and Word tables of other systems: read with type, key and weight, or refused by name with the place."""

import io
import subprocess
import sys
import textwrap
import time
import zipfile

import pytest

from lms.exchange.formats.found import Found
from lms.exchange.reading import read_questions
from lms.refusals import Refusal

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def item(body: str, declared: str = "", scoring: str = "match_correct", more: str = "") -> str:
    """A QTI 2.1 item, as most systems export it."""
    return (
        '<?xml version="1.0"?><assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i" title="Tên" '
        f'adaptive="false" timeDependent="false">{declared}<itemBody>{body}</itemBody>'
        f'<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/{scoring}"/>{more}'
        "</assessmentItem>"
    )


def response(values: str, cardinality: str = "single", base: str = "identifier", mapping: str = "") -> str:
    told = "".join(f"<value>{one}</value>" for one in values.split("|")) if values else ""
    correct = f"<correctResponse>{told}</correctResponse>" if told else ""
    head = f'identifier="RESPONSE" cardinality="{cardinality}" baseType="{base}"'
    return f"<responseDeclaration {head}>{correct}{mapping}</responseDeclaration>"


def package(items: dict[str, str], manifest: str = "", kind: str = "imsqti_item_xmlv2p1", **more: bytes) -> bytes:
    listed = "".join(f'<resource identifier="r" type="{kind}" href="{name}"/>' for name in items)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("imsmanifest.xml", manifest or f"<manifest><resources>{listed}</resources></manifest>")
        for name, content in {**items, **more}.items():
            made.writestr(name, content)
    return out.getvalue()


def one(xml: str) -> Found:
    (found,) = read_questions("goi.zip", package({"a.xml": xml}), "qti")
    return found


CHOICE = (
    '<p>Ai hỏi <b>mã OTP</b>?</p><choiceInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>Chọn.</prompt>'
    '<simpleChoice identifier="A">Kẻ gian<feedbackInline identifier="A">Đúng.</feedbackInline></simpleChoice>'
    '<simpleChoice identifier="B">Ngân hàng</simpleChoice></choiceInteraction>'
)
MAPPING = (
    '<mapping defaultValue="0"><mapEntry mapKey="A" mappedValue="2"/><mapEntry mapKey="B" mappedValue="-1"/></mapping>'
)


def test_a_choice_keeps_words_key_and_feedback() -> None:
    found = one(item(CHOICE, response("A")))
    assert (found.type, found.stem, found.name) == ("single", "Ai hỏi **mã OTP**?\n\nChọn.", "Tên")
    assert [(a.text, a.fraction, a.feedback) for a in found.answers] == [("Kẻ gian", 1, "Đúng."), ("Ngân hàng", 0, "")]


def test_weights_of_several_answers() -> None:
    found = one(item(CHOICE, response("A", "multiple", mapping=MAPPING), "map_response"))
    assert found.type == "multiple" and [a.fraction for a in found.answers] == [1, -0.5]


def test_typed_words_numbers_gaps_orders_pairs() -> None:
    typed = item(
        '<p>Mã gì? <textEntryInteraction responseIdentifier="RESPONSE"/></p>', response("mã hồ sơ", base="string")
    )
    assert (one(typed).type, one(typed).stem, one(typed).answers[0].text) == ("short", "Mã gì?", "mã hồ sơ")
    number = item('<p>1+1,5 <textEntryInteraction responseIdentifier="RESPONSE"/></p>', response("2.5", base="float"))
    assert one(number).type == "numeric" and one(number).answers[0].text == "2.5"
    gaps = item(
        '<p>Xem <inlineChoiceInteraction responseIdentifier="RESPONSE"><inlineChoice identifier="A">tên</inlineChoice>'
        '<inlineChoice identifier="B">màu</inlineChoice></inlineChoiceInteraction> người nhận.</p>',
        response("A"),
    )
    assert (one(gaps).type, one(gaps).stem) == ("cloze", "Xem [[g1]] người nhận.")
    assert [(a.gap, a.text, a.fraction) for a in one(gaps).answers] == [
        ("g1:single", "tên", 1),
        ("g1:single", "màu", 0),
    ]
    lines = "".join(f'<simpleChoice identifier="{name}">Việc {name}</simpleChoice>' for name in "ABC")
    order = item(
        f'<orderInteraction responseIdentifier="RESPONSE"><prompt>Xếp</prompt>{lines}</orderInteraction>',
        response("C|A|B", "ordered"),
    )
    assert one(order).type == "ordering" and [a.text[-1] for a in one(order).answers] == ["C", "A", "B"]
    half = "<simpleMatchSet>{}</simpleMatchSet>"
    choices = [
        "".join(f'<simpleAssociableChoice identifier="{n}" matchMax="1">{n}</simpleAssociableChoice>' for n in names)
        for names in ("ab", "xyz")
    ]
    match = item(
        f'<matchInteraction responseIdentifier="RESPONSE"><prompt>Ghép</prompt>{"".join(half.format(c) for c in choices)}</matchInteraction>',
        response("a y|b x", "multiple", "directedPair"),
    )
    assert [(a.text, a.match) for a in one(match).answers] == [("a", "y"), ("b", "x"), ("", "z")]


def test_places_on_a_picture_become_percent_and_the_picture_is_named() -> None:
    spots = '<hotspotChoice identifier="A" shape="rect" coords="20,10,60,30"/><hotspotChoice identifier="B" shape="circle" coords="100,50,10"/>'
    found = one(item(
        f'<hotspotInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>Chạm</prompt><object data="m.png" width="200" height="100"/>{spots}</hotspotInteraction>',
        response("A"),
    ))  # fmt: skip
    assert found.type == "hotspot" and [a.box for a in found.answers] == [(10, 10, 20, 20), (45, 40, 10, 20)]
    assert "m.png" in " ".join(one.what for one in found.problems)


STRANGE = {
    "extended-text-interaction": item('<extendedTextInteraction responseIdentifier="RESPONSE"/>'),
    "adaptive": item(CHOICE, response("A")).replace('adaptive="false"', 'adaptive="true"'),
    "nhiều phần hỏi": item(CHOICE + CHOICE, response("A")),
    "cách chấm riêng": item(CHOICE, response("A"), "cham_rieng"),
    "lookup-outcome-value": item(CHOICE, response("A")).replace(
        '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>',
        "<responseProcessing><lookupOutcomeValue/></responseProcessing>",
    ),
    "không có phần hỏi": item("<p>Chỉ đọc.</p>"),
}


@pytest.mark.parametrize("what", STRANGE)
def test_what_the_house_cannot_mark_is_refused_by_name_and_place(what: str) -> None:
    bad, good = read_questions(
        "goi.zip", package({"x/bad.xml": STRANGE[what], "good.xml": item(CHOICE, response("A"))}), "qti"
    )
    assert not bad.is_usable and good.is_usable
    assert what in bad.problems[0].what and bad.problems[0].element == "x/bad.xml"


def test_a_broken_or_missing_file_keeps_out_only_itself() -> None:
    manifest = '<manifest><resources><resource type="imsqti_item_xmlv2p1" href="a.xml"/><resource type="imsqti_item_xmlv2p1" href="mat.xml"/><resource type="imsqti_item_xmlv2p1" href="b.xml"/></resources></manifest>'
    found = read_questions(
        "g.zip",
        package({"a.xml": "<assessmentItem>\n<p></assessmentItem>", "b.xml": item(CHOICE, response("A"))}, manifest),
        "qti",
    )
    assert [one.is_usable for one in found] == [False, False, True]
    assert "dòng 2" in found[0].problems[0].what and "mat.xml" in found[1].problems[0].what


def test_a_script_a_frame_and_a_remote_picture_are_cut_out_and_told() -> None:
    dirty = '<script>alert(1)</script><iframe src="http://xa.example"/><p onclick="x()">Ai?<img src="http://xa.example/a.png" alt="tin nhắn"/></p>'
    found = one(item(dirty + CHOICE, response("A")))
    assert "alert" not in found.stem and "xa.example" not in found.stem and "[Ảnh: tin nhắn]" in found.stem
    told = " ".join(one.what for one in found.problems)
    assert "script" in told and "iframe" in told and "xa.example/a.png" in told


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
HOSTILE = {
    "entity": package(
        {"a.xml": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><assessmentItem>&e;</assessmentItem>'}
    ),
    "laughs": package({"a.xml": f"{DOCTYPE}<assessmentItem>&b;</assessmentItem>"}),
    "manifest laughs": package({}, f"{DOCTYPE}<manifest>&b;</manifest>"),
    "slip": package({"../../etc/cron.d/x": "x"}),
    "absolute": package({"/etc/x": "x"}),
    "bomb": package({"a.xml": "<assessmentItem>" + " " * (110 * 1024 * 1024)}),
    "long": package({"a.xml": "<assessmentItem>" + "x" * (9 * 1024 * 1024)}),
    "crowd": package({f"{n}.xml": "<assessmentItem>" + "<p/>" * 90_000 + "</assessmentItem>" for n in range(8)}),
    "deep": package({"a.xml": "<assessmentItem>" + "<p>" * 90_000}),
    "many": package({f"{n}.xml": "<assessmentItem/>" for n in range(600)}),
    "nested": package({"a.xml": item(CHOICE), "in.zip": package({})}),  # type: ignore[dict-item]
    "no manifest": b"PK\x03\x04" + b"\0" * 40,
    "old": package({"a.xml": "<questestinterop/>"}, kind="imsqti_xmlv1p2"),
    "nothing": package({}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_packages_are_refused_in_two_seconds(name: str) -> None:
    began = time.process_time()
    with pytest.raises(Refusal) as refused:
        read_questions("goi.zip", HOSTILE[name], "qti")
    assert time.process_time() - began < 2
    assert len(refused.value.sentence) < 160 and "bảng" not in refused.value.sentence.lower()


def test_the_heaviest_package_allowed_costs_two_seconds_and_200_mb() -> None:
    """Measured in a process of its own, so that nothing else's memory counts."""
    script = textwrap.dedent("""
        import io, resource, time, zipfile
        from lms.exchange.reading import read_questions
        marks = "<p><b>a</b></p>" * 118
        body = ('<assessmentItem><responseDeclaration identifier="R" cardinality="single"><correctResponse><value>A</value>'
                '</correctResponse></responseDeclaration><itemBody>' + marks + '<choiceInteraction responseIdentifier="R">'
                '<simpleChoice identifier="A">a</simpleChoice><simpleChoice identifier="B">b</simpleChoice>'
                '</choiceInteraction></itemBody></assessmentItem>')
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            names = [f"{n}.xml" for n in range(400)]
            made.writestr("imsmanifest.xml", "<manifest><resources>" + "".join(
                f'<resource type="imsqti_item_xmlv2p1" href="{n}"/>' for n in names) + "</resources></manifest>")
            for name in names:
                made.writestr(name, body)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.process_time()
        assert len(read_questions("x", out.getvalue(), "qti")) == 400
        print(time.process_time() - began, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
    """)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, done.stdout.split())
    assert seconds < 2 and megabytes < 200, (seconds, megabytes)


def word(body: str, **more: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in more.items():
            made.writestr(name, content)
    return out.getvalue()


def table(*rows: list[str]) -> str:
    told = "".join(
        "<w:tr>"
        + "".join(f"<w:tc>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in row)
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{told}</w:tbl>"


def paragraph(said: str, properties: str = "") -> str:
    return f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{said}</w:t></w:r></w:p>"


def test_word_with_a_row_for_each_question() -> None:
    rows = [
        ["STT", "Câu hỏi", "A", "B", "C", "Đáp án", "Mức độ"],
        ["1", "Ai hỏi?", "Kẻ gian", "Bạn", "Mẹ", "A", "Thông hiểu"],
        ["2", "Chọn 2", "x", "y", "z", "A, C", ""],
    ]
    first, second = read_questions("de.docx", word(paragraph("Đề kiểm tra") + table(*rows)), "docx")
    assert (first.type, first.stem, first.marks) == ("single", "Ai hỏi?", (("level", "2"),))
    assert [a.fraction for a in first.answers] == [1, 0, 0]
    assert second.type == "multiple" and [a.fraction for a in second.answers] == [0.5, 0, 0.5]
    rows = [["Câu hỏi", "Phương án", "Đáp án"], ["Ai?", f"{paragraph('A. Kẻ gian')}{paragraph('B. Bạn')}", "B"]]
    (found,) = read_questions("de.docx", word(table(*rows)), "docx")
    assert [(a.text, a.fraction) for a in found.answers] == [("Kẻ gian", 0), ("Bạn", 1)]


def test_word_with_a_table_for_each_question() -> None:
    one_table = table(
        ["Câu 1", "Ai hỏi mã?"], ["A", "Kẻ gian"], ["B", "Bạn"], ["Đáp án", "A"], ["Giải thích", "Vì thế."]
    )
    in_cells = table(["Câu 2: Làm gì?"], ["A. Dừng", "B. Trả"], ["Đáp án: A"])
    first, second = read_questions("de.docx", word(one_table + in_cells), "docx")
    assert (first.stem, first.explain, first.category) == ("Ai hỏi mã?", "Vì thế.", "bảng 1")
    assert [[(a.text, a.fraction) for a in found.answers] for found in (first, second)] == [
        [("Kẻ gian", 1), ("Bạn", 0)], [("Dừng", 1), ("Trả", 0)],
    ]  # fmt: skip


def test_an_underlined_option_is_the_key_and_that_is_told() -> None:
    marked = paragraph("Kẻ gian", '<w:u w:val="single"/>')
    (found,) = read_questions("de.docx", word(table(["Câu 1", "Ai?"], ["A", marked], ["B", "Bạn"])), "docx")
    assert [a.fraction for a in found.answers] == [1, 0] and "gạch chân" in found.problems[0].what


def test_word_drops_nothing_in_silence() -> None:
    picture = "<w:p><w:r><w:t>Xem hình</w:t><w:drawing/></w:r></w:p>"
    deleted = "<w:p><w:r><w:t>Bạn</w:t></w:r><w:del><w:r><w:t>cũ</w:t></w:r></w:del></w:p>"
    asked = table(["Câu 1", picture], ["A", "x"], ["B", deleted], ["Lạ", "gì đây"], ["Đáp án", "D"])
    found, outside = read_questions("de.docx", word(asked + paragraph("Câu 2. Ngoài bảng?")), "docx")
    told = " ".join(one.what for one in found.problems)
    assert "Ảnh" in told and "gì đây" in told and "«D»" in told and not found.is_usable
    assert found.answers[1].text == "Bạn" and not outside.is_usable and "ngoài bảng" in outside.problems[0].what


@pytest.mark.parametrize(
    "content",
    [
        word("<w:p/>"),
        word("", **{"word/vbaProject.bin": "x"}),
        package({}),
        b"khong phai zip",
        word(f"{table(['a'])}</w:body>"),
        word("<w:p><w:r><w:t>" + "x" * 11_000_000 + "</w:t></w:r></w:p>"),
        word(table(["Câu 1", "x" * 30_000_000])),
    ],
)
def test_hostile_word_files_are_refused_in_two_seconds(content: bytes) -> None:
    began = time.process_time()
    with pytest.raises(Refusal):
        read_questions("de.docx", content, "docx")
    assert time.process_time() - began < 2


def test_a_gap_without_a_key_keeps_the_question_out() -> None:
    gap = '<inlineChoiceInteraction responseIdentifier="{}"><inlineChoice identifier="A">a</inlineChoice></inlineChoiceInteraction>'
    found = one(item(f"<p>{gap.format('RESPONSE')} {gap.format('OTHER')}</p>", response("A")))
    assert not found.is_usable and "g2" in found.problems[0].what


def test_what_a_rubric_says_to_the_learner_is_part_of_the_question() -> None:
    said = '<rubricBlock view="candidate"><p>Chọn một.</p></rubricBlock><rubricBlock view="scorer"><p>Chấm tay.</p></rubricBlock>'
    found = one(item(said + CHOICE, response("A")))
    assert found.stem.startswith("Chọn một.") and "Chấm tay" not in found.stem
    assert "Chấm tay" in " ".join(one.what for one in found.problems)


def test_several_right_answers_share_the_mark_where_only_the_whole_counted() -> None:
    found = one(
        item(
            CHOICE.replace(
                "</choiceInteraction>", '<simpleChoice identifier="C">Bạn</simpleChoice></choiceInteraction>'
            ),
            response("A|C", "multiple"),
        )
    )
    assert [a.fraction for a in found.answers] == [0.5, 0, 0.5] and "trọn" in found.problems[0].what
