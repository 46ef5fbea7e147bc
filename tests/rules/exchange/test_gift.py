"""GIFT as Moodle's own examples use it, and the promise that what is written reads back the same."""

from hypothesis import given
from hypothesis import strategies as st

from lms.exchange.formats import gift
from lms.exchange.formats.found import Found, Given

WORDS = st.text("aăđờ B=~#{}:\\%->/.\n", max_size=12).map(lambda s: "x" + " ".join(s.split()).replace("->", "–") + "y")
MAYBE = st.one_of(st.just(""), WORDS)


def one(text: str) -> Found:
    (found,) = gift.read(text)
    return found


def marks(found: Found) -> list[tuple[str, float]]:
    return [(a.text, a.fraction) for a in found.answers]


def test_one_right_answer_and_a_missing_word() -> None:
    found = one("// chú thích\n::Tên::Mã {~in#sai rồi =OTP#đúng} không đưa ai.")
    assert (found.type, found.name, found.stem) == ("single", "Tên", "Mã _____ không đưa ai.")
    assert [(a.text, a.fraction, a.feedback) for a in found.answers] == [("in", 0, "sai rồi"), ("OTP", 1, "đúng")]
    assert found.line == 2


def test_weights_without_a_key_are_several_answers() -> None:
    found = one("Chọn 2 ý {\n~%-50%a\n~%50%b\n~%50%c\n~%-50%d }")
    assert found.type == "multiple" and marks(found) == [("a", -0.5), ("b", 0.5), ("c", 0.5), ("d", -0.5)]


def test_true_false_has_first_the_words_for_who_is_wrong() -> None:
    found = one("Đúng không? {T#lời cho người sai#lời cho người đúng}")
    assert [(a.fraction, a.feedback) for a in found.answers] == [(1, "lời cho người đúng"), (0, "lời cho người sai")]


def test_numbers_ranges_and_bands() -> None:
    assert [(a.text, a.tolerance) for a in one("pi {#3.141..3.143}").answers] == [("3.142", 0.001)]
    assert [(a.text, a.tolerance) for a in one("n {#3:0.5}").answers] == [("3", 0.5)]
    found = one("Năm? {#\n=1822:0#đúng\n=%50%1822:2#gần}")
    assert [(a.fraction, a.tolerance, a.feedback) for a in found.answers] == [(1, 0, "đúng"), (0.5, 2, "gần")]
    assert {p.level for p in found.problems} == {"note"}


def test_matching_short_and_escapes() -> None:
    assert [(a.text, a.match) for a in one("Ghép {=a -> 1 =b->2}").answers] == [("a", "1"), ("b", "2")]
    assert one("Ai? {=không ai =%50%chẳng ai}").type == "short"
    assert marks(one(r"5? {~ \= 2 + 2 = \= 2 + 3}")) == [("= 2 + 2", 0), ("= 2 + 3", 1)]


def test_categories_and_what_is_refused_by_name() -> None:
    essay, words, broken, good = gift.read(
        "$CATEGORY: An toàn/OTP\n\nViết đi {}\n\nChỉ đọc thôi\n\n::hỏng::Thiếu {~a =b\n\n::tốt::Rồi {~a =b}"
    )
    assert (essay.type, words.type, good.type) == ("essay", "description", "single")
    assert not essay.is_usable and not words.is_usable and not broken.is_usable and good.is_usable
    assert "essay" in essay.problems[0].what and essay.line == 3
    assert {essay.category, good.category} == {"An toàn/OTP"}


@st.composite
def questions(draw: st.DrawFn) -> Found:
    kind = draw(st.sampled_from(sorted(gift.WRITES)))
    text = st.lists(WORDS, min_size=2, max_size=5, unique=True)
    texts = draw(text)
    say = [draw(MAYBE) for _ in texts]
    if kind == "truefalse":
        answers = (Given("Đúng", 1.0, say[0]), Given("Sai", 0.0, say[1]))
    elif kind == "matching":
        answers = tuple(Given(t, 1.0, match=draw(WORDS)) for t in texts)
    elif kind == "numeric":
        answers = (Given(str(draw(st.integers(-999, 999))), 1.0, say[0], tolerance=draw(st.integers(0, 9)) / 2),)
    elif kind == "short":
        answers = tuple(Given(t, 1.0, f) for t, f in zip(texts, say, strict=True))
    elif kind == "multiple":
        answers = tuple(Given(t, 0.0 if n else 0.5, f) for n, (t, f) in enumerate(zip(texts, say, strict=True)))
    else:
        answers = tuple(Given(t, 0.0 if n else 1.0, f) for n, (t, f) in enumerate(zip(texts, say, strict=True)))
    return Found(0, kind, draw(WORDS), answers, draw(MAYBE), draw(MAYBE))


@given(st.lists(questions(), min_size=1, max_size=4))
def test_what_is_written_reads_back(asked: list[Found]) -> None:
    text, lost = gift.write(asked)
    assert not lost
    again = gift.read(text)
    assert [(f.type, f.stem, f.answers, f.explain, f.name, f.is_usable) for f in again] == [
        (f.type, f.stem, f.answers, f.explain, f.name, True) for f in asked
    ]


def test_what_gift_has_no_words_for_is_named() -> None:
    text, lost = gift.write([Found(0, "hotspot", "Chạm")])
    assert "hotspot" in lost[0].what and not text.strip()
    arrow = Found(0, "short", "Mũi tên", (Given("a->b", 1.0),))
    text, lost = gift.write([arrow])
    assert "->" in lost[0].what and not text.strip()


def test_marks_of_a_format_of_its_own_and_what_has_no_place_here() -> None:
    """As Moodle itself exports: formats inside answers, a star for all the rest, words for every other number."""
    found = one("Ai? {=[html]<b>bạn</b>#[plain]đúng ~[plain]thù}")
    assert [(a.text, a.feedback) for a in found.answers] == [("<b>bạn</b>", "đúng"), ("thù", "")]
    short = one("Gì? {=ếch#Hay! =%0%*#Sai rồi}")
    assert marks(short) == [("ếch", 1)] and "*" in short.problems[0].what and short.is_usable
    number = one("Mấy? {#3:2~#Sai hẳn}")
    assert [(a.text, a.tolerance) for a in number.answers] == [("3", 2)] and number.problems[0].level == "note"
