"""No page of its own: the parts other rooms show somebody's skills with."""

from flask import Blueprint

door = Blueprint("skills", __name__, template_folder="templates")
