from flask import Blueprint

door = Blueprint("practice", "lms.practice", template_folder="templates")
