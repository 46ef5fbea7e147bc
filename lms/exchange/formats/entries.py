"""Between what formats speak of (`Found`) and what the house keeps: one entry of questions.yaml."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from lms.exchange.formats.attached import keys_of
from lms.exchange.formats.found import Found, Given
from lms.library.item_types import ASKS_BY_ITSELF, TYPES
from lms.vietnamese import parse_number

Entry = dict[str, Any]

MARKS = ("competency", "level", "critical", "pool")
_TRUE_FALSE = (("dung", "Đúng"), ("sai", "Sai"))
_SAID_COUNT = re.compile(r"chọn\s+(\d+)", re.IGNORECASE)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def entry_of(found: Found) -> Entry:
    """What the bank keeps of a question from outside; what it came with from here stays as it was."""
    if found.entry is not None:
        return dict(found.entry)
    entry: Entry = {"type": found.type, "stem": found.stem, **_ENTRIES[found.type](found)}
    entry |= {name: value for name, value in found.marks if name in MARKS and value}
    if found.explain:
        entry["explain"] = found.explain
    return entry | keys_of(found.files)


def found_of(entry: Mapping[str, Any], name: str = "", category: str = "", line: int = 0) -> Found:
    """An entry as formats can write it. Raises KeyError, TypeError or ValueError where it is none."""
    kind = str(entry["type"])
    if kind not in TYPES:
        raise KeyError(kind)
    stem, answers = _FOUNDS.get(kind, _only_asked)(entry)
    marks = tuple((mark, str(entry[mark])) for mark in MARKS if entry.get(mark))
    explain = str(entry.get("explain") or "")
    return Found(line, kind, stem, tuple(answers), explain, name, category, marks=marks, entry=entry)


def as_texts(value: Any) -> Any:
    """Every scalar as text, as the bank keeps what an author wrote."""
    if isinstance(value, Mapping):
        return {str(name): as_texts(one) for name, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [as_texts(one) for one in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def as_number(text: str) -> Decimal | None:
    """A number as our files write it («115.000», «2,5») or, failing that, as other systems do (2.5, 1e3)."""
    said = parse_number(text)
    return as_foreign_number(text) if said is None else said


def as_foreign_number(text: str) -> Decimal | None:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) <= 30 else None


def number_here(text: str) -> str:
    """2.5 → «2,5»; what is no number stays, for the bank to say so."""
    value = as_foreign_number(text)
    return text if value is None else plain_number(value).replace(".", ",")


def plain_number(value: Decimal) -> str:
    said = f"{value:f}"
    return (said.rstrip("0").rstrip(".") or "0") if "." in said else said


def _options(answers: tuple[Given, ...], from_fraction: float = 0.0) -> list[Entry]:
    options = []
    for name, one in zip(_names("", len(answers)), answers, strict=True):
        option: Entry = {"id": name, "text": one.text}
        option |= {"correct": True} if one.fraction > from_fraction else {}
        option |= {"feedback": one.feedback} if one.feedback else {}
        options.append(option)
    return options


def _names(head: str, count: int) -> list[str]:
    if not head and count <= len(_LETTERS):
        return list(_LETTERS[:count])
    return [f"{head or 'o'}{n}" for n in range(1, count + 1)]


def _single(found: Found) -> Entry:
    return {"options": _options(found.answers, 0.999)}


def _multiple(found: Found) -> Entry:
    said = _SAID_COUNT.search(found.stem)
    right = sum(one.fraction > 0 for one in found.answers)
    told = bool(said) and said[1] == str(right)  # type: ignore[index]
    return {"options": _options(found.answers), **({} if told else {"hide_count": True})}


def _truefalse(found: Found) -> Entry:
    yes, no = found.answers
    said = {key: one.feedback for (key, _), one in zip(_TRUE_FALSE, (yes, no), strict=True) if one.feedback}
    return {"answer": "dung" if yes.fraction >= 1 else "sai", **({"feedback": said} if said else {})}


def _matching(found: Found) -> Entry:
    pairs = [one for one in found.answers if one.text]
    extra = [one.match for one in found.answers if not one.text]
    rows = [
        {"id": name, "left": one.text, "right": one.match, **({"feedback": one.feedback} if one.feedback else {})}
        for name, one in zip(_names("p", len(pairs)), pairs, strict=True)
    ]
    return {"pairs": rows, **({"extra_right": extra} if extra else {})}


def _ordering(found: Found) -> Entry:
    names = _names("e", len(found.answers))
    return {"items": [{"id": name, "text": one.text} for name, one in zip(names, found.answers, strict=True)]}


def _numeric(found: Found) -> Entry:
    return _number_asked(found.answers)


def _number_asked(answers: tuple[Given, ...]) -> Entry:
    right = next((one for one in answers if one.fraction >= 1), answers[0])
    entry: Entry = {"answer": number_here(right.text)}
    if right.tolerance:
        entry["tolerance"] = {"abs": number_here(repr(right.tolerance))}
    half = next((one for one in answers if 0 < one.fraction < 1 and one.text == right.text), None)
    if half is not None:
        entry["band"] = {"abs": number_here(repr(half.tolerance))}
    wrong = [one for one in answers if one.fraction <= 0 and one.feedback]
    if wrong:
        entry["wrong"] = [{"value": number_here(one.text), "feedback": one.feedback} for one in wrong]
    return entry


def _short(found: Found) -> Entry:
    return _words_asked(found.answers)


def _words_asked(answers: tuple[Given, ...]) -> Entry:
    entry: Entry = {"accept": [one.text for one in answers if one.fraction >= 1]}
    near = [one.text for one in answers if 0 < one.fraction < 1]
    reject = [one.text for one in answers if one.fraction <= 0]
    return entry | ({"near": near} if near else {}) | ({"reject": reject} if reject else {})


def _cloze(found: Found) -> Entry:
    gaps: Entry = {}
    for gap in dict.fromkeys(one.gap for one in found.answers):
        name, _, kind = gap.partition(":")
        answers = tuple(one for one in found.answers if one.gap == gap)
        asked = _GAPS[kind](answers)
        weight = min(answers[0].weight, 9)
        gaps[name] = {"type": kind, **asked, **({"weight": weight} if weight > 1 else {})}
    return {"stem": "Điền vào chỗ trống cho đúng.", "text": found.stem, "gaps": gaps}


def _hotspot(found: Found) -> Entry:
    regions = []
    for name, one in zip(_names("r", len(found.answers)), found.answers, strict=True):
        left, top, width, height = one.box or (0, 0, 100, 100)
        left, top = min(max(round(left), 0), 99), min(max(round(top), 0), 99)
        box = [left, top, min(max(round(width), 1), 100 - left), min(max(round(height), 1), 100 - top)]
        region: Entry = {"id": name, "box": box, "alt": one.text}
        region |= {"target": True} if one.fraction > 0 else {}
        regions.append(region | ({"feedback": one.feedback} if one.feedback else {}))
    return {"regions": regions, "hide_count": True}


_GAPS: dict[str, Callable[[tuple[Given, ...]], Entry]] = {
    "numeric": _number_asked,
    "short": _words_asked,
    "single": lambda answers: {"options": _options(answers, 0.999)},
}
_ENTRIES: dict[str, Callable[[Found], Entry]] = {
    "cloze": _cloze,
    "hotspot": _hotspot,
    "matching": _matching,
    "multiple": _multiple,
    "numeric": _numeric,
    "ordering": _ordering,
    "short": _short,
    "single": _single,
    "truefalse": _truefalse,
}

_Said = tuple[str, list[Given]]


def _from_options(entry: Mapping[str, Any]) -> _Said:
    options = entry["options"]
    right = sum(_is(one.get("correct")) for one in options)
    wrong = len(options) - right
    several = entry["type"] == "multiple"
    plus = round(1 / right, 7) if several and right else 1.0
    minus = -round(1 / wrong, 7) if several and wrong else 0.0
    return _stem(entry), [
        Given(str(one["text"]), plus if _is(one.get("correct")) else minus, _said(one)) for one in options
    ]


def _from_truefalse(entry: Mapping[str, Any]) -> _Said:
    said = entry.get("feedback") or {}
    return _stem(entry), [
        Given(text, float(str(entry["answer"]) == key), str(said.get(key) or "")) for key, text in _TRUE_FALSE
    ]


def _from_pairs(entry: Mapping[str, Any]) -> _Said:
    pairs = [Given(str(one["left"]), 1.0, _said(one), match=str(one["right"])) for one in entry["pairs"]]
    extra = [Given("", 0.0, match=str(one)) for one in _texts(entry.get("extra_right"))]
    return _stem(entry), [*pairs, *extra]


def _from_items(entry: Mapping[str, Any]) -> _Said:
    return _stem(entry), [Given(str(one["text"]), 1.0) for one in entry["items"]]


def _from_number(entry: Mapping[str, Any]) -> _Said:
    return _stem(entry), _numbers(entry)


def _numbers(entry: Mapping[str, Any]) -> list[Given]:
    value = _decimal(entry["answer"])
    said = plain_number(value)
    answers = [Given(said, 1.0, tolerance=_width(entry.get("tolerance"), value))]
    if entry.get("band"):
        answers.append(Given(said, 0.5, tolerance=_width(entry["band"], value)))
    wrong = entry.get("wrong") or ()
    return answers + [Given(plain_number(_decimal(one["value"])), 0.0, _said(one)) for one in wrong]


def _from_words(entry: Mapping[str, Any]) -> _Said:
    return _stem(entry), _words(entry)


def _words(entry: Mapping[str, Any]) -> list[Given]:
    return [
        Given(text, fraction)
        for name, fraction in (("accept", 1.0), ("near", 0.5), ("reject", 0.0))
        for text in _texts(entry.get(name))
    ]


def _from_gaps(entry: Mapping[str, Any]) -> _Said:
    answers = []
    for name, gap in entry["gaps"].items():
        kind = str(gap["type"])
        told = _from_options(gap)[1] if kind == "single" else _words(gap) if kind == "short" else _numbers(gap)
        weight = int(gap.get("weight") or 1)
        answers += [
            Given(one.text, one.fraction, one.feedback, tolerance=one.tolerance, gap=f"{name}:{kind}", weight=weight)
            for one in told
        ]
    return str(entry["text"]), answers


def _from_regions(entry: Mapping[str, Any]) -> _Said:
    regions = entry["regions"]
    right = sum(_is(one.get("target")) for one in regions) or 1
    wrong = len(regions) - right or 1
    return _stem(entry), [
        Given(
            str(one["alt"]),
            round(1 / right, 7) if _is(one.get("target")) else -round(1 / wrong, 7),
            _said(one),
            box=tuple(float(side) for side in one["box"]),
        )
        for one in regions
    ]


def _only_asked(entry: Mapping[str, Any]) -> _Said:
    """Of a type no other system has: each format names it, and our own package carries its entry."""
    return _stem(entry), []


def _from_nodes(entry: Mapping[str, Any]) -> _Said:
    return str(entry.get("stem") or entry["nodes"][entry["start"]]["say"]), []


_FOUNDS: dict[str, Callable[[Mapping[str, Any]], _Said]] = {
    "cloze": _from_gaps,
    "hotspot": _from_regions,
    "matching": _from_pairs,
    "multiple": _from_options,
    "numeric": _from_number,
    "ordering": _from_items,
    "scenario": _from_nodes,
    "short": _from_words,
    "single": _from_options,
    "truefalse": _from_truefalse,
}


def _stem(entry: Mapping[str, Any]) -> str:
    return str(entry.get("stem") or ASKS_BY_ITSELF.get(str(entry["type"]), ""))


def _said(row: Mapping[str, Any]) -> str:
    return str(row.get("feedback") or "")


def _is(value: object) -> bool:
    return str(value).lower() == "true"


def _texts(value: object) -> list[str]:
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]


def _decimal(value: object) -> Decimal:
    number = as_number(str(value))
    if number is None:
        raise ValueError(f"not a number: {value}")
    return number


def _width(raw: Mapping[str, Any] | None, value: Decimal) -> float:
    """The wider of the absolute and the relative tolerance, as one absolute number."""
    if not raw:
        return 0.0
    near = [_decimal(raw[name]) * (abs(value) if name == "rel" else 1) for name in ("abs", "rel") if raw.get(name)]
    return float(max(near, default=Decimal(0)))
