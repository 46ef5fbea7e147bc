"""Looking for a way through a practice: is the goal reachable, which mistakes and screens are, who gets stuck.

What is found is a real run of the reducer; typed values are tried as «expected» and «something else». The search goes
where something new holds first (a value not seen on this screen), then where more conditions of the screen are met; once
more, where a screen is still to be left, from such screens first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import product
from typing import Any

from lms.practice.rules.conditions import Scene, evaluate, holds
from lms.practice.rules.judging import judged
from lms.practice.rules.params import choices, completed
from lms.practice.rules.reducer import ADDRESS, CHOSEN, TAPPED, State, beginning, offered_items, step
from lms.practice.rules.texts import text_of

MAX_STATES = 10_000
MAX_COMBINATIONS = 400
FAILURES = 2
"""After so many variants without a way, and none with one, the others are only looked at briefly."""
OTHER_TEXT = "khác hẳn"
OTHER_AMOUNT = 7
Spec = Mapping[str, Any]
Move = tuple[str, str, int]
"""Verb, control, and which of the values tried there; so a way can be walked in another variant too."""


@dataclass
class Found:
    """What all searches of one practice found together."""

    unreachable: list[dict[str, Any]] = field(default_factory=list)
    """Combinations of parameters for which no passing run was found."""
    combinations: int = 0
    mistakes: set[str] = field(default_factory=set)
    screens: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    """Screens from which some action leads elsewhere."""
    longest: int = 0
    """Actions of the longest shortest way found."""


def way_through(spec: Spec, values: Mapping[str, Any]) -> list[list[Any]] | None:
    """The actions of one passing run of this variant."""
    tables = _Tables(spec)
    way = _way(tables, values, Found(), MAX_STATES)
    if way is None:
        return None
    state, taken = beginning(spec), []
    for wanted in way:
        taken.append(next(action for move, action in _actions(tables, values, state) if move == wanted))
        state = step(spec, values, state, taken[-1])
    return taken


def searched(spec: Spec) -> Found:
    """Every combination of parameters, each value of each parameter at least once."""
    found, tables = Found(), _Tables(spec)
    ways: list[list[Move]] = []
    passing: list[tuple[dict[str, Any], list[Move] | None]] = []
    for picked in combinations(spec):
        values = completed(spec, picked)
        found.combinations += 1
        way = next((known for known in ways if _passes(tables, values, known, found)), None)
        if way is None:
            is_hopeless = len(found.unreachable) >= FAILURES and not ways
            way = _way(tables, values, found, MAX_STATES // 20 if is_hopeless else MAX_STATES)
            if way is None:
                found.unreachable.append(picked)
            else:
                ways.append(way)
        found.longest = max(found.longest, len(way or ()))
        passing.append((picked, way))
    for picked, way in passing:
        if tables.is_all(found):
            break
        _beside(tables, completed(spec, picked), found, way or [])
    for picked, _way_known in passing:
        if tables.is_all(found):
            break
        _explore(tables, completed(spec, picked), found)
    return found


def combinations(spec: Spec) -> Iterator[dict[str, Any]]:
    """All of them where they are few; else every variant with everything a condition asks, the other values in turn."""
    by_name = {param["name"]: choices(param) for param in spec["params"]}
    crossed = list(by_name)
    for wanted in (list(by_name), [*spec["variant"], *_asked(spec)], list(spec["variant"])):
        crossed = [name for name in by_name if name in wanted]
        if _size(by_name, crossed) <= MAX_COMBINATIONS:
            break
    turning = [name for name in by_name if name not in crossed]
    rounds = max((len(by_name[name]) for name in turning), default=1)
    grid = list(product(*(by_name[name] for name in crossed)))
    for at in range(max(len(grid), rounds)):
        picked = dict(zip(crossed, grid[at % len(grid)], strict=True))
        yield {**picked, **{name: by_name[name][at % len(by_name[name])] for name in turning}}


class _Tables:
    """What the search asks of a spec again and again."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.all_mistakes = {mistake["id"] for mistake in spec["mistakes"]}
        self.all_screens = set(spec["screens"])
        self.to_leave = {name for name, screen in spec["screens"].items() if not screen.get("end")}
        self.severity = {mistake["id"]: mistake["severity"] for mistake in spec["mistakes"]}
        conditions = [one for one in _conditions(spec)]
        leaves = [leaf for condition in conditions for leaf in _leaves(condition)]
        self.counted = {leaf["count"][0] for leaf in leaves if "count" in leaf}
        self.asks_visited = any("visited" in leaf for leaf in leaves)
        self.asks_mistakes = any("mistake" in leaf for leaf in leaves)
        self.compared: dict[str, list[Any]] = {}
        for leaf in leaves:
            self._note_compared(leaf)
        self.goal = _leaves(spec["goal"])
        self.wanted = {name: self._wanted_on(name) for name in spec["screens"]}

    def _note_compared(self, leaf: Mapping[str, Any]) -> None:
        [(verb, said)] = leaf.items()
        if verb in ("eq", "ne", "lt", "gte", "in"):
            for this, that in ((said[0], said[1]), (said[1], said[0])):
                if isinstance(this, str) and this.startswith("$"):
                    self.compared.setdefault(this[1:], []).append(that)

    def _wanted_on(self, screen: str) -> list[Any]:
        going = [t for t in self.spec["transitions"] if t["when"] and (not t["from"] or screen in t["from"])]
        return [leaf for one in going for leaf in _leaves(one["when"])]

    def tries(self, item: Mapping[str, Any], values: Mapping[str, Any], state: State) -> list[Any]:
        """Values worth typing: what is expected or compared with, then something else."""
        scene = Scene(values, state)
        named = [scene.named(name) for name in item.get("expect", ())]
        for other in self.compared.get(item["id"], ()):
            known = evaluate(other, scene)
            named += known if isinstance(known, list) else [known]
        if item["kind"] == "money":
            amounts = [one for one in named if type(one) is int and one >= 0]
            near = [number for one in amounts for number in (one - 1, one + 1) if number >= 0]
            return list(dict.fromkeys([*amounts, *near[:2], OTHER_AMOUNT]))
        texts = [text_of(one) for one in named if not text_of(one).startswith("=") and one not in ("other", "")]
        return list(dict.fromkeys([*texts, OTHER_TEXT, ""]))

    def key(self, state: State) -> tuple[Any, ...]:
        kept = [state["screen"], state["done"], tuple(state["vars"].values())]
        kept.append(tuple(sorted((name, text_of(value)) for name, value in state["fields"].items())))
        kept.append(tuple(state["counts"].get(name, 0) for name in sorted(self.counted)))
        kept.append(frozenset(state["visited"]) if self.asks_visited else None)
        kept.append(frozenset(state["mistakes"]) if self.asks_mistakes else len(state["mistakes"]))
        return tuple(kept)

    def is_all(self, found: Found) -> bool:
        """Every mistake made, every screen seen, and every one but the ends left again."""
        return self.all_mistakes <= found.mistakes and self.all_screens <= found.screens and self.to_leave <= found.left

    def may_pass(self, state: State) -> bool:
        made = [self.severity[id] for id in state["mistakes"]]
        rule = self.spec["pass"]
        return bool(made.count("critical") <= rule["critical"] and made.count("minor") <= rule["minor_max"])


def _way(tables: _Tables, values: Mapping[str, Any], found: Found, limit: int) -> list[Move] | None:
    """The moves of a passing run, or None where none was found within the bound."""
    for state, moves in _visited(tables, values, found, limit, tables.may_pass):
        if state["done"] and judged(tables.spec, values, state).passed:
            return moves
    return None


def _beside(tables: _Tables, values: Mapping[str, Any], found: Found, way: list[Move]) -> None:
    """Two presses off the way that passes: there most mistakes are made."""
    for state in _along(tables, values, way):
        for _move, after in _moves(tables, values, state):
            _note(found, state, after)
            for _further, last in _moves(tables, values, after):
                _note(found, after, last)


def _explore(tables: _Tables, values: Mapping[str, Any], found: Found) -> None:
    for leaves_first in (True, False):
        for _state, _taken in _visited(tables, values, found, MAX_STATES // 8, lambda state: True, leaves_first):
            if tables.is_all(found):
                return


def _visited(
    tables: _Tables, values: Mapping[str, Any], found: Found, limit: int, is_wanted: Any, leaves_first: bool = False
) -> Iterator[tuple[State, list[Move]]]:
    first = beginning(tables.spec)
    found.screens.add(first["screen"])
    waiting: list[tuple[Any, int, State, list[Move]]] = [((), 0, first, [])]
    new_here: set[Any] = set()
    known, order = {tables.key(first)}, 0
    while waiting and len(known) <= limit:
        _rank, _order, state, moves = heappop(waiting)
        for move, after in _moves(tables, values, state):
            _note(found, state, after)
            key = tables.key(after)
            if key in known or not is_wanted(after):
                continue
            known.add(key)
            way = [*moves, move]
            yield after, way
            if not after["done"]:
                order += 1
                rank = (leaves_first and after["screen"] in found.left, *_rank_of(tables, values, after, new_here))
                heappush(waiting, (rank, order, after, way))


def _note(found: Found, state: State, after: State) -> None:
    found.mistakes.update(after["mistakes"])
    found.screens.add(after["screen"])
    if after["screen"] != state["screen"]:
        found.left.add(state["screen"])


def _rank_of(tables: _Tables, values: Mapping[str, Any], state: State, new_here: set[Any]) -> tuple[int, ...]:
    scene = Scene(values, state)
    met = sum(holds(leaf, scene) for leaf in tables.wanted[state["screen"]])
    goal = sum(holds(leaf, scene) for leaf in tables.goal)
    atoms: set[Any] = {(state["screen"], goal, name, value) for name, value in state["vars"].items()}
    atoms |= {(state["screen"], goal, name, text_of(value)) for name, value in state["fields"].items()}
    atoms |= {(state["screen"], goal, met)}
    is_new = not atoms <= new_here
    new_here |= atoms
    return (len(state["mistakes"]), 0 if is_new else 1, -goal, -met, state["n"])


def _moves(tables: _Tables, values: Mapping[str, Any], state: State) -> Iterator[tuple[Move, State]]:
    for move, action in _actions(tables, values, state):
        after = step(tables.spec, values, state, action)
        if "invalid" not in after:
            yield move, after


def _actions(tables: _Tables, values: Mapping[str, Any], state: State) -> Iterator[tuple[Move, list[Any]]]:
    for item in offered_items(tables.spec, values, state):
        id = item["id"]
        if item["kind"] in TAPPED:
            yield ("tap", id, 0), ["tap", id]
        elif item["kind"] in CHOSEN:
            for at, option in enumerate(item["options"]):
                yield ("choose", id, at), ["choose", id, option["id"]]
        elif item["kind"] in ("input", "money"):
            for at, value in enumerate(tables.tries(item, values, state)):
                yield ("input", id, at), ["input", id, value]
    if tables.spec["screens"][state["screen"]].get("address"):
        yield ("tap", ADDRESS, 0), ["tap", ADDRESS]
    yield ("back", "", 0), ["back"]


def _passes(tables: _Tables, values: Mapping[str, Any], way: list[Move], found: Found) -> bool:
    """Whether the way that led through another variant leads through this one."""
    state = beginning(tables.spec)
    for wanted in way:
        action = next((action for move, action in _actions(tables, values, state) if move == wanted), None)
        after = step(tables.spec, values, state, action) if action else {"invalid": "gone"}
        if "invalid" in after:
            return False
        _note(found, state, after)
        state = after
    return judged(tables.spec, values, state).passed


def _along(tables: _Tables, values: Mapping[str, Any], way: list[Move]) -> Iterator[State]:
    state = beginning(tables.spec)
    for wanted in way:
        yield state
        state = next((after for move, after in _moves(tables, values, state) if move == wanted), state)


def _size(by_name: Mapping[str, list[Any]], names: list[str]) -> int:
    total = 1
    for name in names:
        total *= len(by_name[name])
    return total


def _asked(spec: Spec) -> set[str]:
    """Parameters a condition looks at, directly or through what is derived; not those only compared with what is typed."""
    derived = {entry["name"]: entry["value"] for entry in spec["derive"]}
    fields = {item["id"] for screen in spec["screens"].values() for item in screen["items"]}
    names: set[str] = set()
    for condition in [*_conditions(spec), *(_ifs(list(derived.values())))]:
        for leaf in _leaves(condition):
            named = set(_names(leaf))
            names |= named if not named & fields else set()
    for name in list(names):
        names |= set(_names(derived.get(name)))
    return names


def _conditions(spec: Spec) -> list[Any]:
    items = [item.get("when") for screen in spec["screens"].values() for item in screen["items"]]
    going = [one["when"] for one in spec["transitions"]]
    ifs = _ifs([one["set"] for one in spec["transitions"]])
    return [one for one in (*items, *going, *ifs, *(m["when"] for m in spec["mistakes"]), spec["goal"]) if one]


def _ifs(value: Any) -> list[Any]:
    """Conditions inside values."""
    if isinstance(value, list):
        return [one for part in value for one in _ifs(part)]
    if not isinstance(value, dict):
        return []
    own = [value["if"]] if "if" in value else []
    return own + [one for key, part in value.items() if key != "if" for one in _ifs(part)]


def _leaves(condition: Any) -> list[Any]:
    [(verb, said)] = condition.items()
    if verb in ("all", "any"):
        return [leaf for one in said for leaf in _leaves(one)]
    return _leaves(said) if verb == "not" else [condition]


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.startswith("$"):
        yield value[1:]
    for part in value if isinstance(value, list) else value.values() if isinstance(value, dict) else ():
        yield from _names(part)
