"""The answer of `content check`: problems, the coverage table, what is due; as text or JSON."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from lms.library import strategies
from lms.library.books import Books
from lms.library.checks import goals, language
from lms.library.checks.forms import as_table, coverage, in_columns
from lms.library.checks.freshness import Due, due
from lms.library.problems import ERROR, Findings, Problem, has_errors
from lms.library.reading import read_books


def check_report(
    paths: Sequence[Path],
    today: date,
    *,
    as_json: bool = False,
    with_due: bool = False,
    more: Callable[[Books], list[Problem]] = lambda books: [],
    further: Callable[[Books, Findings], None] | None = None,
) -> tuple[str, int]:
    """What to print, and the exit code: 1 when there is an error. `more` asks the rules of the rooms above about whole
    questions; `further` makes checks that need more than the books."""
    books, problems = read_books(paths, today)
    if not has_errors(problems):
        problems = sorted([*problems, *more(books)])
    if further:
        problems = with_further(books, problems, further)
    listed = due(books, today) if with_due else []
    text = _json(books, problems, listed) if as_json else _text(books, problems, listed, today, with_due)
    return text, int(has_errors(problems))


def with_further(books: Books, problems: list[Problem], further: Callable[[Books, Findings], None]) -> list[Problem]:
    findings = Findings(problems)
    further(books, findings)
    return findings.in_order()


def _text(books: Books, problems: list[Problem], listed: list[Due], today: date, with_due: bool) -> str:
    errors = sum(problem.level == ERROR for problem in problems)
    lines = [str(problem) for problem in problems]
    lines += ["", as_table(coverage(books)), "", in_columns(goals.type_table(books)), ""]
    lines += [
        in_columns(_can_do_table(books)),
        "",
        in_columns(_ease_table(books)),
        "",
        strategies.as_text(strategies.outcomes(books)),
        "",
    ]
    if with_due:
        lines.append(f"Đến hạn kiểm tra trong 30 ngày: {len(listed)}")
        for entry in listed:
            late = " (quá hạn)" if entry.review_by < today else ""
            lines.append(f"{entry.place}: {entry.review_by:%d/%m/%Y}{late} {entry.id}: {entry.text}")
        lines.append("")
    lines.append(
        f"{len(books.lessons)} bài, {len(books.items)} câu hỏi, {len(books.tasks)} phiếu việc, "
        f"{len(books.practices)} bài luyện, "
        f"{len(books.facts)} dữ kiện: "
        f"{errors} lỗi, {len(problems) - errors} lời nhắc."
    )
    return "\n".join(lines)


def _can_do_table(books: Books) -> list[tuple[str, ...]]:
    rows = [(one.id, str(len(lessons)), " ".join(lessons)) for one, lessons in goals.can_do(books).items()]
    return [("tôi có thể", "bài dạy", ""), *rows]


def _ease_table(books: Books) -> list[tuple[str, ...]]:
    heads = ("bài", "câu", "chữ một câu", f"câu trên {language.EASY_WORDS} chữ", "câu dài nhất")
    rows = [
        (
            one.lesson,
            str(one.sentences),
            f"{one.mean:.1f}".replace(".", ","),
            f"{100 * one.long:.0f}%",
            str(one.longest),
        )
        for one in language.ease(books)
    ]
    return [heads, *rows]


def _json(books: Books, problems: list[Problem], listed: list[Due]) -> str:
    answer = {
        "problems": [{**asdict(problem), "path": str(problem.path)} for problem in problems],
        "coverage": [asdict(line) for line in coverage(books)],
        "can_do": {one.id: lessons for one, lessons in goals.can_do(books).items()},
        "reading": [asdict(line) for line in language.ease(books)],
        "strategies": [asdict(line) for line in strategies.outcomes(books)],
        "due": [
            {
                "id": e.id,
                "review_by": e.review_by.isoformat(),
                "path": str(e.place.path),
                "line": e.place.line,
                "text": e.text,
            }
            for e in listed
        ],
    }
    return json.dumps(answer, ensure_ascii=False, indent=2)
