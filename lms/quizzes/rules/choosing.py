"""What every type answered by choosing shares: reading options, reading ticks, and the faults of a list of options."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from fractions import Fraction

from lms.quizzes.rules.dice import Dice
from lms.quizzes.rules.shapes import Answer, Choices, Form, Item, Mark, Option, Part, Problem, Raw, Reply


def field_name(item_id: str) -> str:
    """The name of a question's radio buttons or checkboxes; two questions on one page never mix."""
    return f"tra-loi.{item_id}"


def read(raw: Raw) -> Choices:
    options = tuple(
        Option(row["id"], row["text"], bool(row["correct"]), row.get("feedback") or "") for row in raw["options"]
    )
    return Choices(options, bool(raw.get("fixed", False)), bool(raw.get("hide_count", False)))


def no_parts(item_id: str, body: object, order: Sequence[str]) -> tuple[Part, ...]:
    """One chooses among the options; there is nothing to fill in."""
    return ()


def read_ticks(item_id: str, ids: Sequence[str], form: Form, order: Sequence[str] | None) -> Answer | Problem:
    """The options ticked, by id or, where an order is given, by their place in it: ids might tell.

    What the question does not offer is refused, not dropped: the page was stale or tampered with.
    """
    places = {str(n): option for n, option in enumerate(order or (), 1)}
    chosen = frozenset(places.get(value, value) for value in form.get(field_name(item_id), ()) if value)
    if not chosen:
        return Problem("nothing-chosen", "Chưa chọn ý nào. Chọn rồi bấm lưu lần nữa.", item_id)
    if not chosen <= set(ids):
        return Problem("unknown-option", "Ý vừa gửi không có trong câu hỏi này. Tải lại trang rồi chọn lại.", item_id)
    return Answer(chosen)


def shuffled(body: Choices, dice: Dice) -> tuple[str, ...]:
    return body.ids if body.fixed else tuple(dice.shuffled(body.ids))


def to_json(answer: Answer) -> dict[str, list[str]]:
    """Sorted, so that one answer is one text whatever the order of the ticks."""
    return {"chosen": sorted(answer.chosen)}


def from_json(raw: object) -> Answer:
    chosen = raw["chosen"] if isinstance(raw, dict) and set(raw) == {"chosen"} else None
    if not isinstance(chosen, list) or not all(isinstance(one, str) for one in chosen):
        raise ValueError(f"not an answer: {raw!r}")
    return Answer(frozenset(chosen))


def key(body: Choices) -> Answer:
    return Answer(body.keys)


def hits_less_false(ids: Sequence[str], keys: Collection[str], chosen: Collection[str]) -> Fraction:
    """max(0, hits/|K| − false/|D|)."""
    hits = sum(one in keys for one in chosen)
    others = len(ids) - len(keys)
    return max(Fraction(0), Fraction(hits, len(keys)) - Fraction(len(chosen) - hits, max(others, 1)))


def mark_of(ids: Sequence[str], answer: Answer, score: Fraction) -> Mark:
    chosen = tuple(option_id for option_id in ids if option_id in answer.chosen)
    return Mark(score=score, chosen=chosen, feedback=chosen)


def replies(body: Choices, answer: Answer) -> tuple[Reply, ...]:
    return tuple(
        Reply(option.id, option.text, option.feedback, option.correct)
        for option in body.options
        if option.id in answer.chosen
    )


def words(body: Choices, answer: Answer) -> str:
    return "; ".join(option.text for option in body.options if option.id in answer.chosen)


def faults(item: Item) -> list[Problem]:
    """What no list of options may have, whatever the type."""
    found: list[Problem] = []
    if len(item.options) < 2:
        found.append(Problem("few-options", f"Câu {item.id}: cần ít nhất hai phương án.", item.id))
    for option_id, count in Counter(option.id for option in item.options).items():
        if count > 1:
            found.append(Problem("same-id", f"Câu {item.id}: mã phương án «{option_id}» dùng hai lần.", item.id))
    seen: dict[str, str] = {}
    for option in item.options:
        if twin := seen.get(as_read(option.text)):
            sentence = f"Câu {item.id}: phương án «{option.id}» trùng lời với «{twin}»."
            found.append(Problem("same-text", sentence, item.id))
        seen.setdefault(as_read(option.text), option.id)
        if not option.correct and not option.feedback.strip():
            sentence = f"Câu {item.id}: phương án sai «{option.id}» chưa nói vì sao sai."
            found.append(Problem("no-feedback", sentence, item.id))
    return found


def as_read(text: str) -> str:
    """Two texts a reader takes for the same come out equal."""
    letters = unicodedata.normalize("NFC", text).casefold()
    return " ".join(letters.split()).strip(" .,;!?")
