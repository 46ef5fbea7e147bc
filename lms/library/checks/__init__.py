"""What must hold between the books, one file per subject."""

from datetime import date

from lms.library.books import Books
from lms.library.checks import (
    forms,
    freshness,
    goals,
    guides,
    identity,
    language,
    parts,
    practices,
    questions,
    references,
    tables,
    tasks,
    wording,
)
from lms.library.lesson_html import Workshop


def check_books(books: Books, workshop: Workshop, today: date | None) -> None:
    """Every check; each writes its own problems."""
    findings = workshop.findings
    identity.check(books, findings)
    references.check(books, findings)
    questions.check(books, findings)
    forms.check(books, findings)
    goals.check(books, findings)
    tasks.check(books, findings)
    practices.check(books, findings)
    freshness.check(books, findings, today)
    language.check(books, findings)
    wording.check(books, findings)
    tables.check(books, findings)
    guides.check(books, findings)
    parts.check(books, findings)
