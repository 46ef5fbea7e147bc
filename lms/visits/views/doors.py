from flask import Blueprint

door = Blueprint("visits", "lms.visits", template_folder="templates")
