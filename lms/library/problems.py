"""What is wrong with a book, where, and what was expected."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

ERROR = "error"
WARNING = "warning"


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file; lines count from 1."""

    path: Path
    line: int = 1
    parts: tuple[int, ...] = field(default=(), compare=False, repr=False)
    """Lines of what stands inside (options, rubric lines), in order."""

    def part(self, at: int) -> "Place":
        return Place(self.path, self.parts[at]) if at < len(self.parts) else self

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, order=True)
class Problem:
    path: Path
    line: int
    level: str
    """`error` stops publishing, `warning` does not."""
    text: str

    def __str__(self) -> str:
        word = "lỗi" if self.level == ERROR else "nhắc"
        return f"{self.path}:{self.line}: {word}: {self.text}"


class Findings:
    """The one list into which a whole reading writes, so that an author sees every problem at once."""

    def __init__(self, known: Iterable[Problem] = ()) -> None:
        self._problems: set[Problem] = set(known)

    def error(self, place: Place, text: str) -> None:
        self._problems.add(Problem(place.path, place.line, ERROR, text))

    def warning(self, place: Place, text: str) -> None:
        self._problems.add(Problem(place.path, place.line, WARNING, text))

    def in_order(self) -> list[Problem]:
        return sorted(self._problems)


def has_errors(problems: list[Problem]) -> bool:
    return any(problem.level == ERROR for problem in problems)
