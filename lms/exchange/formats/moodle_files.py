"""Pictures and recordings inside the words of a Moodle question: where they stand, and the one of each that is taken."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

PLACE = "@@PLUGINFILE@@/"
LONGEST = 200_000
"""Letters looked through; a question that long is refused by name anyway."""
_TAG = re.compile(r"<(img|audio|source|a)\b([^<>]{1,2000})>([^<]{0,2000})", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(src|href|alt)\s*=\s*("[^"]{0,2000}"|'[^']{0,2000}')""", re.IGNORECASE)
_MARKDOWN = re.compile(rf"(!?)\[([^\[\]]{{0,2000}})\]\({PLACE}([^()\s]{{1,300}})\)")
_EMPTIED = re.compile(r"</?(?:audio|source)\b[^<>]{0,2000}>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A file spoken of in the text."""

    key: str
    """image or audio."""
    name: str
    words: str
    start: int
    end: int
    """Of what is cut out of the text when it is taken."""


def mentions(said: str) -> Iterator[Mention]:
    """In the order they stand; only files that came with the text."""
    if len(said) > LONGEST or PLACE not in said:
        return
    found = [*_in_tags(said), *_in_markdown(said)]
    yield from sorted(found, key=lambda one: one.start)


def without(said: str, taken: list[Mention]) -> str:
    for one in sorted(taken, key=lambda one: -one.start):
        said = said[: one.start] + said[one.end :]
    return _EMPTIED.sub("", said) if any(one.key == "audio" for one in taken) else said


def _in_tags(said: str) -> Iterator[Mention]:
    for match in _TAG.finditer(said):
        told = {name.lower(): html.unescape(value[1:-1]) for name, value in _ATTRIBUTE.findall(match[2])}
        address = told.get("src") or told.get("href", "")
        if not address.startswith(PLACE):
            continue
        name = unquote(address.removeprefix(PLACE).partition("?")[0])
        if match[1].lower() == "img":
            yield Mention("image", name, told.get("alt", ""), match.start(), match.start(3))
        else:
            yield Mention("audio", name, html.unescape(match[3]), match.start(), match.end())


def _in_markdown(said: str) -> Iterator[Mention]:
    for match in _MARKDOWN.finditer(said):
        key = "image" if match[1] else "audio"
        yield Mention(key, unquote(match[3]), match[2], match.start(), match.end())
