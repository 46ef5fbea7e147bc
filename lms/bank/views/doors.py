from flask import Blueprint

door = Blueprint("bank", "lms.bank", template_folder="templates")
