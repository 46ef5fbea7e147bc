"""Moodle XML, written so that Moodle takes it and it reads back the same."""

from collections.abc import Callable, Sequence

from lms.exchange.formats.attached import Attached, folded
from lms.exchange.formats.entries import MARKS
from lms.exchange.formats.found import Found, Given, Trouble
from lms.exchange.formats.lesser import as_written
from lms.exchange.formats.moodle_files import PLACE
from lms.exchange.formats.xml_text import text

_TYPES = frozenset({"single", "multiple", "truefalse", "short", "numeric", "matching", "ordering", "cloze"})
_CARRIED = frozenset(
    {
        "competency",
        "level",
        "critical",
        "pool",
        "explain",
        "band",
        "wrong",
        "near",
        "reject",
        "image",
        "alt",
        "audio",
        "transcript",
    }
)
_NAMES = {
    "cloze": "cloze",
    "matching": "matching",
    "multiple": "multichoice",
    "numeric": "numerical",
    "ordering": "ordering",
    "short": "shortanswer",
    "single": "multichoice",
    "truefalse": "truefalse",
}
_GAPS = {"short": "SHORTANSWER", "numeric": "NUMERICAL", "single": "MULTICHOICE"}


def write(founds: Sequence[Found]) -> tuple[str, list[Trouble]]:
    """The file, and what it could not carry, by the number of the question."""
    written, lost = as_written(founds, "Moodle", _TYPES, _CARRIED)
    told: list[str] = []
    category = ""
    for number, found in written:
        if found.category and found.category != category:
            category = found.category
            told.append(f'<question type="category"><category><text>{text(category)}</text></category></question>')
        told.append(_question(found, number))
    return '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n' + "\n".join(told) + "\n</quiz>\n", lost


def _question(found: Found, number: int) -> str:
    stem = _with_gaps(found) if found.type == "cloze" else found.stem
    name = found.name or f"Câu {number}"
    inside = "".join(
        (
            f"<name><text>{text(name)}</text></name>",
            _stem(stem, found.files),
            _said("generalfeedback", found.explain),
            "<defaultgrade>1</defaultgrade>",
            _WRITERS[found.type](found) if found.type in _WRITERS else "",
            _tags(found),
        )
    )
    return f'<question type="{_NAMES[found.type]}">{inside}</question>'


def _stem(said: str, files: Sequence[Attached]) -> str:
    """Its picture and recording stand behind the words, as Moodle's Markdown shows them."""
    shown = [said, *(f"{'!' * (one.key == 'image')}[{_bare(one.words)}]({PLACE}{one.name})" for one in files)]
    joined = "\n\n".join(shown)
    held = "".join(
        f'<file name="{one.name}" path="/" encoding="base64">{folded(one.medium.content)}</file>' for one in files
    )
    return f'<questiontext format="markdown"><text>{text(joined)}</text>{held}</questiontext>'


def _bare(words: str) -> str:
    return words.replace("[", "(").replace("]", ")")


def _choice(found: Found) -> str:
    single = "true" if found.type == "single" else "false"
    head = f"<single>{single}</single><shuffleanswers>true</shuffleanswers><answernumbering>abc</answernumbering>"
    return head + _answers(found.answers)


def _truefalse(found: Found) -> str:
    yes, no = found.answers
    return "".join(
        f'<answer fraction="{_percent(one)}" format="moodle_auto_format"><text>{said}</text>{_feedback(one)}</answer>'
        for one, said in ((yes, "true"), (no, "false"))
    )


def _short(found: Found) -> str:
    return "<usecase>0</usecase>" + _answers(found.answers, "moodle_plain")


def _numeric(found: Found) -> str:
    return "".join(
        f'<answer fraction="{_percent(one)}" format="moodle_plain"><text>{text(one.text)}</text>'
        f"<tolerance>{one.tolerance!r}</tolerance>{_feedback(one)}</answer>"
        for one in found.answers
    )


def _matching(found: Found) -> str:
    return "<shuffleanswers>true</shuffleanswers>" + "".join(
        f'<subquestion format="markdown"><text>{text(one.text)}</text><answer><text>{text(one.match)}</text></answer>'
        "</subquestion>"
        for one in found.answers
    )


def _ordering(found: Found) -> str:
    head = (
        "<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype><gradingtype>LONGEST_ORDERED_SUBSET</gradingtype>"
    )
    return head + "".join(
        f'<answer fraction="{place}" format="markdown"><text>{text(one.text)}</text></answer>'
        for place, one in enumerate(found.answers, 1)
    )


_WRITERS: dict[str, Callable[[Found], str]] = {
    "matching": _matching,
    "multiple": _choice,
    "numeric": _numeric,
    "ordering": _ordering,
    "short": _short,
    "single": _choice,
    "truefalse": _truefalse,
}


def _answers(answers: Sequence[Given], kind: str = "markdown") -> str:
    return "".join(
        f'<answer fraction="{_percent(one)}" format="{kind}"><text>{text(one.text)}</text>{_feedback(one)}</answer>'
        for one in answers
    )


def _feedback(one: Given) -> str:
    return _said("feedback", one.feedback)


def _said(tag: str, said: str) -> str:
    return f'<{tag} format="markdown"><text>{text(said)}</text></{tag}>' if said else ""


def _percent(one: Given) -> str:
    return f"{one.fraction * 100:.5f}".rstrip("0").rstrip(".") or "0"


def _tags(found: Found) -> str:
    told = [f"<tag><text>{text(name)}:{text(value)}</text></tag>" for name, value in found.marks if name in MARKS]
    return f"<tags>{''.join(told)}</tags>" if told else ""


def _with_gaps(found: Found) -> str:
    said = found.stem
    for gap in dict.fromkeys(one.gap for one in found.answers):
        place, _, kind = gap.partition(":")
        answers = [one for one in found.answers if one.gap == gap]
        told = "~".join(_gap_answer(one, kind) for one in answers)
        said = said.replace(f"[[{place}]]", f"{{{answers[0].weight}:{_GAPS[kind]}:{told}}}")
    return said


def _gap_answer(one: Given, kind: str) -> str:
    sign = "=" if one.fraction >= 1 else f"%{_percent(one)}%" if one.fraction else ""
    near = f":{one.tolerance:.12f}".rstrip("0").rstrip(".") if kind == "numeric" else ""
    feedback = f"#{_escaped(one.feedback)}" if one.feedback else ""
    return f"{sign}{_escaped(one.text)}{near}{feedback}"


def _escaped(said: str) -> str:
    for sign in '\\}#~/"':
        said = said.replace(sign, f"\\{sign}")
    return said
