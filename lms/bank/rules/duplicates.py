"""Which questions ask the same: the same words after folding, or nearly the same ones. Folding is done by the caller."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

SHINGLE = 2
"""Words side by side. Stems are short: with longer runs one changed word would hide a double."""
NEAR = 0.6
"""Shared runs of all runs, from which two stems are shown to a person as perhaps the same."""
COMMON = 200
"""A run that stands in more questions than this tells nothing («ban nen lam»)."""


@dataclass(frozen=True, slots=True, order=True)
class Twin:
    """Two questions that may be one; `first` < `second`."""

    first: str
    second: str
    alike: float
    """1.0: the same words."""


def shingles(folded: str) -> frozenset[Hashable]:
    words = folded.split()
    if len(words) <= SHINGLE:
        return frozenset({tuple(words)}) if words else frozenset()
    return frozenset(tuple(words[n : n + SHINGLE]) for n in range(len(words) - SHINGLE + 1))


def alike(one: str, other: str) -> float:
    """Jaccard: runs of words both have, of all that either has. Nothing is like an empty text."""
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    a, b = shingles(one), shingles(other)
    return len(a & b) / len(a | b)


def twins(folded: Mapping[str, str], near: float = NEAR) -> list[Twin]:
    """All pairs of ids at least so alike, the most alike first; without comparing each with each."""
    runs = {id: shingles(text) for id, text in folded.items()}
    holders: dict[Hashable, list[str]] = defaultdict(list)
    for id in sorted(runs):
        for run in runs[id]:
            holders[run].append(id)
    shared: Counter[tuple[str, str]] = Counter()
    for ids in holders.values():
        if len(ids) <= COMMON:
            shared.update(_pairs(ids))
    shared.update(_same(folded))
    found = [Twin(a, b, alike(folded[a], folded[b])) for a, b in shared]
    return sorted((one for one in found if one.alike >= near), key=lambda one: (-one.alike, one))


def like(text: str, others: Mapping[str, str], near: float = NEAR) -> list[tuple[str, float]]:
    """Which of the others one new text resembles, the most alike first."""
    found = ((id, alike(text, other)) for id, other in others.items())
    return sorted(((id, how) for id, how in found if how >= near), key=lambda one: (-one[1], one[0]))


def _same(folded: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Equal texts are found however common their words are."""
    by_text: dict[str, list[str]] = defaultdict(list)
    for id in sorted(folded):
        if folded[id]:
            by_text[folded[id]].append(id)
    for ids in by_text.values():
        yield from zip(ids, ids[1:], strict=False)


def _pairs(ids: list[str]) -> Iterable[tuple[str, str]]:
    return ((a, b) for n, a in enumerate(ids) for b in ids[n + 1 :])
