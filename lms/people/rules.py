"""Who is a child, whose consent holds, and which passwords will do."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

CHILD_UNDER = 16
"""Children Law 2016 art. 1: a child is under 16."""
HERE = timezone(timedelta(hours=7))
"""Asia/Ho_Chi_Minh, which has no summer time."""


class Purpose(StrEnum):
    """What is consented to, each by itself (Law 91/2025 art. 9)."""

    ASSESSMENT = "assessment"
    """Recorded tests and witnessing."""
    HOUSEHOLD_LINK = "household-link"
    """The school's pupil and the commune's household member kept as one person."""


class Giver(StrEnum):
    SELF = "self"
    REPRESENTATIVE = "representative"


class ConsentAct(StrEnum):
    GIVEN = "given"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ConsentEvent:
    """One yes, or its withdrawal."""

    id: str
    purpose: Purpose
    giver: Giver
    act: ConsentAct
    at: datetime


@dataclass(frozen=True, slots=True)
class Age:
    """What is known of somebody's age: usually the year only, sometimes not even that."""

    birth_year: int | None = None
    birthday: date | None = None


@dataclass(frozen=True, slots=True)
class Holds:
    """Whether consent stands, who is still to be asked, and a sentence for whoever reads the refusal."""

    holds: bool
    missing: tuple[Giver, ...] = ()
    withdrawn: tuple[Giver, ...] = ()
    """Of the missing, those who took their yes back: they are not to be asked again as if they had forgotten."""
    sentence: str = ""


def may_be_under(years: int, age: Age, today: date) -> bool:
    """Whether somebody may still be younger than so many years; where the law protects, doubt protects too.

    With the year only: until the end of the year in which that age is reached. With nothing known: yes.
    """
    if age.birthday is not None:
        return today < _birthday_in(age.birthday, age.birthday.year + years)
    return age.birth_year is None or today.year <= age.birth_year + years


def is_child(birth_year: int | None, today: date, birthday: date | None = None) -> bool:
    """Under 16, or possibly so."""
    return may_be_under(CHILD_UNDER, Age(birth_year, birthday), today)


def consent_holds(events: Iterable[ConsentEvent], purpose: Purpose, age: Age, today: date) -> Holds:
    """Under 16 the child and the representative both say yes (Law 91/2025 art. 24); from 16 on one's own yes suffices.

    The latest word of each holds, as said up to and on `today`; silence is no consent (art. 9), and a withdrawal ends it.
    """
    child = may_be_under(CHILD_UNDER, age, today)
    needed = (Giver.SELF, Giver.REPRESENTATIVE) if child else (Giver.SELF,)
    words = _latest_words(events, purpose, today)
    missing = tuple(giver for giver in needed if words.get(giver) is not ConsentAct.GIVEN)
    withdrawn = tuple(giver for giver in missing if words.get(giver) is ConsentAct.WITHDRAWN)
    if not missing:
        return Holds(True)
    return Holds(False, missing, withdrawn, _why_not(purpose, missing, withdrawn, child and _age_is_unknown(age)))


def password_problem(password: str, username: str) -> str:
    """Why a password will not do, in a sentence; empty when it will. No composition rules (ASVS 5.0.0, 6.2.1–6.2.12)."""
    letters = unicodedata.normalize("NFC", password)
    if len(letters) < SHORTEST_PASSWORD:
        return f"Mật khẩu cần ít nhất {SHORTEST_PASSWORD} chữ. Một câu ngắn dễ nhớ là tốt nhất."
    if len(letters) > LONGEST_PASSWORD:
        return f"Mật khẩu dài quá {LONGEST_PASSWORD} chữ."
    bare = _bare(letters)
    if bare == _bare(username):
        return "Mật khẩu không được giống tên đăng nhập."
    if _is_common(bare):
        return "Mật khẩu này nhiều người dùng, kẻ xấu thử trước tiên. Chọn câu khác chỉ mình biết."
    return ""


def pin_problem(pin: str) -> str:
    """Six digits, not all the same nor a run."""
    if len(pin) != 6 or not (pin.isascii() and pin.isdecimal()):
        return "Mã PIN gồm đúng 6 chữ số."
    return "Mã PIN dễ đoán quá. Chọn dãy số khác." if _is_run(pin) else ""


SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 256

COMMON = frozenset(
    """
    matkhau matkhaucuatoi matkhaumoi khongbiet khongnho khongcomatkhau quenmatkhau dangnhap taikhoan quantri quanly
    anhyeuem emyeuanh yeuem yeuanh yeuemnhieu yeumaimai mailayeuem mailamotnguoi nguoiyeu vochong giadinh giadinhtoi
    toiyeuvietnam vietnam vietnamvodich hanoi saigon hochiminh bachokinhyeu thanhhoa thanhpho xunghe muonglat
    ngoclac ngoclap lamson hocsinh hoctro giaovien truonghoc lophoc banbe tinhban conyeu meyeucon boyeucon
    congnghe congngheso chuyendoiso dichvucong thanhthao namcanh namcanhhoa hoasen hoamai hoadao
    zalo facebook youtube tiktok google gmail vneid vietcombank agribank viettel vinaphone mobifone samsung iphone
    password passw0rd iloveyou admin administrator welcome letmein login user guest test demo sunshine princess
    dragon monkey football superman batman master shadow secret qwerty qwertyuiop qwert asdfghjkl asdf zxcvbnm zxcvbn
    qazwsx qazwsxedc qweasd qweasdzxc qqww abcabc aabbcc
    """.split()
)
"""Words people here choose first, bare of accents, spaces and capitals; with a few digits behind they are no better."""

_TAIL = re.compile(r"[\d!@#$.*]{0,7}$")
_DIGIT_PAIRS = re.compile(r"(\d{1,4})\1+")


def _is_common(bare: str) -> bool:
    return _TAIL.sub("", bare) in COMMON or _is_run(bare) or _DIGIT_PAIRS.fullmatch(bare) is not None


def _is_run(text: str) -> bool:
    """All the same, or each one step from the last: 11111111, 12345678, 87654321, 01234567890, abcdefgh."""
    steps = {ord(after) - ord(before) for before, after in zip(text, text[1:], strict=False)}
    wraps = {-9, 9} if text.isdecimal() else set()
    return steps <= {0} or steps <= {1} | wraps & {-9} or steps <= {-1} | wraps & {9}


def _bare(text: str) -> str:
    """Without accents, capitals and spaces: «Mật Khẩu» and «matkhau» are one guess."""
    letters = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return "".join(one for one in letters if not unicodedata.combining(one) and not one.isspace())


def _birthday_in(birthday: date, year: int) -> date:
    """A birthday on 29/2 is kept on 1/3 in a year without one."""
    try:
        return birthday.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def _age_is_unknown(age: Age) -> bool:
    return age.birth_year is None and age.birthday is None


def _latest_words(events: Iterable[ConsentEvent], purpose: Purpose, today: date) -> dict[Giver, ConsentAct]:
    """Giver → last word. Of two at one moment the withdrawal holds: doubt is no consent."""
    said = [one for one in events if one.purpose is purpose and one.at.astimezone(HERE).date() <= today]
    said.sort(key=lambda one: (one.at, one.act is ConsentAct.WITHDRAWN, one.id))
    return {one.giver: one.act for one in said}


_WHO = {
    (Giver.SELF,): "người học",
    (Giver.REPRESENTATIVE,): "cha mẹ hoặc người giám hộ",
    (Giver.SELF, Giver.REPRESENTATIVE): "người học và của cha mẹ hoặc người giám hộ",
}
_WHAT_STAYS = {
    Purpose.ASSESSMENT: "Vẫn đọc bài và luyện tập được. Muốn kiểm tra và được chứng thì in phiếu, ký, rồi ghi lại.",
    Purpose.HOUSEHOLD_LINK: "Việc học không bị ảnh hưởng. Muốn nối với hộ gia đình thì in phiếu, ký, rồi ghi lại.",
}


def _why_not(purpose: Purpose, missing: tuple[Giver, ...], withdrawn: tuple[Giver, ...], age_is_unknown: bool) -> str:
    if withdrawn:
        who = "Người học" if withdrawn[0] is Giver.SELF else "Cha mẹ hoặc người giám hộ"
        return f"{who} đã rút lại đồng ý. {_WHAT_STAYS[purpose]}"
    doubt = "Chưa ghi năm sinh nên tính như dưới 16 tuổi; ghi năm sinh trước. " if age_is_unknown else ""
    return f"{doubt}Chưa có đồng ý của {_WHO[missing]}. {_WHAT_STAYS[purpose]}"
