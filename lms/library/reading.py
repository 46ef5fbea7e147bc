"""Reading whole shelves: every book of every content folder, and every problem in them at once."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from lms.library import framework
from lms.library.books import Books, Fact
from lms.library.checks import check_books
from lms.library.lesson_html import Workshop
from lms.library.lessons import read_course, read_observer
from lms.library.practices import read_practice
from lms.library.problems import Findings, Place, Problem
from lms.library.tasks import read_task

KNOWN = (
    "skills.yaml",
    "can-do.yaml",
    "facts.yaml",
    "locality.yaml",
    "plain-words.yaml",
    "rulesets",
    "courses",
    "tasks",
    "practice",
    "observer",
)


def read_books(paths: Sequence[Path], today: date | None = None) -> tuple[Books, list[Problem]]:
    """All books of the content folders, read as one library. `today`: also say which cited facts are past their
    review day. Problems stand in the order of files and lines."""
    findings = Findings()
    folders = [path for path in paths if _is_shelf(path, findings)]
    workshop = Workshop(findings, {fact.id: fact for fact in _facts(folders, findings)})
    books = Books(facts=tuple(workshop.facts.values()))
    for folder in folders:
        books = _with_folder(books, folder, workshop)
    check_books(books, workshop, today)
    return books, findings.in_order()


def _is_shelf(path: Path, findings: Findings) -> bool:
    if path.is_dir():
        return True
    findings.error(Place(path), "không thấy thư mục nội dung này")
    return False


def _facts(folders: list[Path], findings: Findings) -> Iterator[Fact]:
    """Facts first: every text may cite them. The first of two equal ids stands, the second is a problem."""
    seen: dict[str, Fact] = {}
    for folder in folders:
        path = folder / "facts.yaml"
        for fact in framework.read_facts(path, findings) if path.is_file() else ():
            if fact.id in seen:
                findings.error(fact.place, f"mã «{fact.id}» đã có ở {seen[fact.id].place}")
            else:
                seen[fact.id] = fact
                yield fact


def _with_folder(books: Books, folder: Path, workshop: Workshop) -> Books:
    findings = workshop.findings
    for child in sorted(folder.iterdir()):
        if child.name not in KNOWN and not child.name.startswith("."):
            findings.warning(Place(child), f"không đọc tệp hay thư mục này, chỉ đọc: {', '.join(KNOWN)}")
    if (folder / "skills.yaml").is_file():
        books = replace(books, skills=(*books.skills, *framework.read_skills(folder / "skills.yaml", findings)))
    if (folder / "can-do.yaml").is_file():
        books = replace(books, can_do=(*books.can_do, *framework.read_can_do(folder / "can-do.yaml", findings)))
    if (folder / "locality.yaml").is_file():
        books = replace(books, locality=framework.read_locality(folder / "locality.yaml", findings))
    if (folder / "plain-words.yaml").is_file():
        books = replace(books, plain_words=framework.read_plain_words(folder / "plain-words.yaml", findings))
    courses = [read_course(child, workshop) for child in _folders(folder / "courses")]
    cards = [read_task(path, findings) for path in sorted((folder / "tasks").glob("*/*.yaml"))]
    rulesets = [framework.read_ruleset(path, findings) for path in sorted((folder / "rulesets").glob("*.yaml"))]
    practices = [read_practice(path, findings) for path in sorted((folder / "practice").glob("*/*.yaml"))]
    observer = folder / "observer"
    return replace(
        books,
        courses=(*books.courses, *filter(None, courses)),
        tasks=(*books.tasks, *filter(None, cards)),
        practices=(*books.practices, *filter(None, practices)),
        rulesets=(*books.rulesets, *filter(None, rulesets)),
        observer=read_observer(observer, workshop) if observer.is_dir() else books.observer,
    )


def _folders(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(child for child in folder.iterdir() if child.is_dir() and not child.name.startswith("."))
