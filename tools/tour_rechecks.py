"""Stops of the tour about random re-checks."""

STOPS = (
    ("kiem-lai", "canboxa", "/kiem-lai"),
    ("nho-xem-lai", "tocnscd", "/", ("/kiem-lai/nho-toi",)),
)
