"""The words of a QTI element: its markup as Markdown, its pictures and interactions as places in the text."""

import html
import re
from collections.abc import Callable, Iterator

from lms.documents.markup import Element
from lms.exchange.formats.html import as_markdown

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SHOWN = frozenset(
    {"p", "br", "strong", "b", "em", "i", "li", "div", "img", "script", "style", "iframe", "table", "svg"}
)
_FILES = {"img": "src", "audio": "src", "video": "src", "source": "src", "object": "data", "math": ""}
_NOT_WORDS = frozenset(
    {"feedback-inline", "feedback-block", "rubric-block", "template-block", "template-inline", "stylesheet", "prompt"}
)

Placed = Callable[[Element], str | None]


def kind_of(element: Element) -> str:
    """`qti-choice-interaction` of QTI 3 and `choiceInteraction` of QTI 2 are one kind."""
    return _HUMP.sub("-", element.tag).lower().removeprefix("qti-")


def told(element: Element | None, name: str, otherwise: str = "") -> str:
    """An attribute, whichever of both spellings: `max-choices` or `maxChoices`."""
    if element is None:
        return otherwise
    head, *rest = name.split("-")
    humped = head + "".join(word.capitalize() for word in rest)
    return element.attributes.get(name, element.attributes.get(humped, otherwise)).strip()


def below(element: Element, *kinds: str) -> Iterator[Element]:
    """All elements of these kinds inside, at any depth, in order."""
    for child in element.children:
        if kind_of(child) in kinds:
            yield child
        yield from below(child, *kinds)


def among(element: Element | None, kind: str) -> list[Element]:
    return [one for one in element.children if kind_of(one) == kind] if element is not None else []


def words_of(element: Element, placed: Placed = lambda _: None) -> tuple[str, list[str]]:
    """Markdown of everything inside, and a sentence for each thing left behind. `placed` may put text for an element."""
    lost: list[str] = []
    source = "".join(_html(element, placed, lost))
    text, gone = as_markdown(source)
    text = re.sub(r" {2,}", " ", re.sub(r" *\n *", "\n", text)).strip()
    return text, [*dict.fromkeys((*lost, *gone))]


def _html(element: Element, placed: Placed, lost: list[str]) -> Iterator[str]:
    for part in element.parts:
        if isinstance(part, str):
            yield html.escape(re.sub(r"\s+", " ", part), quote=False)
            continue
        kind, put = kind_of(part), placed(part)
        if put is not None:
            yield html.escape(put, quote=False)
        elif (kind in _NOT_WORDS and not _is_for_learners(part)) or kind.endswith("interaction"):
            continue
        else:
            lost += _named(part, kind)
            yield from _marked(part, kind, placed, lost)


def _marked(part: Element, kind: str, placed: Placed, lost: list[str]) -> Iterator[str]:
    if kind == "img":
        yield f'<img alt="{html.escape(told(part, "alt"))}">'
        return
    shown = kind if kind in _SHOWN else "strong" if re.fullmatch(r"h[1-6]", kind) else ""
    opened, closed = (f"<{shown}>", f"</{shown}>") if shown else ("", " " if kind in ("td", "th", "tr", "dd") else "")
    yield opened
    yield from _html(part, placed, lost)
    yield closed


def file_in(part: Element) -> tuple[str, str]:
    """(image or audio, its name) of an element that shows or plays a file; empty of any other."""
    kind = kind_of(part)
    if kind == "img":
        return "image", told(part, "src")
    if kind == "object":
        key, _, kind_of_it = told(part, "type").partition("/")
        if kind_of_it == "svg+xml":  # never taken
            return "", ""
        return (key if key in ("image", "audio") else ""), told(part, "data")
    if kind == "audio":
        return "audio", told(part, "src") or told(next(below(part, "source"), None), "src")
    return "", ""


def _is_for_learners(part: Element) -> bool:
    """A rubric may be what the question says to the person who answers, or what only a marker should read."""
    return kind_of(part) == "rubric-block" and "candidate" in told(part, "view").split()


def _named(part: Element, kind: str) -> list[str]:
    if kind not in _FILES:
        return []
    file = told(part, _FILES[kind]) if _FILES[kind] else ""
    if kind == "math":
        return ["Công thức (MathML) chỉ còn chữ và số, không còn cách trình bày."]
    return [f"Tệp kèm «{file[:100]}» chưa được nhập."] if file else []
