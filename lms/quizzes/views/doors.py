from flask import Blueprint

door = Blueprint("quizzes", "lms.quizzes", template_folder="templates")
