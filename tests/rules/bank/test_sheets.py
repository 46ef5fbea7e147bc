"""The forms: what is read from one is what stood in it, for every type and every shipped question."""

from hypothesis import given
from hypothesis import strategies as st

from lms.bank.rules.freezing import reason, to_freeze
from lms.bank.rules.sheets import MOST_ROWS, homeless, laid_out, read
from lms.bank.rules.types import SHEETS, TYPE_WORDS, sheet
from lms.bank.rules.writing import as_written
from lms.library.written import read_written
from lms.quizzes.publishing import body_of
from lms.quizzes.rules.statistics.flags import Flag
from tests import shipped
from tests.bank import desk
from tests.bank.questions import ASKED, SINGLE, of_type


def test_every_shipped_question_goes_through_its_form_unchanged() -> None:
    """Published → as its author would write it → the form → read as the books are: the same digest."""
    books = shipped.books()
    facts = {fact.id: fact for fact in books.facts}
    for book in books.items:
        body = as_written(body_of(book))
        sent = desk.filled(body)
        back = {"type": sent["type"], **read(sheet(book.type, (), ()), sent)}
        again = read_written(book.id, back, facts)
        assert not again.faults and again.item.digest == book.digest, book.id


def test_the_samples_too() -> None:
    assert set(ASKED) == set(SHEETS) == set(TYPE_WORDS)
    for kind in ASKED:
        sent = desk.filled(of_type(kind))
        assert {"type": kind, **read(sheet(kind, (), ()), sent)} == of_type(kind)


@given(
    st.dictionaries(
        st.from_regex(r"(options|pairs)/[0-9]{1,2}/(id|text|correct|left)", fullmatch=True), st.text(max_size=5)
    )
)
def test_any_form_is_read(sent: dict[str, str]) -> None:
    for kind in ("single", "matching"):
        body = read(sheet(kind, (), ()), sent)
        rows = body.get("options", body.get("pairs", []))
        assert len(rows) <= MOST_ROWS and all(row["id"] for row in rows)
        laid_out(sheet(kind, (), ()), body, {"": ["x"], "options/0": ["y"]})


def test_rows_get_ids_that_are_free_and_blank_ones_fall_away() -> None:
    sent = {
        "options/0/text": "Một",
        "options/1/id": "a",
        "options/1/text": "Hai",
        "options/2/correct": "1",
        "options/x/text": "?",
    }
    assert read(SHEETS["single"], sent)["options"] == [{"id": "b", "text": "Một"}, {"id": "a", "text": "Hai"}]


def test_what_is_wrong_at_no_field_is_told_above() -> None:
    cells = laid_out(
        sheet("single", (), ()), SINGLE, {"options/1/text": ["trùng"], "options/2": ["thiếu"], "": ["cả câu"]}
    )
    assert homeless({"options/1/text": ["trùng"], "options/2": ["thiếu"], "": ["cả câu"], "lạ": ["khác"]}, cells) == [
        "cả câu",
        "khác",
    ]


def test_what_is_frozen_and_why() -> None:
    assert to_freeze([Flag.TOO_EASY], ()) == ()
    assert to_freeze([Flag.TOO_HARD, Flag.TOO_EASY], ()) == (Flag.TOO_HARD,)
    assert to_freeze([Flag.TOO_HARD, Flag.TOO_EASY], {"too-hard"}) == ()
    assert reason([Flag.SLOW, Flag.CHECK_KEY]).startswith("Xem lại đáp án")
