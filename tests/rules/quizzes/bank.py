"""Questions to ask in tests: one of each type, and whole banks of them."""

from collections.abc import Sequence
from dataclasses import replace

from lms.quizzes.rules.blueprints import Competency
from lms.quizzes.rules.shapes import Choices, Item, Option

LETTERS = "abcdef"


def single(item_id: str = "s3.q1", options: int = 4, **changes: object) -> Item:
    """The key is `a`."""
    body = Choices(tuple(_option(letter, letter == "a") for letter in LETTERS[:options]))
    return _item(item_id, "single", body, "Quét mã, tên hiện ra khác tên chủ quán. Làm gì?", **changes)


def multiple(
    item_id: str = "s3.q2", keys: int = 2, options: int = 4, hide_count: bool = False, **changes: object
) -> Item:
    """The keys are the first letters."""
    body = Choices(tuple(_option(LETTERS[at], at < keys) for at in range(options)), hide_count=hide_count)
    stem = "Những việc nào nên làm ngay?" if hide_count else f"Chọn {keys} ý nên làm ngay."
    return _item(item_id, "multiple", body, stem, **changes)


def true_false(item_id: str = "s3.q3", key: str = "sai", **changes: object) -> Item:
    options = (Option("dung", "Đúng", key == "dung", "Vì sao."), Option("sai", "Sai", key == "sai", "Vì sao."))
    return _item(item_id, "truefalse", Choices(options, fixed=True), "Cán bộ được hỏi mã OTP.", **changes)


SKILL = (
    Competency("s3.1", frozenset("Q")),
    Competency("s3.2", frozenset("QPO"), critical=True),
    Competency("s3.3", frozenset("PO")),
    Competency("s3.4", frozenset("QP"), critical=True),
    Competency("s3.5", frozenset("QP")),
    Competency("s3.6", frozenset("QP"), critical=True),
)


def bank(size: int = 45, true_false_items: int = 3, prefix: str = "s3.q") -> list[Item]:
    """A healthy bank for SKILL: a third safety items, competencies in turn, a few true/false."""
    made: list[Item] = []
    stars, others = ("s3.2", "s3.4", "s3.6"), ("s3.1", "s3.5")
    for at in range(size):
        critical = at % 3 == 0
        of = stars if critical else others
        competency = of[(at // 3) % len(of)]
        kind = true_false if at % 7 == 1 and at // 7 < true_false_items else single
        made.append(kind(f"{prefix}{at:03d}", critical=critical, competency=competency))
    return made


def recorded(items: Sequence[Item]) -> list[Item]:
    return [replace(item, pool="ghi-nhan", status="ghi-nhan") for item in items]


def _option(letter: str, correct: bool) -> Option:
    return Option(letter, f"Phương án {letter}", correct, f"Vì sao {letter}.")


def _item(item_id: str, kind: str, body: Choices, stem: str, **changes: object) -> Item:
    item = Item(
        item_id,
        kind,
        body,
        stem,
        digest=f"digest of {item_id}",
        skill="s3",
        competency="s3.2",
        pool="ghi-nhan",
        status="ghi-nhan",
        explain="Tên sai là chưa trả.",
        step="l.s3.1#doi-chieu",
    )
    return replace(item, **changes)  # type: ignore[arg-type]
