"""A page put together from pieces compressed beforehand is the page."""

import gzip

from hypothesis import given
from hypothesis import strategies as st

from lms.courses.views.stencil import Stencil, hole

TEXT = st.text(st.characters(exclude_characters="\x02\x03", exclude_categories=("Cs",)), max_size=200)


@given(
    st.lists(st.tuples(TEXT, st.sampled_from("abc")), max_size=8),
    TEXT,
    st.fixed_dictionaries(dict.fromkeys("abc", TEXT)),
)
def test_squeezed_or_plain_it_is_what_was_written(
    pieces: list[tuple[str, str]], last: str, values: dict[str, str]
) -> None:
    page = Stencil("".join(fixed + hole(name) for fixed, name in pieces) + last)
    wanted = ("".join(fixed + values[name] for fixed, name in pieces) + last).encode()
    assert page.fill(values) == wanted
    assert gzip.decompress(page.fill_gzip(values)) == wanted


def test_a_filling_longer_than_one_stored_block() -> None:
    page, long = Stencil(f"a{hole('a')}b"), "ờ" * 70_000
    assert gzip.decompress(page.fill_gzip({"a": long})).decode() == f"a{long}b"
