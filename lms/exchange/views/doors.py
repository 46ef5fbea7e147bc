from flask import Blueprint

door = Blueprint("exchange", "lms.exchange", template_folder="templates")
