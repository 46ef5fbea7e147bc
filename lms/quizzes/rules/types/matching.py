"""Ghép đôi: each left with its right; rights that belong to nothing may be offered too."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from lms.quizzes.rules import filling, guessers
from lms.quizzes.rules.choosing import as_read
from lms.quizzes.rules.dice import Dice
from lms.quizzes.rules.fields import ID, Field
from lms.quizzes.rules.filling import from_json, to_json
from lms.quizzes.rules.shapes import Answer, Form, Item, Mark, Matching, Pair, Part, Problem, Raw, Reply

__all__ = [
    "FORM", "HINT", "RANK", "WORD",
    "asks_for", "from_json", "grade", "key", "p_guess", "parts", "problems",
    "read", "read_answer", "replies", "shuffled", "to_json", "words",
]  # fmt: skip

RANK = 4
WORD = "Ghép đôi"
HINT = "Ghép từng dòng với ý hợp với nó."
FORM = (
        Field(
            "pairs", "Các cặp", "rows", spare=3, row="Cặp", stem="p",
            inside=(ID, Field("left", "Bên trái"), Field("right", "Hợp với"), Field("feedback", "Lời nhắn khi ghép sai")),
        ),
        Field("extra_right", "Ý thừa bên phải", "lines", "Mỗi dòng một ý không hợp với dòng nào."),
    )  # fmt: skip
ASKS_BY_ITSELF = True
"""Its reader supplies a plain stem where the author wrote none (`library/types`)."""

FEWEST_PAIRS = 2


def read(raw: Raw) -> Matching:
    pairs = (Pair(row["id"], row["left"], row["right"], row.get("feedback") or "") for row in raw["pairs"])
    return Matching(tuple(pairs), tuple(raw.get("extra_right") or ()))


def rights(body: Matching) -> dict[str, str]:
    """Id → text of all that is offered on the right, each text once; an extra one is `+1`, `+2`, …"""
    offered: dict[str, str] = {}
    known: set[str] = set()
    extra = ((f"+{n}", text) for n, text in enumerate(body.extra_right, 1))
    for right_id, text in (*((pair.id, pair.right) for pair in body.pairs), *extra):
        if as_read(text) not in known:
            known.add(as_read(text))
            offered[right_id] = text
    return offered


def grade(body: Matching, answer: Answer) -> Mark:
    """Right pairs / pairs."""
    right = sum(_is_right(body, pair, answer) for pair in body.pairs)
    return Mark(Fraction(right, len(body.pairs)))


def key(body: Matching) -> Answer:
    by_text = {as_read(text): right_id for right_id, text in rights(body).items()}
    return filling.filled_in({pair.id: by_text[as_read(pair.right)] for pair in body.pairs})


def p_guess(body: Matching) -> Fraction:
    belonging = len({as_read(pair.right) for pair in body.pairs})
    offered = len(rights(body))
    pairs = len(body.pairs)
    return guessers.pairing(pairs, offered) if belonging == pairs else Fraction(1, offered**pairs)


def asks_for(body: Matching) -> int | None:
    return len(body.pairs)


def shuffled(body: Matching, dice: Dice) -> tuple[str, ...]:
    """Sorted by their words first: the order written would tell which right belongs to which left."""
    offered = rights(body)
    return tuple(dice.shuffled(sorted(offered, key=lambda one: offered[one])))


def parts(item_id: str, body: Matching, order: Sequence[str]) -> tuple[Part, ...]:
    offered = rights(body)
    options = tuple((one, offered[one]) for one in order)
    return tuple(
        Part(pair.id, filling.part_field(item_id, n), "select", pair.left, options)
        for n, pair in enumerate(body.pairs, 1)
    )


def read_answer(item_id: str, body: Matching, form: Form, order: Sequence[str] | None) -> Answer | Problem:
    return filling.read_parts(item_id, parts(item_id, body, order or ()), form)


def replies(body: Matching, answer: Answer) -> tuple[Reply, ...]:
    said, offered, told = answer.by_part, rights(body), []
    for pair in body.pairs:
        if pair.id in said:
            right = _is_right(body, pair, answer)
            words = f"{pair.left} – {offered.get(said[pair.id], '…')}"
            told.append(Reply(pair.id, words, "" if right else pair.feedback, right))
    return tuple(told)


def words(body: Matching, answer: Answer) -> str:
    return "; ".join(reply.text for reply in replies(body, answer))


def problems(item: Item) -> list[Problem]:
    body: Matching = item.body
    found = []
    if len(body.pairs) < FEWEST_PAIRS:
        found.append(Problem("few-pairs", f"Câu {item.id}: cần ít nhất hai cặp.", item.id))
    if len(rights(body)) < FEWEST_PAIRS:
        found.append(Problem("few-rights", f"Câu {item.id}: cột bên phải cần ít nhất hai ý khác nhau.", item.id))
    for what, texts in (("id", [p.id for p in body.pairs]), ("left", [as_read(p.left) for p in body.pairs])):
        for text, count in Counter(texts).items():
            if count > 1:
                found.append(Problem(f"same-{what}", f"Câu {item.id}: cặp «{text}» có hai lần.", item.id))
    belonging = {as_read(pair.right) for pair in body.pairs}
    for text in body.extra_right:
        if as_read(text) in belonging:
            sentence = f"Câu {item.id}: ý thừa «{text}» trùng với vế phải của một cặp."
            found.append(Problem("extra-belongs", sentence, item.id))
    return found


def _is_right(body: Matching, pair: Pair, answer: Answer) -> bool:
    chosen = rights(body).get(answer.by_part.get(pair.id, ""))
    return chosen is not None and as_read(chosen) == as_read(pair.right)
