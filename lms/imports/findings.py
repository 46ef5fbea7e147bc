"""Gathering problems while a list is read, each with its page, row and column."""

from collections.abc import Iterable
from typing import Protocol

from lms.imports.columns import Meaning
from lms.imports.pages import Page
from lms.imports.problems import Level, Problem

About = Iterable[Meaning] | Meaning


class At(Protocol):
    """A place in the list: a page and a row of it, 0 for the whole page."""

    @property
    def page(self) -> Page: ...

    @property
    def number(self) -> int: ...


class Findings:
    """The problems of one reading, given back in the order of its pages and rows."""

    def __init__(self) -> None:
        self._found: list[Problem] = []
        self._sheets: dict[str, int] = {}
        self._said: set[tuple[str, str]] = set()

    def error(self, at: At, about: About, what: str, mend: str, code: str) -> None:
        self._add(at, about, what, mend, code, Level.ERROR, ())

    def note(self, at: At, about: About, what: str, mend: str, code: str, others: Iterable[int] = ()) -> None:
        self._add(at, about, what, mend, code, Level.NOTE, tuple(others))

    def note_once(self, at: At, about: About, what: str, mend: str, code: str) -> None:
        """What holds for every row of a page is told at the first."""
        if (at.page.sheet.name, code) not in self._said:
            self._said.add((at.page.sheet.name, code))
            self.note(at, about, what, mend, code)

    def note_sheet(self, sheet: str, what: str, mend: str, code: str) -> None:
        self._found.append(Problem(0, "", what, mend, Level.NOTE, code, sheet))

    def in_order(self) -> tuple[Problem, ...]:
        return tuple(sorted(self._found, key=lambda problem: (self._sheets.get(problem.sheet, 0), problem.row)))

    def _add(
        self, at: At, about: About, what: str, mend: str, code: str, level: Level, others: tuple[int, ...]
    ) -> None:
        meanings = (about,) if isinstance(about, Meaning) else tuple(about)
        sheet = at.page.sheet.name
        self._sheets.setdefault(sheet, len(self._sheets) + 1)
        self._found.append(Problem(at.number, at.page.header(*meanings), what, mend, level, code, sheet, others))
