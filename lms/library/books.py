"""What the library yields: plain frozen objects, the same for every reader of the same files."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lms.library.problems import Place

NOWHERE = Place(Path(), 0)


def _place() -> Any:
    return field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Competency:
    id: str
    name: str
    name_en: str
    critical: bool
    """★: feeds the four safety items of a recorded form."""
    core: bool
    """K: must be shown by doing; a quiz never suffices."""
    evidence: tuple[str, ...]
    digcomp: tuple[str, ...] = ()
    crosswalk: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Framework → codes (757, TT 02/2025, …); empty where not known, never invented."""
    place: Place = _place()

    @property
    def skill(self) -> str:
        return self.id.split(".")[0]


@dataclass(frozen=True)
class Skill:
    id: str
    slug: str
    name: str
    short: str
    verb: str
    name_en: str
    competencies: tuple[Competency, ...]
    place: Place = _place()


@dataclass(frozen=True)
class CanDo:
    id: str
    text: str
    """Reads on after «Tôi có thể»."""
    teach_first: bool
    how: tuple[str, ...]
    digcomp: tuple[str, ...]
    maps_to: tuple[str, ...]
    """Competencies; empty: taught, not scored."""
    place: Place = _place()


@dataclass(frozen=True)
class Fact:
    id: str
    sentence: str
    source: str
    confidence: str
    checked_on: date
    review_by: date
    value: str = ""
    unit: str = ""
    place: Place = _place()

    @property
    def shown(self) -> str:
        """What `{{fact:id}}` puts into a text: the value with its unit."""
        glue = "" if self.unit in ("", "đ", "%") else " "
        return f"{self.value}{glue}{self.unit}"


@dataclass(frozen=True)
class Platform:
    id: str
    name: str
    purpose: str
    competencies: tuple[str, ...]
    verified: bool
    address: str = ""
    place: Place = _place()


@dataclass(frozen=True)
class Locality:
    name: str
    platforms: tuple[Platform, ...]
    place: Place = _place()


@dataclass(frozen=True)
class PlainWords:
    """What a lesson should say instead of the words of offices, and the abbreviations everybody knows."""

    office: Mapping[str, str]
    common: frozenset[str]


@dataclass(frozen=True)
class Option:
    id: str
    text: str
    correct: bool
    feedback: str


@dataclass(frozen=True)
class Item:
    """One question. True/false items carry the two options `dung` and `sai`; types without options have `asks`."""

    id: str
    type: str
    """One of questions.TYPES."""
    skill: str | None
    """None: foundation or observer, taught and checked but not scored."""
    competency: str | None
    level: int
    critical: bool
    pool: str
    """luyen (practice, feedback shown) | ghi-nhan (recorded, keys never shown)"""
    status: str
    """nhap | duyet | ghi-nhan | ngung; only ghi-nhan enters recorded forms"""
    stem: str
    stem_html: str
    options: tuple[Option, ...]
    explain: str
    step: str
    """`<lesson id>#<step id>`: where the matter is treated."""
    facts: tuple[str, ...] = ()
    review_by: date | None = None
    fixed: bool = False
    """True: options keep their order instead of being shuffled."""
    source: str = ""
    asks: dict[str, Any] = field(default_factory=dict)
    """What only its type has, as plain values: pairs, gaps, regions (answers.py)."""
    media: dict[str, str] = field(default_factory=dict)
    """image with alt, audio with transcript; files by their addresses."""
    files: tuple["Image", ...] = ()
    digest: str = ""
    place: Place = _place()

    @property
    def is_recorded(self) -> bool:
        """May enter a recorded form."""
        return self.pool == "ghi-nhan" and self.status == "ghi-nhan"

    @property
    def is_practice(self) -> bool:
        """May be shown in practice and inside a lesson."""
        return self.pool == "luyen" and self.status in ("duyet", "ghi-nhan")


@dataclass(frozen=True)
class Html:
    """Clean HTML, ready for a page."""

    html: str


@dataclass(frozen=True)
class Check:
    """The place of an inline check: a practice item, shown as a form between two segments."""

    item_id: str
    place: Place = _place()


@dataclass(frozen=True)
class LessonStep:
    id: str
    title: str
    parts: tuple[Html | Check, ...]
    place: Place = _place()
    voices: tuple[tuple[str, str], ...] = ()
    """(language, address) of people reading it aloud."""


@dataclass(frozen=True)
class Image:
    """A picture that stands beside a lesson; pages show it as `/hinh/<name>`."""

    name: str
    """`<first 16 of the digest>.<ending>`: an address that never changes its bytes."""
    path: Path = field(compare=False)


@dataclass(frozen=True)
class Lesson:
    id: str
    title: str
    minutes: int
    competencies: tuple[str, ...]
    facts: tuple[str, ...]
    """Cited in the front matter or put into the text, sorted."""
    audience: tuple[str, ...]
    sources: tuple[str, ...]
    requires: tuple[str, ...]
    slug: str
    """The folder's name without its number."""
    order: int
    steps: tuple[LessonStep, ...]
    guide_html: str = ""
    images: tuple[Image, ...] = ()
    practices: tuple[tuple[str, Place], ...] = ()
    """Practices the text leads to, and where it does."""
    can_do: tuple[str, ...] = ()
    """Statements it teaches that map to no competency of its own."""
    digest: str = ""
    place: Place = _place()

    @property
    def checks(self) -> tuple[str, ...]:
        """Item ids of the inline checks, in order."""
        return tuple(part.item_id for step in self.steps for part in step.parts if isinstance(part, Check))


@dataclass(frozen=True)
class Module:
    id: str
    title: str
    lessons: tuple[str, ...]
    requires: tuple[str, ...] = ()
    place: Place = _place()


@dataclass(frozen=True)
class Course:
    id: str
    slug: str
    title: str
    skill: str | None
    """None: foundation."""
    audience: tuple[str, ...]
    summary: str
    modules: tuple[Module, ...]
    lessons: tuple[Lesson, ...]
    items: tuple[Item, ...]
    digest: str = ""
    place: Place = _place()


@dataclass(frozen=True)
class RubricLine:
    id: str
    competency: str
    core: bool
    critical: bool
    text: str


@dataclass(frozen=True)
class TaskCard:
    id: str
    version: str
    skill: str
    title: str
    setting: str
    materials: tuple[str, ...]
    steps: tuple[str, ...]
    rubric: tuple[RubricLine, ...]
    safety: str
    minutes: int
    digest: str = ""
    place: Place = _place()


@dataclass(frozen=True)
class Named:
    """Something a practice refers to: a value, a screen, a control, a mistake, an option («control option»)."""

    kind: str
    name: str
    place: Place


@dataclass(frozen=True)
class Practice:
    """A simulator. `spec` is what the reducers read: the file as JSON, whole numbers as numbers."""

    id: str
    slug: str
    skill: str
    title: str
    minutes: int
    covers: tuple[str, ...]
    course: str
    lesson: str
    step: str
    spec: dict[str, Any]
    digest: str = ""
    """sha256 of the spec as JSON with sorted keys: what a ticket and a trace name."""
    uses: tuple[Named, ...] = field(default=(), compare=False, repr=False)
    lines: dict[str, Place] = field(default_factory=dict, compare=False, repr=False)
    """«screen home», «mistake m1», «home pay» → where it stands."""
    place: Place = _place()


@dataclass(frozen=True)
class ObserverLesson:
    lesson: Lesson
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Ruleset:
    id: str
    text: str
    """The file as it stands; its digest is stored in every evaluation."""
    digest: str
    """sha256 of the file's bytes."""
    values: dict[str, Any] = field(compare=False)
    """The same as dicts, tuples and strings; every scalar is text."""
    place: Place = _place()


@dataclass(frozen=True)
class Books:
    skills: tuple[Skill, ...] = ()
    can_do: tuple[CanDo, ...] = ()
    facts: tuple[Fact, ...] = ()
    locality: Locality | None = None
    plain_words: PlainWords | None = None
    courses: tuple[Course, ...] = ()
    tasks: tuple[TaskCard, ...] = ()
    observer: ObserverLesson | None = None
    rulesets: tuple[Ruleset, ...] = ()
    practices: tuple[Practice, ...] = ()

    @property
    def competencies(self) -> tuple[Competency, ...]:
        return tuple(competency for skill in self.skills for competency in skill.competencies)

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """All lessons, the observer's too."""
        found = tuple(lesson for course in self.courses for lesson in course.lessons)
        return (*found, self.observer.lesson) if self.observer else found

    @property
    def items(self) -> tuple[Item, ...]:
        """All questions, the observer's too."""
        found = tuple(item for course in self.courses for item in course.items)
        return (*found, *self.observer.items) if self.observer else found


_NOT_CONTENT = frozenset(
    {
        "place",
        "digest",
        "path",
        "status",
        "pool",
        "review_by",
        "source",
        "sources",
        "facts",
        "files",
        "practices",
        "can_do",
    }
)
"""Shelf marks: they say when a book is used or checked again, not what a learner reads or how it is marked."""


_WHEN_THERE = frozenset({"asks", "media", "voices"})
"""Fields that came later and change no digest while they are empty."""


def digest_of(book: Any) -> str:
    """sha256 of what a reader gets from a book; the order of keys in its file does not matter, every word does."""
    text = json.dumps(_canonical(book), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _canonical(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        told = {f.name: getattr(value, f.name) for f in fields(value) if f.name not in _NOT_CONTENT}
        kept = {name: _canonical(one) for name, one in told.items() if one or name not in _WHEN_THERE}
        return {"": type(value).__name__, **kept}
    if isinstance(value, tuple | list):
        return [_canonical(item) for item in value]
    if isinstance(value, dict):
        return {key: _canonical(item) for key, item in value.items()}
    return value
