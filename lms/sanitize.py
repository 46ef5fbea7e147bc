"""Rich text passes two gates here, and only here: bleach, then nh3. CSP is the third gate.

bleach gets no more security releases (mozilla/bleach #698), so nothing else may import it; the day a hole is
found in it, its line below goes and nh3 stands alone. Run when content is published or an item is saved, never
when a page is shown. Ids, names and styles never pass: ids would let a text take over names that scripts look
up, styles would need a wider CSP.
"""

import re
from urllib.parse import urlsplit

import bleach
import nh3

SANITIZER_VERSION = 2
"""Stored beside clean HTML; a higher number means: clean it again from its source."""

TAGS = frozenset(
    {
        *("p", "h2", "h3", "h4", "strong", "em", "sup", "sub", "span", "div", "br", "hr", "a", "img"),
        *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "code", "pre", "blockquote"),
        *("details", "summary", "figure", "figcaption"),
    }
)
ATTRIBUTES: dict[str, frozenset[str]] = {
    "a": frozenset({"href", "title"}),
    "img": frozenset({"src", "alt", "width", "height", "loading"}),
    "td": frozenset({"colspan"}),
    "th": frozenset({"colspan", "scope"}),
    "span": frozenset({"class"}),
    "div": frozenset({"class"}),
    "code": frozenset({"class"}),
}
CLASSES = frozenset(
    {
        "block-label",
        "cell-label",
        "stacked",
        "story",
        "remember",
        "warning",
        "take-home",
        "goals",
        "pitfalls",
        "practice-link",
        "table-scroll",
        "term",
        "term__meaning",
    }
)
OWN_CLASS = re.compile(r"phone-frame(?:--[a-z]+|__[a-z]+)?|d-[a-z]+(?:-[a-z]+)*")
"""Drawn screens and the drawings in them: names of the house's own sheets, which style and nothing more."""
SCHEMES = frozenset({"http", "https", "mailto"})
_CONTENT_GONE = frozenset(
    {"script", "style", "iframe", "object", "embed", "form", "svg", "math", "template", "noscript"}
)
_SAFE_NUMBER = re.compile(r"\d{1,4}")


def sanitize(html: str) -> str:
    """Clean HTML out of any HTML: the fixed tags, attributes and classes, and no address that leaves this site
    except links to official sites of the state (`.gov.vn`)."""
    # A Cleaner keeps its parser's state, so each text gets its own: threads clean at the same time.
    gate = bleach.Cleaner(tags=TAGS, attributes=_passes, protocols=SCHEMES, strip=True, strip_comments=True)
    first = gate.clean(html)
    return nh3.clean(
        first,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes=set(SCHEMES),
        clean_content_tags=set(_CONTENT_GONE),
        attribute_filter=_filter,
        strip_comments=True,
        link_rel="noopener noreferrer",
    )


def outline(html: str) -> str:
    """HTML of another system cut down to the few marks a question may keep, without any attribute but a picture's words.

    Only to be turned into Markdown, which passes `sanitize` before anybody sees it as HTML.
    """
    return nh3.clean(
        html,
        tags={"p", "br", "strong", "b", "em", "i", "li", "div", "img"},
        attributes={"img": {"alt"}},
        clean_content_tags=set(_CONTENT_GONE),
        link_rel=None,
    )


def is_allowed_link(address: str) -> bool:
    """Local, mail, or an official site. Lessons teach people not to tap strange links, so they hold none."""
    if is_local(address):
        return True
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "mailto":
        return "@" in parts.path
    return parts.scheme == "https" and not parts.username and (host == "gov.vn" or host.endswith(".gov.vn"))


def is_local(address: str) -> bool:
    """A path or fragment of this site. Browsers read `//x` and `/\\x` as another host and drop tabs and line ends."""
    if not address or re.search(r"[\x00-\x20\\]", address) or address.startswith("//"):
        return False
    return address.startswith(("/", "#"))


def _filter(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "class":
        kept = [name for name in value.split() if name in CLASSES or OWN_CLASS.fullmatch(name)]
        return " ".join(kept) or None
    if attribute == "href":
        return value if is_allowed_link(value) else None
    if attribute == "src":
        return value if is_local(value) and not value.startswith("#") else None
    if attribute in ("width", "height", "colspan"):
        return value if _SAFE_NUMBER.fullmatch(value) else None
    if attribute == "loading":
        return value if value == "lazy" else None
    if attribute == "scope":
        return value if value in ("col", "row") else None
    return value


def _passes(tag: str, name: str, value: str) -> bool:
    return name in ATTRIBUTES.get(tag, ()) and _filter(tag, name, value) is not None
