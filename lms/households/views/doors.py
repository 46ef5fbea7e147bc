from flask import Blueprint

door = Blueprint("households", "lms.households", template_folder="templates")
