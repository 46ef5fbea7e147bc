"""What the browser sends while practising; the press itself is read by rules/pressing.py."""

from flask_wtf import FlaskForm


class BareForm(FlaskForm):
    """Only the token against forged forms."""
