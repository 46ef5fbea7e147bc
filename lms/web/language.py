"""Vietnamese is the source; a visitor may choose English where a catalogue has it."""

from flask import has_request_context, session

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}


def chosen() -> str:
    """The language of this request."""
    if not has_request_context():
        return "vi"
    wanted = session.get("lang", "vi")
    return wanted if wanted in LANGUAGES else "vi"
