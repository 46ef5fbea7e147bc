"""HTML of other systems as Markdown: bold, italic, lines and the words of pictures stay, all else goes."""

import html
import re

from lms.exchange.formats.found import LONGEST_TEXT
from lms.sanitize import outline

_EMBEDDED = re.compile(r"data:[a-zA-Z0-9/.+-]{1,100};base64,[A-Za-z0-9+/=\s]*")
_IMAGE = re.compile(r"<img[^>]*>")
_ALT = re.compile(r'alt="([^"]*)"')
_HIDDEN = re.compile(r"<(script|iframe|object|embed|svg|audio|video|a|table|form|style)\b", re.IGNORECASE)
_MARKS = (
    (re.compile(r"</?(?:strong|b)>"), "**"),
    (re.compile(r"</?(?:em|i)>"), "*"),
    (re.compile(r"<br>\n?"), "\n"),
    (re.compile(r"<li>"), "\n- "),
    (re.compile(r"</(?:p|div)>"), "\n\n"),
    (re.compile(r"<[^>]{0,20}>"), ""),
)


def as_markdown(source: str) -> tuple[str, list[str]]:
    """The text, and one sentence for each thing it had to leave behind."""
    source = _EMBEDDED.sub("data:", source)
    if len(source) > LONGEST_TEXT:
        return source[: LONGEST_TEXT + 1], []  # the limits of a question refuse it by name
    lost = [f"Đã bỏ phần <{tag}>." for tag in sorted({match[1].lower() for match in _HIDDEN.finditer(source)})]
    clean = outline(source)
    if _IMAGE.search(clean):
        lost.append("Ảnh chưa được nhập; chỉ giữ lời tả ảnh.")
    text = _IMAGE.sub(_words_of, clean)
    for mark, markdown in _MARKS:
        text = mark.sub(markdown, text)
    return re.sub(r"\n{3,}", "\n\n", html.unescape(text).replace("\xa0", " ")).strip(), lost


def _words_of(image: re.Match[str]) -> str:
    alt = _ALT.search(image[0])
    return f"[Ảnh: {alt[1]}]" if alt and alt[1] else "[Ảnh]"
