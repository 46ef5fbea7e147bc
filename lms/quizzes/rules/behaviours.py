"""What a learner is shown: the question without its key, and after an answer what the behaviour allows.

The two behaviours know nothing of item types, and the types nothing of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from lms.quizzes.rules.items import asks_for, field_name, grade, parts, replies, whole_answer, words
from lms.quizzes.rules.shapes import Answer, Cloze, Hotspot, Item, Media, Part, Region, Reply
from lms.quizzes.rules.types import cloze


class Behaviour(StrEnum):
    PRACTICE = "luyen"
    RECORDED = "ghi-nhan"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a picture, without whether it is one of those looked for."""

    box: tuple[int, int, int, int]
    lines: tuple[str, ...]
    """What is written there, where the picture is drawn."""


@dataclass(frozen=True, slots=True)
class Question:
    """All a page needs to ask, and nothing a page could give away: no key, no feedback, no explanation."""

    id: str
    type: str
    stem_html: str
    field: str
    options: tuple[tuple[str, str], ...]
    """(id, text) in the order shown."""
    choose: int | None
    """How many, where that is told; 1 means radio buttons."""
    parts: tuple[Part, ...] = ()
    """What is filled in, for the types that have no options."""
    pieces: tuple[tuple[str, Part | None], ...] = ()
    """cloze: the sentence cut at its gaps, (words, the gap after them)."""
    regions: tuple[Spot, ...] = ()
    """hotspot: the places of the picture in the order of the list."""
    media: Media = Media()

    @property
    def is_more(self) -> bool:
        """Whether its page needs more than plain options to tick."""
        return bool(self.parts or self.regions or self.media.image or self.media.audio)


@dataclass(frozen=True, slots=True)
class PracticeShown:
    right: bool
    share: Fraction
    """Of the whole: practice says what is already right."""
    replies: tuple[Reply, ...]
    explain: str
    step: str
    """`<lesson id>#<step id>`: where to read it again."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is right, for a wall."""

    chosen: frozenset[str]
    words: str
    """The answer in words, where there are no options to point at."""
    why: str


@dataclass(frozen=True, slots=True)
class RecordedShown:
    """Nothing but that it is kept."""

    saved_at: datetime


def asked(item: Item, order: Sequence[str]) -> Question:
    """The question as shown in one attempt."""
    fields = parts(item, order)
    return Question(
        id=item.id,
        type=item.type,
        stem_html=item.stem_html or item.stem,
        field=field_name(item.id),
        options=_options(item, order),
        choose=asks_for(item),
        parts=fields,
        pieces=_pieces(item, fields),
        regions=_spots(item, order),
        media=item.media,
    )


def shown_after_answer(
    behaviour: Behaviour, item: Item, answer: Answer, saved_at: datetime
) -> PracticeShown | RecordedShown:
    """Practice speaks to each part of the answer and points to the step; a recorded test only says when it was saved."""
    if behaviour is Behaviour.RECORDED or item.pool != Behaviour.PRACTICE:
        return RecordedShown(saved_at)
    mark = grade(item, answer)
    return PracticeShown(mark.right, mark.score, replies(item, answer), item.explain, item.step)


def told_to_all(item: Item) -> Told | None:
    """What a teacher shows to a whole class: of practice questions only."""
    if item.pool != Behaviour.PRACTICE:
        return None
    whole = whole_answer(item)
    said = next((reply.feedback for reply in replies(item, whole) if reply.feedback), "")
    return Told(whole.chosen, "" if item.options else words(item, whole), item.explain or said)


def _options(item: Item, order: Sequence[str]) -> tuple[tuple[str, str], ...]:
    texts = {option.id: option.text for option in item.options}
    if isinstance(item.body, Hotspot):
        texts = {region.id: region.alt for region in item.body.regions}
    return tuple((one, texts[one]) for one in order) if texts else ()


def _pieces(item: Item, fields: Sequence[Part]) -> tuple[tuple[str, Part | None], ...]:
    if not isinstance(item.body, Cloze):
        return ()
    gaps = {part.id: part for part in fields}
    return tuple((words, gaps.get(gap)) for words, gap in cloze.pieces(item.body))


def _spots(item: Item, order: Sequence[str]) -> tuple[Spot, ...]:
    if not isinstance(item.body, Hotspot):
        return ()
    regions: dict[str, Region] = {region.id: region for region in item.body.regions}
    return tuple(Spot(regions[one].box, tuple(regions[one].text.split("\n"))) for one in order)
