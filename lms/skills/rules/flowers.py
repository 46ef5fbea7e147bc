"""The flower as plain values: what the macro draws, and its twin in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lms.skills.rules.progress import Keys
from lms.skills.rules.standing import Standing
from lms.skills.rules.words import Status


class PetalState(StrEnum):
    """How far a petal is filled: outline, one third, two thirds, full."""

    NONE = "none"
    KNOW = "know"
    DO = "do"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Petal:
    """Filled by the number of keys held; `text` says which, for they may come in any order. Notch: to be renewed."""

    skill: str
    state: PetalState
    notch: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Flower:
    """`golden`: the heart. Of a person, all five; of a household, one and the same member has all five."""

    petals: tuple[Petal, ...]
    golden: bool
    text: str

    def __hash__(self) -> int:
        return hash((self.golden, self.text))  # gardens ask for it sixty times a page; the petals are compared


def flower_of(standings: Mapping[str, Standing], short_names: Mapping[str, str]) -> Flower:
    """A person's flower; `short_names` by skill, in petal order («thanh toán»)."""
    petals = tuple(_petal(skill, standings[skill]) for skill in short_names)
    lacking = [skill for skill in short_names if not standings[skill].is_proficient]
    return Flower(petals, golden=not lacking, text=twin_text(short_names, lacking))


def twin_text(short_names: Mapping[str, str], lacking: Iterable[str]) -> str:
    """«3/5 kỹ năng · thiếu: thanh toán, nền tảng địa phương»; where nothing is held yet, all five need no listing."""
    missing = [short_names[skill] for skill in lacking]
    counted = f"{len(short_names) - len(missing)}/{len(short_names)} kỹ năng"
    return f"{counted} · thiếu: {', '.join(missing)}" if 0 < len(missing) < len(short_names) else counted


def _petal(skill: str, standing: Standing) -> Petal:
    if standing.is_proficient:
        expiring = standing.status is Status.EXPIRING
        return Petal(skill, PetalState.FULL, expiring, "thành thạo, sắp hết hạn" if expiring else "thành thạo")
    lapsed = standing.status in (Status.NEEDS_RENEWAL, Status.NEEDS_VERIFICATION)
    state = (PetalState.NONE, PetalState.KNOW, PetalState.DO, PetalState.DO)[standing.keys.held]
    return Petal(skill, state, lapsed, _keys_in_words(standing.keys))


def _keys_in_words(keys: Keys) -> str:
    named = (("Biết", keys.know), ("Làm", keys.do), ("Chứng", keys.witness))
    held = [word for word, key in named if key is not None]
    return f"đã có: {', '.join(held)}" if held else "chưa có chìa nào"
