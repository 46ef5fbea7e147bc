"""A Refusal becomes a sentence on the same form, and nothing stays half-saved."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask_wtf import FlaskForm

from lms.db import db
from lms.refusals import Refusal


@contextmanager
def refusing(form: FlaskForm) -> Iterator[None]:
    """`with refusing(form): act(); return redirect(...)`; what follows shows the form again with its sentence, 422."""
    try:
        yield
    except Refusal as refusal:
        db.session.rollback()
        form.form_errors.append(refusal.sentence)
