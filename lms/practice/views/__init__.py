"""The doors of practice: the shelf, a run without a script, what the script asks, and playing a trace back."""

from lms.practice.views import offline, playback, playing, sending, shelf
from lms.practice.views.doors import door

__all__ = ["door", "offline", "playback", "playing", "sending", "shelf"]
