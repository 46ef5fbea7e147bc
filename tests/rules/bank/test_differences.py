"""What changed: pieces put together give both texts back; equal questions have no change; rows are told by their ids."""

from hypothesis import given
from hypothesis import strategies as st

from lms.bank.rules.differences import changes, flat, words_changed
from tests.bank.questions import OPTIONS, SINGLE

TEXTS = st.text("ab \nđ", max_size=30)


@given(TEXTS, TEXTS)
def test_pieces_give_both_texts_back(before: str, after: str) -> None:
    pieces = words_changed(before, after)
    assert "".join(one.text for one in pieces if one.kind != "new") == before
    assert "".join(one.text for one in pieces if one.kind != "gone") == after


def test_long_texts_are_shown_whole() -> None:
    pieces = words_changed("a " * 4000, "b " * 4000)
    assert [one.kind for one in pieces] == ["gone", "new"]


@given(st.dictionaries(st.sampled_from(["stem", "explain", "step"]), TEXTS))
def test_nothing_changed_is_nothing_told(body: dict[str, str]) -> None:
    assert changes(body, {**body, "source": "", "critical": None}) == []


def test_a_changed_word_is_told_at_its_field() -> None:
    options = [OPTIONS[0], {**OPTIONS[1], "text": "Cứ trả, mã dán ở cửa mà"}, OPTIONS[2]]
    found = changes(SINGLE, {**SINGLE, "options": options})
    assert [one.field for one in found] == ["options/pay/text"]
    assert [(one.kind, one.text) for one in found[0].pieces if one.kind != "same"] == [("gone", "quầy"), ("new", "cửa")]


def test_a_row_put_between_changes_no_other_and_order_is_told() -> None:
    between = [OPTIONS[0], {"id": "new", "text": "Gọi người nhà"}, *OPTIONS[1:]]
    told = {one.field for one in changes(SINGLE, {**SINGLE, "options": between})}
    assert told == {"options/new/id", "options/new/text", "options/#"}
    assert {one.field for one in changes(SINGLE, {**SINGLE, "options": OPTIONS[::-1]})} == {"options/#"}


def test_rows_without_ids_or_with_the_same_one_are_told_by_their_place() -> None:
    assert flat({"a": [{"x": "1"}, {"x": "2"}]}) == {"a/1/x": "1", "a/2/x": "2"}
    assert flat({"a": [{"id": "i", "x": "1"}, {"id": "i", "x": "2"}]})["a/2/x"] == "2"
    assert flat({"a": {"b": True, "c": ["d", ""]}}) == {"a/b": "true", "a/c/1": "d"}
