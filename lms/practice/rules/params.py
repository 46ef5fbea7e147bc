"""Drawing a variant from a seed: the same in both languages, on every machine, for ever."""

import hashlib
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from lms.practice.rules.conditions import Scene, evaluate

Spec = Mapping[str, Any]
Values = dict[str, Any]


def draw(seed: str, position: int, count: int) -> int:
    """One of `count`: the first six bytes of SHA-256 over «seed:position», modulo."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{position}".encode()).digest()[:6]) % count


def choices(param: Mapping[str, Any]) -> list[Any]:
    """Everything a parameter can be, in order."""
    if "pick" in param:
        return list(param["pick"])
    low, high = param["int"]
    return [value * param["times"] for value in range(low, high + 1, param["step"])]


def drawn(spec: Spec, seed: str) -> Values:
    """Every parameter from the seed, then what is derived from them."""
    picked = {}
    for position, param in enumerate(spec["params"]):
        open_to = choices(param)
        picked[param["name"]] = open_to[draw(seed, position, len(open_to))]
    return completed(spec, picked)


def completed(spec: Spec, picked: Mapping[str, Any]) -> Values:
    """Parameters with the derived values, each of which may use those above it."""
    values = dict(picked)
    nothing: dict[str, Any] = {"vars": {}, "fields": {}, "visited": [], "mistakes": [], "counts": {}}
    for entry in spec["derive"]:
        values[entry["name"]] = evaluate(entry["value"], Scene(values, nothing))
    return values


def variant_of(spec: Spec, values: Mapping[str, Any]) -> str:
    """Practice and the parameters that make a really different exercise: the same text means the same exercise again."""
    return ":".join([spec["id"], *(f"{name}={values[name]}" for name in spec["variant"])])


def variants(spec: Spec) -> Iterator[dict[str, Any]]:
    """Every combination of the parameters that make a variant."""
    by_name = {param["name"]: choices(param) for param in spec["params"]}
    for combination in product(*(by_name[name] for name in spec["variant"])):
        yield dict(zip(spec["variant"], combination, strict=True))
