"""Aiken: a line of question, lines `A. …`, and `ANSWER: B`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from lms.exchange.formats.found import Found, Given, Trouble, checked
from lms.exchange.formats.lesser import as_written, or_true_false, without_feedback

_OPTION = re.compile(r"\s*([A-Z])[.)](\s*)(\S.*|)")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ANSWER = re.compile(r"\s*ANSWER\s*:\s*(.*?)\s*", re.IGNORECASE)


def read(text: str) -> list[Found]:
    found: list[Found] = []
    stem: list[str] = []
    options: list[tuple[str, str]] = []
    begun = 0
    for number, line in enumerate(text.splitlines(), 1):
        answer, option = _ANSWER.fullmatch(line), _option(line, len(options)) if stem else None
        if answer:
            found.append(_question(begun or number, stem, options, answer[1].upper()))
            stem, options, begun = [], [], 0
        elif option:
            options.append(option)
        elif line.strip():
            if options:
                found.append(_question(begun, stem, options, ""))
                stem, options, begun = [], [], 0
            begun = begun or number
            stem.append(line.strip())
    if stem or options:
        found.append(_question(begun, stem, options, ""))
    return checked(found)


def write(founds: Sequence[Found]) -> tuple[str, list[Trouble]]:
    """The text, and what it could not carry, by the number of the question."""
    lost: list[Trouble] = []
    blocks = []
    for number, found in enumerate(founds, 1):
        held, said = as_written([found], "Aiken", frozenset({"single"}), frozenset())
        lost += [replace(one, line=number) for one in said]
        if not held:
            continue
        if len(found.answers) > len(_LETTERS):
            lost.append(Trouble(number, "Câu có quá 26 phương án, Aiken không ghi được."))
            continue
        lost += without_feedback(number, found, "Aiken")
        lines = [_one_line(found.stem)]
        lines += [f"{letter}. {_one_line(one.text)}" for letter, one in zip(_LETTERS, found.answers, strict=False)]
        if any("\n" in one for one in (found.stem, *(answer.text for answer in found.answers))):
            lost.append(Trouble(number, "Aiken viết mỗi ý trên một dòng; chỗ xuống dòng thành dấu cách.", "note"))
        right = next(letter for letter, one in zip(_LETTERS, found.answers, strict=False) if one.fraction >= 1)
        blocks.append("\n".join([*lines, f"ANSWER: {right}"]))
    return "\n\n".join(blocks) + "\n", lost


def _one_line(said: str) -> str:
    return " ".join(said.split())


def _option(line: str, known: int) -> tuple[str, str] | None:
    """Its letter and words. Files of others leave out the space behind the letter: then it must be the next letter in turn,
    or a stem like «V.A.T. là gì» would be taken for one."""
    found = _OPTION.fullmatch(line)
    if found is None or not (found[2] or found[1] == _LETTERS[known : known + 1]):
        return None
    return found[1], found[3].strip()


def _question(line: int, stem: list[str], options: list[tuple[str, str]], answer: str) -> Found:
    troubles = []
    letters = [letter for letter, _ in options]
    if answer and answer not in _LETTERS:
        troubles.append(Trouble(line, f"Sau «ANSWER:» phải là một chữ cái của phương án, đang là «{answer[:40]}»."))
    elif not answer:
        troubles.append(Trouble(line, "Thiếu dòng «ANSWER: …» sau các phương án."))
    elif answer not in letters:
        troubles.append(Trouble(line, f"Đáp án «{answer}» không có trong các phương án."))
    if len(set(letters)) != len(letters):
        troubles.append(Trouble(line, "Hai phương án trùng chữ cái."))
    answers = tuple(Given(text, float(letter == answer)) for letter, text in options)
    return or_true_false(Found(line, "single", "\n".join(stem), answers, problems=tuple(troubles)))
