"""Typed Vietnamese: the vectors of assessment.md §5 and §8 H."""

import unicodedata
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.quizzes.rules.shapes import Short
from lms.quizzes.rules.texts import bare, is_one_slip, normal, number, tidy, written
from lms.quizzes.rules.types.short import faults, score, spelling

LENIENT = Short(accept=("dừng khoá báo",))
STRICT = Short(accept=("dừng khoá báo",), accents="strict")
LETTERS = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặèéẻẽẹòóỏõọùúủũụỳýỷỹỵ AĐ.,-@/", max_size=30)


def test_the_vectors() -> None:
    assert normal("Dừng   khoá BÁO") == normal("dừng khóa báo")
    assert score(LENIENT, "dung khoa bao") == 1 and score(STRICT, "dung khoa bao") == 0
    assert normal("\u00d0à Nẵng") == normal("Đà Nẵng")
    for text in ("Dừng khoá báo", "Đà Nẵng", "ươm mầm"):
        assert normal(unicodedata.normalize("NFD", text)) == normal(unicodedata.normalize("NFC", text))
    assert bare("đường") == "duong"
    assert score(LENIENT, "") == score(LENIENT, "  ") == score(LENIENT, "?!") == 0


@pytest.mark.parametrize(("one", "other"), [
    ("hoà", "hòa"), ("hoè", "hòe"), ("thuý", "thúy"), ("khoẻ", "khỏe"), ("toả", "tỏa"), ("a\u00a0b", "a b"),
    ("«không»".strip("«»"), "không"), ("mã, hồ sơ!", "mã hồ sơ"), ("(mã hồ sơ)", "mã hồ sơ"), ("cổng.", "cổng"),
])  # fmt: skip
def test_written_otherwise_and_the_same(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"), [("quý", "qúy"), ("a.b", "ab"), ("a-b", "ab"), ("a@b", "ab"), ("1/2", "12"), ("ma", "má")]
)
def test_not_the_same(one: str, other: str) -> None:
    assert normal(one) != normal(other)


def test_uy_after_q_stays() -> None:
    assert normal("quý") == "quý" and normal("hoàn") == "hoàn" and normal("khoái") == "khoái"


@given(LETTERS)
def test_writing_it_normally_twice_changes_nothing(text: str) -> None:
    assert normal(normal(text)) == normal(text) and bare(bare(text)) == bare(text)
    assert normal(tidy(text)) == normal(text)


@given(LETTERS)
def test_bare_words_have_no_marks(text: str) -> None:
    assert bare(text).isascii() and bare(normal(text)) == bare(text)


@given(LETTERS)
def test_strict_is_never_kinder(text: str) -> None:
    assert score(STRICT, text) <= score(LENIENT, text)


def test_the_correct_spelling_is_shown() -> None:
    assert spelling(LENIENT, "dung khoa bao") == "dừng khoá báo"
    assert spelling(LENIENT, "Dừng khóa báo") == spelling(LENIENT, "khác") == ""


TYPO = Short(accept=("mã hồ sơ",), reject=("mã hố sơ",), near=("mã hồ",), accents="strict", typo=1)


@pytest.mark.parametrize(("said", "worth"), [
    ("mã hồ sơ", 1), ("mã hồ sơn", 1), ("mã hồ s", 1), ("mã hồ sx", 1), ("mã hồ sxx", 0), ("mã hố sơ", 0), ("mã hồ so", 0),
    ("mã hồ", Fraction(1, 2)),
])  # fmt: skip
def test_one_slip_is_forgiven(said: str, worth: Fraction) -> None:
    assert score(TYPO, said) == worth


def test_short_words_forgive_no_slip() -> None:
    assert score(Short(accept=("ngân",), typo=1), "ngâm") == 0
    assert score(Short(accept=("ngânha",), typo=1), "ngânhb") == 1
    assert score(Short(accept=("ngân hàng",)), "ngân hànx") == 0


@given(st.text("abc", min_size=1, max_size=6), st.text("abc", max_size=6))
def test_one_slip_is_one_edit(meant: str, said: str) -> None:
    edits = {meant[:at] + meant[at + 1 :] for at in range(len(meant))}
    edits |= {meant[:at] + sign + meant[at:] for at in range(len(meant) + 1) for sign in "abc"}
    edits |= {meant[:at] + sign + meant[at + 1 :] for at in range(len(meant)) for sign in "abc"}
    assert is_one_slip(said, meant) == (said in edits and said != meant)


def test_lenient_is_refused_where_it_would_take_what_is_refused() -> None:
    assert [one.code for one in faults("q", Short(accept=("má",), reject=("mạ",)))] == ["collides"]
    assert faults("q", Short(accept=("má",), reject=("mạ",), accents="strict")) == []
    assert [one.code for one in faults("q", Short(accept=("má",), reject=("má",), accents="strict"))] == ["collides"]


@pytest.mark.parametrize(("said", "value"), [
    ("1.250", 1250), ("1250", 1250), ("1.234.567,5", Fraction(2469135, 2)), ("2k", 2000), ("1,5 triệu", 1_500_000),
    ("3 tr", 3_000_000), ("20 nghìn đồng", 20_000), ("20.000 VNĐ", 20_000), ("-3", -3), ("+3", 3), ("1.25", None), ("1,2,3", None),
    ("1.2345", None), ("", None), ("k", None), ("12 con", None), ("٣", None),
])  # fmt: skip
def test_numbers(said: str, value: Fraction | None) -> None:
    assert number(said) == value


@given(st.integers(-(10**12), 10**12), st.sampled_from([1, 2, 4, 5, 8, 10, 100]))
def test_a_number_is_read_as_it_was_written(top: int, bottom: int) -> None:
    assert number(written(Fraction(top, bottom))) == Fraction(top, bottom)
