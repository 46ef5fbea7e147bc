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
class Pair:
    id: str
    left: str
    right: str
    feedback: str = ""
    """What is said, in practice, when something else was put beside `left`."""


@dataclass(frozen=True, slots=True)
class Matching:
    """Lefts are shown as written; rights are offered mixed, each text once."""

    pairs: tuple[Pair, ...]
    extra_right: tuple[str, ...] = ()
    """Offered, and belonging to nothing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line to be put in its place."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Ordering:
    entries: tuple[Entry, ...]
    """In the right order (in one of the right orders where `before` is given)."""
    before: tuple[tuple[str, str], ...] = ()
    """(first, later) pairs of ids; given where several orders are right."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far from the answer is still right; the wider of the two holds."""

    abs: Fraction = Fraction(0)
    rel: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class WrongNumber:
    """A number people arrive at by a known mistake."""

    value: Fraction
    feedback: str


@dataclass(frozen=True, slots=True)
class Numeric:
    answer: Fraction
    tolerance: Tolerance = Tolerance()
    band: Tolerance | None = None
    """Within it, an answer that is not right is worth a half (practice only)."""
    unit: str = ""
    wrong: tuple[WrongNumber, ...] = ()


@dataclass(frozen=True, slots=True)
class Short:
    """A few typed words."""

    accept: tuple[str, ...]
    """The first is the spelling shown to people."""
    near: tuple[str, ...] = ()
    """Worth a half (practice only)."""
    reject: tuple[str, ...] = ()
    """Look alike and are wrong."""
    accents: str = "lenient"
    """lenient: a text typed without marks is right too; strict: it is not."""
    typo: int = 0
    """1: one slip of a letter is forgiven from six letters on."""


@dataclass(frozen=True, slots=True)
class Gap:
    """`type` is single, short or numeric."""

    id: str
    type: str
    body: "Choices | Short | Numeric"
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Cloze:
    text: str
    """Plain text with `[[gap id]]` where something is missing."""
    gaps: tuple[Gap, ...]
    """In the order of the text."""


@dataclass(frozen=True, slots=True)
class Region:
    id: str
    box: tuple[int, int, int, int]
    """Left, top, width, height in percent of the picture."""
    alt: str
    """What is there, said neutrally: the words of its checkbox."""
    target: bool
    feedback: str = ""
    text: str = ""
    """What is written there, where the picture is drawn from its regions; lines are kept."""


@dataclass(frozen=True, slots=True)
class Hotspot:
    regions: tuple[Region, ...]
    hide_count: bool = False
    """True: how many to touch is not told."""

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(region.id for region in self.regions)

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(region.id for region in self.regions if region.target)


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing to do at a node of a scenario."""

    id: str
    text: str
    to: str
    """The node it leads to."""
    critical: bool = False
    """A mistake that no good ending mends."""
    points: int = 0
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a scenario: what is said and what one may do; or an ending."""

    id: str
    say: str = ""
    turns: tuple[Turn, ...] = ()
    end: str = ""
    """safe or unsafe; empty where the story goes on."""


@dataclass(frozen=True, slots=True)
class Scenario:
    start: str
    nodes: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        """The nodes at which something is decided, as written."""
        return tuple(node for node in self.nodes if not node.end)


Body = Choices | Matching | Ordering | Numeric | Short | Cloze | Hotspot | Scenario


@dataclass(frozen=True, slots=True)
class Media:
    """What is seen or heard with the stem; never without the words for it."""

    image: str = ""
    """Address on this site."""
    alt: str = ""
    audio: str = ""
    transcript: str = ""
    """The words of the recording."""


@dataclass(frozen=True, slots=True)
class Item:
    """One version of a question, as published. `body` is what only its type understands, one of `Body`."""

    id: str
    type: str
    body: Any
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
    media: Media = Media()

    @property
    def options(self) -> tuple[Option, ...]:
        """Of a question answered by choosing among options; the other types have none."""
        body: Body = self.body
        return body.options if isinstance(body, Choices) else ()

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
    """What somebody said. The order shown and the order ticked do not matter."""

    chosen: frozenset[str] = frozenset()
    """Ids ticked: single, truefalse, multiple, hotspot."""
    filled: tuple[tuple[str, str], ...] = ()
    """(part, what was put there), sorted; empty parts are left out.

    matching: pair id → id of a right; ordering: entry id → place from "1"; numeric, short: "" → the text;
    cloze: gap id → option id or text; scenario: node id → turn id.
    """

    @property
    def by_part(self) -> dict[str, str]:
        return dict(self.filled)


@dataclass(frozen=True, slots=True)
class Mark:
    score: Fraction
    """0–1, exact."""
    chosen: tuple[str, ...] = ()
    """Ids in the order the question is written, where one answers by choosing."""
    feedback: tuple[str, ...] = ()
    """Ids of what is spoken to in reply to this answer; shown in practice only."""

    @property
    def right(self) -> bool:
        """Only a whole score counts; partial credit serves practice (assessment.md §3.2 point 2)."""
        return self.score == 1


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said, in practice, to one part of an answer."""

    option: str
    """The id of the option or part spoken to."""
    text: str
    feedback: str
    correct: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to fill in, as a page asks for it. It knows no key."""

    id: str
    """For what is said after an answer; never in the page of a recorded test."""
    field: str
    """The name of its input."""
    kind: str
    """select, number, text or radio."""
    label: str
    options: tuple[tuple[str, str], ...] = ()
    """(id, text) in the order shown; a page sends the place, from 1: ids might tell."""
    unit: str = ""


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
