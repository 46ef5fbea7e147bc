"""The real books and the sample practice beside them, and ways through it."""

from dataclasses import replace
from functools import cache
from typing import Any

from lms.db import db
from lms.library.books import Books
from lms.library.commands import publish_books
from lms.library.practices import read_practice
from lms.library.problems import Findings
from lms.practice.rules.params import drawn
from tests import shipped
from tests.practice.conftest import SAMPLE

SAMPLE_ID = "p.s3.quet-ma-mau"


def publish() -> None:
    """After the cast is settled: the sample stands on the shelf."""
    publish_books(books())
    db.session.commit()


@cache
def books() -> Books:
    sample = read_practice(SAMPLE, Findings())
    assert sample is not None
    real = shipped.books()
    return replace(real, practices=(*real.practices, replace(sample, lesson="doc-ten-roi-moi-tra", step="")))


def right_way(spec: Any, seed: str) -> list[list[Any]]:
    """What passes in the variant of this seed."""
    values = drawn(spec, seed)
    if values["sticker"] == "bi_dan_de":
        return [["tap", "scan"], ["tap", "ask"]]
    return [["tap", "scan"], ["input", "amt", values["amount"]], ["tap", "pay"]]


def rows(actions: list[list[Any]], gap: int = 900) -> list[list[Any]]:
    return [[number, number * gap, *action] for number, action in enumerate(actions, 1)]
