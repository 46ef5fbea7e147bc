"""The parts on a page: nothing inline, labels and errors tied together, reachable without a script."""

import re
from pathlib import Path

import pytest

from tests.house.templates import Template
from tests.web.css import PARTS, text
from tests.web.gallery import PAGES, create_gallery

GALLERY = create_gallery()
ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "lms" / "web" / "templates" / "web"


def get(address: str) -> str:
    response = GALLERY.test_client().get(address)
    assert response.status_code == 200
    return response.get_data(as_text=True)


@pytest.mark.parametrize("page", PAGES)
def test_a_strict_policy_refuses_nothing(page: str) -> None:
    assert not list(Template(Path(page), get(f"/{page}")).forbidden())


@pytest.mark.parametrize("page", PAGES)
def test_every_id_stands_once_and_every_reference_finds_it(page: str) -> None:
    html = get(f"/{page}?sai=1")
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    asked = re.findall(r'(?:href="#|\sfor="|aria-describedby=")([^" ]+)', html)
    assert set(asked) <= set(ids)


@pytest.mark.parametrize("page", PAGES)
def test_every_picture_is_named_or_silent(page: str) -> None:
    for tag in re.findall(r"<svg\b[^>]*>", get(f"/{page}")):
        assert 'aria-hidden="true"' in tag or ('role="img"' in tag and re.search(r'aria-label="[^"]', tag)), tag


def test_an_error_is_told_at_the_top_and_at_its_field() -> None:
    html = get("/forms?sai=1")
    assert re.search(
        r'role="alert"[^>]*>.*?<a href="#birth_year">Năm sinh</a>: Năm sinh từ 1900 đến 2026\.', html, re.S
    )
    field = re.search(r'<input[^>]*id="birth_year"[^>]*>', html)[0]
    assert 'aria-invalid="true"' in field and 'aria-describedby="birth_year-hint birth_year-error"' in field
    assert 'value="3080"' in field, "what was typed is kept"
    assert '<p class="error" id="birth_year-error">' in html


def test_attributes_of_a_field_pass_through() -> None:
    assert 'autocomplete="current-password"' in re.search(r'<input[^>]*id="password"[^>]*>', get("/forms"))[0]


def test_a_signed_in_page_has_four_places_below_and_the_rest_in_the_foot() -> None:
    html = get("/parts")
    below = re.search(r'<nav class="bottom".*?</nav>', html, re.S)[0]
    assert below.count("<a ") == 4 and below.count('aria-current="page"') == 1
    assert "Sổ điểm" in re.search(r'<nav class="foot__rest".*?</nav>', html, re.S)[0]


def test_a_handed_over_page_reaches_nothing_else() -> None:
    html = get("/error?trao=Quách Thị Mận")
    assert "<b>Quách Thị Mận</b>" in html
    assert "<nav" not in html and "<footer" not in html and 'class="brand"' not in html


def test_a_stranger_is_offered_to_sign_in() -> None:
    assert re.search(r'<a class="button second" href="/dang-nhap">', get("/parts?khach=1"))


def test_the_frame_is_the_same_for_every_look() -> None:
    """A lesson is rendered once for all its readers: what one of them chose for the eyes must not be in the page."""
    client = GALLERY.test_client()
    plain = client.get("/lesson").get_data(as_text=True)
    client.set_cookie("theme", "dark")
    client.set_cookie("size", "largest")
    chosen = client.get("/lesson").get_data(as_text=True)
    assert re.sub(r'value="[^"]+"', "", chosen) == re.sub(r'value="[^"]+"', "", plain)


def test_every_icon_asked_for_is_drawn() -> None:
    """An unknown name falls back to a plain «i», so nobody would notice."""
    drawn = set(re.findall(r'^  "([\w-]+)":', (TEMPLATES / "_icons.html").read_text(encoding="utf-8"), re.M))
    asked = set()
    for path in (ROOT / "lms").glob("**/templates/**/*.html"):
        source = path.read_text(encoding="utf-8")
        asked |= set(re.findall(r'\bicon\("([\w-]+)"|\bpicture="([\w-]+)"', source))
    names = {name for pair in asked for name in pair if name}
    assert names and names <= drawn | {"s1", "s2", "s3", "s4", "s5"}


def test_a_part_is_dressed_wherever_it_stands() -> None:
    """The classes of every page of the gallery are known to the stylesheet."""
    known = set(re.findall(r"\.([a-z][\w-]*)", "\n".join(text(part) for part in PARTS)))
    written = {
        word
        for page in PAGES
        for value in re.findall(r'\sclass="([^"]*)"', get(f"/{page}?sai=1&bao=1"))
        for word in value.split()
    }
    assert written - known <= {"diamond", "line", "toast--good", "notice--info"}, (
        "these differ in nothing from their kind"
    )
