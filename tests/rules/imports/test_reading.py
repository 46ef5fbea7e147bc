"""A reading waits as plain values between the dry run and the yes."""

import json

import pytest

from lms.imports.kinds import guess_kind
from lms.imports.reading import as_plain, from_plain, read_list
from tests.rules.imports.listing import CONTEXT, SAMPLES, sample


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.iterdir() if path.suffix != ".md"))
def test_a_reading_survives_being_written_down(name):
    sheets = sample(name)
    reading = read_list(guess_kind(sheets), sheets, CONTEXT)
    assert from_plain(json.loads(json.dumps(as_plain(reading)))) == reading


def test_nothing_of_the_day_of_birth_is_written_down():
    sheets = sample("lop-7a.xlsx")
    plain = json.dumps(as_plain(read_list(guess_kind(sheets), sheets, CONTEXT))["rows"], ensure_ascii=False)
    assert "27/11" not in plain and "2013-" not in plain and "2026001" not in plain
