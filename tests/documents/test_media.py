"""Pictures and recordings of strangers: known by their content, kept without what they tell of whoever made them."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.documents import media
from lms.documents.media import cleaned
from lms.refusals import Refusal
from tests import media_samples as samples

ALL = {**samples.PICTURES, **samples.SOUNDS}


@pytest.mark.parametrize("ending", ALL)
def test_a_file_is_kept_without_place_day_and_maker(ending: str) -> None:
    content, as_sound = ALL[ending](), ending in samples.SOUNDS
    assert samples.SECRET in content
    kept = cleaned(content, as_sound)
    assert kept.ending == ending and kept.is_sound == as_sound and kept.name.endswith(f".{ending}")
    assert samples.SECRET not in kept.content and b"maker" not in kept.content
    assert cleaned(kept.content, as_sound) == kept  # clean already: the same bytes, the same name


@pytest.mark.parametrize("ending", ALL)
def test_what_is_no_part_of_it_does_not_change_its_name(ending: str) -> None:
    other = ALL[ending](told=samples.SECRET[::-1])
    assert cleaned(other, ending in samples.SOUNDS).name == cleaned(ALL[ending](), ending in samples.SOUNDS).name


def test_a_picture_keeps_its_size_and_which_way_is_up() -> None:
    assert [(one.width, one.height) for one in (cleaned(samples.jpeg(up), False) for up in (1, 3, 6))] == [
        (8, 16),
        (8, 16),
        (16, 8),
    ]
    turned = cleaned(samples.jpeg(6), False).content
    assert b"Exif\0\0MM\0*" in turned and b"Exif" not in cleaned(samples.jpeg(1), False).content
    assert turned.count(b"\xff\xd8") == 1 and turned.endswith(b"\x0f\xff\xd9")
    assert (cleaned(samples.png(7, 5), False).width, cleaned(samples.png(7, 5), False).height) == (7, 5)
    assert cleaned(samples.webp(), False).content[20] == 0  # the flags of EXIF and XMP are down


def test_the_pages_of_an_emptied_recording_still_add_up() -> None:
    kept = cleaned(samples.ogg(), True).content
    pages = samples.ogg_pages(kept)
    assert len(pages) == 4 and len(kept) == len(samples.ogg())
    for page in pages:
        assert samples.ogg_sum(page[:22] + bytes(4) + page[26:]) == int.from_bytes(page[22:26], "little")


def test_moments_of_making_are_emptied_and_places_do_not_move() -> None:
    kept = cleaned(samples.m4a(), True).content
    assert b"\x12\x34\x56\x78" not in kept and b"udta" not in kept and b"meta" not in kept
    assert kept.index(b"mdat") == samples.m4a().index(b"mdat")


@pytest.mark.parametrize("content", [samples.SVG, samples.GIF, b"", b"MZ", b"%PDF-1.7", b"<html>"])
def test_other_kinds_are_refused_whatever_their_name(content: bytes) -> None:
    for as_sound in (False, True):
        with pytest.raises(Refusal) as refused:
            cleaned(content, as_sound)
        assert refused.value.code == "media-kind"


def test_a_sound_is_no_picture_and_a_film_no_sound() -> None:
    for content, as_sound in ((samples.mp3(), False), (samples.png(), True), (samples.m4a(handler=b"vide"), True)):
        with pytest.raises(Refusal):
            cleaned(content, as_sound)


def test_too_large_is_told_and_a_bomb_costs_nothing() -> None:
    with pytest.raises(Refusal) as refused:
        cleaned(samples.mp3(frames=3000), True)
    assert refused.value.code == "media-too-big"
    with pytest.raises(Refusal):
        cleaned(samples.png() + bytes(media.MOST_SENT), False)
    bombs = [
        samples.png(says=(60_000, 60_000)),
        samples.png(says=(6_000, 6_000)),
        samples.png(5_000, 3_000, says=(2, 2)),
    ]
    begun = process_time()
    for bomb in bombs:
        with pytest.raises(Refusal):
            cleaned(bomb, False)
    assert process_time() - begun < 0.5


@given(st.sampled_from(sorted(ALL)), st.integers(0, 10_000), st.binary(min_size=1, max_size=6), st.booleans())
def test_a_damaged_file_is_cleaned_or_refused_and_nothing_else(
    ending: str, place: int, put: bytes, is_cut: bool
) -> None:
    content = ALL[ending]()
    at = place % len(content)
    damaged = content[:at] if is_cut else content[:at] + put + content[at + len(put) :]
    try:
        kept = cleaned(damaged, ending in samples.SOUNDS)
    except Refusal:
        return
    assert len(kept.content) <= media.MOST_BYTES
