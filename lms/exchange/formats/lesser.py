"""What becomes of a question where a format lacks its type, and what no format but our own carries."""

from collections.abc import Sequence
from dataclasses import replace

from lms.exchange.formats.found import Found, Given, Trouble

_WORDS = {
    "competency": "năng lực",
    "level": "mức",
    "critical": "dấu câu an toàn",
    "pool": "kho",
    "step": "bước học",
    "facts": "các số liệu",
    "review_by": "ngày xem lại",
    "source": "nguồn",
    "fixed": "dấu giữ thứ tự phương án",
    "image": "ảnh",
    "alt": "lời tả ảnh",
    "audio": "âm thanh",
    "transcript": "lời của âm thanh",
    "explain": "giải thích",
    "before": "các thứ tự đúng khác",
    "accents": "cách xét dấu",
    "typo": "cho phép lỡ một chữ",
    "unit": "đơn vị",
    "band": "khoảng gần đúng",
    "wrong": "số sai hay gặp",
    "near": "chữ gần đúng",
    "reject": "chữ không nhận",
}

_SAYS_NOTHING = {"accents": "lenient", "competency": "f", "level": "1", "pool": "luyen", "typo": "0"}


def as_written(
    founds: Sequence[Found], system: str, types: frozenset[str], carried: frozenset[str]
) -> tuple[list[tuple[int, Found]], list[Trouble]]:
    """The questions a format can hold with their numbers, and what it cannot. `carried`: the keys of an entry it keeps."""
    written: list[tuple[int, Found]] = []
    lost: list[Trouble] = []
    for number, found in enumerate(founds, 1):
        lesser, said = _lesser(found, system, types)
        lost += [Trouble(number, what, "error" if lesser is None else "note") for what in said]
        if lesser is not None:
            written.append((number, lesser))
            entry = found.entry or {}
            without = {"image", "audio"} - {one.key for one in found.files}
            left = [
                word
                for name, word in _WORDS.items()
                if (name not in carried or name in without)
                and entry.get(name)
                and str(entry[name]) != _SAYS_NOTHING.get(name)
            ]
            if left:
                lost.append(Trouble(number, f"{system} không mang theo: {', '.join(left)}.", "note"))
    return written, lost


def _lesser(found: Found, system: str, types: frozenset[str]) -> tuple[Found | None, list[str]]:
    if found.type in types:
        return found, []
    if found.type == "hotspot" and "multiple" in types:
        answers = tuple(replace(one, box=()) for one in found.answers)
        return replace(found, type="multiple", answers=answers), [
            f"{system} không có câu chỉ chỗ: thành câu chọn nhiều ý."
        ]
    if found.type == "ordering" and "matching" in types:
        answers = tuple(replace(one, match=str(place)) for place, one in enumerate(found.answers, 1))
        return replace(found, type="matching", answers=answers), [
            f"{system} không có câu sắp thứ tự: thành câu ghép với số."
        ]
    if found.type == "truefalse" and "single" in types:
        return replace(found, type="single"), []
    gaps = {one.gap for one in found.answers}
    kind = next(iter(gaps)).partition(":")[2] if len(gaps) == 1 else ""
    if found.type == "cloze" and kind in types:
        place = next(iter(gaps)).partition(":")[0]
        answers = tuple(replace(one, gap="") for one in found.answers)
        stem = found.stem.replace(f"[[{place}]]", "_____")
        return replace(found, type=kind, stem=stem, answers=answers), [
            f"{system}: câu một chỗ trống thành câu «{kind}»."
        ]
    return None, [f"{system} không có loại câu «{found.type}» nên câu này không được ghi."]


def without_feedback(number: int, found: Found, system: str) -> list[Trouble]:
    if not any(one.feedback for one in found.answers):
        return []
    return [Trouble(number, f"{system} không giữ được lời nhắn của từng phương án.", "note")]


def or_true_false(found: Found) -> Found:
    """A choice between «Đúng» and «Sai» is a question of true or false."""
    if found.type != "single" or len(found.answers) != 2:
        return found
    by_words: dict[str, Given] = {one.text.strip().casefold().rstrip("."): one for one in found.answers}
    for yes, no in (("đúng", "sai"), ("true", "false")):
        if set(by_words) == {yes, no}:
            pair = (replace(by_words[yes], text="Đúng"), replace(by_words[no], text="Sai"))
            return replace(found, type="truefalse", answers=pair)
    return found
