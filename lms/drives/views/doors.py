"""The blueprint."""

from flask import Blueprint

door = Blueprint("drives", "lms.drives", template_folder="templates")
