"""Decisions about an exam: who may begin, until when, and what looks odd enough to be looked at."""
