"""Điền chỗ trống: a sentence with gaps, each chosen, typed or counted."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import prod
from types import ModuleType
from typing import Any

from lms.quizzes.rules import filling
from lms.quizzes.rules.dice import Dice
from lms.quizzes.rules.fields import ACCENTS, ID, NAME, NUMBER, SAID, TOLERANCE, TYPO, USUAL, WRONG, Field
from lms.quizzes.rules.filling import GLUE, from_json, to_json
from lms.quizzes.rules.shapes import Answer, Cloze, Form, Gap, Item, Mark, Part, Problem, Raw, Reply
from lms.quizzes.rules.types import numeric, short, single

__all__ = [
    "FORM", "HINT", "RANK", "WORD",
    "asks_for", "from_json", "grade", "key", "p_guess", "parts", "problems",
    "read", "read_answer", "replies", "shuffled", "to_json", "words",
]  # fmt: skip

RANK = 8
WORD = "Điền chỗ trống"
HINT = "Một câu có chỗ trống để điền hoặc chọn."
FORM = (
        Field("text", "Câu có chỗ trống", "area", "Chỗ trống viết [[g1]], [[g2]]. Mỗi chỗ trống một lần."),
        Field(
            "gaps", "Từng chỗ trống", "named", spare=2, row="Chỗ trống", stem="g",
            inside=(
                Field(NAME, "Tên chỗ trống", hint="Như đã viết trong câu, ví dụ g1."),
                Field("type", "Điền kiểu nào", "choice",
                      choices=(("short", "Viết chữ"), ("single", "Chọn một ý"), ("numeric", "Viết số"))),
                Field("accept", "Viết chữ: những cách được nhận", "lines", "Mỗi dòng một cách."),
                Field("near", "Viết chữ: gần đúng, được nửa điểm khi luyện", "lines", "Mỗi dòng một cách."),
                Field("reject", "Viết chữ: trông giống mà sai", "lines", "Mỗi dòng một cách."),
                Field("accents", "Viết chữ: dấu tiếng Việt", "choice", choices=(USUAL, *ACCENTS.choices)),
                Field("typo", "Viết chữ: gõ nhầm", "choice", choices=(USUAL, *TYPO.choices)),
                Field("options", "Chọn một ý: các ý", "rows", spare=2, row="Ý",
                      inside=(ID, Field("text", "Lời"), Field("correct", "Đây là ý đúng", "flag"), SAID)),
                Field("fixed", "Chọn một ý: giữ thứ tự như đã viết", "flag"),
                Field("answer", "Viết số: số đúng", hint=NUMBER),
                Field("unit", "Viết số: đơn vị"),
                Field("tolerance", "Viết số: vẫn nhận nếu lệch", "group", inside=TOLERANCE.inside),
                Field("band", "Viết số: được nửa điểm khi luyện nếu lệch", "group", inside=TOLERANCE.inside),
                Field("wrong", "Viết số: số sai hay gặp", "rows", row="Số sai", inside=WRONG.inside),
                Field("weight", "Nặng bằng mấy chỗ thường", hint="Để trống là 1."),
            ),
        ),
    )  # fmt: skip
ASKS_BY_ITSELF = True
"""Its reader supplies a plain stem where the author wrote none (`library/types`)."""

GAP = re.compile(r"\[\[([a-z][a-z0-9-]*)\]\]")
INSIDE: dict[str, ModuleType] = {"numeric": numeric, "short": short, "single": single}
"""The types a gap may have."""
MAY_LACK = ("no-feedback",)
"""What the rules of a question ask for and a gap may do without."""


def read(raw: Raw) -> Cloze:
    """The gaps in the order of the text, whatever the order they are written in."""
    rows: dict[str, Any] = raw["gaps"]
    in_text = [name for name in dict.fromkeys(GAP.findall(raw["text"])) if name in rows]
    names = [*in_text, *(name for name in rows if name not in in_text)]
    gaps = (
        Gap(n, rows[n]["type"], INSIDE[rows[n]["type"]].read(rows[n]), int(rows[n].get("weight") or 1)) for n in names
    )
    return Cloze(raw["text"], tuple(gaps))


def pieces(body: Cloze) -> tuple[tuple[str, str], ...]:
    """The text cut at its gaps: (words before, gap id), the last with no gap."""
    cut = GAP.split(body.text)
    return (*zip(cut[::2], cut[1::2], strict=False), (cut[-1], ""))


def grade(body: Cloze, answer: Answer) -> Mark:
    """The weighted mean of the gaps."""
    whole = sum(gap.weight for gap in body.gaps)
    reached = sum((gap.weight * _score(gap, answer) for gap in body.gaps), Fraction(0))
    return Mark(Fraction(reached) / whole)


def key(body: Cloze) -> Answer:
    return filling.filled_in({gap.id: _kept(gap, INSIDE[gap.type].key(gap.body)) for gap in body.gaps})


def p_guess(body: Cloze) -> Fraction:
    return prod((INSIDE[gap.type].p_guess(gap.body) for gap in body.gaps), start=Fraction(1))


def asks_for(body: Cloze) -> int | None:
    return len(body.gaps)


def shuffled(body: Cloze, dice: Dice) -> tuple[str, ...]:
    return tuple(f"{gap.id}{GLUE}{one}" for gap in body.gaps for one in INSIDE[gap.type].shuffled(gap.body, dice))


def parts(item_id: str, body: Cloze, order: Sequence[str]) -> tuple[Part, ...]:
    found = []
    for n, gap in enumerate(body.gaps, 1):
        field, label = filling.part_field(item_id, n), f"Chỗ trống {n}"
        if gap.type == "single":
            said = {option.id: option.text for option in gap.body.options}  # type: ignore[union-attr]
            offered = tuple((one, said[one]) for one in filling.mixed(order, gap.id))
            found.append(Part(gap.id, field, "select", label, offered))
        else:
            found.append(Part(gap.id, field, "text", label, unit=getattr(gap.body, "unit", "")))
    return tuple(found)


def read_answer(item_id: str, body: Cloze, form: Form, order: Sequence[str] | None) -> Answer | Problem:
    answer = filling.read_parts(item_id, parts(item_id, body, order or ()), form)
    if isinstance(answer, Problem):
        return answer
    counted = (answer.by_part.get(gap.id) for gap in body.gaps if gap.type == "numeric")
    wrong = (numeric.unreadable(item_id, said) for said in counted if said is not None)
    return next((one for one in wrong if one is not None), answer)


def replies(body: Cloze, answer: Answer) -> tuple[Reply, ...]:
    told = []
    for gap in body.gaps:
        if gap.id in answer.by_part:
            inside = INSIDE[gap.type].replies(gap.body, _inside(gap, answer))
            told += [replace(reply, option=gap.id) for reply in inside]
    return tuple(told)


def words(body: Cloze, answer: Answer) -> str:
    """The sentence with what was put into it."""
    said = {gap.id: INSIDE[gap.type].words(gap.body, _inside(gap, answer)) or "…" for gap in body.gaps}
    return GAP.sub(lambda found: f"«{said.get(found[1], '…')}»", body.text)


def problems(item: Item) -> list[Problem]:
    body: Cloze = item.body
    found = []
    in_text = GAP.findall(body.text)
    for name, count in Counter(in_text).items():
        if count > 1:
            found.append(Problem("gap-twice", f"Câu {item.id}: chỗ trống «{name}» có hai lần trong câu.", item.id))
    for name in sorted(set(in_text) ^ {gap.id for gap in body.gaps}):
        where = "trong gaps" if name in in_text else "trong câu"
        found.append(Problem("gap-missing", f"Câu {item.id}: chỗ trống «{name}» không có {where}.", item.id))
    if not body.gaps:
        found.append(Problem("no-gap", f"Câu {item.id}: chưa có chỗ trống nào.", item.id))
    for gap in body.gaps:
        if gap.weight < 1:
            found.append(Problem("weight", f"Câu {item.id}: weight của «{gap.id}» phải từ 1.", item.id))
        inside = replace(item, type=gap.type, body=gap.body, id=f"{item.id}, {gap.id}")
        told = [one for one in INSIDE[gap.type].problems(inside) if one.code not in MAY_LACK]
        found += [replace(one, subject=item.id) for one in told]
    return found


def _inside(gap: Gap, answer: Answer) -> Answer:
    """The answer to one gap as its own type knows it."""
    said = answer.by_part.get(gap.id, "")
    if gap.type == "single":
        return Answer(frozenset({said} - {""}))
    return filling.filled_in({"": said} if said else {})


def _kept(gap: Gap, answer: Answer) -> str:
    return next(iter(answer.chosen)) if gap.type == "single" else answer.by_part[""]


def _score(gap: Gap, answer: Answer) -> Fraction:
    score: Fraction = INSIDE[gap.type].grade(gap.body, _inside(gap, answer)).score
    return score
