"""Length and a list of the guessed, nothing else (ASVS 5.0.0, 6.2.1–6.2.12)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.people.rules import password_problem, pin_problem


@pytest.mark.parametrize(
    "password",
    [
        "nam-canh-2026",
        "con bò ăn cỏ ven suối",
        "traisim ngoai dong",
        "xyzzyplugh",
        "tám chữ!",
        "aaaabaaaa",
        "a" * 127 + "b" * 129,
        "mật khẩu nhà tôi dài lắm",
        "93718264",
    ],
)
def test_what_will_do(password: str) -> None:
    assert password_problem(password, "lan") == ""


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "ít nhất 8 chữ"),
        ("bảy chữ", "ít nhất 8 chữ"),
        ("xyzzypl", "ít nhất 8 chữ"),
        ("ab" * 128 + "c", "dài quá 256"),
        ("nguyenvanlan", "giống tên đăng nhập"),
        ("Nguyễn Văn Lan", "giống tên đăng nhập"),
        ("matkhau1", "nhiều người dùng"),
        ("Mật Khẩu 123", "nhiều người dùng"),
        ("matkhau123456", "nhiều người dùng"),
        ("anh yêu em", "nhiều người dùng"),
        ("AnhYeuEm@2026", "nhiều người dùng"),
        ("ThanhHoa36!", "nhiều người dùng"),
        ("Đăng nhập1", "nhiều người dùng"),
        ("password", "nhiều người dùng"),
        ("Passw0rd!", "nhiều người dùng"),
        ("12345678", "nhiều người dùng"),
        ("0123456789", "nhiều người dùng"),
        ("1234567890", "nhiều người dùng"),
        ("87654321", "nhiều người dùng"),
        ("9876543210", "nhiều người dùng"),
        ("11111111", "nhiều người dùng"),
        ("abcdefgh", "nhiều người dùng"),
        ("12341234", "nhiều người dùng"),
        ("qwertyuiop", "nhiều người dùng"),
        ("        ", "nhiều người dùng"),
    ],
)
def test_what_will_not(password: str, words: str) -> None:
    assert words in password_problem(password, "nguyenvanlan")


def test_the_ends_of_the_length() -> None:
    assert password_problem("hoa mơ 8", "x") == "" and password_problem("hoa mơ8", "x")
    assert password_problem("ab" * 128, "x") == "" and password_problem("ab" * 128 + "c", "x")


@given(st.text(min_size=0, max_size=30))
def test_one_spelling_of_a_letter_is_as_long_as_the_other(password: str) -> None:
    twin = unicodedata.normalize("NFD", password)
    assert password_problem(unicodedata.normalize("NFC", password), "lan") == password_problem(twin, "lan")


@pytest.mark.parametrize("pin", ["259174", "100000", "112233"])
def test_a_pin_is_six_digits(pin: str) -> None:
    assert pin_problem(pin) == ""


@pytest.mark.parametrize(
    "pin", ["", "12345", "1234567", "12345a", "１２３４５６", "²²²²²²", "000000", "123456", "654321"]
)
def test_what_is_no_pin(pin: str) -> None:
    assert pin_problem(pin).startswith("Mã PIN")
