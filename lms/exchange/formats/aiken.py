"""Aiken: a line of question, lines `A. …`, and `ANSWER: B`."""

import re

from lms.exchange.formats.found import Found, Given, Trouble, checked

_OPTION = re.compile(r"\s*([A-Z])[.)]\s+(.*)")
_ANSWER = re.compile(r"\s*ANSWER:\s*([A-Z])\s*", re.IGNORECASE)


def read(text: str) -> list[Found]:
    found: list[Found] = []
    stem: list[str] = []
    options: list[tuple[str, str]] = []
    begun = 0
    for number, line in enumerate(text.splitlines(), 1):
        answer, option = _ANSWER.fullmatch(line), _OPTION.fullmatch(line)
        if answer:
            found.append(_question(begun or number, stem, options, answer[1].upper()))
            stem, options, begun = [], [], 0
        elif option and stem:
            options.append((option[1], option[2].strip()))
        elif line.strip():
            if options:
                found.append(_question(begun, stem, options, ""))
                stem, options, begun = [], [], 0
            begun = begun or number
            stem.append(line.strip())
    if stem or options:
        found.append(_question(begun, stem, options, ""))
    return checked(found)


def _question(line: int, stem: list[str], options: list[tuple[str, str]], answer: str) -> Found:
    troubles = []
    letters = [letter for letter, _ in options]
    if not answer:
        troubles.append(Trouble(line, "Thiếu dòng «ANSWER: …» sau các phương án."))
    elif answer not in letters:
        troubles.append(Trouble(line, f"Đáp án «{answer}» không có trong các phương án."))
    if len(set(letters)) != len(letters):
        troubles.append(Trouble(line, "Hai phương án trùng chữ cái."))
    answers = tuple(Given(text, float(letter == answer)) for letter, text in options)
    return Found(line, "single", "\n".join(stem), answers, problems=tuple(troubles))
