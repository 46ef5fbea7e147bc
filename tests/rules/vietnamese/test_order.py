"""The order of names: alphabet first, tone second, given name before family name."""

import random
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from lms.vietnamese import name_key, sort_key

ALPHABET = "a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z".split()

# Written by hand from the alphabet and the order of tones; the same as ICU's `vi`.
PEOPLE = [
    "Bùi Văn An",
    "Đỗ Thị An",
    "Nguyễn Thị An",
    "Nguyễn Văn An",
    "Nguyễn Vân An",
    "Lê Thị Anh",
    "Bùi Thị Ánh",
    "Lê Ngọc Ánh",
    "Phạm Văn Ân",
    "Trần Thị Ấn",
    "Cao Thị Bình",
    "Hà Quốc Bính",
    "Phạm Văn Cường",
    "Trần Thuỳ Dung",
    "Cao Quang Dũng",
    "Cao Xuân Dũng",
    "Lê Thị Đào",
    "Vũ Đức Đạt",
    "Trương Xuân Đức",
    "Hà Thị Hoa",
    "Cao Ngọc Hoà",
    "Đinh Thị Hoà",
    "Nguyễn Văn Hoá",
    "Lê Văn Hung",
    "Lê Văn Hùng",
    "Lê Văn Hưng",
    "Trương Thị Linh",
    "Bùi Thị Mận",
    "Ma Văn Ổn",
    "Hà Văn Ơn",
    "Vũ Thị Quý",
    "Vũ Thị Quỳnh",
    "Đỗ Thị Thuý",
    "Lê Thị Thuỵ",
    "Phạm Thị Thư",
    "Lê Thị Út",
    "Lê Thị Ước",
    "Trần Thị Yến",
]


def test_people_stand_by_given_name_then_family_name():
    shuffled = PEOPLE[:]
    random.Random(5).shuffle(shuffled)
    assert sorted(shuffled, key=name_key) == PEOPLE


def test_the_alphabet():
    assert sorted(set(ALPHABET), key=sort_key) == ALPHABET
    assert sorted([letter.upper() for letter in reversed(ALPHABET)], key=sort_key) == [x.upper() for x in ALPHABET]


def test_tones_after_letters():
    assert sorted("Mạ Má Mã Mả Mà Ma".split(), key=sort_key) == "Ma Mà Mả Mã Má Mạ".split()
    assert sorted("Mạ Mai Ma".split(), key=sort_key) == "Ma Mạ Mai".split()
    assert sorted(["Đức", "Dung", "Ấn", "Anh", "Dậu", "Da"], key=sort_key) == ["Anh", "Ấn", "Da", "Dậu", "Dung", "Đức"]


def test_letters_of_the_whole_name_before_any_tone():
    # As ICU: "Há An" before "Hà Bích", because n < b is not asked before a < b.
    assert sorted(["Hà Bích", "Há An"], key=sort_key) == ["Há An", "Hà Bích"]


def test_both_styles_of_tone_are_one_name():
    assert name_key("Lê Hoà") == name_key("LÊ HÒA") == name_key(unicodedata.normalize("NFD", "Lê Hoà"))


def test_numbers_by_value_and_signs_before_letters():
    assert sorted(["Thôn Mẫu 10", "Thôn Mẫu 2", "Thôn Mẫu 1"], key=sort_key)[-1] == "Thôn Mẫu 10"
    assert sorted(["7A", "10A", "6B", "6A1"], key=sort_key) == ["6A1", "6B", "7A", "10A"]


def test_a_name_with_a_mark_behind_it_is_still_found_by_its_given_name():
    assert name_key("Lê Thị Hà (B)") > name_key("Lê Thị Hà")
    assert name_key("Lê Thị Hà (B)").startswith(sort_key("Hà"))
    assert name_key("") == "" and name_key("A") < name_key("Bùi A")


@given(st.lists(st.sampled_from(PEOPLE), max_size=12), st.randoms(use_true_random=False))
def test_bytes_and_code_points_agree(names, rng):
    """SQLite compares bytes, Python code points, PostgreSQL "C" bytes: plain ASCII makes them one."""
    rng.shuffle(names)
    by_text = sorted(map(name_key, names))
    assert by_text == [key.decode() for key in sorted(name_key(name).encode() for name in names)]


@given(st.text(max_size=30))
def test_keys_are_printable_ascii(text):
    assert all(" " <= sign <= "~" for sign in name_key(text))
