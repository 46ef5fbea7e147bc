"""The flower says the same to the eye, in black and white, and to a screen reader. Geometry: docs/look.md."""

import gzip
import re
from itertools import product
from xml.etree import ElementTree

import pytest
from flask import render_template_string

from tests.web.gallery import SHORT, create_gallery
from tests.web.gallery import flower as made

GALLERY = create_gallery()
SIZES = (16, 24, 28, 64, 120, 240)


def draw(macro: str, states: str, size: int = 64, golden: bool = False, label: bool = True) -> ElementTree.Element:
    source = f'{{% from "web/_flower.html" import {macro} %}}{{{{ {macro}(flower, size, label) }}}}'
    with GALLERY.test_request_context():
        drawn = render_template_string(source, flower=made(states, golden), size=size, label=label)
    return ElementTree.fromstring(drawn)


def petals(svg: ElementTree.Element) -> list[list[tuple[str, str, str]]]:
    """For each petal in order: (shape, class, transform) of what it is made of, marks left out."""
    return [[(use.get("href", ""), use.get("class", ""), use.get("transform", "")) for use in group.findall("use")]
            for group in svg.findall("g") if re.fullmatch(r"s[1-5]", group.get("class", ""))]  # fmt: skip


def classes(svg: ElementTree.Element) -> str:
    return " ".join(element.get("class", "") for element in svg.iter())


def test_five_petals_clockwise_from_the_top_never_reordered() -> None:
    svg = draw("person_flower", "f f d k n")
    groups = [group for group in svg.findall("g") if group.get("class") in SHORT]
    assert [group.get("class") for group in groups] == ["s1", "s2", "s3", "s4", "s5"]
    turns = [group.get("transform", "rotate(0)") for group in groups]
    assert turns == [f"rotate({turn})" for turn in (0, 72, 144, 216, 288)]


def test_the_four_states() -> None:
    full, do, know, none, _ = petals(draw("person_flower", "f d k n n"))
    assert full == [("#p", "f3", "")]
    assert do == [("#p", "f1", ""), ("#p", "f2", "scale(.735)")]
    assert know == [("#p", "f1", ""), ("#p", "f2", "scale(.47)")]
    assert none == [("#p", "f0", "")]


@pytest.mark.parametrize("size", SIZES)
def test_a_notch_at_every_size(size: int) -> None:
    notched, plain, *_ = petals(draw("person_flower", "f! f n n n", size))
    small = size <= 28
    assert notched[0][0] == ("#qn" if small else "#pn") and plain[0][0] == ("#q" if small else "#p")


def test_what_lapsed_before_it_was_full_again_keeps_its_notch() -> None:
    assert petals(draw("person_flower", "d! n! k! f f"))[0] == [("#pn", "f1", ""), ("#pn", "f2", "scale(.735)")]
    assert petals(draw("person_flower", "d! n! k! f f"))[1] == [("#pn", "f0", "")]


@pytest.mark.parametrize("size", SIZES)
def test_golden_is_one_member_alone_and_never_the_union(size: int) -> None:
    """Product, the flower: five full petals without gold are several people together, and do not count."""
    union, golden = (draw("household_flower", "f f f f f", size, gold) for gold in (False, True))
    assert petals(union) == petals(golden)
    assert "heart--gold" in classes(golden) and "heart--gold" not in classes(union)
    # The outline differs too, for black and white: seeds between the petals, and a door.
    assert (classes(golden).count("seed"), classes(union).count("seed")) == (5, 0)
    assert "door" in classes(golden) and "door" not in classes(union)


@pytest.mark.parametrize("states", [" ".join(word) for word in product("fn", repeat=5)])
def test_no_count_of_petals_makes_gold(states: str) -> None:
    assert "gold" not in classes(draw("household_flower", states)) + classes(draw("person_flower", states))


def test_the_heart_is_round_for_a_person_and_a_house_for_a_household() -> None:
    assert draw("person_flower", "f f f f f", golden=True).find("circle").get("r") == "10.5"
    assert draw("person_flower", "f f f f n").find("circle").get("r") == "8"
    assert "house" in classes(draw("household_flower", "n n n n n"))
    assert "house" not in classes(draw("person_flower", "n n n n n"))


@pytest.mark.parametrize("size", [16, 24, 64, 119])
def test_a_small_household_flower_shows_no_thirds(size: int) -> None:
    assert [parts[0][1] for parts in petals(draw("household_flower", "d k n f f!", size))] == [
        "f0",
        "f0",
        "f0",
        "f3",
        "f3",
    ]


def test_a_large_household_flower_shows_the_best_members_thirds() -> None:
    assert [len(parts) for parts in petals(draw("household_flower", "d k n f! f", 120))] == [2, 2, 1, 1, 2]


@pytest.mark.parametrize(("size", "marks"), [(16, 0), (40, 0), (64, 2), (120, 5), (240, 5)])
def test_marks_from_64_in_full_and_empty_petals_from_120_in_all(size: int, marks: int) -> None:
    assert classes(draw("person_flower", "f d k d n", size)).count("mark") == marks


def test_a_mark_keeps_clear_of_the_notch() -> None:
    """The V reaches down to 31.5; a mark is a 24 px box about its place."""
    for size in (64, 240):
        for group in draw("person_flower", "f! n! d! k! f", size).findall("g")[:4]:
            for mark in group.findall("g"):
                out, scale = (
                    float(word)
                    for word in re.findall(r"translate\(0 (\S+)\).*? scale\((\S+)\)", mark.get("transform"))[0]
                )
                assert out - 12 * scale >= -31.5


def test_the_twin_text_is_the_label() -> None:
    svg = draw("person_flower", "f f d f n")
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == "3/5 kỹ năng · thiếu: thanh toán, nền tảng địa phương"


def test_beside_its_text_the_flower_is_silent() -> None:
    svg = draw("household_flower", "f f d f n", label=False)
    assert svg.get("aria-hidden") == "true" and svg.get("aria-label") is None and svg.get("role") is None


@pytest.mark.parametrize(
    ("state", "notch", "shape"), [("full", True, "#pn"), ("full", False, "#p"), ("none", True, "#pn")]
)
def test_a_single_petal(state: str, notch: bool, shape: str) -> None:
    source = '{% from "web/_flower.html" import petal %}{{ petal("s3", state, notch, words="thanh toán: đủ") }}'
    with GALLERY.test_request_context():
        svg = ElementTree.fromstring(render_template_string(source, state=state, notch=notch))
    assert (
        svg.find("use").get("href") == shape and svg.get("aria-label") == "thanh toán: đủ" and "s3" in svg.get("class")
    )


def test_every_shape_used_is_in_the_sprite() -> None:
    page = GALLERY.test_client().get("/flowers").get_data(as_text=True)
    assert set(re.findall(r'href="#(\w+)"', page.split("</defs>")[1].replace('href="#noi-dung"', ""))) <= set(
        re.findall(r'\bid="([\w-]+)"', page)
    ) | {"noi"}


def test_sixty_households_are_light() -> None:
    """The drawings' village garden is 4.3 KB compressed; twice that is the most."""
    source = '{% from "web/_flower.html" import household_flower %}{% for _ in range(60) %}{{ household_flower(flower, 52) }}{% endfor %}'
    with GALLERY.test_request_context():
        garden = render_template_string(source, flower=made("f f n f f"))
    assert len(gzip.compress(garden.encode())) < 4000 and len(garden) < 60_000


def test_a_drawing_is_made_once_and_again_when_anything_differs(client):
    with client.application.app_context():
        drawn = client.application.jinja_env.globals["drawn"]
        one = drawn("web/_flower.html", "drawn_petal", "s1", "full", False, 32, "")
        assert drawn("web/_flower.html", "drawn_petal", "s1", "full", False, 32, "") is one
        named = drawn("web/_flower.html", "drawn_petal", "s1", "full", False, 32, 'A"<b>')
        assert named != one and "A&#34;&lt;b&gt;" in named
