"""Rulesets: thresholds read from `content/rulesets/*.yaml`, and which of them is in force on a day.

Thresholds are integers and exact fractions: 12 of 15 must not depend on how a float rounds 0.8.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from lms.skills.rules.days import months_after

OVERLAP_MONTHS = 6  # after an activation the previous ruleset suffices for so long


class Success(StrEnum):
    """What counts as one success of *Làm*."""

    PRACTICE = "practice"  # a simulator pass
    TASK_CARD = "task_card"  # a situation acted out with a witness on paper screens


@dataclass(frozen=True, slots=True)
class Know:
    items: int
    min_share: Fraction
    critical_items: int
    critical_min_share: Fraction
    min_valid_items: int
    max_true_false: int
    accommodation: frozenset[str]


@dataclass(frozen=True, slots=True)
class Do:
    success: Success
    successes: int
    consecutive: bool
    distinct_variants: bool
    at_least_one_replayed: bool
    accommodation: frozenset[str]
    hints: int


@dataclass(frozen=True, slots=True)
class Witness:
    observations: int
    linked_to_passing_session: bool
    min_independence: int
    identity_checked: bool


@dataclass(frozen=True, slots=True)
class HardCap:
    attempts: int
    days: int
    unlock_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Retake:
    per_window: int
    window_days: int
    min_gap_hours: int
    hard_cap: HardCap


@dataclass(frozen=True, slots=True)
class Renewal:
    items: int
    min_right: int
    all_critical: bool
    witnessed_practice: int
    from_days_before: int


@dataclass(frozen=True, slots=True)
class HouseholdRule:
    same_person_all_skills: bool
    min_age: int | None
    report_split: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ruleset:
    id: str
    know: Know
    do: Do
    witness: Witness
    coherence_days: int
    validity_months: Mapping[str, int]
    retake: Retake
    renewal: Renewal
    household: HouseholdRule


@dataclass(frozen=True, slots=True)
class Activation:
    """From this day on the ruleset is in force; a signed act, never edited."""

    ruleset: Ruleset
    on_day: date


class RulesetError(ValueError):
    """A ruleset file that this code cannot apply to the letter."""


class Calendar:
    """The dated list of activations: which ruleset is in force on a day."""

    def __init__(self, activations: Iterable[Activation]) -> None:
        self._activations = sorted(activations, key=lambda one: (one.on_day, one.ruleset.id))
        self._known: dict[date, list[Ruleset]] = {}

    def in_force(self, day: date) -> list[Ruleset]:
        """The current ruleset first, then each one replaced within the last six months."""
        if day not in self._known:
            self._known[day] = self._look_up(day)
        return self._known[day]

    def current(self, day: date) -> Ruleset | None:
        """The ruleset activated last, up to and including this day."""
        return next(iter(self.in_force(day)), None)

    def ever_in_force(self, as_of: date) -> list[Ruleset]:
        """Newest first, each once."""
        return _distinct(one.ruleset for one in reversed(self._activations) if one.on_day <= as_of)

    def _look_up(self, day: date) -> list[Ruleset]:
        begun = [one for one in self._activations if one.on_day <= day]
        replaced = [
            before.ruleset for before, after in pairwise(begun) if day <= months_after(after.on_day, OVERLAP_MONTHS)
        ]
        return _distinct([*(one.ruleset for one in begun[-1:]), *reversed(replaced)])


def parse_ruleset(mapping: Mapping[str, object]) -> Ruleset:
    """A ruleset from a file whose every scalar was read as text; unknown and missing keys are errors."""
    file = _Section(mapping, "ruleset")
    parsed = Ruleset(
        id=file.text("id"),
        know=_know(file.section("know")),
        do=_do(file.section("do")),
        witness=_witness(file.section("witness")),
        coherence_days=file.number("coherence_days"),
        validity_months=_validity(file.section("validity_months")),
        retake=_retake(file.section("retake")),
        renewal=_renewal(file.section("renewal")),
        household=_household(file.section("household")),
    )
    file.close()
    return parsed


def at_least(share: Fraction, of: int) -> int:
    """⌈share × of⌉ in whole numbers."""
    return -(-share.numerator * of // share.denominator)


def _distinct(rulesets: Iterable[Ruleset]) -> list[Ruleset]:
    kept: dict[str, Ruleset] = {}
    for ruleset in rulesets:
        kept.setdefault(ruleset.id, ruleset)
    return list(kept.values())


def _know(section: "_Section") -> Know:
    know = Know(
        items=section.number("items"),
        min_share=section.share("min_share"),
        critical_items=section.number("critical_items"),
        critical_min_share=section.share("critical_min_share"),
        min_valid_items=section.number("min_valid_items"),
        max_true_false=section.number("max_true_false"),
        accommodation=frozenset(section.words("accommodation")),
    )
    section.close()
    return know


def _do(section: "_Section") -> Do:
    section.only("successes", "2")
    section.only("cover", "core")
    do = Do(
        success=Success(section.text("success", default=Success.PRACTICE)),
        successes=2,
        consecutive=section.flag("consecutive"),
        distinct_variants=section.flag("distinct_variants"),
        at_least_one_replayed=section.flag("at_least_one_replayed"),
        accommodation=frozenset(section.words("accommodation")),
        hints=section.number("hints"),
    )
    section.close()
    return do


def _witness(section: "_Section") -> Witness:
    section.only("observations", "1")
    section.only("linked_to_passing_session", "true")
    witness = Witness(1, True, section.number("min_independence"), section.flag("identity_checked"))
    section.close()
    return witness


def _validity(section: "_Section") -> dict[str, int]:
    months = {skill: section.number(skill) for skill in sorted(section.left)}
    section.close()
    return months


def _retake(section: "_Section") -> Retake:
    cap = section.section("hard_cap")
    hard_cap = HardCap(cap.number("attempts"), cap.number("days"), frozenset(cap.words("unlock_by")))
    cap.close()
    retake = Retake(
        section.number("per_window"), section.number("window_days"), section.number("min_gap_hours"), hard_cap
    )
    section.close()
    return retake


def _renewal(section: "_Section") -> Renewal:
    section.only("witnessed_practice", "1")
    renewal = Renewal(
        items=section.number("items"),
        min_right=section.number("min_right"),
        all_critical=section.flag("all_critical"),
        witnessed_practice=1,
        from_days_before=section.number("from_days_before"),
    )
    section.close()
    return renewal


def _household(section: "_Section") -> HouseholdRule:
    section.only("same_person_all_skills", "true")
    min_age = section.text("min_age")
    rule = HouseholdRule(
        True, None if min_age == "null" else _whole(min_age, "household.min_age"), tuple(section.words("report_split"))
    )
    section.close()
    return rule


class _Section:
    """A mapping whose keys must each be asked for exactly once."""

    def __init__(self, mapping: object, name: str) -> None:
        if not isinstance(mapping, Mapping):
            raise RulesetError(f"{name}: expected keys and values")
        self.left: dict[str, object] = dict(mapping)
        self._name = name

    def section(self, key: str) -> "_Section":
        return _Section(self._take(key), key)

    def text(self, key: str, default: str | None = None) -> str:
        if key not in self.left and default is not None:
            return default
        value = self._take(key)
        if not isinstance(value, str):
            raise RulesetError(f"{self._name}.{key}: expected text, found {value!r}")
        return value

    def number(self, key: str) -> int:
        return _whole(self.text(key), f"{self._name}.{key}")

    def share(self, key: str) -> Fraction:
        share = Fraction(self.text(key))
        if not 0 <= share <= 1:
            raise RulesetError(f"{self._name}.{key}: a share lies between 0 and 1")
        return share

    def flag(self, key: str) -> bool:
        text = self.text(key)
        if text not in ("true", "false"):
            raise RulesetError(f"{self._name}.{key}: expected true or false, found {text!r}")
        return text == "true"

    def words(self, key: str) -> list[str]:
        value = self._take(key)
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise RulesetError(f"{self._name}.{key}: expected a list of words")
        return value

    def only(self, key: str, value: str) -> None:
        """A key the file must state although this code knows one value only."""
        if (found := self.text(key)) != value:
            raise RulesetError(f"{self._name}.{key}: only {value} can be applied, found {found!r}")

    def close(self) -> None:
        if self.left:
            raise RulesetError(f"{self._name}: unknown keys {', '.join(sorted(self.left))}")

    def _take(self, key: str) -> object:
        if key not in self.left:
            raise RulesetError(f"{self._name}: {key} is missing")
        return self.left.pop(key)


def _whole(text: str, where: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise RulesetError(f"{where}: expected a whole number, found {text!r}")
    return int(text)
