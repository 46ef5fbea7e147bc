"""Drawing a form: which questions, in which order, with their options in which order; by the seed and nothing else."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lms.quizzes.rules.blueprints import Blueprint, can_complete
from lms.quizzes.rules.dice import Dice
from lms.quizzes.rules.shapes import Item
from lms.quizzes.rules.types.registry import TYPES


@dataclass(frozen=True, slots=True)
class Placed:
    """A question in its place, pinned to the version asked."""

    item: str
    digest: str
    options: tuple[str, ...]
    """Option ids in the order shown."""


@dataclass(frozen=True, slots=True)
class Form:
    questions: tuple[Placed, ...]

    @property
    def item_ids(self) -> tuple[str, ...]:
        return tuple(placed.item for placed in self.questions)


class NoFormError(ValueError):
    """The bank cannot serve the blueprint; `publishable` says why and is asked first."""


def draw(
    pool: Iterable[Item],
    blueprint: Blueprint,
    seed: str,
    *,
    seen: Collection[str] = (),
    beside: Collection[str] = (),
) -> Form:
    """A form that owes its blueprint nothing, the same for the same seed on every machine.

    `beside` are the items of the form handed out just before in the same window, `seen` those this learner met lately;
    both are left out where a whole form can be made without, and drawn last where not. The neighbour comes before memory:
    keys are never shown, so meeting a question again teaches little (assessment.md T2), and a neighbour's screen much.
    """
    bank = _in_one_order(pool, blueprint)
    ranked = _ranked(bank, seed, frozenset(seen), frozenset(beside))
    chosen = _choose(_narrowest(ranked, blueprint, frozenset(seen), frozenset(beside)), blueprint)
    shown = Dice(seed, "order").shuffled(sorted(chosen, key=lambda item: item.id))
    return Form(tuple(_placed(item, seed) for item in shown))


def form_to_json(form: Form) -> list[dict[str, Any]]:
    """As kept with the attempt."""
    return [{"item": one.item, "digest": one.digest, "options": list(one.options)} for one in form.questions]


def form_from_json(raw: Sequence[dict[str, Any]]) -> Form:
    return Form(tuple(Placed(one["item"], one["digest"], tuple(one["options"])) for one in raw))


def _in_one_order(pool: Iterable[Item], blueprint: Blueprint) -> list[Item]:
    """The usable items by id: how the bank was read out must not change the draw."""
    usable = {item.id: item for item in pool if blueprint.admits(item)}
    return [usable[item_id] for item_id in sorted(usable)]


def _ranked(bank: list[Item], seed: str, seen: frozenset[str], beside: frozenset[str]) -> list[Item]:
    """As the dice fell, then the fresh first, those lately met after them, the neighbour's last."""
    fallen = Dice(seed, "choice").shuffled(bank)
    return sorted(fallen, key=lambda item: (item.id in beside, item.id in seen))


def _narrowest(ranked: list[Item], blueprint: Blueprint, seen: frozenset[str], beside: frozenset[str]) -> list[Item]:
    for left_out in (seen | beside, beside, seen):
        narrow = [item for item in ranked if item.id not in left_out]
        if can_complete((), narrow, blueprint):
            return narrow
    return ranked


def _choose(ranked: list[Item], blueprint: Blueprint) -> list[Item]:
    """Take each in turn unless the form could then no longer be completed."""
    if not can_complete((), ranked, blueprint):
        raise NoFormError("no form of this blueprint can be drawn from this bank")
    chosen: list[Item] = []
    for place, item in enumerate(ranked):
        if len(chosen) == blueprint.items:
            break
        if can_complete([*chosen, item], ranked[place + 1 :], blueprint):
            chosen.append(item)
    return chosen


def _placed(item: Item, seed: str) -> Placed:
    return Placed(item.id, item.digest, TYPES[item.type].shuffled(item.body, Dice(seed, f"options/{item.id}")))
