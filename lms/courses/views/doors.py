from flask import Blueprint

door = Blueprint("courses", "lms.courses", template_folder="templates")
