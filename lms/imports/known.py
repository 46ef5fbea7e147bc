"""Names of villages, communes and schools in a list, against those the house knows: the same, once so called, or nearly."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from lms.imports.problems import Known
from lms.vietnamese import clean, fold, sort_key

_TITLE = re.compile(
    r"^(ubnd|uỷ ban nhân dân|ủy ban nhân dân|hđnd|ttr?\.|"
    r"thôn|bản|khu phố|khu|tổ dân phố|tdp|kp|làng|xóm|xã|phường|thị trấn|tt)\.? +",
    re.IGNORECASE,
)
_TITLE_UNSIGNED = re.compile(r"^(ubnd|thon|ban|khu pho|khu|to dan pho|lang|xom|xa|phuong|thi tran) +")
_CLOSE = 0.8
_MOST_EXTRA_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Found:
    """`known` is set when the name is certain; else `what` and `mend` say why not, with the nearest name."""

    known: Known | None = None
    what: str = ""
    mend: str = ""
    code: str = ""


def bare(name: str) -> str:
    """A unit's own name: "UBND xã Nguyệt Ấn" → "Nguyệt Ấn"; "Thôn 1" → "1"."""
    text = clean(name)
    while (shorter := _TITLE.sub("", text)) not in (text, ""):
        text = shorter
    return text


@lru_cache(maxsize=4096)  # a list names the same few places on every row
def unit_key(name: str) -> str:
    """Equal for two spellings of one unit: with or without «Thôn», Hoà or Hòa, 01 or 1."""
    return sort_key(bare(name))


def find_known(text: str, known: Sequence[Known], noun: str) -> Found:
    """Look up one name. `noun` is what the sentences call it: «xã», «thôn», «đơn vị»."""
    certain = _certain(text, known)
    if len(certain) == 1:
        return Found(certain[0])
    if len(certain) > 1:
        return Found(
            what=f"Có nhiều {noun} tên «{text}»", mend="Ghi thêm cột Xã để biết nơi nào.", code="unit-ambiguous"
        )
    former = next((unit for unit in known for name in unit.former if _same_letters(text, name)), None)
    near = [unit for unit in known if _same_letters(text, unit.name)]
    if former is not None and not near:
        what = f"«{text}» là tên cũ hoặc viết khác, nay thuộc {noun} {bare(former.name)}"
        return Found(what=what, mend=f"Sửa thành «{_renamed(text, former)}».", code="unit-former")
    guess = near[0] if near else _close(text, known)
    if guess is not None:
        return Found(
            what=f"Không có {noun} «{text}»",
            mend=f"Có phải {bare(guess.name) if near else guess.name}?",
            code="unit-near",
        )
    return Found(
        what=f"Không có {noun} «{text}»", mend=f"Sửa lại tên, hoặc thêm {noun} này trước khi nhập.", code="unit-unknown"
    )


def _certain(text: str, known: Iterable[Known]) -> list[Known]:
    known = list(known)
    whole = [unit for unit in known if _whole_key(unit.name) == _whole_key(text)]
    same = whole or [unit for unit in known if unit_key(unit.name) == unit_key(text)]
    if same or fold(text) != clean(text).casefold():
        return same
    # Typed without accents: take it when only one can be meant.
    return [unit for unit in known if _same_letters(text, unit.name)]


def _same_letters(one: str, other: str) -> bool:
    return _letters(one) == _letters(other)


@lru_cache(maxsize=4096)
def _whole_key(name: str) -> str:
    return sort_key(name)


@lru_cache(maxsize=4096)
def _letters(name: str) -> str:
    text = fold(bare(name))
    while name.isascii() and (shorter := _TITLE_UNSIGNED.sub("", text)) not in (text, ""):
        text = shorter
    return text


def _renamed(text: str, unit: Known) -> str:
    words = clean(text)
    return words[: len(words) - len(bare(text))] + bare(unit.name)


def _close(text: str, known: Sequence[Known]) -> Known | None:
    written = _letters(text)
    by_name = {_letters(unit.name): unit for unit in known}
    found = _closest(written, tuple(name for name in by_name if abs(len(name) - len(written)) <= _MOST_EXTRA_LETTERS))
    # «Thôn 3» is not a slip of the pen for «Thôn 2»: where only the figures differ, it is another place.
    if not found or re.sub(r"\d", "", found) == re.sub(r"\d", "", written) != found:
        return None
    return by_name[found]


@lru_cache(maxsize=4096)
def _closest(written: str, names: tuple[str, ...]) -> str:
    return next(iter(get_close_matches(written, names, n=1, cutoff=_CLOSE)), "")
