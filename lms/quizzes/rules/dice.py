"""Dice that fall alike on every machine: SHA-256 of a seed and a counter, whole numbers only.

The library's `random` may change between Python versions, and a stored seed must give the same form in ten years.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import TypeVar

_RANGE = 1 << 64
Thing = TypeVar("Thing")


class Dice:
    """A stream of throws. `use` keeps streams of one seed apart: what is drawn does not tell how it is shuffled."""

    def __init__(self, seed: str, use: str = "") -> None:
        self._stem = sha256(f"{len(seed)}:{seed}{use}".encode()).digest()
        self._throws = 0

    def below(self, sides: int) -> int:
        """A whole number from 0 up to (excluding) `sides`, each as likely as any other."""
        if sides < 1:
            raise ValueError("dice need a side")
        fair = _RANGE - _RANGE % sides
        while (number := self._next()) >= fair:
            pass
        return number % sides

    def shuffled(self, things: Iterable[Thing]) -> list[Thing]:
        """Fisher–Yates: every order as likely as any other."""
        order = list(things)
        for last in range(len(order) - 1, 0, -1):
            other = self.below(last + 1)
            order[last], order[other] = order[other], order[last]
        return order

    def _next(self) -> int:
        digest = sha256(self._stem + self._throws.to_bytes(8, "big")).digest()
        self._throws += 1
        return int.from_bytes(digest[:8], "big")
