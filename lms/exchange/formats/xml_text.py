"""Texts written into XML: escaped, without the letters XML does not know, Markdown as the few tags of it."""

import re
from html import escape

_UNKNOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BOLD = re.compile(r"\*\*(\S(?:[^*]*\S)?)\*\*")
_ITALIC = re.compile(r"\*(\S(?:[^*]*\S)?)\*")


def text(said: str) -> str:
    return escape(_UNKNOWN.sub("", said), quote=False)


def attribute(said: str) -> str:
    """With its quotes."""
    escaped = escape(_UNKNOWN.sub("", said)).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")
    return f'"{escaped}"'


def inline(said: str) -> str:
    marked = _ITALIC.sub(r"<em>\1</em>", _BOLD.sub(r"<strong>\1</strong>", text(said.strip())))
    return marked.replace("\n", "<br/>")


def blocks(said: str) -> str:
    return "".join(f"<p>{inline(one)}</p>" for one in re.split(r"\n{2,}", said.strip()) if one.strip())
