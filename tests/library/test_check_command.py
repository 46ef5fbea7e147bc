"""`flask content check`, as an author runs it."""

import json

from flask import Flask

from lms.library.commands import commands
from tests.library.shelf import Shelf


def run(*arguments: str) -> tuple[int, str]:
    app = Flask("without a database")
    app.cli.add_command(commands)
    result = app.test_cli_runner().invoke(args=["content", "check", *arguments])
    return result.exit_code, result.output


def test_a_sound_library_passes_and_shows_its_coverage(shelf: Shelf) -> None:
    code, said = run(str(shelf.folder))
    assert code == 0
    assert "0 lỗi" in said and "ghi nhận" in said


def test_the_shipped_books_have_no_fault_at_all() -> None:
    """Everything that is asked of a book, as the author asks it: more than reading alone finds."""
    code, said = run()
    assert (code, said.rstrip().endswith("0 lỗi, 0 lời nhắc.")) == (0, True), said[-2000:]


def test_one_error_fails_it_and_is_told(shelf: Shelf) -> None:
    line = shelf.replace("questions", ", correct: true", "")
    code, said = run(str(shelf.folder))
    assert code == 1
    assert f"{shelf.path('questions')}:{line - 9}: lỗi: câu q.s1.p01: loại single cần đúng một phương án" in said
    code, said = run(str(shelf.folder), "--json", "--due")
    assert code == 1 and json.loads(said)["due"] == []
