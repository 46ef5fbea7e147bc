"""The figures, by subject. Each is a generator of results; FIGURES names them for the command line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bench.world import World


@dataclass(frozen=True)
class Result:
    """One line of output: `name` is a budget of bench/budgets.py."""

    name: str
    value: float
    more: dict[str, Any] = field(default_factory=dict)


Figure = Callable[[World], Iterator[Result]]
FIGURES: dict[str, Figure] = {}


def figure(name: str) -> Callable[[Figure], Figure]:
    def register(measure: Figure) -> Figure:
        FIGURES[name] = measure
        return measure

    return register
