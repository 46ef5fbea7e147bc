"""A form never answers in the library's English."""

import re
from pathlib import Path

import wtforms

from lms.web.form_words import WORDS

SAID = re.compile(r'(?:self|field)\.n?gettext\(\s*(?:"([^"]+)"(?:,\s*"([^"]+)")?)', re.DOTALL)
FOR_DEVELOPERS = {"Choices cannot be None.", "Not a valid week value."}


def test_what_the_library_says_for_our_kinds_of_fields_is_in_vietnamese():
    folder = Path(wtforms.__file__).parent
    sources = [*(folder / "fields").glob("*.py"), folder / "validators.py"]
    said = {sentence for file in sources for pair in SAID.findall(file.read_text()) for sentence in pair if sentence}
    ours = {sentence for sentence in said if re.search(r"hoice|valid \w+ value|character|Number|required", sentence)}
    assert not {sentence for sentence in ours - FOR_DEVELOPERS if sentence not in WORDS}


def test_the_variables_of_a_sentence_survive():
    for english, vietnamese in WORDS.items():
        told = set(re.findall(r"%\((\w+)\)", str(vietnamese)))
        assert told <= set(re.findall(r"%\((\w+)\)", english)), english
