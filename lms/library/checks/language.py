"""Reading made easy: short sentences, one form of address. Warnings only: an author may have a reason."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lms.library.books import Books
from lms.library.problems import Findings, Place

MAX_WORDS = 20
EASY_WORDS = 14
"""Words per sentence that a 12-year-old and a farmer both read with ease (content fact sheet C5: 15–20)."""
SPOKEN = re.compile(r"«[^»]*»|“[^”]*”|`[^`]*`")
ASIDE = re.compile(r"\{\{.*?\}\}|\[\[([^\]|]*)\|[^\]]*\]\]")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
SENTENCE_END = re.compile(r"(?<=[.!?…:;])\s+|\s*→\s*")
TO_PUPIL = re.compile(
    r"(?:(?:^|[.!?:]\s+)Em|[,;]\s+em|\b(?:của|cho|giúp|nhờ|Mời|mời) em)\b(?!\s+(?:bé|gái|trai|[A-ZĐ]))"
)
TO_ADULT = re.compile(
    r"(?:(?:^|[.!?:]\s+)Bác|[,;]\s+bác|\b(?:của|cho|giúp|nhờ|Mời|mời) bác)\b(?!\s+[A-ZĐÁÀẢÃẠÂĂÊÔƠƯÝ])"
)
NOT_PROSE = ("|", "#", ":::", "    ", "---")


def check(books: Books, findings: Findings) -> None:
    for lesson in books.lessons:
        if lesson.place.path.is_file():
            _check_page(lesson.place.path, findings)


def _check_page(path: Path, findings: Findings) -> None:
    pupil: Place | None = None
    adult: Place | None = None
    for place, line in prose(path):
        for sentence in SENTENCE_END.split(line):
            words = _words(sentence)
            if words > MAX_WORDS:
                findings.warning(place, f"câu dài {words} chữ, nên từ {MAX_WORDS} trở xuống: «{sentence[:40]}…»")
        told = SPOKEN.sub("", line)
        pupil = pupil or (place if TO_PUPIL.search(told) else None)
        adult = adult or (place if TO_ADULT.search(told) else None)
    if pupil and adult:
        findings.warning(
            max(pupil, adult),
            f"trang này gọi người đọc vừa là «em» (dòng {pupil.line}) vừa là «bác» (dòng {adult.line})",
        )


@dataclass(frozen=True)
class Ease:
    """How a lesson reads, in syllables (Vietnamese writes each apart). No published formula for Vietnamese was at hand, so
    these are counts and say no more than they count.
    """

    lesson: str
    sentences: int
    mean: float
    """Syllables a sentence."""
    long: float
    """Share of sentences over EASY_WORDS."""
    longest: int


def ease(books: Books) -> list[Ease]:
    """A line a lesson, the hardest first."""
    found = [_ease(lesson.id, lesson.place.path) for lesson in books.lessons if lesson.place.path.is_file()]
    return sorted(found, key=lambda one: -one.mean)


def _ease(lesson_id: str, path: Path) -> Ease:
    counts = [n for _place, line in prose(path) for one in SENTENCE_END.split(line) if (n := _words(one))]
    long = sum(n > EASY_WORDS for n in counts)
    total = len(counts) or 1
    return Ease(lesson_id, len(counts), sum(counts) / total, long / total, max(counts, default=0))


def _words(sentence: str) -> int:
    return len(re.findall(r"\w+(?:[-/.]\w+)*", sentence))


def prose(path: Path) -> Iterator[tuple[Place, str]]:
    """Lines of running text outside the front matter, tables, drawn screens and stories, without marks."""
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    fences = 0
    block = ""
    for number, line in enumerate(lines, 1):
        fences += line.rstrip() == "---" and fences < 2
        if line.startswith(":::"):
            block = line[3:].split()[0] if line[3:].split() else ""
        if fences < 2 or block in ("man-hinh", "chuyen") or line.startswith(NOT_PROSE):
            continue
        text = LINK.sub(r"\1", ASIDE.sub(r"\1", line))
        text = re.sub(r"^\s*(?:[-*>]|\d+\.)\s+", "", text).replace("*", "").strip()
        if text:
            yield Place(path, number), text
