"""English for whoever cannot read Vietnamese: the public pages, signing in, the errors. The lessons stay as they are."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from sqlalchemy import text

from lms.db import db, open_write
from lms.serve import compile_catalogues
from tests import facts, shipped

ENGINES = ["sqlite"]
ROOT = Path(__file__).parents[2] / "lms"
CONTENT = ROOT.parent / "content"
TRANSLATED = (
    "web/templates/web/base.html", "web/templates/web/_parts.html", "web/templates/web/_forms.html",
    "web/templates/web/error.html", "web/templates/web/_read_bar.html", "web/errors.py",
    "home/templates/home/front.html", "home/templates/home/accessibility.html", "home/templates/home/privacy.html",
    "people/templates/people/sign_in.html", "people/templates/people/forgotten.html", "people/views/signing.py",
    "courses/templates/courses/courses.html", "courses/templates/courses/course.html",
    "courses/templates/courses/lesson.html",
    "entry/forms.py", "entry/views/coming.py", "entry/views/scanning.py", "entry/views/swapping.py",
    *(f"entry/templates/entry/{page}.html" for page in (
        "enter", "closed", "names", "secret", "from_home", "dead_card", "scanned", "_pictures")),
    *(f"certificates/templates/certificates/{page}.html" for page in ("verify", "answer", "offline", "achievement")),
    "certificates/views/verifying.py",
)  # fmt: skip
VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9áàãéèíìóòõúùýÁÀÃÉÈÍÌÓÒÕÚÙÝ]")
OWN_NAMES = ("Năm Cánh", "Tiếng Việt")


def catalogue():
    with (ROOT / "translations" / "en" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file)


@pytest.fixture
def english(client):
    compile_catalogues(ROOT / "translations")
    client.post("/ngon-ngu", data={"lang": "en"})
    return client


@pytest.mark.parametrize("name", TRANSLATED)
def test_every_sentence_of_these_files_is_in_the_catalogue(name):
    method = "jinja2.ext:babel_extract" if name.endswith(".html") else "python"
    known = catalogue()
    found = [one[1] for one in extract_from_file(method, str(ROOT / name), keywords={"_": None, "gettext": None})]
    assert not [sentence for sentence in found if sentence not in known or not known[sentence].string]


def test_what_is_filled_in_is_the_same_in_both_languages():
    holes = re.compile(r"%\(\w+\)s|%%|\{\w+\}")
    for message in catalogue():
        if message.id:
            assert sorted(holes.findall(message.id)) == sorted(holes.findall(message.string)), message.id


@pytest.mark.parametrize(
    "address",
    [
        "/dang-nhap",
        "/quen-mat-khau",
        "/tro-giup-tiep-can",
        "/rieng-tu",
        "/khong-co",
        "/vao-lop",
        "/vao-lop/tu-nha",
        "/vao-lop/the",
        "/xac-minh",
        "/xac-minh/0000000000000000",
        "/xac-minh/khong-mang",
        "/xac-minh/loai/five",
    ],
)
def test_no_vietnamese_is_left_on_a_public_page(english, address):
    page = english.get(address).text
    assert '<html lang="en"' in page
    assert not _left(page)


def test_a_failed_sign_in_is_told_in_english(english):
    page = english.post("/dang-nhap", data={"username": "ai-do", "password": "sai"}).text
    assert "The user name or the password is not right." in page and not _left(page)
    assert "Please write your user name." in english.post("/dang-nhap", data={}).text


def test_the_titles_of_the_books_are_in_the_catalogue():
    books = shipped.books()
    titles = [skill.name for skill in books.skills]
    titles += [words for one in books.courses for words in (one.title, one.summary)]
    titles += [part.title for one in books.courses for part in (*one.modules, *one.lessons)]
    known = catalogue()
    assert titles and not [words for words in titles if words not in known or not known[words].string]


def test_the_front_the_shelf_and_its_courses_are_english(app, english):
    with app.app_context():
        facts.publish()
    page = english.get("/").text
    assert "In every home a flower of five petals" in page and "Three keys open a petal" in page
    addresses = ["/", "/khoa-hoc", *sorted(set(re.findall(r'"(/khoa-hoc/[a-z-]+)"', english.get("/khoa-hoc").text)))]
    assert len(addresses) == 2 + 6
    assert not {address: left for address in addresses if (left := _left(english.get(address).text))}
    assert "Mỗi nhà" in app.test_client().get("/").text, "everybody else reads on in Vietnamese"


def test_a_title_that_the_catalogue_does_not_know_stays_as_it_is(app, english):
    with app.app_context():
        facts.publish()
        open_write()
        db.session.execute(text("UPDATE course SET title = 'Bài mới 100%' WHERE slug = 'mua-sam'"))
        db.session.commit()
    assert "Bài mới 100%" in english.get("/khoa-hoc").text


def _left(page: str) -> list[str]:
    """Pieces of text with Vietnamese letters, own names aside."""
    text = re.sub(r"<[^>]*>", "\n", re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.S))
    for name in OWN_NAMES:
        text = text.replace(name, "")
    return [line.strip() for line in text.splitlines() if VIETNAMESE.search(line)]
