"""Sắp thứ tự: lines put into their order; where several orders are legal, `before` says what must come first."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from lms.quizzes.rules import filling, guessers
from lms.quizzes.rules.choosing import as_read
from lms.quizzes.rules.dice import Dice
from lms.quizzes.rules.fields import Field
from lms.quizzes.rules.filling import from_json, to_json
from lms.quizzes.rules.shapes import Answer, Entry, Form, Item, Mark, Ordering, Part, Problem, Raw, Reply

__all__ = [
    "FORM", "HINT", "RANK", "WORD",
    "asks_for", "from_json", "grade", "key", "p_guess", "parts", "problems",
    "read", "read_answer", "replies", "shuffled", "to_json", "words",
]  # fmt: skip

RANK = 5
WORD = "Sắp thứ tự"
HINT = "Sắp các việc theo thứ tự trước sau."
FORM = (
        Field(
            "items", "Các việc, theo thứ tự đúng", "rows", spare=4, row="Việc", stem="v",
            inside=(Field("id", "Mã", hint="Để trống thì trang tự đặt."), Field("text", "Lời")),
        ),
        Field(
            "before", "Việc nào phải trước việc nào", "pairs",
            "Chỉ điền khi có nhiều thứ tự đúng. Mỗi dòng: mã -> mã, ví dụ v1 -> v3.",
        ),
    )  # fmt: skip
ASKS_BY_ITSELF = True
"""Its reader supplies a plain stem where the author wrote none (`library/types`)."""

FEWEST, MOST = 3, 8
"""More lines than a phone shows at once test patience."""


def read(raw: Raw) -> Ordering:
    entries = tuple(Entry(row["id"], row["text"]) for row in raw["items"])
    return Ordering(entries, tuple((first, later) for first, later in raw.get("before") or ()))


def grade(body: Ordering, answer: Answer) -> Mark:
    """(longest run in order − 1)/(n − 1): 1,2,3,5,4 → 0.75; with `before`, pairs kept / pairs."""
    said = _said(body, answer)
    if body.before:
        place = {one: at for at, one in enumerate(said)}
        kept = sum(_is_kept(pair, place) for pair in body.before)
        is_short = kept == len(body.before) and len(said) < len(body.entries)  # a line left out is not whole
        return Mark(Fraction(kept - is_short, len(body.before)))
    return Mark(Fraction(max(0, len(_longest_run(body, said)) - 1), len(body.entries) - 1))


def key(body: Ordering) -> Answer:
    return filling.filled_in({entry.id: str(n) for n, entry in enumerate(body.entries, 1)})


def p_guess(body: Ordering) -> Fraction:
    return guessers.line_up([entry.id for entry in body.entries], body.before)


def asks_for(body: Ordering) -> int | None:
    return len(body.entries)


def shuffled(body: Ordering, dice: Dice) -> tuple[str, ...]:
    """Sorted by their words first, so that the dice, not the order written, say how they stand."""
    by_words = sorted(body.entries, key=lambda entry: entry.text)
    return tuple(entry.id for entry in dice.shuffled(by_words))


def parts(item_id: str, body: Ordering, order: Sequence[str]) -> tuple[Part, ...]:
    texts = {entry.id: entry.text for entry in body.entries}
    return tuple(
        Part(one, filling.part_field(item_id, n), "number", texts[one], unit=str(len(order)))
        for n, one in enumerate(order, 1)
    )


def read_answer(item_id: str, body: Ordering, form: Form, order: Sequence[str] | None) -> Answer | Problem:
    answer = filling.read_parts(item_id, parts(item_id, body, order or ()), form)
    if isinstance(answer, Problem):
        return answer
    places = Counter(place for _entry, place in answer.filled)
    allowed = {str(n) for n in range(1, len(body.entries) + 1)}
    if not set(places) <= allowed:
        return Problem("no-place", f"Mỗi ô điền một số từ 1 đến {len(body.entries)}.", item_id)
    twice = sorted(place for place, count in places.items() if count > 1)
    if twice:
        return Problem("same-place", f"Số {twice[0]} dùng hai lần. Mỗi số chỉ dùng một lần.", item_id)
    return answer


def replies(body: Ordering, answer: Answer) -> tuple[Reply, ...]:
    """A line is in its place when it belongs to the longest run in order, or no pair of it is turned round."""
    said = _said(body, answer)
    place = {one: at for at, one in enumerate(said)}
    if body.before:
        out = {one for pair in body.before if not _is_kept(pair, place) for one in pair}
    else:
        out = set(said) - set(_longest_run(body, said))
    texts = {entry.id: entry.text for entry in body.entries}
    return tuple(Reply(one, texts[one], "", one not in out) for one in said)


def words(body: Ordering, answer: Answer) -> str:
    texts, places = {entry.id: entry.text for entry in body.entries}, answer.by_part
    return "; ".join(f"{places[one]}. {texts[one]}" for one in _said(body, answer))


def problems(item: Item) -> list[Problem]:
    body: Ordering = item.body
    found = []
    if not FEWEST <= len(body.entries) <= MOST:
        sentence = f"Câu {item.id}: cần {FEWEST} đến {MOST} dòng để sắp, đang có {len(body.entries)}."
        found.append(Problem("entries", sentence, item.id))
    ids = [entry.id for entry in body.entries]
    for what, texts in (("id", ids), ("text", [as_read(entry.text) for entry in body.entries])):
        for text, count in Counter(texts).items():
            if count > 1:
                found.append(Problem(f"same-{what}", f"Câu {item.id}: dòng «{text}» có hai lần.", item.id))
    for pair in body.before:
        for one in pair:
            if one not in ids:
                found.append(Problem("before", f"Câu {item.id}: before nhắc «{one}» mà không có dòng ấy.", item.id))
    place = {one: at for at, one in enumerate(ids)}
    for pair in body.before:
        if set(pair) <= set(ids) and not _is_kept(pair, place):
            sentence = f"Câu {item.id}: các dòng phải viết theo một thứ tự đúng, mà «{pair[0]}» đứng sau «{pair[1]}»."
            found.append(Problem("before-turned", sentence, item.id))
    return found


def _said(body: Ordering, answer: Answer) -> list[str]:
    """The lines that were given a place, in the order given."""
    known = {entry.id for entry in body.entries}
    return [one for one, _place in sorted(answer.filled, key=lambda pair: int(pair[1])) if one in known]


def _is_kept(pair: tuple[str, str], place: dict[str, int]) -> bool:
    first, later = pair
    return first in place and later in place and place[first] < place[later]


def _longest_run(body: Ordering, said: Sequence[str]) -> list[str]:
    """The longest subsequence that stands as written (patience sorting, with the way back)."""
    written = {entry.id: at for at, entry in enumerate(body.entries)}
    tops: list[int] = []
    piles: list[str] = []
    below: dict[str, str | None] = {}
    for one in said:
        at = bisect_left(tops, written[one])
        below[one] = piles[at - 1] if at else None
        tops[at : at + 1], piles[at : at + 1] = [written[one]], [one]
    run: list[str] = []
    last = piles[-1] if piles else None
    while last is not None:
        run.append(last)
        last = below[last]
    return run[::-1]
