"""The doors of lessons held: start, attendance, the board, a question to the class, letter cards, the school."""

from lms.runs.views import asking, holding, school
from lms.runs.views.doors import door

__all__ = ["asking", "door", "holding", "school"]
