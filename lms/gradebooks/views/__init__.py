"""The doors of the register: the table, one cell, files out and in, who needs help, the page for parents."""

from lms.gradebooks.views import cells, helping, parents, register, sheets
from lms.gradebooks.views.doors import door

__all__ = ["cells", "door", "helping", "parents", "register", "sheets"]
