"""The books of `content/`, read once a run; they hold no error."""

from functools import cache

from lms.library.books import Books
from lms.library.reading import read_books
from lms.settings import PROJECT


@cache
def books() -> Books:
    read, problems = read_books([PROJECT / "content"])
    assert not [problem for problem in problems if problem.level == "error"]
    return read
