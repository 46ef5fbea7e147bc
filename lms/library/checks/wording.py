"""Words of offices, letters that stand for words, and amounts and days in the house's form. Warnings only."""

import re
from collections.abc import Iterator
from pathlib import Path

from lms.library.books import Books, PlainWords
from lms.library.checks.language import SPOKEN, prose
from lms.library.problems import Findings, Place

LETTERS = re.compile(r"(?<![\w.])[^\W\d_]{2,6}(?![\w.])")
EXPLAINED = re.compile(r"\[\[([^\]|]+)\|")
SAID = re.compile(r"\b(?:stem|text|feedback|explain|say|left|right):\s*(.+)$")
FORMS = (
    (re.compile(r"\b\d[\d.,]*\s?(?:VND|VNĐ|vnd|vnđ)\b"), "số tiền viết như «10.000đ»"),
    (re.compile(r"\b\d{4,}\s?(?:đ|đồng)\b"), "số tiền có dấu chấm ngăn nghìn: «10.000đ»"),
    (re.compile(r"\b\d{1,3}(?:,\d{3})+\s?(?:đ|đồng)\b"), "số tiền ngăn nghìn bằng dấu chấm: «10.000đ»"),
    (re.compile(r"\b\d+k\b"), "số tiền viết đủ: «10.000đ», không viết tắt chữ k"),
    (re.compile(r"\b\d{4}-\d{2}-\d{2}\b"), "ngày viết như «05/09/2026» hoặc «ngày 5 tháng 9»"),
    (re.compile(r"\b\d{1,2}[-.]\d{1,2}[-.]\d{4}\b"), "ngày viết như «05/09/2026» hoặc «ngày 5 tháng 9»"),
)
"""What is written otherwise in Vietnamese (content fact sheet D4), and how the books write it."""


def check(books: Books, findings: Findings) -> None:
    words = books.plain_words
    if words is None:
        return
    office = (
        re.compile(r"\b(?:" + "|".join(map(re.escape, words.office)) + r")\b", re.IGNORECASE) if words.office else None
    )
    for path in dict.fromkeys(lesson.place.path for lesson in books.lessons if lesson.place.path.is_file()):
        known = words.common | set(EXPLAINED.findall(path.read_text("utf-8-sig")))
        for place, line in prose(path):
            _check_line(place, line, office, words, findings)
            _check_letters(place, line, known, findings)
    for path in dict.fromkeys(item.place.path for item in books.items if item.place.path.is_file()):
        for place, line in _said(path):
            _check_line(place, line, office, words, findings)


def _check_line(place: Place, line: str, office: re.Pattern[str] | None, words: PlainWords, findings: Findings) -> None:
    told = SPOKEN.sub("", line)
    for found in office.findall(told) if office else ():
        findings.warning(place, f"«{found}» là chữ của cơ quan, nên viết: {words.office[found.casefold()]}")
    for form, wanted in FORMS:
        for match in form.finditer(told):
            findings.warning(place, f"«{match[0]}»: {wanted}")


def _check_letters(place: Place, line: str, known: frozenset[str], findings: Findings) -> None:
    told = SPOKEN.sub("", line)
    for letters in LETTERS.findall(told):
        if letters.isupper() and letters not in known and not _is_shouted(letters, told):
            findings.warning(
                place, f"chữ tắt «{letters}» chưa được giải thích trong bài, viết [[{letters}|nghĩa]] một lần"
            )


def _is_shouted(letters: str, line: str) -> bool:
    """A word in capitals for its weight («KHÔNG», «BÀI MẪU») has a mark on it, or stands beside another in capitals."""
    if re.search(r"[^A-Z]", letters):
        return True
    words = re.findall(r"[^\W\d_]+", line)
    beside = [
        words[n + step]
        for n, word in enumerate(words)
        if word == letters
        for step in (-1, 1)
        if 0 <= n + step < len(words)
    ]
    return any(word.isupper() and len(word) > 1 for word in beside)


def _said(path: Path) -> Iterator[tuple[Place, str]]:
    """What a question says, line by line of its file."""
    for number, line in enumerate(path.read_text("utf-8-sig").split("\n"), 1):
        if found := SAID.search(line):
            yield Place(path, number), found[1]
