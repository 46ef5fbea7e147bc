from flask import Blueprint

door = Blueprint("witnessing", "lms.witnessing", template_folder="templates")
