"""Chỉ chỗ trên hình: regions of a picture, ticked in a list of the same regions."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from lms.quizzes.rules import choosing, guessers
from lms.quizzes.rules.choosing import as_read, from_json, no_parts, to_json
from lms.quizzes.rules.dice import Dice
from lms.quizzes.rules.fields import HIDE, ID, Field
from lms.quizzes.rules.shapes import Answer, Form, Hotspot, Item, Mark, Problem, Raw, Region, Reply
from lms.quizzes.rules.types.multiple import said_count

__all__ = [
    "FORM", "HINT", "RANK", "WORD",
    "asks_for", "from_json", "grade", "key", "p_guess", "parts", "problems",
    "read", "read_answer", "replies", "shuffled", "to_json", "words",
]  # fmt: skip

RANK = 9
WORD = "Chỉ chỗ trên hình"
HINT = "Chỉ ra những chỗ đáng chú ý trên một ảnh hay một màn hình vẽ."
FORM = (
        Field(
            "regions", "Các chỗ trên hình", "rows", spare=4, row="Chỗ",
            hint="Hình rộng 100, cao 100. Mỗi chỗ là một ô: cách trái, cách trên, rộng, cao. Không có ảnh thì ghi chữ để vẽ.",
            inside=(
                ID,
                Field("alt", "Gọi tên chỗ này", hint="Lời trung tính, không lộ đáp án."),
                Field("text", "Chữ viết ở đó"),
                Field("box", "Ô", "numbers", hint="Bốn số cách nhau bằng dấu phẩy, ví dụ 4, 2, 60, 8."),
                Field("target", "Đây là chỗ phải chỉ ra", "flag"),
                Field("feedback", "Lời nhắn khi chọn chỗ này"),
            ),
        ),
        HIDE,
    )  # fmt: skip

FEWEST_KEYS, MOST = 1, 10
WIDTH = 100

parts = no_parts


def read(raw: Raw) -> Hotspot:
    regions = (
        Region(
            row["id"],
            (row["box"][0], row["box"][1], row["box"][2], row["box"][3]),
            row["alt"],
            bool(row.get("target", False)),
            row.get("feedback") or "",
            row.get("text") or "",
        )
        for row in raw["regions"]
    )
    return Hotspot(tuple(regions), bool(raw.get("hide_count", False)))


def grade(body: Hotspot, answer: Answer) -> Mark:
    """max(0, hits/|T| − false/|N|): touching everything is worth nothing."""
    return choosing.mark_of(body.ids, answer, choosing.hits_less_false(body.ids, body.keys, answer.chosen))


def key(body: Hotspot) -> Answer:
    return Answer(body.keys)


def p_guess(body: Hotspot) -> Fraction:
    """3 of 8 → 1/56."""
    size = len(body.regions)
    return guessers.any_set(size, FEWEST_KEYS) if body.hide_count else guessers.set_of(size, len(body.keys))


def asks_for(body: Hotspot) -> int | None:
    return None if body.hide_count else len(body.keys)


def shuffled(body: Hotspot, dice: Dice) -> tuple[str, ...]:
    """From top to bottom, as the picture is read; no dice, and nothing of the order written."""
    return tuple(region.id for region in sorted(body.regions, key=lambda one: (one.box[1], one.box[0], one.alt)))


def read_answer(item_id: str, body: Hotspot, form: Form, order: Sequence[str] | None) -> Answer | Problem:
    return choosing.read_ticks(item_id, body.ids, form, order)


def replies(body: Hotspot, answer: Answer) -> tuple[Reply, ...]:
    return tuple(
        Reply(region.id, region.alt, region.feedback, region.target)
        for region in body.regions
        if region.id in answer.chosen
    )


def words(body: Hotspot, answer: Answer) -> str:
    return "; ".join(reply.text for reply in replies(body, answer))


def problems(item: Item) -> list[Problem]:
    body: Hotspot = item.body
    keys, size = len(body.keys), len(body.regions)
    found = []
    if not FEWEST_KEYS <= keys < size <= MOST:
        sentence = f"Câu {item.id}: cần từ một chỗ đúng, ít nhất một chỗ không, nhiều nhất {MOST} chỗ."
        found.append(Problem("keys", sentence, item.id))
    told = said_count(item.stem)
    if not body.hide_count and told is not None and told != keys:
        found.append(Problem("count", f"Câu {item.id}: lời hỏi nói «Chọn {told}» mà có {keys} chỗ đúng.", item.id))
    for what, texts in (("id", body.ids), ("alt", [as_read(region.alt) for region in body.regions])):
        for text, count in Counter(texts).items():
            if count > 1:
                found.append(Problem(f"same-{what}", f"Câu {item.id}: chỗ «{text}» có hai lần.", item.id))
    if not item.media.image and not all(region.text for region in body.regions):
        found.append(Problem("no-picture", f"Câu {item.id}: cần ảnh, hoặc chữ (text) cho mọi chỗ để vẽ.", item.id))
    found += [_outside(item.id, region) for region in body.regions if not _is_inside(region)]
    return found


def _is_inside(region: Region) -> bool:
    left, top, width, height = region.box
    return min(left, top) >= 0 and min(width, height) > 0 and left + width <= WIDTH and top + height <= WIDTH


def _outside(item_id: str, region: Region) -> Problem:
    return Problem("box", f"Câu {item_id}: box của «{region.id}» phải nằm trong hình (0 đến 100).", item_id)
