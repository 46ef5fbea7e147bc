"""What somebody gets who knows nothing and follows a habit: the longest option, the first, «all of the above», a guess.

A habit may score no better than chance. Chance of an item with one key among n options is 1/n; over N items its hits are
a sum of independent tries (Poisson binomial), and a habit that hits more than the mean and `Z` deviations gives the keys away.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from random import Random

from lms.library.books import Books, Item, Option

Z = 1.6449
"""One-sided 95 % of the normal distribution."""
ALL_OF_THEM = ("tất cả", "cả ba ý", "cả bốn ý", "các ý trên", "cả a, b")
SEED = 2026


@dataclass(frozen=True)
class Outcome:
    strategy: str
    items: int
    hits: int
    chance: float
    """Hits that chance gives on the mean."""
    most: float
    """The most that chance explains."""

    @property
    def gives_away(self) -> bool:
        return self.hits > self.most


def outcomes(books: Books) -> list[Outcome]:
    """Every habit over the recorded items that have one key among shown options."""
    pool = [item for item in books.items if item.is_recorded and _has_one_key(item)]
    rng = Random(SEED)  # noqa: S311 a guess, not a secret
    habits: dict[str, Callable[[Sequence[Option]], Option]] = {
        "đoán": lambda options: rng.choice(options),
        "ý dài nhất": lambda options: max(options, key=lambda one: len(one.text)),
        "ý ngắn nhất": lambda options: min(options, key=lambda one: len(one.text)),
        "ý đầu": lambda options: options[0],
        "ý cuối": lambda options: options[-1],
        "tất cả các ý": lambda options: next((one for one in options if _is_all(one)), options[0]),
    }
    return [_outcome(name, [(item, choose(item.options)) for item in pool]) for name, choose in habits.items()]


def as_text(found: Sequence[Outcome]) -> str:
    lines = [f"Đoán mò trên {found[0].items if found else 0} câu ghi nhận một ý đúng:"]
    for one in found:
        told = "  LỘ ĐÁP ÁN" if one.gives_away else ""
        lines.append(
            f"  {one.strategy:14} trúng {one.hits:3}  may rủi {one.chance:5.1f}, nhiều nhất {one.most:5.1f}{told}"
        )
    return "\n".join(lines)


def _has_one_key(item: Item) -> bool:
    return sum(option.correct for option in item.options) == 1


def _outcome(name: str, chosen: Sequence[tuple[Item, Option]]) -> Outcome:
    chances = [1 / len(item.options) for item, _option in chosen]
    mean = sum(chances)
    deviation = sqrt(sum(p * (1 - p) for p in chances))
    hits = sum(option.correct for _item, option in chosen)
    return Outcome(name, len(chosen), hits, mean, mean + Z * deviation + 0.5)


def _is_all(option: Option) -> bool:
    return any(words in option.text.lower() for words in ALL_OF_THEM)
