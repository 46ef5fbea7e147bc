"""Stops of the tour about random re-checks."""

STOPS = (("kiem-lai", "canboxa", "/kiem-lai"),)
