"""What is read or pressed stands out by WCAG 2.2 (1.4.3, 1.4.11): text 4.5 : 1, borders of controls 3 : 1, in both themes."""

import pytest

from tests.web.css import tokens

LIGHT = tokens(":root")
THEMES = {"light": LIGHT, "dark": {**LIGHT, **tokens(':root[data-theme="dark"]')}}
SKILLS = ("s1", "s2", "s3", "s4", "s5")

TEXT = [
    ("ink", "cloth"), ("ink", "paper"), ("ink", "sunken"), ("ink-2", "cloth"), ("ink-2", "paper"), ("ink-2", "sunken"),
    ("action", "paper"), ("action", "cloth"), ("action", "action-tint"), ("on-action", "action"),
    ("on-action", "action-2"), ("ink", "action-tint"), ("good", "good-tint"), ("good", "paper"), ("good", "cloth"),
    ("bad", "bad-tint"), ("bad", "paper"), ("bad", "cloth"), ("ink", "bad-tint"), ("ink", "good-tint"), ("paper", "good"),
    ("on-action", "bad"), ("warn-ink", "warn-tint"), ("ink", "warn-tint"), ("warn-ink", "cloth"), ("cloth", "ink"),
    ("on-night", "night"), ("on-night", "toast"), ("action", "warn-tint"), ("action", "bad-tint"), ("action", "good-tint"),
    *((f"{skill}-ink", ground) for skill in SKILLS for ground in (f"{skill}-tint", "cloth", "paper")),
    *((f"{skill}-mark", skill) for skill in SKILLS),
    *(("ink", f"{skill}-tint") for skill in SKILLS),
]  # fmt: skip
EDGES = [
    ("border", "cloth"), ("border", "paper"), ("action", "cloth"), ("bad", "cloth"), ("good", "cloth"),
    *((f"{skill}-ink", ground) for skill in SKILLS for ground in ("cloth", "paper")),
]  # fmt: skip
FIXED = [("#1C2440", "#E8A21A"), ("#4D5470", "#FFFFFF"), ("#FBEFD3", "#1C2440"), ("#F6CB71", "#1C2440")]
"""The same in both themes: the practice band, the drawn phone's caption, the offline strip, the way back in a toast."""


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_can_be_read(theme: str, front: str, back: str) -> None:
    assert contrast(THEMES[theme][front], THEMES[theme][back]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back"), EDGES)
def test_edges_can_be_seen(theme: str, front: str, back: str) -> None:
    assert contrast(THEMES[theme][front], THEMES[theme][back]) >= 3


@pytest.mark.parametrize(("front", "back"), FIXED)
def test_what_never_changes_can_be_read(front: str, back: str) -> None:
    assert contrast(front, back) >= 4.5


def test_dark_by_the_switch_is_dark_by_the_device() -> None:
    assert tokens(':root[data-theme="dark"]') == tokens(':root:not([data-theme="light"])') != {}


@pytest.mark.parametrize(("front", "back", "ratio"), [("#000", "#FFF", 21), ("#777777", "#FFFFFF", 4.48)])
def test_the_measure_agrees_with_the_standard(front: str, back: str, ratio: float) -> None:
    assert contrast(front, back) == pytest.approx(ratio, abs=0.01)


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    red, green, blue = (linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
