from flask import Blueprint

door = Blueprint("people", "lms.people", template_folder="templates")
