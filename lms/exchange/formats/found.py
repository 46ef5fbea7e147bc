"""What every format is read into: plain values, with the line where each stood."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from lms.exchange.formats.attached import Attached
from lms.refusals import Refusal

MOST_QUESTIONS = 2_000
LONGEST_TEXT = 20_000
MOST_ANSWERS = 100


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a person should know of a question: an `error` keeps it out, a `note` says what was lost or changed."""

    line: int
    what: str
    level: str = "error"
    element: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """One answer. `fraction` is 1 for right, 0 for wrong, below 0 where it takes away."""

    text: str
    fraction: float = 0.0
    feedback: str = ""
    match: str = ""
    """The right-hand side of a pair."""
    tolerance: float = 0.0
    gap: str = ""
    """Which gap of a cloze it answers: «g1:short»."""
    weight: int = 1
    """Of that gap."""
    box: tuple[float, ...] = ()
    """Where it is on the picture: left, top, width, height in percent."""


@dataclass(frozen=True, slots=True)
class Found:
    """A question as a file had it. `type` is one of the house, or the foreign name of one it does not have."""

    line: int
    type: str
    stem: str
    answers: tuple[Given, ...] = ()
    explain: str = ""
    name: str = ""
    category: str = ""
    problems: tuple[Trouble, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    """What the house says of a question beside its words: (competency, s3.2), (level, 2)."""
    entry: Mapping[str, Any] | None = None
    """The question as our own files have it, where the file carried it along."""
    files: tuple[Attached, ...] = ()
    """Its picture and its recording."""

    @property
    def is_usable(self) -> bool:
        return not any(one.level == "error" for one in self.problems)


_FOREIGN = {
    "adaptive": "câu đổi theo từng lần trả lời",
    "associate-interaction": "nối cặp tự do",
    "calculated": "tính toán theo công thức",
    "calculatedmulti": "tính toán theo công thức",
    "calculatedsimple": "tính toán theo công thức",
    "ddimageortext": "kéo vào hình",
    "ddwtos": "kéo chữ vào chỗ trống",
    "description": "lời dẫn, không phải câu hỏi",
    "drawing-interaction": "vẽ",
    "essay": "tự luận",
    "extended-text-interaction": "tự luận",
    "gap-match-interaction": "kéo chữ vào chỗ trống",
    "gapselect": "chọn chữ cho chỗ trống",
    "graphic-gap-match-interaction": "kéo vào hình",
    "portable-custom-interaction": "phần mềm riêng",
    "slider-interaction": "thanh kéo",
    "template-declaration": "câu có số sinh ngẫu nhiên",
    "upload-interaction": "nộp tệp",
}


def unsupported(line: int, kind: str, stem: str, name: str = "", category: str = "", element: str = "") -> Found:
    word = f" ({_FOREIGN[kind]})" if kind in _FOREIGN else ""
    trouble = Trouble(
        line, f"Loại câu «{kind}»{word} chưa nhận được. Câu này bị bỏ lại, các câu khác vẫn đọc.", "error", element
    )
    return Found(line, kind, stem, name=name, category=category, problems=(trouble,))


def without_wildcards(
    line: int, answers: Sequence[Given], element: str = ""
) -> tuple[tuple[Given, ...], list[Trouble]]:
    """A star that stands for any letters is not understood here, and is told; «*» for all the rest falls away."""
    troubles = []
    for one in answers:
        if "*" in one.text.replace("\\*", ""):
            level = "error" if one.fraction >= 1 else "note"
            what = f"Dấu * trong «{one.text[:60]}» không được hiểu là chữ bất kỳ ở đây."
            troubles.append(Trouble(line, what, level, element))
    return tuple(one for one in answers if one.text != "*"), troubles


def as_plain(found: Found) -> dict[str, Any]:
    """A question as JSON can hold it."""
    return {**asdict(replace(found, files=())), "files": [one.plain() for one in found.files]}


def with_limits(found: Found) -> Found:
    """The same, or a question without its text where one of its texts is no text of a question."""
    longest = max(
        map(len, (found.stem, found.explain, *(one.text + one.match + one.feedback for one in found.answers)))
    )
    if longest <= LONGEST_TEXT and len(found.answers) <= MOST_ANSWERS:
        return found
    trouble = Trouble(found.line, "Câu dài quá 20.000 chữ cái hoặc có quá 100 phương án nên không nhận được.")
    return Found(found.line, found.type, found.stem[:200], name=found.name[:200], problems=(trouble,))


def checked(founds: Sequence[Found]) -> list[Found]:
    """The questions within limits, each with what its type still lacks."""
    if len(founds) > MOST_QUESTIONS:
        raise Refusal("Tệp có hơn 2.000 câu. Hãy chia thành nhiều tệp nhỏ hơn.", "too-many-questions")
    return [_with_lacks(with_limits(found)) for found in founds]


def _with_lacks(found: Found) -> Found:
    if not found.is_usable or found.entry is not None:
        return found
    said = [Trouble(found.line, what) for what in _lacks(found)]
    said += [Trouble(found.line, what, "note") for what in _notes(found)]
    return replace(found, problems=(*found.problems, *said))


def _lacks(found: Found) -> list[str]:
    right = sum(one.fraction > 0 for one in found.answers)
    whole = sum(one.fraction >= 1 for one in found.answers)
    lacks = [] if found.stem.strip() or found.type in ("matching", "ordering") else ["Chưa có lời hỏi."]
    if found.type == "single" and (whole != 1 or len(found.answers) < 2):
        lacks.append(f"Cần ít nhất hai phương án và đúng một phương án đúng, đang có {whole} đúng.")
    elif found.type == "multiple" and not 0 < right < len(found.answers):
        lacks.append(f"Cần ít nhất một ý đúng và một ý sai, đang có {right} đúng trong {len(found.answers)}.")
    elif found.type in ("short", "numeric") and not whole:
        lacks.append("Chưa có đáp án nào được trọn điểm.")
    elif found.type == "matching" and len(found.answers) < 2:
        lacks.append("Cần ít nhất hai cặp.")
    elif found.type == "ordering" and len(found.answers) < 3:
        lacks.append("Cần ít nhất ba dòng để sắp thứ tự.")
    elif found.type == "hotspot" and not right:
        lacks.append("Cần ít nhất một chỗ đúng trên hình.")
    elif found.type == "cloze":
        lacks += _gap_lacks(found)
    if found.type != "cloze" and any(not one.text.strip() for one in found.answers if not one.match):
        lacks.append("Có phương án trống.")
    return lacks


_NUMBER = re.compile(r"\s*[-+]?[\d.,\s]*\d[.,]?(?:[eE][-+]?\d{1,3})?\s*")


def _gap_lacks(found: Found) -> list[str]:
    gaps = re.findall(r"\[\[(g\d{1,3})\]\]", found.stem)
    keyed = {one.gap.partition(":")[0] for one in found.answers if one.fraction >= 1}
    bare = [gap for gap in gaps if gap not in keyed]
    if not found.answers:
        return ["Chưa có chỗ trống nào có đáp án."]
    count = Counter(one.gap for one in found.answers)
    alone = [gap.partition(":")[0] for gap, ways in count.items() if gap.endswith(":single") and ways < 2]
    if alone:
        return [f"Chỗ trống {', '.join(alone[:20])} chỉ có một ý để chọn, cần ít nhất hai."]
    words = [one.text for one in found.answers if one.gap.endswith(":numeric") and not _NUMBER.fullmatch(one.text)]
    if words:
        return [f"«{words[0][:60]}» không phải là số."]
    return [f"Chỗ trống {', '.join(bare[:20])} chưa có đáp án trọn điểm."] if bare else []


def _notes(found: Found) -> list[str]:
    """What the type keeps no room for."""
    kinds = {one.gap.partition(":")[2] or found.type for one in found.answers}
    said = _weights(found, kinds)
    if "short" in kinds and any(one.feedback for one in found.answers if one.gap.endswith("short") or not one.gap):
        said.append("Lời nhắn của từng chữ trả lời không được giữ.")
    if "numeric" in kinds and any(
        one.feedback for one in found.answers if one.fraction > 0 and "single" not in one.gap
    ):
        said.append("Lời nhắn cho số đúng không được giữ; hãy viết vào phần giải thích.")
    if found.type == "hotspot" and all(one.fraction > 0 for one in found.answers):
        said.append("Chưa có chỗ nào không phải đáp án: thêm ít nhất một chỗ rồi mới gửi duyệt.")
    if found.type == "numeric" and sum(one.fraction >= 1 for one in found.answers) > 1:
        said.append("Chỉ số đúng đầu tiên được giữ.")
    if found.type == "numeric" and any(one.fraction <= 0 and not one.feedback for one in found.answers):
        said.append("Số sai không có lời nhắn không được giữ.")
    return said


def _weights(found: Found, kinds: set[str]) -> list[str]:
    plus = {round(one.fraction, 3) for one in found.answers if one.fraction > 0}
    if found.type == "multiple" and len(plus) > 1:
        return ["Các ý đúng có điểm khác nhau; ở đây mỗi ý đúng được phần điểm bằng nhau."]
    partly = any(0 < one.fraction < 1 for one in found.answers)
    if partly and kinds & {"short", "single", "numeric"}:
        return ["Có đáp án được một phần điểm; ở đây chỉ trọn điểm mới tính là đúng."]
    return []
