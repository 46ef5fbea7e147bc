from flask import Blueprint

door = Blueprint("roads", "lms.roads", template_folder="templates")
