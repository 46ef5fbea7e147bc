"""The doors of the register: the table, one cell, files out and in."""

from lms.gradebooks.views import cells, register, sheets
from lms.gradebooks.views.doors import door

__all__ = ["cells", "door", "register", "sheets"]
