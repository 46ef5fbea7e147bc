"""Stops of the tour about the road of a member and visits somebody goes along with."""

STOPS = (
    ("con-duong", "tocnscd", "/con-duong"),
    ("con-duong-cua-thanh-vien", "totruong", "/bang-to", (r"/bang-to/\d+", r"/con-duong/\d+")),
    ("du-tham", "giaovien", "/du-tham"),
    ("di-cung", "giaovien", "/du-tham", (r"/du-tham/\d+",)),
)
