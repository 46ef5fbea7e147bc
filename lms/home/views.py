"""First pages."""

from flask import Blueprint, render_template

from lms.access.guard import public

door = Blueprint("home", __name__, template_folder="templates")


@door.get("/")
@public
def first_page():
    return render_template("home/front.html")
