"""Names sort by given name in the Vietnamese order and are found without accents, alike on both engines."""

import random
import unicodedata

from sqlalchemy import select

from lms.db import db
from lms.people import actions, queries
from lms.people.models import Person
from lms.web.paging import page_of

IN_ORDER = [
    "Bùi Văn An", "Lê Thị Ánh", "Trần Ấm", "Phạm Ấn", "Hà Bảo", "Cao Cúc", "Lê Dung", "Bùi Dũng", "Quách Đào",
    "Bùi Đức", "Đinh Giang", "Lê Thị Hoa", "Bùi Thị Hoà", "Bùi Thị Hoả", "Bùi Khải", "Trương Lan", "Bùi Thị Ngân",
    "Hà Nụ", "Lò Oanh", "Phạm Ổn", "Bùi Sơn", "Lê Tư", "Bùi Út", "Bùi Ưng", "Lê Vinh", "Cao Ý",
]  # fmt: skip


def _add(names):
    for name in names:
        actions.create_person(name, 2000)
    db.session.commit()


def test_the_database_sorts_as_a_teacher_would(db_session):
    shuffled = IN_ORDER[:]
    random.Random(5).shuffle(shuffled)
    _add(shuffled)
    assert list(db_session.scalars(select(Person.full_name).order_by(Person.name_key, Person.id))) == IN_ORDER


def test_paging_neither_loses_nor_doubles_a_name(db_session):
    _add(IN_ORDER + IN_ORDER[:7])
    seen, mark = [], None
    while True:
        page = page_of(
            select(Person), (Person.name_key, Person.id), mark, 4, lambda row: (row.name_key, row.id), scalars=True
        )
        seen += [person.id for person in page.rows]
        mark = page.next_mark
        if mark is None:
            break
    assert len(seen) == len(set(seen)) == len(IN_ORDER) + 7


def test_found_without_accents_and_in_either_spelling(db_session):
    _add(["Bùi Thị Hoà", "Lê Hòa", "Đinh Đức", "Cao Dũng"])

    def found(words):
        return {person.full_name for person in db_session.scalars(queries.found(select(Person), words))}

    assert found("hoa") == found("Hoà") == found("hòa") == {"Bùi Thị Hoà", "Lê Hòa"}
    assert found("duc") == found("Đức") == {"Đinh Đức"}
    assert found("ĐINH") == {"Đinh Đức"}
    assert found("100%") == set()


def test_decomposed_typing_is_stored_composed(db_session):
    person = actions.create_person(unicodedata.normalize("NFD", "Nguyễn Thị Thuý"), 2000)
    assert person.full_name == "Nguyễn Thị Thuý"
    assert actions.create_person("Ðinh  Văn Tư ", 1960).full_name == "Đinh Văn Tư"
