"""The doors of quizzes: what a test is and beginning it, answering, and the result."""

from lms.quizzes.views import answering, beginning, figures, placing, results, voiding
from lms.quizzes.views.doors import door

__all__ = ["answering", "beginning", "door", "figures", "placing", "results", "voiding"]
