"""The stylesheet as it is served: one small file, for phones years old, asking for nothing from elsewhere."""

import gzip
import re

import pytest

from lms.web.assets import Assets
from lms.web.stylesheet import joined
from tests.web.css import PARTS, STATIC, rules, text

TEMPLATES = STATIC.parents[1]

LARGEST_STYLESHEET = 12 * 1024
LARGEST_SCRIPT = 4 * 1024
LARGEST_OF_SOME = 3 * 512
LARGEST_ON_DEMAND = 5 * 512
ON_DEMAND = ("camera.js",)
"""Fetched by a script, and only where the browser can do what it is for."""
LARGEST_LIBRARY = 13 * 1024
"""Somebody else's, carried as published: fetched only by the page of a certificate, where the browser lacks the curve."""
OF_A_LESSON = ("main.js", "questions.js", "read-aloud.js")
"""What a lesson asks for; other scripts come with the few pages that need them, one each."""
LARGEST_FONT = 10 * 1024
TOO_NEW = {
    "cascade layers (Chrome 99)": r"@layer",
    "container queries (105)": r"@container|container-(?:type|name)",
    ":has() (105)": r":has\(",
    ":is(), :where() (88)": r":(?:is|where)\(",
    "inset, logical shorthands (87)": r"(?<![\w-])(?:inset(?:-(?:inline|block))?|(?:margin|padding)-(?:inline|block)|border-(?:inline|block))\s*:",
    "aspect-ratio (88)": r"aspect-ratio\s*:",
    "colour functions (101, 111)": r"color-mix\(|oklch\(|lab\(|light-dark\(",
    "new viewport units (108)": r"\d(?:dvh|svh|lvh|dvw)\b",
    "subgrid (117)": r"subgrid",
    "range syntax in @media (104)": r"@media[^{]*[<>]",
    "individual transforms (104)": r"(?<![\w-])(?:rotate|scale|translate)\s*:",
}
NESTED = re.compile(r"\{[^{}]*\{[^{}]*\{")


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.stem)
def test_old_phones_know_every_feature(part) -> None:
    found = [what for what, pattern in TOO_NEW.items() if re.search(pattern, text(part))]
    assert not found, f"{part.name}: not known to Chrome 80"
    assert not NESTED.search(text(part)), f"{part.name}: nested rules (Chrome 112)"


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.stem)
def test_flex_boxes_space_their_children_by_margins(part) -> None:
    """A flex gap is unknown before Chrome 84; a grid gap is not."""
    wrong = [
        selector
        for selector, body in rules(text(part))
        if re.search(r"display: (?:inline-)?flex", body) and re.search(r"(?<![\w-])gap:", body)
    ]
    assert not wrong


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.stem)
def test_colours_come_from_tokens(part) -> None:
    """Fixed colours are for what is the same by day and night: drawn phones, practice, gold, print."""
    if part.stem[3:] in ("tokens", "phone", "practice", "print", "projector"):
        return
    allowed = {"#1C2440", "#FFF", "#F6CB71", "#FBEFD3"}
    assert set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", re.sub(r'url\("[^"]*"\)', "", text(part)))) - allowed <= {"#p", "#pn"}


def test_joining_keeps_every_rule_in_order() -> None:
    plain = "\n".join(text(part) for part in PARTS)
    assert [squeeze(rule) for rule in rules(joined(STATIC / "css"))] == [squeeze(rule) for rule in rules(plain)]


def squeeze(rule: tuple[str, str]) -> str:
    bare = re.sub(r"url\((?:\.\./|/static/)([\w./-]+)(?:\?v=\w+)?\)", r"url(\1)", " ".join(rule))
    return re.sub(r"\s+|;$", "", bare).rstrip(";")


def test_the_whole_look_is_small() -> None:
    """Held against performance.md, line 1: a lesson cold in 25 KB and four requests leaves this much for the dress."""
    sheet = gzip.compress(joined(STATIC / "css").encode(), 9)
    scripts = [gzip.compress((STATIC / "js" / name).read_bytes(), 9) for name in OF_A_LESSON]
    of_some_pages = [
        path
        for path in STATIC.glob("**/*.js")
        if path.name not in (*OF_A_LESSON, *ON_DEMAND) and not {"practice", "vendor", "verify"} & set(path.parts)
    ]
    fonts = [path.stat().st_size for path in (STATIC / "fonts").glob("*.woff2")]
    assert len(sheet) <= LARGEST_STYLESHEET
    assert sum(map(len, scripts)) <= LARGEST_SCRIPT
    assert all(len(gzip.compress(path.read_bytes(), 9)) <= LARGEST_OF_SOME for path in of_some_pages)
    fetched = [path for path in STATIC.glob("**/*.js") if path.name in ON_DEMAND]
    assert fetched and all(len(gzip.compress(path.read_bytes(), 9)) <= LARGEST_ON_DEMAND for path in fetched)
    assert not [path for path in TEMPLATES.rglob("*.html") if re.search(r"<script[^>]*camera\.js", path.read_text())]
    assert len(Assets(STATIC).get("js/verify.js").gzip) <= LARGEST_OF_SOME
    assert all(len(gzip.compress(path.read_bytes(), 9)) <= LARGEST_LIBRARY for path in STATIC.glob("vendor/*.js"))
    assert len(fonts) == 1 and sum(fonts) <= LARGEST_FONT


def test_scripts_stay_short() -> None:
    assert not [path.name for path in (STATIC / "js").glob("*.js") if len(path.read_text().splitlines()) > 100]


def test_what_the_stylesheet_asks_for_may_be_kept_for_ever() -> None:
    assets = Assets(STATIC)
    asked = re.findall(r"url\((/static/[^)]+)\)", joined(STATIC / "css"))
    assert asked and set(asked) <= {assets.url(name) for name in assets.found}


def test_nothing_comes_from_elsewhere() -> None:
    for path in [*PARTS, *(STATIC / "js").glob("*.js")]:
        source = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|@import|url\(//", source.replace('a[href^="http"]', "")), path.name
