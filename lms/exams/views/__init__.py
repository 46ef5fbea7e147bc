"""The doors of exams: the board and its acts, entering with a code, paper, and judging what looks odd."""

from lms.exams.views import acting, boards, entering, judging, papers
from lms.exams.views.doors import door

__all__ = ["acting", "boards", "door", "entering", "judging", "papers"]
