"""Who stands above whom and when: pure interval arithmetic over dated links. `until` is the first day no longer in it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Span:
    """From a day until (excluding) another; no end when `until` is None."""

    start: date
    until: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Link:
    child: int
    parent: int
    span: Span


def overlap(one: Span, other: Span) -> Span | None:
    """The days both hold, or None."""
    start = max(one.start, other.start)
    ends = [end for end in (one.until, other.until) if end is not None]
    until = min(ends) if ends else None
    return Span(start, until) if until is None or start < until else None


def merged(spans: Iterable[Span]) -> list[Span]:
    """Touching and overlapping spans become one; sorted."""
    result: list[Span] = []
    for span in sorted(spans, key=lambda s: s.start):
        last = result[-1] if result else None
        if last and (last.until is None or span.start <= last.until):
            until = None if last.until is None or span.until is None else max(last.until, span.until)
            result[-1] = Span(last.start, until)
        else:
            result.append(span)
    return result


def paths(units: Iterable[int], own: Mapping[int, Span], links: Iterable[Link]) -> dict[tuple[int, int], list[Span]]:
    """(ancestor, descendant) → when, for each of `units` as descendant, itself included. A loop in the links ends quietly."""
    by_child: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        by_child[link.child].append(link)
    found: dict[tuple[int, int], list[Span]] = {}
    for unit in units:
        above: dict[int, list[Span]] = defaultdict(list)
        _climb(unit, own[unit], by_child, above, {unit})
        for ancestor, spans in above.items():
            found[(ancestor, unit)] = merged(spans)
    return found


def _climb(
    unit: int, span: Span, by_child: Mapping[int, list[Link]], above: dict[int, list[Span]], seen: set[int]
) -> None:
    above[unit].append(span)
    for link in by_child.get(unit, ()):
        part = overlap(span, link.span)
        if part and link.parent not in seen:
            _climb(link.parent, part, by_child, above, seen | {link.parent})


def parent_problem(child_level: str, parent_level: str) -> str:
    """Empty when a unit of one level may stand under the other, else the sentence why not."""
    order = {"province": 0, "grouping": 1, "district": 2, "commune": 3, "village": 4}
    if order[parent_level] >= order[child_level]:
        return "Đơn vị cấp trên phải ở cấp cao hơn. Chọn lại đơn vị cấp trên."
    if child_level == "village" and parent_level != "commune":
        return "Thôn phải thuộc một xã, phường hoặc thị trấn."
    return ""


def numbers_in(text: str, most: int) -> set[int] | None:
    """«1-80, 95» as numbers from 1 to `most`; None when it cannot be read so."""
    found: set[int] = set()
    for part in filter(None, (piece.strip() for piece in re.split(r"[,;]", text))):
        match = re.fullmatch(r"(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?", part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= most:
            return None
        found.update(range(first, last + 1))
    return found
