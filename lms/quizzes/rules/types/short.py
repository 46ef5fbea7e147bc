"""Điền chữ: a few typed words, compared as Vietnamese is read and not as it happens to be typed."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from lms.quizzes.rules import filling, guessers, texts
from lms.quizzes.rules.dice import Dice
from lms.quizzes.rules.fields import ACCENTS, ACCEPT, NEAR, REJECT, TYPO
from lms.quizzes.rules.filling import from_json, to_json
from lms.quizzes.rules.shapes import Answer, Form, Item, Mark, Part, Problem, Raw, Reply, Short

__all__ = [
    "FORM", "HINT", "RANK", "WORD",
    "asks_for", "from_json", "grade", "key", "p_guess", "parts", "problems",
    "read", "read_answer", "replies", "shuffled", "to_json", "words",
]  # fmt: skip

RANK = 7
WORD = "Điền chữ"
HINT = "Viết vài chữ; có dấu hay không dấu đều nhận được."
FORM = (ACCEPT, NEAR, REJECT, ACCENTS, TYPO)  # fmt: skip

WHOLE = ""
"""The only part."""
TYPO_FROM = 6
"""Letters: in a shorter word one wrong letter makes another word."""


def read(raw: Raw) -> Short:
    return Short(
        accept=tuple(raw.get("accept") or ()),
        near=tuple(raw.get("near") or ()),
        reject=tuple(raw.get("reject") or ()),
        accents=raw.get("accents") or "lenient",
        typo=int(raw.get("typo") or 0),
    )


def grade(body: Short, answer: Answer) -> Mark:
    return Mark(score(body, answer.by_part.get(WHOLE, "")))


def score(body: Short, said: str) -> Fraction:
    """What is accepted stands before what is refused, that before what is nearly right, a slip of a letter last."""
    if not texts.normal(said):
        return Fraction(0)
    if _is_among(body, said, body.accept):
        return Fraction(1)
    if _is_among(body, said, body.reject):
        return Fraction(0)
    if _is_among(body, said, body.near):
        return Fraction(1, 2)
    return Fraction(int(body.typo > 0 and any(_is_slip(body, said, one) for one in body.accept)))


def spelling(body: Short, said: str) -> str:
    """The accepted text that was meant, where it was typed without its marks or with a slip; else nothing."""
    if score(body, said) != 1 or texts.normal(said) in {texts.normal(one) for one in body.accept}:
        return ""
    near = [one for one in body.accept if texts.bare(one) == texts.bare(said) or _is_slip(body, said, one)]
    return near[0]


def key(body: Short) -> Answer:
    return filling.filled_in({WHOLE: body.accept[0]})


def p_guess(body: Short) -> Fraction:
    return guessers.TYPED


def asks_for(body: Short) -> int | None:
    return None


def shuffled(body: Short, dice: Dice) -> tuple[str, ...]:
    return ()


def parts(item_id: str, body: Short, order: Sequence[str]) -> tuple[Part, ...]:
    return (Part(WHOLE, filling.part_field(item_id, 1), "text", ""),)


def read_answer(item_id: str, body: Short, form: Form, order: Sequence[str] | None) -> Answer | Problem:
    return filling.read_parts(item_id, parts(item_id, body, ()), form)


def replies(body: Short, answer: Answer) -> tuple[Reply, ...]:
    said = answer.by_part.get(WHOLE, "")
    return (Reply(WHOLE, said, said_to(body, said), score(body, said) == 1),) if said else ()


def said_to(body: Short, said: str) -> str:
    if meant := spelling(body, said):
        return f"Viết đúng là «{meant}»."
    return "Gần đúng, nhưng chưa phải." if score(body, said) else ""


def words(body: Short, answer: Answer) -> str:
    return answer.by_part.get(WHOLE, "")


def problems(item: Item) -> list[Problem]:
    return faults(item.id, item.body)


def faults(item_id: str, body: Short) -> list[Problem]:
    found = []
    if not body.accept or not all(texts.normal(one) for one in body.accept):
        found.append(Problem("no-accept", f"Câu {item_id}: chưa có chữ nào được nhận là đúng.", item_id))
    if body.accents not in ("lenient", "strict"):
        found.append(Problem("accents", f"Câu {item_id}: accents phải là lenient hoặc strict.", item_id))
    if body.typo not in (0, 1):
        found.append(Problem("typo", f"Câu {item_id}: typo chỉ là 0 hoặc 1.", item_id))
    for one in (*body.accept, *body.near, *body.reject):
        if len(one) > filling.LONGEST:
            found.append(Problem("too-long", f"Câu {item_id}: chữ nhận dài quá {filling.LONGEST} ký tự.", item_id))
    for refused in (*body.reject, *body.near):
        twin = next((one for one in body.accept if _same(body, refused, one)), None)
        if twin is not None:
            clash = f"Câu {item_id}: bỏ dấu thì «{refused}» trùng với «{twin}»; cần accents: strict hoặc đổi chữ."
            found.append(Problem("collides", clash, item_id))
    return found


def _is_among(body: Short, said: str, texts_: Iterable[str]) -> bool:
    return any(_same(body, said, one) for one in texts_)


def _same(body: Short, said: str, one: str) -> bool:
    if texts.normal(said) == texts.normal(one):
        return True
    return body.accents == "lenient" and texts.bare(said) == texts.bare(one)


def _is_slip(body: Short, said: str, one: str) -> bool:
    """Where marks must be right, a wrong mark is no slip of a letter."""
    if len(texts.normal(one)) < TYPO_FROM:
        return False
    if body.accents == "lenient":
        return texts.is_one_slip(texts.bare(said), texts.bare(one))
    is_mark = texts.bare(said) == texts.bare(one)
    return not is_mark and texts.is_one_slip(texts.normal(said), texts.normal(one))
