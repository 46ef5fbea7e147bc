"""The plain values a question is made of. Nothing here decides anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any


@dataclass(frozen=True, slots=True)
class Option:
    id: str
    """For ever; answers name it, whatever place it is shown in (never «đáp án A»)."""
    text: str
    correct: bool
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """The body of every type that is answered by choosing among options."""

    options: tuple[Option, ...]
    fixed: bool = False
    """True: shown as written, never shuffled."""
    hide_count: bool = False
    """True: the stem does not say how many to choose."""

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.options)

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(option.id for option in self.options if option.correct)


@dataclass(frozen=True, slots=True)
class Item:
    """One version of a question, as published. `body` is what only its type understands."""

    id: str
    type: str
    body: Choices
    stem: str
    stem_html: str = ""
    version: str = ""
    digest: str = ""
    skill: str | None = None
    """None: foundation or observer, taught and checked but not scored."""
    competency: str | None = None
    level: int = 1
    critical: bool = False
    """A safety item, one of the four of a form."""
    pool: str = "luyen"
    """luyen (practice) or ghi-nhan (recorded)."""
    status: str = "nhap"
    """nhap, duyet, ghi-nhan or ngung."""
    explain: str = ""
    step: str = ""
    """`<lesson id>#<step id>` that treats it."""
    facts: tuple[str, ...] = ()

    @property
    def options(self) -> tuple[Option, ...]:
        return self.body.options

    @property
    def is_recorded(self) -> bool:
        """May enter a recorded form."""
        return self.pool == "ghi-nhan" and self.status == "ghi-nhan"

    @property
    def is_approved(self) -> bool:
        """May be asked at all."""
        return self.status in ("duyet", "ghi-nhan")


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody chose, by stable option ids; the order shown and the order ticked do not matter."""

    chosen: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mark:
    score: Fraction
    """0–1, exact."""
    chosen: tuple[str, ...] = ()
    """Option ids in the order the question is written."""
    feedback: tuple[str, ...] = ()
    """Ids of the options whose feedback answers this answer; shown in practice only."""

    @property
    def right(self) -> bool:
        """Only a whole score counts; partial credit serves practice (assessment.md §3.2 point 2)."""
        return self.score == 1


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something will not do: a code for tests and lists, one plain Vietnamese sentence for people."""

    code: str
    sentence: str
    subject: str = ""
    """The item it is about, if any."""


Form = Mapping[str, list[str]]
"""What a browser sends: each field's values, as text."""
Raw = Mapping[str, Any]
"""Plain JSON, as kept in the database."""
